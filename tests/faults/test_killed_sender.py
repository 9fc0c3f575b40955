"""Whoever sends mails dies at any moment: none is lost, and a repeat carries the same Message-ID."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from engine import (
    SYSTEM,
    Actor,
    AddUser,
    DeliveryState,
    Engine,
    MovableClock,
    OutgoingPage,
    ResourceFile,
    Settings,
    User,
)
from engine.commands.deploy import Deploy
from tests.integration.notices.telling import TEMPLATES, Tell
from tests.post_office import PostOffice, open_post_office

ROOT = Path(__file__).parents[2]
WATI = User("wati", "Wati", "wati@desk.example", "id", "", is_active=True, groups=("administrator",))


def test_no_mail_is_lost_and_repeats_keep_their_message_id(database_url: str) -> None:
    drain_with_kills(database_url, mails=120, kills=3, seed=2026)


def drain_with_kills(database_url: str, *, mails: int, kills: int, seed: int) -> Counter[str]:
    """Send `mails` by processes that are killed `kills` times; returns how often each Message-ID was taken."""
    clock = MovableClock()
    engine = Engine(Settings(database_url=database_url), clock=clock)
    engine.execute(AddUser(user=WATI, actor=SYSTEM))
    engine.execute(Deploy(files=(ResourceFile("templates.yaml", TEMPLATES),), actor=SYSTEM))
    for number in range(mails):
        engine.execute(Tell(template="solved", to=["wati"], data={"title": f"case {number}"}))
    chance = random.Random(seed)
    with open_post_office() as office:
        for _ in range(kills):
            # So many more mails are taken before the next kill, at a moment between two of them.
            _send(database_url, office, clock.now(), chance.randint(1, max(1, mails // (kills + 2))))
            clock.advance(timedelta(minutes=6))  # what the dead one had leased is handed out again
        _send(database_url, office, clock.now(), None)
    taken = Counter(office.identities())
    subjects: dict[str, set[str]] = {}
    for mail in office.mails:
        subjects.setdefault(str(mail["Message-ID"]), set()).add(str(mail["Subject"]))
    assert {subject for found in subjects.values() for subject in found} == {
        f"Selesai: case {number}" for number in range(mails)
    }
    assert len(taken) == mails
    assert all(len(found) == 1 for found in subjects.values())
    assert all(times <= kills + 1 for times in taken.values())
    page = engine.ask(OutgoingPage(actor=Actor("wati"), state=DeliveryState.WAITING))
    engine.close()
    assert (page.waiting, page.failed) == (0, 0)
    return taken


def _send(url: str, office: PostOffice, moment: datetime, until: int | None) -> None:
    """Run a sender; kill it when it has sent `until` more mails, else let it end."""
    before = len(office.mails)
    command = [sys.executable, "-m", "tests.faults.draining", url, str(office.port), moment.isoformat()]
    sender = subprocess.Popen(command, cwd=ROOT)
    while until is not None and len(office.mails) < before + until and sender.poll() is None:
        time.sleep(0.001)
    if until is not None:
        sender.kill()
    assert sender.wait(timeout=600) == (0 if until is None else -9)
