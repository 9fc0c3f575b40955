"""Pages cost the same number of statements, however much there is to show."""

from __future__ import annotations

import gzip

import pytest

from engine import Actor, AddComment
from tests.webapp.people.conftest import Site
from webapp.assets import DIST

BUDGET_BYTES = 60_000


def cost(site: Site, address: str) -> int:
    site.get(address)  # what is parsed once
    with site.statements() as seen:
        site.get(address)
    return len(seen)


@pytest.mark.parametrize(
    ("name", "address", "most"),
    [
        ("putu", "/tasks?tab=groups", 8),
        ("tari", "/records", 10),
        ("tari", "/search?q=office", 15),
        ("tari", "/notifications", 8),
        ("tari", "/start", 6),
    ],
)
def test_a_list_costs_the_same_with_one_line_and_with_twenty(site: Site, name: str, address: str, most: int) -> None:
    site.ask_for_a_journey()
    site.log_in(name)
    with_one = cost(site, address)
    for _ in range(19):
        site.ask_for_a_journey()
    assert cost(site, address) == with_one <= most


def test_a_task_and_a_record_cost_the_same_early_and_late(site: Site) -> None:
    number = site.ask_for_a_journey()
    site.log_in("putu")
    task, record = f"/tasks/{site.task()}", f"/records/{number}"
    early = cost(site, task), cost(site, record)
    for turn in range(15):
        site.engine.execute(AddComment(number=number, body=f"Comment {turn}", actor=Actor("putu")))
    assert (cost(site, task), cost(site, record)) == early
    assert early[0] <= 24
    assert early[1] <= 32


def test_the_script_and_style_of_a_page_stay_small() -> None:
    files = [next(DIST.glob(f"app-*.{kind}")) for kind in ("js", "css")]
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) < BUDGET_BYTES
