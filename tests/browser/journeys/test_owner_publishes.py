"""A process owner adds a task with a new form, mends what the check says, publishes, goes back; two edit at once."""

from __future__ import annotations

import os
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from engine import SYSTEM, Actor, AddUser, ChangeLanguage, DefinitionDraft, DraftFile, ResourceFile, User
from engine.bpmn import compare_diagrams
from tests.browser.journeys.conftest import People
from tests.browser.journeys.person import Person
from tests.browser.journeys.site import PASSWORD, ROOT, Site
from tests.browser.watching import DESKTOP

OWNER = "wulan.safitri"
_DIAGRAM = ROOT / "processes/chg_normal/chg_normal.bpmn"


def test_an_owner_adds_a_task_with_a_form_publishes_and_rolls_back(site: Site, people: People) -> None:
    owner = people(OWNER)
    before = site.harness.start("chg_normal")
    _new_form(owner, "F_second_look")
    editor = edits(owner, "chg_normal.bpmn")
    _appends_user_task(editor, after="T_classify")
    problems = editor.locator("[data-problems] .problem")
    expect(problems.filter(has_text="tidak punya formulir")).to_be_visible()
    expect(problems.filter(has_text="Tidak ada yang diminta")).to_be_visible()
    picture(owner, "editor")
    problems.first.click()
    _names(editor, "Second look", "Lihat lagi")
    editor.locator("#bio-properties-panel-clause8-choose-form").select_option("F_second_look")
    editor.locator("#bio-properties-panel-clause8-choose-group").select_option("change_manager")
    expect(editor.locator("[data-no-problems]")).to_be_visible()
    _publishes(owner, "A second look at every change")
    after = site.harness.start("chg_normal")
    assert (before.version, after.version) == (1, 2)
    owner.goes_to("/modeller/")
    picture(owner, "definitions")

    page = owner.goes_to("/modeller/files/bpmn/chg_normal.bpmn")
    expect(page.get_by_text("A second look at every change")).to_be_visible()
    page.get_by_role("link", name="Terbitkan lagi versi 1").click()
    expect(page.locator(".change", has_text="Lihat lagi")).to_be_visible()
    page.get_by_label("Mengapa?").fill("It took too long")
    page.get_by_role("button", name="Terbitkan lagi").click()
    expect(page.locator(".notice")).to_contain_text("versi 3")
    assert site.harness.start("chg_normal").version == 3


def test_a_parallel_edit_is_offered_as_a_comparison(site: Site, people: People) -> None:
    user = User("tari.owner", "Tari Owner", "tari@example.org", "id", "", True, ("process_owner",))
    site.harness.engine.execute(AddUser(user=user, actor=SYSTEM, password=PASSWORD))
    first, second = people(OWNER), people(user.name)
    editor = edits(first, "sub_vote.bpmn")
    other = edits(second, "sub_vote.bpmn")
    _renames(editor, "Pertama")
    expect(editor.locator("[data-state]")).to_contain_text(re.compile(r"Tersimpan \d"))
    _renames(other, "Kedua")
    dialog = other.locator("[data-conflict]")
    expect(dialog).to_be_visible()
    expect(dialog.locator(".change")).to_contain_text(["Pertama"])
    picture(second, "conflict", keeps=True)
    dialog.get_by_role("button", name="Lanjutkan milik saya").click()
    expect(other.locator("[data-state]")).to_contain_text(re.compile(r"Tersimpan \d"))
    key = int(other.url.rpartition("/")[2])
    data = site.harness.engine.ask(DefinitionDraft(draft_key=key, actor=Actor(OWNER)))
    assert b"Kedua" in data.content
    assert [kept.changed_by for kept in data.kept] == [OWNER]


def test_work_without_connection_is_kept_and_saved_later(site: Site, people: People) -> None:
    editor = edits(people(OWNER), "sub_vote.bpmn")
    editor.context.set_offline(True)
    _renames(editor, "Tanpa jaringan")
    expect(editor.locator("[data-state]")).to_contain_text("Tanpa koneksi")
    assert "Tanpa jaringan" in editor.evaluate("Object.values(localStorage).join()")
    editor.context.set_offline(False)
    expect(editor.locator("[data-state]")).to_contain_text(re.compile(r"Tersimpan \d"))
    assert editor.evaluate("Object.keys(localStorage).length") == 0


def test_saving_in_the_editor_keeps_the_meaning_of_the_file(site: Site, people: People) -> None:
    editor = edits(people(OWNER), "chg_normal.bpmn")
    element(editor, "T_classify").click()
    field = editor.get_by_label("Nama Indonesia")
    name = field.input_value()
    field.fill("Lain")
    expect(editor.locator("[data-state]")).to_contain_text(re.compile(r"Tersimpan \d"))
    field.fill(name)
    editor.wait_for_timeout(400)
    expect(editor.locator("[data-state]")).to_contain_text(re.compile(r"Tersimpan \d"))
    key = int(editor.url.rpartition("/")[2])
    saved = site.harness.engine.ask(DefinitionDraft(draft_key=key, actor=Actor(OWNER))).content
    assert saved != _DIAGRAM.read_bytes()
    assert compare_diagrams(_DIAGRAM.read_bytes(), saved, "") == []


