"""A vote on a numbered request, with the shipped procedure for votes; and a plain task of a group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine import SYSTEM, Actor, EnterAbsence, LoadPeople, ResourceFile, StartProcessInstance, UserTaskNotFound
from engine.engine import Engine
from engine.people import link_token
from engine.store import read_only, unit_of_work
from engine.store.duties import Duties
from engine.store.tables import answer_link, history_entry, user_task
from engine.testing import Harness, MovableClock

ROOT = Path(__file__).parents[3]
START = datetime(2030, 6, 17, 3, tzinfo=UTC)  # Monday, 10:00 in Jakarta
PASSWORD = "a long password"
GROUPS = {
    "asker": ["requester"],
    "anna": ["cab"],
    "budi": ["cab"],
    "citra": ["cab", "change_manager"],
    "dodi": ["cab"],
    "eka": ["requester"],
    "fitri": ["requester"],
    "owner": ["process_owner"],
    "adi": ["administrator"],
}
PEOPLE = {
    "people": [
        {"name": name, "display_name": name.title(), "unit": "it", "language": "en", "groups": groups}
        for name, groups in GROUPS.items()
    ],
    "units": [{"name": "it", "en": "IT", "id": "TI", "head": "owner"}],
}

_DIAGRAM = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
  <bpmn:process id="{id}" name="Asked" isExecutable="true">
    <bpmn:startEvent id="Start"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:serviceTask id="S_open" name="Open"><bpmn:extensionElements>
      <zeebe:taskDefinition type="clause8:record.open"/>
      <zeebe:ioMapping><zeebe:input source="=&quot;CHG&quot;" target="type"/>
      <zeebe:input source="=title" target="title"/>
      <zeebe:input source="=asker" target="requester"/>
      <zeebe:output source="=record" target="record"/></zeebe:ioMapping>
      </bpmn:extensionElements><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:serviceTask>
    {work}
    <bpmn:endEvent id="End"><bpmn:incoming>f3</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="Start" targetRef="S_open"/>
    <bpmn:sequenceFlow id="f2" sourceRef="S_open" targetRef="Work"/>
    <bpmn:sequenceFlow id="f3" sourceRef="Work" targetRef="End"/>
  </bpmn:process>
</bpmn:definitions>"""
_INPUTS = {
    "subject": '"change"',
    "record": "record",
    "mode": "mode",
    "allow_defer": "true",
    "requester": "asker",
    "risk": "risk",
    "sdt_required": "false",
    "document_kind": "null",
    "approval": "null",
    "people": "{}",
    "meeting_at": "null",
    "dossier": "{title: title}",
    "facts": '[{label: "What", label_id: "Apa", value: title}]',
}
_CALL = (
    '<bpmn:callActivity id="Work"><bpmn:extensionElements>'
    '<zeebe:calledElement processId="sub_vote" propagateAllParentVariables="false"/><zeebe:ioMapping>'
    + "".join(
        f'<zeebe:input source="={source.replace(chr(34), "&quot;")}" target="{name}"/>'
        for name, source in _INPUTS.items()
    )
    + '<zeebe:output source="=outcome" target="outcome"/></zeebe:ioMapping></bpmn:extensionElements>'
    "<bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing></bpmn:callActivity>"
)
_TASK = (
    '<bpmn:userTask id="Work" name="Check"><bpmn:extensionElements><zeebe:userTask/>'
    '<zeebe:assignmentDefinition candidateGroups="cab"/><zeebe:properties>'
    '<zeebe:property name="clause8:sod" value="SoD-1"/><zeebe:property name="clause8:duty" value="check"/>'
    "</zeebe:properties></bpmn:extensionElements>"
    "<bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing></bpmn:userTask>"
)


@dataclass
class Office:
    """An engine with people, and what tests ask of them."""

    harness: Harness

    @property
    def engine(self) -> Engine:
        return self.harness.engine

    @property
    def now(self) -> datetime:
        return self.harness.clock.now()

    def ask_for_a_vote(self, risk: str = "medium", mode: str = "cab") -> str:
        """Start a request that is voted on; return its number."""
        return self._start("asked_vote", risk=risk, mode=mode)

    def ask_for_a_check(self) -> str:
        """Start a request that one person of the group checks; return its number."""
        return self._start("asked_check")

    def _start(self, process_id: str, **more: Any) -> str:
        variables = {"title": "A new server", "asker": "asker"} | more
        started = self.engine.execute(
            StartProcessInstance(process_id=process_id, actor=Actor("adi"), variables=variables)
        )
        assert started.business_id
        self.add_duty(started.business_id, "request", "asker")
        return started.business_id

    def add_duty(self, number: str, duty: str, name: str) -> None:
        """Note what somebody did for a record."""
        with unit_of_work(self.engine.database) as work:
            Duties(work).add(number, duty, name, at=self.now)

    def be_away(self, name: str, deputy: str, hours: float = 48) -> int:
        """Enter an absence from now on; return its key."""
        until = self.now + timedelta(hours=hours)
        return self.engine.execute(
            EnterAbsence(user=name, deputy=deputy, from_at=self.now, until_at=until, actor=Actor("adi"))
        )

    def task_of(self, name: str, element_id: str = "T_vote") -> int:
        """Return the newest open task of a person."""
        query = user_task.select().where(
            user_task.c.element_id == element_id, user_task.c.assignee == name, user_task.c.state == "created"
        )
        with read_only(self.engine.database) as work:
            rows = work.execute(query.order_by(user_task.c.key.desc())).all()
        if not rows:
            raise UserTaskNotFound(name)
        key: int = rows[0].key
        return key

    def link_of(self, name: str, task_key: int | None = None) -> str:
        """Return the token of a person's newest link."""
        query = answer_link.select().where(answer_link.c.user_name == name).order_by(answer_link.c.key.desc())
        if task_key is not None:
            query = query.where(answer_link.c.task_key == task_key)
        with read_only(self.engine.database) as work:
            row = work.execute(query).first()
        assert row is not None, name
        return link_token(self.engine.settings.link_keys, "answer", row.key)

    def audit(self, action: str) -> list[dict[str, Any]]:
        """Return the details of the system's entries of one action, with who acted and for whom."""
        query = history_entry.select().where(history_entry.c.action == action).order_by(history_entry.c.at)
        with read_only(self.engine.database) as work:
            rows = work.execute(query).all()
        return [{"actor": row.actor, "for": row.on_behalf_of, **(row.details or {})} for row in rows]


def content() -> list[Path | ResourceFile]:
    """Return what is deployed: the shipped procedure for votes and two small ones that lead to a vote and a task."""
    shared = [path for path in sorted((ROOT / "processes/_shared").glob("*.yaml")) if path.name != "demo_people.yaml"]
    vote = [*sorted((ROOT / "processes/sub_vote").glob("*.bpmn")), *sorted((ROOT / "processes/sub_vote").glob("*.dmn"))]
    made = [("asked_vote", _CALL), ("asked_check", _TASK)]
    diagrams = [ResourceFile(f"{key}.bpmn", _DIAGRAM.format(id=key, work=work).encode()) for key, work in made]
    calendars = sorted((ROOT / "processes/_shared/calendars").glob("*.yaml"))
    return [*shared, *calendars, *vote, *sorted((ROOT / "forms/sub_vote").glob("*.form")), *diagrams]


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """Give the office on each database."""
    with Harness(database_url, clock=MovableClock(START)) as harness:
        harness.deploy(*content())
        harness.engine.execute(LoadPeople(document=PEOPLE, actor=SYSTEM, password=PASSWORD))
        yield Office(harness)
