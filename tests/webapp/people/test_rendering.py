"""Every type of component is drawn with a label, its help and its value, in both languages."""

from __future__ import annotations

import re

import pytest

from tests.webapp.people.conftest import Site, words


@pytest.fixture
def form(site: Site) -> str:
    """Give the start form as it opens."""
    site.log_in("tari")
    return site.get("/start/travel")


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("purpose", r'<input class="form-control [^"]*" type="text" id="f-purpose" name="purpose"[^>]*maxlength="80"'),
        ("class", r'<input type="radio" id="f-class-1" name="class" value="economy"'),
        ("period.leave_on", r'<input class="form-control input-date" type="date" id="f-period-leave_on"'),
        ("period.back_at", r'type="datetime-local" id="f-period-back_at" name="period.back_at"'),
        (
            "cost",
            r'<span>Rp</span>\s*<input class="form-control [^"]*" type="text" id="f-cost"[^>]*inputmode="decimal"',
        ),
        ("rest", r'name="rest.hours"'),
        ("insured", r'<input type="checkbox" id="f-insured" name="insured"[^>]* value="true"'),
        ("needs", r'<input type="checkbox" id="f-needs-2" name="needs" value="car"'),
        ("colleague", r'<option value="putu">Putu Pratama</option>'),
        ("cities", r'<select class="form-select" id="f-cities" name="cities" multiple'),
        ("legs", r'<input class="form-control [^"]*" type="text" id="f-legs-0-from" name="legs\[0\]\.from"'),
        (
            "invitation",
            r'<input class="form-control" type="file" id="f-invitation" name="invitation!upload"[^>]* multiple',
        ),
        ("intro", r'<p class="form-heading">Your journey</p>\s*<p>Tell us <strong>where</strong> you go\.</p>'),
        ("note", r'<div class="read-value">Filled in later</div>'),
        ("line", r"<hr"),
    ],
)
def test_a_component_is_drawn(form: str, name: str, drawn: str) -> None:
    assert re.search(drawn, form), name


def test_every_control_has_a_label(form: str) -> None:
    body = form[form.index('<form id="start-form"') :]
    ids = re.findall(r'<(?:input|select|textarea)(?![^>]*type="(?:hidden|radio|checkbox)")[^>]* id="([^"]+)"', body)
    inside_label = set(re.findall(r'<label><input[^>]* id="([^"]+)"', body))
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', body)) | inside_label
    assert ids
    assert set(ids) <= labelled


def test_help_and_error_are_read_with_the_field(site: Site, form: str) -> None:
    assert 'id="f-purpose-help"' in form
    answer = site.post("/start/travel", {"purpose": "abc"})
    assert 'aria-describedby="f-purpose-help f-purpose-error"' in answer.text
    assert 'id="f-purpose-error"' in answer.text


def test_labels_options_and_errors_speak_both_languages(site: Site, form: str) -> None:
    assert "Tujuan" not in form
    site.post("/language", {"language": "id"})
    page = words(site.post("/start/travel", {"purpose": "abc"}).text)
    for text in ("Tujuan", "Mengapa Anda pergi?", "Ekonomi", "Perbaiki", "Ceritakan ke mana Anda pergi."):
        assert text in page


def test_typed_values_come_back_in_every_type(site: Site, form: str) -> None:
    typed = {
        "purpose": '"quoted" & <b>',
        "class": "business",
        "reason": "two\nlines",
        "period.leave_on": "2030-07-01",
        "period.back_at": "2030-07-03T18:30",
        "cost": "not a number",
        "rest.days": "1",
        "insured": ["false", "true"],
        "needs": ["", "car"],
        "colleague": "putu",
        "cities": ["", "sby", "mks"],
    }
    page = site.post("/start/travel", typed).text
    for drawn in (
        'value="&#34;quoted&#34; &amp; &lt;b&gt;"',
        'value="business" checked',
        ">two\nlines</textarea>",
        'value="2030-07-01"',
        'value="2030-07-03T18:30"',
        'value="not a number"',
        'name="rest.days" value="1"',
        'value="true" checked',
        'value="car" checked',
        '<option value="putu" selected>',
        '<option value="sby" selected>',
        '<option value="mks" selected>',
    ):
        assert drawn in page, drawn


def test_a_read_only_field_is_no_field(form: str) -> None:
    assert 'name="note"' not in form
