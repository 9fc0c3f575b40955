"""What the log of a clock comes to: against a reference that counts minutes, for random logs and calendars."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.deadlines import Calendar, Threshold, bizadd, follow, following_state, next_threshold, parse_duration
from engine.model import ClockEvent, ClockEventKind, ClockState, ClockVerb

JAKARTA = ZoneInfo("Asia/Jakarta")
EIGHT_TO_FIVE = ((8 * 3600, 12 * 3600), (13 * 3600, 17 * 3600))
OFFICE = Calendar("office", JAKARTA, dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), EIGHT_TO_FIVE))
BERLIN = Calendar("berlin", ZoneInfo("Europe/Berlin"), dict.fromkeys(("mon", "tue", "sat", "sun"), ((0, 86_400),)))
MONDAY = datetime(2026, 3, 23, 8, tzinfo=JAKARTA)
THRESHOLDS = (Threshold(75, "short"), Threshold(100, "over"))


def event(sequence: int, at: datetime, kind: ClockEventKind, **changes: object) -> ClockEvent:
    one = ClockEvent(sequence, at, kind, "tari", None, "", "office", "PT8H", None, at)
    return replace(one, **changes)  # type: ignore[arg-type]


def log(*happened: tuple[float, ClockEventKind], duration: str = "PT8H") -> list[ClockEvent]:
    """Make a log from hours after Monday 8:00."""
    return [
        event(number, MONDAY + timedelta(hours=hours), kind, duration=duration)
        for number, (hours, kind) in enumerate(happened, start=1)
    ]


STARTED, PAUSED, RESUMED, STOPPED, RETARGETED, REACHED = (
    ClockEventKind.STARTED, ClockEventKind.PAUSED, ClockEventKind.RESUMED, ClockEventKind.STOPPED,
    ClockEventKind.RETARGETED, ClockEventKind.REACHED,
)  # fmt: skip


def at(hours: float) -> datetime:
    return MONDAY + timedelta(hours=hours)


def worked_minutes(calendar: Calendar, start: datetime, end: datetime) -> int:
    """Count, minute by minute."""
    count, minute = 0, start.astimezone(UTC)
    while minute < end:
        local = minute.astimezone(calendar.zone)
        second = local.hour * 3600 + local.minute * 60
        count += any(opens <= second < closes for opens, closes in calendar.hours_on(local.date()))
        minute += timedelta(minutes=1)
    return count


@given(
    gaps=st.lists(st.integers(0, 2_000), min_size=0, max_size=8),
    hours=st.integers(1, 40),
    calendar=st.sampled_from([OFFICE, BERLIN]),
)
def test_every_minute_counts_once_either_as_used_or_as_paused(gaps: list[int], hours: int, calendar: Calendar) -> None:
    moments = [MONDAY + timedelta(minutes=sum(gaps[: number + 1])) for number in range(len(gaps))]
    kinds = [PAUSED if number % 2 == 0 else RESUMED for number in range(len(gaps))]
    events = [event(1, MONDAY, STARTED, duration=f"PT{hours}H")]
    events += [
        event(number + 2, moment, kind, duration=f"PT{hours}H")
        for number, (moment, kind) in enumerate(zip(moments, kinds, strict=True))
    ]
    now = (moments or [MONDAY])[-1] + timedelta(minutes=600)
    course = follow(events, calendar, now)
    running, since = 0, MONDAY
    for moment, kind in zip(moments, kinds, strict=True):
        running += worked_minutes(calendar, since, moment) if kind is PAUSED else 0
        since = moment
    is_paused = bool(kinds) and kinds[-1] is PAUSED
    running += 0 if is_paused else worked_minutes(calendar, since, now)
    assert course.used == timedelta(minutes=running)
    # At the due time exactly the target is used, whatever the pauses were.
    paused = sum((pause.worked for pause in course.pauses), timedelta())
    assert worked_minutes(calendar, MONDAY, course.due_at) == hours * 60 + paused // timedelta(minutes=1)


def test_days_keep_their_meaning_and_pauses_add_hours() -> None:
    course = follow(log((0, STARTED), (25, PAUSED), (27, RESUMED), duration="P2D"), OFFICE, at(30))
    assert course.first_due_at == at(48)
    assert course.due_at == at(50)


def test_a_stop_that_is_resumed_counts_as_a_pause() -> None:
    course = follow(log((0, STARTED), (2, STOPPED), (24, RESUMED)), OFFICE, at(24))
    assert (course.used, course.stopped_at) == (timedelta(hours=2), None)
    assert course.due_at == at(31)


def test_a_clock_that_was_stopped_while_paused_used_nothing_of_the_pause() -> None:
    course = follow(log((0, STARTED), (1, PAUSED), (4, STOPPED)), OFFICE, at(100))
    assert (course.used, course.stopped_at) == (timedelta(hours=1), at(4))


def test_a_new_start_forgets_what_was_before() -> None:
    course = follow(log((0, STARTED), (1, PAUSED), (4, STOPPED), (24, STARTED)), OFFICE, at(25))
    assert (course.started_at, course.used, course.pauses) == (at(24), timedelta(hours=1), ())


def test_a_clock_without_time_is_due_from_its_start() -> None:
    course = follow(log((0, STARTED), duration="PT0S"), OFFICE, at(0))
    assert (course.due_at, course.share) == (at(0), 1.0)


def test_a_message_is_due_at_its_share_of_the_work() -> None:
    events = log((0, STARTED))
    found = next_threshold(follow(events, OFFICE, at(0)), events, THRESHOLDS, OFFICE, at(0))
    assert found == (at(7), THRESHOLDS[0])  # six hours of work: 8-12 and 13-15


def test_a_sent_message_is_not_sent_again_but_after_a_retarget_that_moves_it_ahead() -> None:
    sent = event(2, at(7), REACHED, share=75)
    events = [*log((0, STARTED)), sent]
    found = next_threshold(follow(events, OFFICE, at(7)), events, THRESHOLDS, OFFICE, at(7))
    assert found is not None
    assert found[1].share == 100
    longer = [*events, event(3, at(7), RETARGETED, duration="P5D")]
    found = next_threshold(follow(longer, OFFICE, at(7)), longer, THRESHOLDS, OFFICE, at(7))
    assert found is not None
    assert found[1].share == 75
    shorter = [*events, event(3, at(7), RETARGETED, duration="PT1H")]
    found = next_threshold(follow(shorter, OFFICE, at(7)), shorter, THRESHOLDS, OFFICE, at(7))
    assert found is not None
    assert found[1].share == 100


@pytest.mark.parametrize(
    ("verb", "state", "following"),
    [
        (ClockVerb.START, None, ClockState.RUNNING),
        (ClockVerb.START, ClockState.RUNNING, None),
        (ClockVerb.START, ClockState.STOPPED, ClockState.RUNNING),
        (ClockVerb.PAUSE, ClockState.RUNNING, ClockState.PAUSED),
        (ClockVerb.PAUSE, ClockState.STOPPED, None),
        (ClockVerb.PAUSE, None, None),
        (ClockVerb.RESUME, ClockState.RUNNING, None),
        (ClockVerb.RESUME, ClockState.STOPPED, ClockState.RUNNING),
        (ClockVerb.RETARGET, ClockState.PAUSED, ClockState.PAUSED),
        (ClockVerb.RETARGET, ClockState.STOPPED, None),
        (ClockVerb.STOP, ClockState.PAUSED, ClockState.STOPPED),
        (ClockVerb.STOP, None, None),
    ],
)
def test_which_verb_means_something_in_which_state(
    verb: ClockVerb, state: ClockState | None, following: ClockState | None
) -> None:
    assert following_state(verb, state) is following


@pytest.mark.parametrize("duration", ["PT99999999H", "P9999Y", "P999999D"])
def test_a_target_beyond_all_years_is_an_error_and_no_endless_loop(duration: str) -> None:
    with pytest.raises(ValueError, match=r"outside 1970 to 2199|no ISO"):
        follow(log((0, STARTED), duration=duration), OFFICE, at(1))


def test_ten_years_are_no_trouble() -> None:
    assert bizadd(OFFICE, MONDAY, parse_duration("P10Y")).year == 2036
