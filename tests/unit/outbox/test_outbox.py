"""Notifications: what they say, to whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import DefinitionInvalid, InputInvalid
from engine.model import Label, Notification
from engine.outbox import Outbox, Template, parse_templates, render

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)
TEMPLATE = Template(
    "asked",
    Label(en="{{ number }} received: {{title}}", id="{{ number }} diterima: {{title}}"),
    Label(en="By {{ person.name }}.", id="Oleh {{ person.name }}."),
)


class Kept:
    """Rows in memory."""

    def __init__(self) -> None:
        self.rows: list[Notification] = []

    def add(self, notifications: Sequence[Notification]) -> None:
        self.rows += notifications


def test_placeholders_are_filled_in_both_languages() -> None:
    subject, body = render(TEMPLATE, {"number": "ORD-1", "title": "Cable", "person": {"name": "Siti"}})
    assert subject == Label(en="ORD-1 received: Cable", id="ORD-1 diterima: Cable")
    assert body == Label(en="By Siti.", id="Oleh Siti.")


@pytest.mark.parametrize(
    ("value", "en", "indonesian"),
    [
        (None, "-", "-"),
        ("", "-", "-"),
        (["a", "b"], "a, b", "a, b"),
        ([], "-", "-"),
        (True, "yes", "ya"),
        (12.5, "12.5", "12.5"),
        ({"en": "tomorrow", "id": "besok"}, "tomorrow", "besok"),
        ("2026-12-04", "4 Dec 2026", "4 Des 2026"),
        ("2026-08-04T18:00:00+07:00", "4 Aug 2026 11:00", "4 Agu 2026 11.00"),
        (["2026-05-31"], "31 May 2026", "31 Mei 2026"),
        ("2026-02-31", "2026-02-31", "2026-02-31"),
        ("0001-01-01T00:00+14:00", "0001-01-01T00:00+14:00", "0001-01-01T00:00+14:00"),
        ("{{ number }}", "{{ number }}", "{{ number }}"),
        ("two\nlines\r\nBcc: x", "two lines Bcc: x", "two lines Bcc: x"),
        ("x" * 5_000, "x" * 181, "x" * 181),
    ],
)
def test_values_are_written_plainly(value: Any, en: str, indonesian: str) -> None:
    subject, _ = render(TEMPLATE, {"title": value})
    assert subject.en.removeprefix("- received: ").startswith(en)
    assert subject.id.removeprefix("- diterima: ").startswith(indonesian)


def test_times_are_told_on_the_clock_of_the_organisation() -> None:
    subject, _ = render(TEMPLATE, {"title": "2026-12-04T18:00:00Z"}, zone=ZoneInfo("Asia/Jakarta"))
    assert subject.id == "- diterima: 5 Des 2026 01.00"


@given(st.dictionaries(st.text(max_size=5), st.recursive(st.none() | st.text() | st.integers(), st.lists)))
def test_any_data_gives_one_line_of_subject(data: dict[str, Any]) -> None:
    subject, _ = render(TEMPLATE, {"title": data, **data})
    assert len(subject.en.splitlines()) == 1
    assert len(subject.id) <= 200


def test_each_person_is_told_once() -> None:
    kept, keys = Kept(), iter(range(1, 99))
    outbox = Outbox(kept, {"asked": TEMPLATE}, now=NOW, next_key=lambda: next(keys))
    outbox.send("asked", ["siti", "joko", "siti"], "ORD-1", {"title": "Cable"})
    assert [(row.key, row.user, row.record_number, row.created_at) for row in kept.rows] == [
        (1, "siti", "ORD-1", NOW),
        (2, "joko", "ORD-1", NOW),
    ]
    assert kept.rows[0].subject.id == "ORD-1 diterima: Cable"
    outbox.send("asked", [], None, {})
    with pytest.raises(InputInvalid):
        outbox.send("unknown", ["siti"], None, {})


def test_a_template_needs_both_languages() -> None:
    good = {"subject": {"en": "a", "id": "b"}, "body": {"en": "c", "id": "d"}}
    assert parse_templates([{"templates": {"x": good}}])["x"].body == Label(en="c", id="d")
    for broken in ({}, {"subject": good["subject"]}, {**good, "body": {"en": "c"}}, "text", {**good, "body": "c"}):
        with pytest.raises(DefinitionInvalid):
            parse_templates([{"templates": {"x": broken}}])
