"""The product as people meet it: a real server on a real database, with a clock that the test moves."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import yaml
from waitress import wasyncore
from waitress.server import create_server

from engine import SYSTEM, LoadPeople
from engine.content.folders import content_folders
from engine.store import unit_of_work
from engine.store.sessions import Sessions
from engine.testing import Harness, MovableClock, load_scenario
from engine.testing.playing import play
from webapp import WebSettings, create_app

ROOT = Path(__file__).parents[3]
PASSWORD = "benar kuda baterai staples"
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  #: Monday 09:00 in Jakarta
_SCENARIOS = ROOT / "processes/chg_normal/scenarios"


@dataclass(frozen=True)
class Site:
    """A running server and the engine behind it."""

    harness: Harness
    address: str

    def session_of(self, name: str) -> str:
        """Return the token of a new session of a person, without the time that a password costs."""
        token, now = token_urlsafe(), self.harness.clock.now()
        with unit_of_work(self.harness.engine.database) as work:
            Sessions(work).add(sha256(token.encode()).hexdigest(), name, at=now, expires_at=now + timedelta(hours=12))
        return token

    def advance(self, **duration: float) -> None:
        """Move the server's clock on (`days=15`); what falls due on the way is run, each at its own moment."""
        self.harness.advance(**duration)

    def advance_to(self, moment: datetime) -> None:
        """Move the server's clock on to `moment`."""
        self.harness.advance_to(moment)

    def tell(self, scenario: str, *, until: str, turn: int = 1) -> None:
        """Play a scenario of the procedure by commands, up to the `turn`-th step of the task or message `until`."""
        told = load_scenario(_SCENARIOS / f"{scenario}.yaml")
        names = [step.arguments.get("task") or step.arguments.get("name") for step in told.steps]
        stops = [index for index, name in enumerate(names) if name == until]
        assert play(replace(told, steps=told.steps[: stops[turn - 1]]), self.harness) == []


@contextmanager
def serving(database_url: str, start: datetime = START) -> Iterator[Site]:
    """Give a server of a database with content and people, at a moment."""
    with Harness(database_url, clock=MovableClock(start)) as harness:
        app = create_app(harness.engine, WebSettings(secret_key="for tests", content_folder=ROOT))
        server: Any = create_server(app, host="127.0.0.1", port=0, threads=4)
        thread = threading.Thread(target=server.run, name="web server")
        thread.start()
        try:
            yield Site(harness, f"http://127.0.0.1:{server.effective_port}")
        finally:
            # Its loop ends when it has nothing left to listen to; only the loop's own thread may close that.
            server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
            thread.join()
            server.task_dispatcher.shutdown()


def furnish(database_url: str) -> None:
    """Deploy the content and add the demonstration people to a migrated database."""
    people = yaml.safe_load((ROOT / "processes/_shared/demo_people.yaml").read_text())
    with Harness(database_url, clock=MovableClock(START - timedelta(days=30))) as harness:
        for folder in content_folders(ROOT):
            harness.deploy(*folder.paths)
        harness.let_only_start({"chg_normal.bpmn"})  # no reviews of others while a journey waits
        harness.engine.execute(LoadPeople(document=people, actor=SYSTEM, password=PASSWORD))
