"""Monitoring reports alerts: repeats join, floods are grouped, what is over is proposed as solved."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine import (
    SYSTEM,
    Actor,
    AddAlertSource,
    Alert,
    AlertState,
    Credentials,
    InputInvalid,
    NotPermitted,
    RecordPage,
    ReportAlert,
    ResourceFile,
)
from engine.outbox.webhooks import signature
from engine.testing import Harness
from tests.diagrams import diagram, user_task
from tests.integration.notices.telling import AddRecord

ALARM = diagram(
    "alarm",
    '<startEvent id="s"><messageEventDefinition messageRef="in"/></startEvent>'
    '<serviceTask id="open"><extensionElements>'
    '<zeebe:taskDefinition type="clause8:record.open"/><zeebe:ioMapping><zeebe:input source="ALM" target="type"/>'
    '<zeebe:input source="=text" target="title"/><zeebe:input source="={ci: ci}" target="fields"/>'
    "</zeebe:ioMapping></extensionElements></serviceTask>" + user_task("look"),
    "s -> open\nopen -> look",
    '<bpmn:message id="in" name="Alarm_in"/>',
)


@pytest.fixture
def token(harness: Harness) -> str:
    harness.deploy(ALARM, ResourceFile("alerts.yaml", b"kind: alerts\nmessage: Alarm_in\nchild_links: [part_of]\n"))
    harness.engine.execute(AddRecord(number="THG-2026-000001"))
    return harness.engine.execute(AddAlertSource(name="watcher", actor=SYSTEM)).token


def report(
    harness: Harness, token: str, key: str = "disk", thing: str = "THG-2026-000001", **more: str
) -> Alert | None:
    document = {"dedupe_key": key, "ci": thing, "severity": "high", "text": "disk is full", **more}
    return harness.engine.execute(ReportAlert(document=document, credentials=Credentials(token)))


def test_an_alert_begins_one_record_however_often_it_is_repeated(harness: Harness, token: str) -> None:
    first = report(harness, token)
    again = report(harness, token, text="disk is still full")
    assert first is not None
    assert again is not None
    assert again.record_number == first.record_number
    assert harness.open_tasks() == ["look"]
    page = harness.engine.ask(RecordPage(number=first.record_number or "", actor=Actor("adi")))
    assert ["disk is still full" in comment.body for comment in page.comments] == [True]


def test_what_is_over_is_noted_and_an_alert_after_it_begins_anew(harness: Harness, token: str) -> None:
    first, cleared = report(harness, token), report(harness, token, state="clear")
    later = report(harness, token)
    assert first is not None
    assert cleared is not None
    assert later is not None
    assert later.record_number != first.record_number


def test_an_unknown_thing_parks_the_alert(harness: Harness, token: str) -> None:
    parked = report(harness, token, thing="THG-2026-000099")
    assert parked is not None
    assert (parked.state, parked.record_number) == (AlertState.PARKED, None)
    assert harness.open_tasks() == []


def test_of_a_flood_everything_after_twenty_goes_to_one_record(harness: Harness, token: str) -> None:
    numbers = [report(harness, token, key=f"disk {number}") for number in range(24)]
    found = [one.record_number for one in numbers if one is not None]
    assert len(set(found)) == 20
    assert set(found[20:]) == {found[0]}
    harness.clock.advance(timedelta(minutes=6))
    later = report(harness, token, key="later")
    assert later is not None
    assert later.record_number not in found


def test_a_wrong_token_or_document_is_refused(harness: Harness, token: str) -> None:
    with pytest.raises(NotPermitted):
        report(harness, "x" + token)
    with pytest.raises(InputInvalid):
        harness.engine.execute(ReportAlert(document=["nonsense"], credentials=Credentials(token)))
    with pytest.raises(InputInvalid):
        report(harness, token, state="perhaps")


def test_a_source_that_signs_must_sign_afresh(harness: Harness, token: str) -> None:
    new = harness.engine.execute(AddAlertSource(name="signer", actor=SYSTEM, signs=True))
    body, now = b"{}", int(harness.clock.now().timestamp())
    document = {"dedupe_key": "a", "ci": "THG-2026-000001", "severity": "low", "text": "x"}

    def call(timestamp: int, text: str) -> None:
        shown = Credentials(new.token, body, str(timestamp), text)
        harness.engine.execute(ReportAlert(document=document, credentials=shown))

    call(now, signature(new.source.secret or "", now, body))
    for timestamp, text in ((now, "v1=00"), (now - 900, signature(new.source.secret or "", now - 900, body))):
        with pytest.raises(NotPermitted):
            call(timestamp, text)
