"""The server dies at any moment, and nothing is lost, done twice or half-written."""

from __future__ import annotations

import http.client
import random
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from engine.commands.accounts import AddUser
from engine.commands.start_process_instance import StartProcessInstance
from engine.engine import Engine, Settings
from engine.history import Anchors, verify
from engine.model import SYSTEM, User
from engine.store import read_only
from engine.store.census import Census
from engine.store.history import History
from tests.faults.server import Client, Server, running

SEED = 20_000
KILLS = 20
INSTANCES = 4
WORKERS = 3
PASSWORD = "hitung-terus"
WORKER = User("wati", "Wati", "", "id", "", is_active=True, groups=("counters",))


@dataclass
class Ledger:
    """Which tokens the server said it took, by thread-safe appends."""

    acknowledged: set[str] = field(default_factory=set)
    sent: set[str] = field(default_factory=set)


class Worker(threading.Thread):
    """Completes open tasks through the pages until the server is gone; each completion carries a token of its own."""

    def __init__(self, name: str, client: Client, engine: Engine, ledger: Ledger, seed: int) -> None:
        super().__init__(name=name)
        self._client, self._engine, self._ledger, self._random = client, engine, ledger, random.Random(seed)
        self.unexpected: list[str] = []

    def run(self) -> None:
        """Work until the connection breaks."""
        number = 0
        while True:
            with read_only(self._engine.database) as work:
                tasks = Census(work).open_user_tasks()
            token = f"{self.name}-{number}"
            number += 1
            self._ledger.sent.add(token)
            try:
                status, body = self._client.post(f"/tasks/{self._random.choice(tasks).key}/complete", {"token": token})
            except (OSError, http.client.HTTPException):
                return
            if status == 302:
                self._ledger.acknowledged.add(token)
            elif status != 409:  # another worker was faster
                self.unexpected.append(f"{status}: {body[:300]}")


@pytest.fixture
def engine(database_url: str) -> Engine:
    return Engine(Settings(database_url=database_url, node=7))


def test_twenty_kills_lose_nothing(database_url: str, engine: Engine, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    ledger = Ledger()
    server = Server(database_url, tmp_path)
    engine.execute(AddUser(user=WORKER, actor=SYSTEM, password=PASSWORD))
    with running(server):
        for _ in range(INSTANCES):
            start = StartProcessInstance(process_id="counting", actor=SYSTEM, variables={"tokens": [], "ticks": 0})
            engine.execute(start)
        clients = [logged_in(server) for _ in range(WORKERS)]
    for kill in range(KILLS):
        with running(server):
            # Sessions outlive the server too: nobody logs in again.
            workers = [Worker(f"{kill}-{i}", client, engine, ledger, kill * 10 + i) for i, client in enumerate(clients)]
            for worker in workers:
                worker.start()
            time.sleep(chance.uniform(0.05, 1.2))
        for worker in workers:
            worker.join()
            assert worker.unexpected == []
        assert_nothing_is_lost(engine, ledger)
    assert len(ledger.acknowledged) > KILLS, server.log
    with read_only(engine.database) as work:
        assert verify(History(work), Anchors(tmp_path / "anchors")).breaks == []
    engine.close()


def logged_in(server: Server) -> Client:
    client = Client(server.port)
    client.log_in(WORKER.name, PASSWORD)
    return client


def assert_nothing_is_lost(engine: Engine, ledger: Ledger) -> None:
    """Compare what the server acknowledged with every table that knows of it."""
    with read_only(engine.database) as work:
        census = Census(work)
        roots = list(census.roots())
        states = [census.variables(root) for root in roots]
        noted = [token for state in states for token in state["tokens"]]
        ticks = sum(state["ticks"] for state in states)
        tasks = census.open_user_tasks()
        completed = census.times("element_completed", "count")
        ticked = census.times("timer_fired", "wait")
        faults = census.open_faults()
    assert len(noted) == len(set(noted)), "a task was done twice"
    assert ledger.acknowledged <= set(noted), "an acknowledged completion was lost"
    assert set(noted) <= ledger.sent, "somebody completed what nobody sent"
    assert completed == len(noted), "history and variables differ"
    assert ticked == ticks, "a timer fired without trace, or left a trace without firing"
    assert sorted(task.root_key for task in tasks) == sorted(roots), "each instance waits at exactly one task"
    assert faults == {}


def test_it_stops_cleanly_when_asked(database_url: str, tmp_path: Path) -> None:
    server = Server(database_url, tmp_path)
    with running(server):
        assert server.stop() == 0
    assert "Traceback" not in server.log
