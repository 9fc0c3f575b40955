"""`clause8 serve` as `make run` starts it: a new database gets content, people and records."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from sqlalchemy.exc import DBAPIError

from engine import Engine, Settings, StoreUnavailable
from engine.store import read_only
from engine.store.census import Census
from tests.faults.server import PATIENCE_SECONDS, Client, Server, running

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
    last = time.monotonic() + PATIENCE_SECONDS
    while not _has_instances(database_url):
        assert time.monotonic() < last, server.log
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
    assert first["tasks"] > 10
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


def test_figures_are_not_for_who_comes_through_a_proxy_that_nobody_configured(
    database_url: str, tmp_path: Path
) -> None:
    with running(Server(database_url, tmp_path)) as server:
        address = f"http://127.0.0.1:{server.port}/metrics"
        with urlopen(address) as answer:
            assert b"clause8_timers_due" in answer.read()
        with pytest.raises(HTTPError) as refused:
            urlopen(Request(address, headers={"X-Forwarded-For": "203.0.113.9"}))
        with refused.value:
            assert refused.value.code == 403
