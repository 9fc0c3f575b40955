"""A served application with a small process that waits for a person, a timer, a message and a worker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from engine import SYSTEM, Actor, CompleteUserTask, Engine, LoadPeople, ProcessInstance
from engine.commands.log_in import digest
from engine.store import unit_of_work
from engine.store.sessions import Sessions
from engine.store.tables import login_session
from engine.testing import Harness, MovableClock
from webapp import WebSettings, create_app
from webapp.access import SESSION_COOKIE

ORDER = Path(__file__).with_name("order.bpmn")
START = datetime(2030, 6, 17, 3, tzinfo=UTC)
SARI = Actor("sari")  # administrator
_GROUPS = {"sari": ["administrator"], "eko": ["auditor"], "budi": ["workers", "program"], "ana": ["process_owner"]}
_PEOPLE = {
    "people": [
        {"name": name, "display_name": f"{name.capitalize()} Wijaya", "email": f"{name}@example.org", "groups": groups}
        for name, groups in _GROUPS.items()
    ],
    "units": [{"name": "it", "en": "IT", "id": "TI", "head": "sari"}],
}


@dataclass
class Site:
    """The application, its engine and its clock."""

    harness: Harness
    client: FlaskClient

    @property
    def engine(self) -> Engine:
        return self.harness.engine

    def log_in(self, name: str, language: str = "en") -> None:
        """Open a session as a login does, without the time that hashing a password takes on purpose."""
        now, token = self.engine.clock.now(), f"token of {name}"
        with unit_of_work(self.engine.database) as work:
            if not work.execute(login_session.select().where(login_session.c.user_name == name)).first():
                Sessions(work).add(digest(token), name, at=now, expires_at=now + timedelta(hours=12))
        self.client.set_cookie(SESSION_COOKIE, token)
        with self.client.session_transaction() as session:
            session["csrf"] = "token"
        self.language(language)

    def language(self, language: str) -> None:
        self.post("/language", language=language)

    def get(self, address: str, **query: Any) -> str:
        answer = self.client.get(address, query_string=query or None)
        assert answer.status_code == 200, (address, answer.status_code, answer.text[:2000])
        return answer.text

    def post(self, address: str, **fields: Any) -> TestResponse:
        return self.client.post(address, data={"csrf_token": "token"} | fields)

    def order(self, number: str = "PO-1", **variables: Any) -> ProcessInstance:
        return self.harness.start("order", by="budi", order_number=number, **({"amount": 100} | variables))

    def checked_order(self, number: str = "PO-1", **variables: Any) -> ProcessInstance:
        """Start an order and let its check be done, so that it waits for its payment (or is stuck)."""
        started = self.order(number, **variables)
        with self.harness.census() as census:
            task = next(place for place in census.open_user_tasks() if place.instance_key == started.key)
        self.engine.execute(CompleteUserTask(user_task_key=task.key, actor=SYSTEM, variables={}))
        return started

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA")):
                seen.append(statement)

        event.listen(self.engine.database.sql, "before_cursor_execute", note)
        yield seen
        event.remove(self.engine.database.sql, "before_cursor_execute", note)


@pytest.fixture
def site(database_url: str) -> Iterator[Site]:
    """Give the application with people and the deployed process; nobody is logged in."""
    with Harness(database_url, clock=MovableClock(START)) as harness:
        harness.engine.execute(LoadPeople(document=_PEOPLE, actor=SYSTEM))
        harness.deploy(ORDER)
        app = create_app(harness.engine, WebSettings(secret_key="test"))
        app.testing = True
        yield Site(harness, app.test_client())
