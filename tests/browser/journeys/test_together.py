"""Several people at one change: who may not vote, who was slower, what a refused form keeps."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, Response, expect

from tests.browser.journeys import answers
from tests.browser.journeys.person import Person
from tests.browser.journeys.site import PASSWORD, Site

RECEIVE = "Terima dan periksa kelengkapan"
NOTE = "Sudah dicek dengan pemohon lewat telepon"


def test_a_requester_who_sits_on_the_board_is_no_voter(site: Site, people: Callable[[str], Person]) -> None:
    site.tell("requester-on-the-board-is-no-voter", until="T_recommend")
    people("budi.santoso").does("Rekomendasi dan agenda CAB", answers.RECOMMEND)
    gita, maya = people("gita.maharani"), people("maya.puspita")
    assert gita.tasks() == []
    maya.opens("Beri suara")
    maya.look("vote without the requester")
    gita.goes_to(maya.path)
    gita.look("vote of another member")
    expect(gita.notice).to_contain_text("SoD-1")
    expect(gita.page.get_by_role("button", name="Selesaikan tugas")).to_have_count(0)


def test_who_completes_a_task_second_keeps_what_was_typed(site: Site, people: Callable[[str], Person]) -> None:
    site.tell("normal-path-to-closed", until="T_receive")
    dewi, agus = people("dewi.lestari"), people("agus.setiawan")
    dewi.opens(RECEIVE)
    dewi.fills({"receive": {"result": "incomplete", "missing": ["reason"], "note": NOTE}})
    agus.does(RECEIVE, answers.COMPLETE)
    answer = sent(dewi)
    assert answer.status == 409
    expect(dewi.notice.first).to_contain_text("Agus Setiawan")
    expect(dewi.notice.first).to_be_focused()
    expect(dewi.page.get_by_label("Catatan untuk pemohon")).to_have_value(NOTE)
    dewi.look("somebody was faster")
    assert site.harness.open_tasks() == ["T_classify"]  # as Agus decided, once


def test_a_refused_form_leads_to_its_errors_and_keeps_the_rest(site: Site, people: Callable[[str], Person]) -> None:
    site.tell("normal-path-to-closed", until="T_receive")
    dewi = people("dewi.lestari")
    dewi.opens(RECEIVE)
    dewi.fills({"receive": {"result": "incomplete", "note": NOTE}})
    answer = sent(dewi)
    assert answer.status == 422
    summary = dewi.page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Yang kurang")
    expect(dewi.page.get_by_label("Belum lengkap")).to_be_checked()
    expect(dewi.page.get_by_label("Catatan untuk pemohon")).to_have_value(NOTE)
    dewi.look("refused form")
    summary.get_by_role("link").click()
    expect(dewi.page.get_by_label("Uraian")).to_be_focused()
    assert site.harness.open_tasks() == ["T_receive"]
    dewi.fills({"receive": {"missing": ["reason"]}})
    dewi.completes()
    expect(dewi.notice).to_contain_text("Tugas selesai")


def test_people_log_in_and_are_told_when_name_or_password_is_wrong(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/records")
    for password in ("wrong", PASSWORD):
        page.get_by_label("Nama masuk").fill("siti.rahma")
        page.get_by_label("Kata sandi").fill(password)
        page.get_by_role("button", name="Masuk").click()
        if password != PASSWORD:
            expect(page.get_by_role("alert")).to_be_visible()
    expect(page).to_have_url(f"{site.address}/records")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="My records")).to_be_visible()


def sent(person: Person) -> Response:
    """Complete the open task; return the server's answer."""
    with person.page.expect_response(lambda answer: answer.url.endswith("/complete")) as answered:
        person.completes()
    return answered.value
