"""`clause8 serve` as `make run` starts it: a new database gets content, people and records."""

from __future__ import annotations

import time
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from engine import Engine, Settings, StoreUnavailable
from engine.store import read_only
from engine.store.census import Census
from tests.faults.server import Client, Server, running

ROOT = Path(__file__).parents[2]
PASSWORD = "clause8-demo"


def places(database_url: str) -> dict[str, int]:
    engine = Engine(Settings(database_url=database_url))
    with read_only(engine.database) as work:
        census = Census(work)
        counted = {
            "instances": len(census.roots()),
            "running": sum(census.roots().values()),
            "tasks": len(census.open_user_tasks()),
            "faults": len(census.open_faults()),
        }
    engine.close()
    return counted


def test_a_new_database_is_filled_whole_and_once(database_url: str, tmp_path: Path) -> None:
    server = Server(database_url, tmp_path, content=ROOT, CLAUSE8_DEMO="1")
    server.launch()
    while not _has_instances(database_url):
        time.sleep(0.2)
    server.kill()  # in the middle of it; the next start begins anew
    with running(server):
        client = Client(server.port)
        client.log_in("budi.santoso", PASSWORD)
        assert client.get("/tasks")[0] == 200
        assert server.stop() == 0
    first = places(database_url)
    assert first["instances"] >= 12
    assert first["instances"] > first["running"] > 5
    assert first["tasks"] >= first["running"]
    assert first["faults"] == 0
    assert "story ended early" not in server.log
    assert PASSWORD in server.log
    with running(server):
        assert server.stop() == 0
    assert places(database_url) == first
    assert server.log.count("Preparing demonstration") == 2
    assert server.log.count("starting afresh") == 1


def _has_instances(database_url: str) -> bool:
    try:
        return places(database_url)["instances"] > 1
    except (DBAPIError, StoreUnavailable):  # no tables yet
        return False


def test_the_clock_moves_only_when_the_settings_say_so(database_url: str, tmp_path: Path) -> None:
    for setting, moves in (("0", False), ("1", True)):
        with running(Server(database_url, tmp_path, CLAUSE8_TEST_CLOCK=setting)) as server:
            status, _ = Client(server.port).post("/test/clock", {"seconds": "86400"})
        assert (status == 200) is moves


def test_production_starts_empty(database_url: str, tmp_path: Path) -> None:
    server = Server(database_url, tmp_path, content=ROOT, CLAUSE8_ENV="production")
    del server._settings["CLAUSE8_DEMO"]
    with running(server):
        assert server.stop() == 0
    assert places(database_url) == {"instances": 0, "running": 0, "tasks": 0, "faults": 0}
