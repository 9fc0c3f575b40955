"""Changes that are rejected, deferred, withdrawn or backed out, by people in the browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from playwright.sync_api import expect

from tests.browser.journeys import answers
from tests.browser.journeys.person import Person
from tests.browser.journeys.site import Site

NUMBER = "CHG-2026-000001"
REASON = "Laporan yang sama sudah tersedia"
WITHDRAWN = "Sudah dibeli di tempat lain"


def test_a_rejection_reaches_the_requester_with_its_reason(site: Site, people: Callable[[str], Person]) -> None:
    site.tell("cab-rejects", until="T_vote", turn=2)
    lina = people("lina.marlina")  # owns the service: her refusal is a veto
    lina.opens("Beri suara")
    lina.look("vote")
    lina.fills({"ballot": {"decision": "reject", "reason": REASON, "conflict": True}})
    lina.completes()
    expect(lina.notice).to_contain_text("Tugas selesai")
    siti = people("siti.rahma")
    expect(siti.follows(NUMBER)).to_contain_text("Ditolak")
    expect(siti.page.locator("main")).to_contain_text(REASON)
    siti.look("rejected record")
    siti.goes_to("/notifications")
    expect(siti.page.locator(".notification").first).to_contain_text(REASON)
    siti.look("notifications")


def test_a_deferral_comes_back_on_its_date(site: Site, people: Callable[[str], Person]) -> None:
    site.tell("deferral-and-resubmission", until="T_vote", turn=7)
    defer = {"decision": "defer", "reason": "Setelah tutup buku", "resubmit_on": "2027-01-11", "conflict": True}
    people("lina.marlina").does("Beri suara", {"ballot": defer})
    siti, budi = people("siti.rahma"), people("budi.santoso")
    expect(siti.follows(NUMBER)).to_contain_text("Tunggu tanggal ajukan ulang")
    siti.look("deferred record")
    site.advance_to(datetime(2027, 1, 11, 0, 59, tzinfo=UTC))
    assert budi.tasks() == []
    site.advance(minutes=2)  # 08:01 in Jakarta
    budi.does("Tinjau penangguhan", {"resubmit": {"still_needed": True, "changed_facts": "Tutup buku sudah selesai"}})
    assert people("tono.haryanto").tasks() == ["Rencanakan perubahan, rollback, uji"]


def test_a_requester_withdraws_while_others_assess(site: Site, people: Callable[[str], Person]) -> None:
    site.tell("withdrawal-during-evaluation", until="Rfc_withdrawn")
    lina, siti = people("lina.marlina"), people("siti.rahma")
    lina.opens("Nilai dampak")
    siti.follows(NUMBER)
    siti.look("record being assessed")
    siti.page.locator("summary", has_text="Tarik permintaan").click()
    siti.page.get_by_label("Penjelasan Anda").fill(WITHDRAWN)
    siti.page.get_by_role("button", name="Tarik permintaan").click()
    expect(siti.page.locator(".now-box")).to_contain_text("Ditarik")
    expect(siti.page.locator(".timeline-entry").first).to_contain_text(WITHDRAWN)
    siti.look("withdrawn record")
    lina.fills(answers.ASSESS["lina.marlina"])
    lina.completes()
    expect(lina.notice).to_contain_text("tidak diperlukan lagi")
    lina.look("assessment no longer needed")
    assert lina.tasks() == []


def test_a_failed_deployment_is_backed_out_investigated_and_reviewed(
    site: Site, people: Callable[[str], Person]
) -> None:
    site.tell("failed-deployment-with-back-out", until="T_investigate_failure")
    budi, siti = people("budi.santoso"), people("siti.rahma")
    failure = {
        "cause": "Skrip migrasi mengharapkan versi lain",
        "effect": "Tidak ada, dikembalikan dalam sepuluh menit",
        "decision": "close_failed",
    }
    budi.does("Selidiki kegagalan", {"failure": failure})
    review = {
        "outcome": "backed_out",
        "objective_met": False,
        "objective_note": "Tidak jadi dipasang",
        "inside_window": True,
        "environment_changed": False,
        "lessons": "Latih migrasi pada salinan",
    }
    budi.does("Tinjauan pasca implementasi", {"pir": review})
    expect(siti.follows(NUMBER)).to_contain_text("Ditutup")
    expect(siti.page.locator("main")).to_contain_text("Di-rollback")
    siti.look("backed out record")
