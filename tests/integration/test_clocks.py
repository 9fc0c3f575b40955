"""Clocks of a running procedure, on both databases: scenario 8 of the design, restarts, faults, other calendars."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from engine.clock import MovableClock
from engine.commands import PublishMessage, ResolveFault, ResumeProcessInstance, SuspendProcessInstance
from engine.commands.context import CommandContext
from engine.commands.host_functions import lazy_host_functions
from engine.errors import DefinitionInvalid
from engine.feel import compile as compile_feel
from engine.feel import to_json
from engine.model import SYSTEM, ClockEventKind, ClockState, ResourceFile
from engine.store import read_only
from engine.store.deadlines import DeadlineRows, RecalculationRows
from engine.store.tables import fault, history_entry, user_task
from engine.testing import Harness
from tests.support_case import clock_content, support_case

JAKARTA = ZoneInfo("Asia/Jakarta")


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=JAKARTA)


#: The Friday before Pancasila Day, a Monday.
FRIDAY = at(5, 29, 16, 30)


@pytest.fixture
def harness(database_url: str) -> Iterator[Harness]:
    with Harness(database_url, clock=MovableClock(FRIDAY)) as made:
        yield made


def begin(harness: Harness, *, case: ResourceFile | None = None, priority: str | None = "P3") -> int:
    harness.deploy(*clock_content(), case or support_case())
    return harness.start("support_case", title="Printer", priority=priority, initiator="system").key


def clocks(harness: Harness, instance_key: int) -> dict[str, Any]:
    with read_only(harness.engine.database) as work:
        return {one.clock: one for one in DeadlineRows(work).of_roots([instance_key])}


def log(harness: Harness, instance_key: int, clock: str) -> list[Any]:
    key = clocks(harness, instance_key)[clock].key
    with read_only(harness.engine.database) as work:
        return DeadlineRows(work).events([key])[key]


def rows(harness: Harness, *columns: Any) -> list[Any]:
    with read_only(harness.engine.database) as work:
        return list(work.execute(select(*columns)))


def open_tasks(harness: Harness) -> list[str]:
    found = rows(harness, user_task.c.element_id, user_task.c.state)
    return sorted(row.element_id for row in found if row.state == "created")


def reply(harness: Harness) -> None:
    harness.engine.execute(
        PublishMessage(name="User_replied", correlation_key="INC-2026-000001", actor=SYSTEM, variables={})
    )


def to_the_pause(harness: Harness) -> int:
    """Register on Friday, classify, ask the user on Tuesday at 10:00."""
    key = begin(harness)
    harness.advance(minutes=10)
    harness.complete("T_classify")
    harness.advance_to(at(6, 2, 10))
    harness.complete("T_diagnose", next="ask")
    return key


def test_a_case_from_friday_evening_is_due_over_weekend_and_holiday(harness: Harness) -> None:
    found = clocks(harness, begin(harness))
    assert found["resolution"].due_at == at(6, 3, 16, 30)
    assert found["response"].due_at == at(6, 2, 9, 30)
    assert found["resolution"].calendar == "cal_office"


def test_a_pause_moves_the_due_time_by_the_paused_business_time_only(harness: Harness) -> None:
    key = to_the_pause(harness)
    assert clocks(harness, key)["resolution"].state is ClockState.PAUSED
    harness.advance_to(at(6, 3, 9))
    reply(harness)
    # Tuesday 10-12 and 13-17, Wednesday 8-9: seven hours later.
    assert clocks(harness, key)["resolution"].due_at == at(6, 4, 15, 30)


def test_a_raised_priority_keeps_the_pause_in_the_new_calendar(harness: Harness) -> None:
    key = to_the_pause(harness)
    harness.advance_to(at(6, 3, 9))
    reply(harness)
    harness.complete("T_diagnose", next="raise", priority="P2")
    found = clocks(harness, key)["resolution"]
    assert (found.calendar, found.duration) == ("cal_ext", "PT8H")
    # Eight hours in cal_ext from Friday 16:30 are Saturday 10:30; the pause held 13 hours of it.
    assert found.due_at == at(6, 2, 9, 30)
    (entry,) = [one for one in log(harness, key, "resolution") if one.kind is ClockEventKind.RETARGETED]
    assert (entry.due_before, entry.due_at) == (at(6, 4, 15, 30), at(6, 2, 9, 30))


def test_the_response_clock_never_pauses_and_stops_with_the_answer(harness: Harness) -> None:
    key = begin(harness, case=support_case(pause="pause response, resolution user_reply"))
    harness.advance(minutes=10)
    harness.complete("T_classify")
    harness.complete("T_diagnose", next="ask")
    found = clocks(harness, key)
    assert found["response"].state is ClockState.STOPPED
    assert found["resolution"].state is ClockState.PAUSED


def test_messages_at_75_and_100_per_cent_come_once_and_survive_a_restart(harness: Harness) -> None:
    begin(harness)
    harness.complete("T_classify")
    # Sixteen hours of work; twelve are used on Wednesday at 11:30 (half an hour of Friday, Tuesday, three and a half).
    harness.advance_to(at(6, 3, 11, 29))
    assert open_tasks(harness) == ["T_diagnose"]
    harness.engine.forget_definitions()
    harness.clock.move_to(at(6, 3, 11, 31))
    assert harness.drain() == 1
    assert open_tasks(harness) == ["T_diagnose", "T_warned"]
    assert harness.drain() == 0
    harness.advance_to(at(6, 3, 16, 30))
    assert open_tasks(harness) == ["T_breach", "T_diagnose", "T_warned"]
    harness.advance(days=30)
    assert open_tasks(harness) == ["T_breach", "T_diagnose", "T_warned"]


def test_a_paused_clock_tells_nothing_until_it_goes_on(harness: Harness) -> None:
    to_the_pause(harness)
    harness.advance_to(at(6, 20, 8))
    assert open_tasks(harness) == []
    reply(harness)
    harness.advance_to(at(6, 22, 8))
    assert open_tasks(harness) == ["T_diagnose"]


def test_a_clock_stops_with_the_work_and_with_its_instance(harness: Harness) -> None:
    key = begin(harness)
    harness.complete("T_classify")
    harness.complete("T_diagnose", next="resolve")
    assert clocks(harness, key)["resolution"].state is ClockState.STOPPED
    assert harness.advance(days=30) == 0


def test_pausing_what_stands_still_already_harms_nobody_and_is_noted(harness: Harness) -> None:
    key = begin(harness, case=support_case(pause="pause response user_reply; resume response; stop response"))
    harness.complete("T_classify")
    harness.complete("T_diagnose", next="ask")
    assert clocks(harness, key)["response"].state is ClockState.STOPPED
    noted = [
        row.details
        for row in rows(harness, history_entry.c.action, history_entry.c.details)
        if row.action == "clock_unmoved"
    ]
    assert {"clock": "response", "verb": "pause", "state": "stopped", "reason": "user_reply"} in noted


def test_a_target_that_no_rule_gives_is_a_fault_that_can_be_mended(harness: Harness) -> None:
    key = begin(harness, priority="P9")
    assert clocks(harness, key) == {}
    (found,) = rows(harness, fault.c.key, fault.c.kind, fault.c.reason_en, fault.c.element_id)
    assert (found.kind, found.element_id) == ("clock", "S_register")
    assert "dmn_sla_target lacks response or calendar" in found.reason_en
    harness.engine.execute(ResolveFault(fault_key=found.key, actor=SYSTEM, variables={"priority": "P1"}))
    assert clocks(harness, key)["resolution"].calendar == "cal_24x7"


@pytest.mark.parametrize(
    "text", ["begin resolution", "start", "pause resolution", "stop resolution now", "start x from =1 +"]
)
def test_nonsense_is_refused_at_deployment_with_place_and_example(harness: Harness, text: str) -> None:
    with pytest.raises(DefinitionInvalid) as refused:
        harness.deploy(support_case(start=text))
    (finding,) = refused.value.findings
    assert (finding.rule, finding.element_id) == ("clock_grammar", "S_register")


def test_a_clock_may_count_from_an_earlier_moment_but_never_from_a_later_one(harness: Harness) -> None:
    harness.deploy(*clock_content(), support_case(start="start response, resolution from =received"))
    for received, started in (("2026-05-29T10:00:00+07:00", at(5, 29, 10)), ("2027-01-01T00:00:00+07:00", FRIDAY)):
        key = harness.start("support_case", title="x", priority="P3", initiator="system", received=received).key
        assert clocks(harness, key)["resolution"].started_at == started


def test_a_moment_without_sense_is_a_fault(harness: Harness) -> None:
    harness.deploy(*clock_content(), support_case(start="start resolution from =received"))
    harness.start("support_case", title="x", priority="P3", initiator="system", received="yesterday")
    assert [row.kind for row in rows(harness, fault.c.kind)] == ["clock"]


def test_unknown_clocks_and_reasons_are_warnings_at_deployment(harness: Harness) -> None:
    deployment = harness.deploy(*clock_content(), support_case(start="start review", pause="pause resolution holiday"))
    assert {finding.rule for finding in deployment.warnings} >= {"missing_clock", "missing_reason"}


def test_unknown_calendars_and_durations_of_the_table_are_warnings_with_their_line(harness: Harness) -> None:
    files = {file.name: file.content for file in clock_content()}
    table = files["dmn_sla_target.dmn"].replace(b'"cal_ext"', b'"cal_moon"').replace(b'"PT8H"', b'"eight"')
    found = harness.deploy(
        *(ResourceFile(name, table if name.endswith(".dmn") else text) for name, text in files.items())
    )
    told = {(one.rule, one.reason.en) for one in found.warnings if one.line}
    assert ("missing_calendar", "There is no calendar cal_moon.") in told
    assert ("wrong_duration", "'eight' is no duration such as P2D or PT4H.") in told


def test_a_message_is_sent_once_by_two_pumps_at_the_same_time(harness: Harness) -> None:
    begin(harness)
    harness.complete("T_classify")
    harness.clock.move_to(at(6, 3, 17))
    pumps = [threading.Thread(target=harness.drain) for _ in range(3)]
    for pump in pumps:
        pump.start()
    for pump in pumps:
        pump.join()
    assert open_tasks(harness) == ["T_breach", "T_diagnose", "T_warned"]


def test_a_suspended_instance_is_told_when_it_goes_on(harness: Harness) -> None:
    key = begin(harness)
    harness.complete("T_classify")
    harness.engine.execute(SuspendProcessInstance(process_instance_key=key, actor=SYSTEM))
    harness.advance_to(at(6, 4, 8))
    assert open_tasks(harness) == ["T_diagnose"]
    harness.engine.execute(ResumeProcessInstance(process_instance_key=key, actor=SYSTEM))
    harness.drain()
    assert open_tasks(harness) == ["T_breach", "T_diagnose", "T_warned"]


def test_a_changed_calendar_moves_open_clocks_in_the_background_and_keeps_both_times(harness: Harness) -> None:
    key = begin(harness)
    (office,) = [file for file in clock_content() if file.name == "cal_office.yaml"]
    tuesday = b'  - {date: 2026-06-02, en: "Joint leave", id: "Cuti bersama", kind: cuti_bersama}\n'
    harness.deploy(ResourceFile(office.name, office.content + tuesday))
    assert clocks(harness, key)["resolution"].due_at == at(6, 3, 16, 30)
    harness.drain()
    assert clocks(harness, key)["resolution"].due_at == at(6, 4, 16, 30)
    entry = log(harness, key, "resolution")[-1]
    assert entry.kind is ClockEventKind.RECALCULATED
    assert (entry.due_before, entry.due_at) == (at(6, 3, 16, 30), at(6, 4, 16, 30))
    with read_only(harness.engine.database) as work:
        job = RecalculationRows(work).newest(["cal_office"])["cal_office"]
    assert (job.is_running, job.total, job.done, job.changed) == (False, 2, 2, 2)


@dataclass(frozen=True)
class Feel:
    """Evaluates an expression as forms and diagrams do."""

    source: str

    def run(self, context: CommandContext) -> Any:
        variables = {"record": {"number": "INC-2026-000001"}}
        value = compile_feel(self.source)(variables, now=context.now, functions=lazy_host_functions(context))
        return to_json(value)


def test_an_unchanged_calendar_that_is_deployed_along_starts_no_job(harness: Harness) -> None:
    begin(harness)
    files = [
        ResourceFile(file.name, file.content + b"# again\n") if file.name.endswith(".yaml") else file
        for file in clock_content()
    ]
    harness.deploy(*files)
    with read_only(harness.engine.database) as work:
        assert RecalculationRows(work).newest(["cal_office"]) == {}


def test_feel_asks_when_a_clock_is_due(harness: Harness) -> None:
    begin(harness)
    assert harness.engine.ask(Feel('due(record, "resolution")')) == "2026-06-03T16:30:00+07:00"
    assert harness.engine.ask(Feel('due("INC-2026-000001", "response")')) == "2026-06-02T09:30:00+07:00"


@pytest.mark.parametrize(
    "source", ['due(record, "review")', 'due("INC-2026-000009", "response")', "due(1, 2)", "due(null, null)"]
)
def test_feel_gives_null_where_there_is_no_clock(harness: Harness, source: str) -> None:
    begin(harness)
    assert harness.engine.ask(Feel(source)) is None
