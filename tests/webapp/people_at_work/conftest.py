"""The office of the engine's tests, served."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient

from engine import SYSTEM, LoadPeople, LogIn
from engine.testing import Harness, MovableClock
from tests.integration.people_at_work.conftest import PASSWORD, PEOPLE, START, Office, content
from webapp import WebSettings, create_app
from webapp.access import SESSION_COOKIE


@dataclass
class ServedOffice:
    """The application over an office, and a browser that is logged in or not."""

    office: Office
    client: FlaskClient

    def log_in(self, name: str) -> None:
        """Become somebody."""
        token, _user = self.office.engine.execute(LogIn(name=name, password=PASSWORD, address="test"))
        self.client.set_cookie(SESSION_COOKIE, token)
        with self.client.session_transaction() as session:
            session["csrf"] = "token"

    def log_out(self) -> None:
        """Be nobody again."""
        self.client.delete_cookie(SESSION_COOKIE)


@pytest.fixture
def served(database_url: str) -> Iterator[ServedOffice]:
    """Give the application on each database; nobody is logged in."""
    with Harness(database_url, clock=MovableClock(START)) as harness:
        harness.deploy(*content())
        harness.engine.execute(LoadPeople(document=PEOPLE, actor=SYSTEM, password=PASSWORD))
        app = create_app(harness.engine, WebSettings(secret_key="test"))
        yield ServedOffice(Office(harness), app.test_client())
