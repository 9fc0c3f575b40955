"""The modeller served on both databases, with a published process, decision and form, and content on disk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine import SYSTEM, LoadPeople
from engine.commands.log_in import digest
from engine.store import unit_of_work
from engine.store.sessions import Sessions
from engine.store.tables import login_session
from engine.testing import Harness, MovableClock
from webapp import WebSettings, create_app
from webapp.access import SESSION_COOKIE
from webapp.modeller.blank import blank_file

START = datetime(2030, 6, 17, 3, tzinfo=UTC)
_GROUPS = {"sari": ["administrator"], "eko": ["auditor"], "budi": ["workers"], "ana": ["process_owner"]}
_PEOPLE = {
    "people": [{"name": name, "display_name": name.capitalize(), "groups": groups} for name, groups in _GROUPS.items()]
}
PROCESS = blank_file("bpmn", "leave", "Leave", "Cuti")
TABLE = blank_file("dmn", "days", "Days", "Hari")
FORM = blank_file("form", "F_leave", "Leave", "Cuti")


def facts(answer: TestResponse) -> Any:
    return answer.get_json()


class Site:
    """The application, its client and the folder of its content."""

    def __init__(self, harness: Harness, content: Path) -> None:
        self.harness = harness
        self.content = content
        app = create_app(harness.engine, WebSettings(secret_key="test", content_folder=content))
        app.testing = True
        self.client: FlaskClient = app.test_client()

    def log_in(self, name: str, language: str = "en") -> None:
        """Open a session as a login does, without the time that hashing a password takes on purpose."""
        now, token = self.harness.clock.now(), f"token of {name}"
        with unit_of_work(self.harness.engine.database) as work:
            if not work.execute(login_session.select().where(login_session.c.user_name == name)).first():
                Sessions(work).add(digest(token), name, at=now, expires_at=now + timedelta(hours=12))
        self.client.set_cookie(SESSION_COOKIE, token)
        with self.client.session_transaction() as session:
            session["csrf"] = "token"
        self.post("/language", language=language)

    def post(self, address: str, **fields: Any) -> TestResponse:
        return self.client.post(address, data={"csrf_token": "token"} | fields)

    def get(self, address: str) -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.text

    def send(self, method: str, address: str, content: bytes, **headers: str) -> TestResponse:
        return self.client.open(address, method=method, data=content, headers={"X-CSRF-Token": "token"} | headers)

    def ask(self, address: str, **asked: Any) -> TestResponse:
        return self.client.post(address, json=asked, headers={"X-CSRF-Token": "token"})

    def draft(self, kind: str = "bpmn", resource_id: str = "leave.bpmn") -> str:
        answer = self.post(f"/modeller/files/{kind}/{resource_id}/edit")
        assert answer.status_code == 302
        return answer.location


@pytest.fixture
def site(database_url: str, tmp_path: Path) -> Iterator[Site]:
    """Give the application; ana, a process owner, is logged in."""
    content = tmp_path / "content"
    folder = content / "processes/leave"
    folder.mkdir(parents=True)
    for file in (PROCESS, TABLE, FORM):
        (folder / file.name).write_bytes(file.content)
    with Harness(database_url, clock=MovableClock(START)) as harness:
        harness.engine.execute(LoadPeople(document=_PEOPLE, actor=SYSTEM))
        harness.deploy(PROCESS, TABLE, FORM)
        site = Site(harness, content)
        site.log_in("ana")
        yield site
