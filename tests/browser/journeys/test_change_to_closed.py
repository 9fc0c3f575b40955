"""A change from the form to its end, every step by a person in the browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.journeys import answers
from tests.browser.journeys.person import Person
from tests.browser.journeys.site import Site

DEPLOYED = '{"release_number": "REL-2026-000001", "release_kind": "normal", "incidents": []}'


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    """Give a file that proves something."""
    file = tmp_path / "hasil-uji.txt"
    file.write_text("12 baris, sesuai\n")
    return file


def test_a_change_is_carried_from_the_form_to_closed(
    site_on_both: Site, people: Callable[[str], Person], evidence: Path
) -> None:
    siti = people("siti.rahma")
    number = siti.asks_for_a_change(answers.REQUEST)
    assert number == "CHG-2026-000001"
    siti.look("record")
    people("andi.wijaya").does("Beri suara", answers.APPROVE)
    people("agus.setiawan").does("Terima dan periksa kelengkapan", answers.COMPLETE)
    people("budi.santoso").does("Klasifikasikan", answers.CLASSIFY)
    people("tono.haryanto").does("Rencanakan perubahan", answers.PLAN)
    for assessor, assessment in answers.ASSESS.items():
        people(assessor).does("Nilai dampak", assessment)
    people("budi.santoso").does("Rekomendasi dan agenda CAB", answers.RECOMMEND)
    for member in answers.BOARD:
        people(member).does("Beri suara", answers.APPROVE)
    people("tono.haryanto").does("Siapkan", answers.PREPARE)
    people("ratna.sari").does("Verifikasi", answers.verify(evidence))
    people("budi.santoso").does("Jadwalkan", answers.SCHEDULE)
    people("admin").publishes("Deployment_succeeded", number, DEPLOYED)
    people("fajar.nugroho").does("Uji pasca perubahan", answers.post_test(evidence))
    people("yusuf.hidayat").does("Konfirmasi rekaman konfigurasi", answers.CONFIRM_CI)
    site_on_both.advance(days=15)
    siti.does("Konfirmasi pemohon", answers.CARRIED_OUT)
    people("budi.santoso").does("Tinjauan pasca implementasi", answers.REVIEW)
    expect(siti.follows(number)).to_contain_text("Ditutup")
    siti.look("closed record")
