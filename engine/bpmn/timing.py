"""When timers are due: ISO 8601 dates, durations and repeating intervals, and cron. Everything in UTC."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from engine.bpmn.cron import Cron

_NUMBER = r"(\d{1,9}(?:[.,]\d{1,9})?)"
_DURATION = re.compile(
    rf"([+-])?P(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?"
    rf"(?:T(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?"
)
_ZONE_NAME = re.compile(r"\[[^\]]*\]$")


@dataclass(frozen=True, slots=True)
class Duration:
    """Calendar months and exact time; both may be zero or negative."""

    months: int
    exact: timedelta

    def after(self, moment: datetime) -> datetime:
        """Return the moment this long after `moment`; a day that the month lacks becomes its last.

        Raises OverflowError beyond the year 9999.
        """
        return _add_months(moment, self.months) + self.exact

    @property
    def is_positive(self) -> bool:
        """Return whether repeating it moves on."""
        return self.months > 0 or (self.months == 0 and self.exact > timedelta(0))


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a timer fires next. `left` firings follow that one (None = without end), each after `every`.

    `every` is a duration, a cron text, "=" when the expression is asked again after each firing, or ""
    for a timer that fires once.
    """

    due_at: datetime
    left: int | None = 0
    every: str = ""


def parse_duration(text: str) -> Duration | None:
    """Return an ISO 8601 duration, None when the text is none."""
    match = _DURATION.fullmatch(text.strip())
    if match is None or text.strip().endswith(("P", "T")):
        return None
    sign = -1 if match.group(1) == "-" else 1
    years, months, weeks, days, hours, minutes, seconds = (
        float((part or "0").replace(",", ".")) for part in match.groups()[1:]
    )
    try:
        exact = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        return None
    return Duration(sign * int(years * 12 + months), sign * exact)


def parse_moment(text: str) -> datetime | None:
    """Return an ISO 8601 date and time, or date, in UTC; without a zone it is meant in UTC. None otherwise."""
    try:
        moment = datetime.fromisoformat(_ZONE_NAME.sub("", text.strip()))
    except ValueError:
        return None
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        return None


def is_schedule(kind: str, text: str) -> bool:
    """Return whether the constant text of a timer definition makes sense."""
    return schedule_of(kind, text, datetime(2030, 1, 1, tzinfo=UTC)) is not None


def schedule_of(kind: str, value: Any, now: datetime) -> Schedule | None:
    """Return when a timer of that kind, whose text or FEEL gave `value`, fires; None when it makes no sense.

    FEEL may give a date-time where a duration is asked and the other way round. In a cycle a date-time or a
    bare duration means: fire then, and ask the expression again.
    """
    if not isinstance(value, str):
        return None
    try:
        if kind == "cycle":
            return _cycle(value.strip(), now)
        return _once(value, now)
    except OverflowError:
        return None


def next_schedule(fired: Schedule, now: datetime) -> Schedule | None:
    """Return the firing after `fired`, None when that was the last.

    What was missed while nobody ran is not made up for: an overdue cycle fires once, then on its old beat.
    """
    if fired.left == 0 or fired.every in ("", "="):
        return None
    left = None if fired.left is None else fired.left - 1
    cron = Cron.parse(fired.every)
    if cron is not None:
        following = cron.after(now)
        return Schedule(following, left, fired.every) if following else None
    beat = parse_duration(fired.every)
    return Schedule(_first_after(fired.due_at, beat, now), left, fired.every) if beat else None


def _once(value: str, now: datetime) -> Schedule | None:
    duration = parse_duration(value)
    if duration is not None:
        return Schedule(duration.after(now))
    moment = parse_moment(value)
    return Schedule(moment) if moment is not None else None


def _cycle(value: str, now: datetime) -> Schedule | None:
    if not value.startswith("R"):
        return _cron(value, now) or _asked_again(value, now)
    count, *rest = value[1:].split("/")
    beat = parse_duration(rest[-1]) if rest else None
    if beat is None or not beat.is_positive or len(rest) > 2 or not re.fullmatch(r"\d{0,9}|-1", count):
        return None
    left = int(count) - 1 if count not in ("", "-1") else None
    if left == -1:
        return None
    if len(rest) == 2 and rest[0]:
        start = parse_moment(rest[0])
        return Schedule(start, left, rest[1]) if start else None
    return Schedule(beat.after(now), left, rest[-1])


def _cron(value: str, now: datetime) -> Schedule | None:
    cron = Cron.parse(value)
    due_at = cron.after(now) if cron else None
    return Schedule(due_at, None, value) if due_at else None


def _asked_again(value: str, now: datetime) -> Schedule | None:
    once = _once(value, now)
    return Schedule(once.due_at, None, "=") if once else None


def _first_after(due_at: datetime, beat: Duration, now: datetime) -> datetime:
    """Return the first beat after `due_at` that is not in the past."""
    if not beat.months and beat.exact:
        missed = max(0, (now - due_at) // beat.exact)
        return due_at + (missed + 1) * beat.exact
    following = beat.after(due_at)
    while following <= now:
        following = beat.after(following)
    return following


def _add_months(moment: datetime, months: int) -> datetime:
    if not months:
        return moment
    years, month = divmod(moment.month - 1 + months, 12)
    year = moment.year + years
    if not 1 <= year <= 9999:
        raise OverflowError("year out of range")
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
