"""A process owner plays scenarios, tries expressions, works on 300 elements, and loses nothing on bad days."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from engine import Actor, ChangeLanguage, DefinitionDraft, DiscardDefinitionDraft, DraftFile, ResourceFile
from tests.browser.journeys.conftest import People
from tests.browser.journeys.person import Person
from tests.browser.journeys.site import ROOT, Site
from tests.browser.journeys.test_owner_publishes import edits, element, picture
from tests.browser.people.test_accessibility import complaints
from tests.large_diagram import large_process

OWNER = "wulan.safitri"
_SAVED = re.compile(r"Tersimpan \d")
_PATIENCE_MS = 90_000


def saved_content(site: Site, page: Page) -> bytes:
    key = int(page.url.rpartition("/")[2])
    return site.harness.engine.ask(DefinitionDraft(draft_key=key, actor=Actor(OWNER))).content


def test_scenarios_are_played_against_the_draft_and_the_failing_step_is_shown(site: Site, people: People) -> None:
    owner = people(OWNER)
    page = edits(owner, "sub_vote.bpmn")
    element(page, "T_escalation_decide").click()
    page.get_by_label("Nama Indonesia").fill("Putuskan sendiri")
    page.get_by_role("link", name="Skenario").click()
    page.get_by_label("Too few voters").check()
    page.get_by_label("A veto ends the vote").check()
    page.get_by_role("button", name="Mainkan yang dipilih").click()
    expect(page.locator(".play-sum")).to_contain_text("2 dari 2 skenario lulus", timeout=_PATIENCE_MS)
    expect(page.locator("[data-bpmn-viewer] .is-completed").first).to_be_visible()
    wrong = (ROOT / "processes/sub_vote/scenarios").glob("*veto*.yaml")
    text = next(wrong).read_text().replace("ended: true", "ended: false")
    page.locator("#uploaded").set_input_files({"name": "mine.yaml", "mimeType": "text/yaml", "buffer": text.encode()})
    page.get_by_role("button", name="Unggah dan mainkan").click()
    expect(page.locator(".scenario-failure")).to_contain_text("diharapkan", timeout=_PATIENCE_MS)
    expect(page.locator(".scenario-failure")).to_contain_text("Langkah")
    picture(owner, "scenarios")
    assert complaints(page) == []


def test_an_expression_is_tried_from_the_field_that_was_used_last(site: Site, people: People) -> None:
    owner = people(OWNER)
    page = edits(owner, "chg_normal.bpmn")
    element(page, "T_classify").click()
    group = page.locator("[data-group-id='group-assignmentDefinition']")
    if not group.locator(".cm-content").first.is_visible():
        group.locator(".bio-properties-panel-group-header").click()
    group.locator(".cm-content").first.click()
    wanted = group.locator(".cm-content").first.inner_text()
    page.get_by_role("button", name="Ekspresi", exact=True).click()
    expect(page.locator("#try-expression")).to_have_value(wanted)
    page.locator("#try-expression").fill("if jumlah > 3 then\n  jumlah * else 0")
    page.get_by_role("button", name="Hitung").click()
    expect(page.locator(".try-result")).to_contain_text("Baris 2, kolom 12")
    expect(page.locator(".try-place mark")).to_have_text("e")
    page.locator("#try-expression").fill("{total: sum(harga), tak_ada: lain}")
    page.locator("#try-variables").fill('{"harga": [10, 32.5]}')
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Hitung").press("Enter")
    expect(page.locator(".try-result pre")).to_contain_text("42.5")
    expect(page.locator(".try-warnings")).to_contain_text("tidak ada variabel lain")
    picture(owner, "expression", keeps=True)
    assert complaints(page) == []
    page.locator("#try-variables").fill("[1]")
    page.get_by_role("button", name="Hitung").click()
    expect(page.locator("#try-variables-help")).to_contain_text("bukan JSON")


def test_a_process_of_300_elements_is_opened_edited_checked_and_published(site: Site, people: People) -> None:
    owner = people(OWNER)
    file = large_process("large", 300, "F_plan")
    key = site.harness.engine.execute(DraftFile(file=file, actor=Actor(OWNER)))
    page = owner.goes_to(f"/modeller/drafts/{key}")
    page.locator("#editor[data-is-ready]").wait_for()
    expect(page.locator("[data-no-problems]")).to_be_visible()
    assert page.locator(".djs-shape").count() >= 300
    page.get_by_role("button", name="Cari", exact=True).click()
    page.keyboard.type("Step 157")
    page.keyboard.press("Enter")
    page.get_by_label("Nama Indonesia").fill("Langkah yang lain")
    expect(page.locator("[data-state]")).to_contain_text(_SAVED)
    page.get_by_role("link", name="Bandingkan dan terbitkan").click()
    page.get_by_label("Apa yang berubah").fill("Large")
    page.get_by_role("button", name="Terbitkan").click()
    expect(page.locator(".notice")).to_contain_text("telah diterbitkan")
    assert site.harness.start("large").version == 1


def test_the_simulation_is_switched_by_button_and_key(site: Site, people: People) -> None:
    page = edits(people(OWNER), "sub_vote.bpmn")
    button = page.get_by_role("button", name="Simulasi")
    button.click()
    expect(page.locator(".bjs-container")).to_have_class(re.compile("simulation"))
    expect(button).to_have_attribute("aria-pressed", "true")
    page.locator(".djs-container > svg").focus()
    page.keyboard.press("t")
    expect(button).to_have_attribute("aria-pressed", "false")


def test_a_draft_that_somebody_discards_meanwhile_is_not_lost(site: Site, people: People) -> None:
    page = edits(people(OWNER), "sub_vote.bpmn")
    key = int(page.url.rpartition("/")[2])
    site.harness.engine.execute(DiscardDefinitionDraft(draft_key=key, revision=1, actor=Actor("admin")))
    element(page, "T_escalation_decide").click()
    page.get_by_label("Nama Indonesia").fill("Tidak hilang")
    expect(page.locator("[data-state]")).to_contain_text("diterbitkan atau dibuang")
    assert "Tidak hilang" in page.evaluate("Object.values(localStorage).join()")


def test_typing_goes_on_without_connection_and_a_reload_offers_it(site: Site, people: People) -> None:
    page = edits(people(OWNER), "sub_vote.bpmn")
    element(page, "T_escalation_decide").click()
    field = page.get_by_label("Nama Indonesia")
    field.fill("Satu")
    expect(page.locator("[data-state]")).to_contain_text(_SAVED)
    page.route("**/content", lambda route: route.abort() if route.request.method == "PUT" else route.continue_())
    field.fill("Satu dua")
    expect(page.locator("[data-state]")).to_contain_text("Tanpa koneksi")
    field.press_sequentially(" tiga")
    page.wait_for_timeout(5000)
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.locator("#editor[data-is-ready]").wait_for()
    page.unroute("**/content")
    page.get_by_role("button", name="Pakai suntingan itu").click()
    expect(page.locator("[data-state]")).to_contain_text(_SAVED)
    assert "Satu dua tiga" in saved_content(site, page).decode()


def test_foreign_extensions_and_namespaces_survive_an_edit(site: Site, people: People) -> None:
    foreign = (ROOT / "processes/sub_vote/sub_vote.bpmn").read_bytes()
    foreign = foreign.replace(
        b"<bpmn:extensionElements>",
        b'<bpmn:extensionElements><acme:cost xmlns:acme="urn:acme" currency="IDR"><acme:part>7</acme:part></acme:cost>',
        1,
    )
    file = ResourceFile("sub_vote.bpmn", foreign)
    key = site.harness.engine.execute(DraftFile(file=file, actor=Actor(OWNER)))
    page = people(OWNER).goes_to(f"/modeller/drafts/{key}")
    page.locator("#editor[data-is-ready]").wait_for()
    element(page, "T_escalation_decide").click()
    page.get_by_label("Nama Indonesia").fill("Putuskan sendiri")
    expect(page.locator("[data-state]")).to_contain_text(_SAVED)
    content = saved_content(site, page)
    assert b'currency="IDR"' in content
    assert b"<acme:part>7</acme:part>" in content


@pytest.mark.parametrize("language", ["id", "en"])
def test_axe_finds_nothing_on_the_pages_of_scenarios_and_held_back_content(
    site: Site, people: People, language: str
) -> None:
    site.harness.engine.execute(ChangeLanguage(language=language, actor=Actor(OWNER)))
    owner: Person = people(OWNER)
    page = owner.goes_to("/modeller/held-back")
    assert complaints(page) == []
    page = edits(owner, "F_plan.form", kind="form")
    page.locator("[data-scenarios]").click()
    page.locator(".scenario").first.wait_for()
    assert complaints(page) == []
    page = owner.goes_to("/modeller/files/bpmn/sub_vote.bpmn")
    assert complaints(page) == []