def test_a_decision_is_tried_and_a_form_previewed(site: Site, people: People) -> None:
    owner = people(OWNER)
    page = edits(owner, "dmn_change_risk.dmn", kind="dmn")
    page.locator("[data-views] button").nth(2).click()
    page.get_by_role("button", name="Coba", exact=True).click()
    page.get_by_label("Keputusan", exact=True).select_option("risk_score_band")
    page.get_by_label("score (number)").fill("9")
    page.get_by_role("button", name="Putuskan").click()
    expect(page.locator(".try-result")).to_contain_text("Aturan yang berlaku")
    expect(page.locator("tr.rule-fired")).to_have_count(1)
    picture(owner, "decision", keeps=True)
    page = edits(owner, "F_plan.form", kind="form")
    page.get_by_role("button", name="Pratinjau", exact=True).click()
    expect(page.locator(".preview-form")).to_contain_text("Langkah")
    picture(owner, "form", keeps=True)


@pytest.mark.parametrize(
    ("name", "content"), [("broken.bpmn", b"<broken"), ("broken.dmn", b"<broken"), ("broken.form", b"{")]
)
def test_a_file_that_cannot_be_drawn_is_kept_and_said(site: Site, people: People, name: str, content: bytes) -> None:
    file = ResourceFile(name, content)
    key = site.harness.engine.execute(DraftFile(file=file, actor=Actor(OWNER)))
    page = people(OWNER).goes_to(f"/modeller/drafts/{key}")
    expect(page.locator("[data-notice]")).to_contain_text("tidak dapat digambar")
    expect(page.locator("[data-problems] .problem.is-error").first).to_be_visible()
    data = site.harness.engine.ask(DefinitionDraft(draft_key=key, actor=Actor(OWNER)))
    assert (data.content, data.draft.revision) == (content, 1)


# ---- what an owner does ---------------------------------------------------------------------


def edits(owner: Person, file: str, *, kind: str = "bpmn") -> Page:
    page = owner.goes_to(f"/modeller/?kind={kind}")
    page.locator("tr", has_text=file).get_by_role("button").click()
    page.locator("#editor[data-is-ready]").wait_for()
    return page


def element(page: Page, element_id: str) -> Locator:
    return page.locator(f".djs-shape[data-element-id={element_id}] .djs-hit").first


def _renames(page: Page, name: str) -> None:
    shape = page.locator(".djs-shape:has(.djs-hit)", has=page.locator(".djs-visual rect")).nth(3)
    shape.locator(".djs-hit").first.click()
    page.get_by_label("Nama Indonesia").fill(name)


def _new_form(owner: Person, form_id: str) -> None:
    page = owner.goes_to("/modeller/new?kind=form")
    page.get_by_label("ID").fill(form_id)
    page.get_by_label("Nama Inggris").fill("Second look")
    page.get_by_label("Nama Indonesia").fill("Lihat lagi")
    page.get_by_role("button", name="Mulai draf").click()
    page.locator("#editor[data-is-ready]").wait_for()
    expect(page.locator("[data-no-problems]")).to_be_visible()


def _appends_user_task(page: Page, *, after: str) -> None:
    element(page, after).click()
    page.locator("[data-action='append.append-task']").click()
    page.keyboard.press("Escape")
    page.locator("[data-action=replace]").click()
    page.locator("[data-id=replace-with-user-task]").click()


def _names(page: Page, english: str, indonesian: str) -> None:
    page.get_by_label("Nama Indonesia").fill(indonesian)
    general = page.locator("[data-group-id=group-general]")
    if not general.get_by_label("Nama", exact=True).is_visible():
        general.locator(".bio-properties-panel-group-header").click()
    general.get_by_label("Nama", exact=True).fill(english)


def _publishes(owner: Person, why: str) -> None:
    page = owner.page
    page.get_by_role("link", name="Bandingkan dan terbitkan").click()
    page.locator("[data-pair][data-is-drawn]").first.wait_for()
    expect(page.locator(".change", has_text="Lihat lagi").first).to_contain_text("ditambah")
    picture(owner, "publish")
    page.get_by_label("Apa yang berubah").fill(why)
    page.get_by_role("button", name="Terbitkan").click()
    expect(page.locator(".notice")).to_contain_text("telah diterbitkan")


# ---- pictures of the guide ------------------------------------------------------------------


def picture(owner: Person, name: str, *, keeps: bool = False) -> None:
    """Take the guide's picture in both languages when asked to; with `keeps` as it is, in Indonesian alone."""
    if not os.environ.get("CLAUSE8_SCREENSHOTS"):
        return
    owner.page.set_viewport_size({"width": 1200, "height": 720})
    for language in ("id",) if keeps else ("en", "id"):
        if not keeps:
            command = ChangeLanguage(language=language, actor=Actor(owner.name))
            owner.site.harness.engine.execute(command)
            owner.page.reload()
            owner.page.wait_for_load_state("networkidle")
            owner.page.wait_for_timeout(1500)
        path = ROOT / f"docs/images/process-owner-{name}-{language}.png"
        owner.page.screenshot(path=path, animations="disabled")
    owner.page.set_viewport_size(DESKTOP)
