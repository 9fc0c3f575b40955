"""10,000 notifications are drained while the process that sends them is killed ten times."""

from __future__ import annotations

from tests.faults.test_killed_sender import drain_with_kills

MAILS, KILLS = 10_000, 10


def test_ten_kills_lose_none_of_ten_thousand_mails(database_url: str) -> None:
    taken = drain_with_kills(database_url, mails=MAILS, kills=KILLS, seed=10)
    repeated = sum(times - 1 for times in taken.values())
    print(f"\n{MAILS} mails, {KILLS} kills: none lost, {repeated} sent again under the same Message-ID")
