"""The product as people meet it: a real server on a real database, with a clock that the test moves."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml
from waitress import create_server, wasyncore
from waitress.server import TcpWSGIServer

from engine import SYSTEM, LoadPeople, LogIn
from engine.content.folders import content_folders
from engine.testing import Harness, MovableClock, load_scenario
from engine.testing.player import play
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
        """Return the token of a new session of a person."""
        token, _user = self.harness.engine.execute(LogIn(name=name, password=PASSWORD, address="127.0.0.1"))
        return token

    def advance(self, **duration: float) -> None:
        """Move the server's clock on (`days=15`); what falls due on the way is run, each at its own moment."""
        self.harness.advance(**duration)

    def tell(self, scenario: str, *, until: str, again: int = 0) -> None:
        """Play a scenario of the procedure by commands, up to the first step that is of the user task `until`."""
        told = load_scenario(_SCENARIOS / f"{scenario}.yaml")
        stops = [index for index, step in enumerate(told.steps) if step.arguments.get("task") == until]
        del told.steps[stops[again] :]
        assert play(told, self.harness) == []


@contextmanager
def serving(database_url: str) -> Iterator[Site]:
    """Give a server of a database with content and people."""
    with Harness(database_url, clock=MovableClock(START)) as harness:
        app = create_app(harness.engine, WebSettings(secret_key="for tests"))
        server = create_server(app, host="127.0.0.1", port=0, threads=4)
        assert isinstance(server, TcpWSGIServer)
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
        harness.engine.execute(LoadPeople(document=people, actor=SYSTEM, password=PASSWORD))
