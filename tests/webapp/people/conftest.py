"""A served application with a small procedure: people ask for journeys, approvers decide on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from engine import SYSTEM, Actor, Engine, LoadPeople, LogIn, StartByForm
from engine.testing import Harness, MovableClock
from webapp import WebSettings, create_app
from webapp.access import SESSION_COOKIE

CONTENT = Path(__file__).with_name("content")
START = datetime(2030, 6, 17, 3, tzinfo=UTC)  # Monday, 10:00 in Jakarta
PASSWORD = "a long password"
JOURNEY = {
    "purpose": "Visit the office in Makassar",
    "class": "economy",
    "legs": [{"from": "Jakarta", "to": "Makassar"}],
}
_GROUPS = {
    "tari": ["travellers"],
    "sena": ["travellers", "approvers"],
    "putu": ["approvers"],
    "odi": [],
    "adi": ["administrator"],
    "aulia": ["auditor"],
}
PEOPLE = {
    "people": [
        {
            "name": name,
            "display_name": f"{name.capitalize()} Pratama",
            "unit": "sales",
            "language": "en",
            "groups": groups,
        }
        for name, groups in _GROUPS.items()
    ],
    "units": [{"name": "sales", "en": "Sales", "id": "Penjualan", "head": "putu"}],
}


@dataclass
class Site:
    """The application, its engine and its clock, and a browser without script."""

    harness: Harness
    client: FlaskClient

    @property
    def engine(self) -> Engine:
        return self.harness.engine

    def log_in(self, name: str) -> None:
        """Become somebody else."""
        token, _user = self.engine.execute(LogIn(name=name, password=PASSWORD, address="test"))
        self.client.set_cookie(SESSION_COOKIE, token)
        with self.client.session_transaction() as session:
            session["csrf"] = "token"

    def get(self, address: str, status: int = 200, headers: dict[str, str] | None = None) -> str:
        """Return a page."""
        answer = self.client.get(address, headers=headers)
        assert answer.status_code == status, (address, answer.status_code, answer.text[:2000])
        return answer.text

    def post(self, address: str, fields: dict[str, Any] | None = None, **headers: str) -> TestResponse:
        """Send a form as a browser does."""
        data = {"csrf_token": "token"} | (fields or {})
        return self.client.post(address, data=data, headers={"Accept": "text/html", **headers})

    def ask_for_a_journey(self, by: str = "tari", **values: Any) -> str:
        """Start the procedure; return the number of its record."""
        submitted = JOURNEY | values
        instance = self.engine.execute(StartByForm(process_id="travel", actor=Actor(by), submitted=submitted))
        assert instance.business_id
        return instance.business_id

    def task(self, element_id: str = "T_approve") -> int:
        """Return the key of the oldest open user task of an element."""
        return self.harness.open_task(element_id).key

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """Note the SQL statements that run."""
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA")):
                seen.append(statement)

        event.listen(self.engine.database.sql, "before_cursor_execute", note)
        yield seen
        event.remove(self.engine.database.sql, "before_cursor_execute", note)


@pytest.fixture
def site(database_url: str) -> Iterator[Site]:
    """Give the application with people and the deployed procedure; nobody is logged in."""
    with Harness(database_url, clock=MovableClock(START)) as harness:
        harness.deploy(*sorted(CONTENT.iterdir()))
        harness.engine.execute(LoadPeople(document=PEOPLE, actor=SYSTEM, password=PASSWORD))
        app = create_app(harness.engine, WebSettings(secret_key="test"))
        yield Site(harness, app.test_client())


def words(page: str) -> str:
    """Return what a page says, without its markup, one space between words."""
    without_scripts = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", without_scripts)).strip()
