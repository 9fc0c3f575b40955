"""Dates, times, and dates with times."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Any

from engine.feel import CompiledExpression, Date, DateTime
from engine.forms import messages
from engine.forms.components import Field
from engine.forms.fields.kind import Surroundings, Wrong
from engine.forms.scope import Scope
from engine.model import Label

_TIME = r"\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?"
_SHAPES = {
    "date": re.compile(r"\d{4}-\d\d-\d\d", re.ASCII),
    "time": re.compile(_TIME, re.ASCII),
    "datetime": re.compile(rf"\d{{4}}-\d\d-\d\d[T ]{_TIME}", re.ASCII),
}
#: Others are slips of the keyboard, and at the ends of the range offsets overflow.
_YEARS = range(1900, 3000)
_NOT_READ = {"date": messages.no_date, "time": messages.no_time, "datetime": messages.no_date_time}


def subtype_of(field: Field) -> str:
    """Return "date", "time" or "datetime"."""
    subtype = field.settings.get("subtype")
    return subtype if isinstance(subtype, str) and subtype in _SHAPES else "date"


class MomentKind:
    """ISO 8601 text: "2026-08-17", "13:30:00", "2026-08-17T13:30:00+07:00"; seconds are always written."""

    empty = None

    def read(self, field: Field, raw: Any, around: Surroundings) -> Any:
        """Return the text in the field's format; a moment without offset is where the person's clock stands."""
        if raw is None or raw == "":
            return None
        subtype = subtype_of(field)
        found = _parse(subtype, raw)
        if found is None:
            raise Wrong(_NOT_READ[subtype](around.name))
        if isinstance(found, datetime):
            return _serialised(found, _format(field, "utc_offset"), around.scope)
        if isinstance(found, time):
            return found.replace(microsecond=0).isoformat()
        return found.isoformat()

    def judge(self, field: Field, value: Any, around: Surroundings) -> Label | None:
        """Check step, future and bounds."""
        subtype = subtype_of(field)
        found = _parse(subtype, value)
        if found is None:  # a value the engine itself put there
            return _NOT_READ[subtype](around.name)
        if not isinstance(found, date) or isinstance(found, datetime):
            minutes = field.settings.get("timeInterval")
            if isinstance(minutes, int) and minutes > 1 and (found.hour * 60 + found.minute) % minutes:
                return messages.not_at_interval(around.name, minutes)
        if isinstance(found, time):
            return None
        return _judge_past(field, found, around) or _judge_bounds(field, found, around)

    def missing(self, field: Field, around: Surroundings) -> Label:
        """Nothing was entered."""
        return messages.required(around.name)


def _parse(subtype: str, raw: Any) -> date | time | datetime | None:
    if not isinstance(raw, str) or not _SHAPES[subtype].fullmatch(raw):
        return None
    try:
        if subtype == "time":
            return time.fromisoformat(raw)
        found = date.fromisoformat(raw) if subtype == "date" else datetime.fromisoformat(raw)
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def _format(field: Field, otherwise: str) -> str:
    chosen = field.settings.get("timeSerializingFormat")
    return chosen if isinstance(chosen, str) else otherwise


def _serialised(moment: datetime, written: str, scope: Scope) -> str:
    moment = moment.replace(microsecond=0)
    if written == "no_timezone":
        return (moment if moment.tzinfo is None else moment.astimezone(scope.zone)).replace(tzinfo=None).isoformat()
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=scope.zone)
    if written == "utc_normalized":
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment.isoformat()


def _judge_past(field: Field, found: date | datetime, around: Surroundings) -> Label | None:
    now = around.scope.now if isinstance(found, datetime) else around.scope.today
    found = _comparable(found, around.scope)
    if field.properties.get("future") == "yes" and not found > now:
        return messages.must_be_future(around.name)
    if field.settings.get("disallowPassedDates") is True and found < now:
        return messages.must_not_be_past(around.name)
    return None


def _judge_bounds(field: Field, found: date | datetime, around: Surroundings) -> Label | None:
    rules, scope = field.rules, around.scope
    found = _comparable(found, scope)
    least = bound(rules.minimum, isinstance(found, datetime), scope)
    if least is not None and found < least:
        return messages.too_early(around.name, least)
    most = bound(rules.maximum, isinstance(found, datetime), scope)
    if most is not None and found > most:
        return messages.too_late(around.name, most)
    return None


def bound(value: Any, wants_time: bool, scope: Scope) -> Any:
    """Return a bound as date (or aware datetime where `wants_time`), None when there is none.

    A date as the bound of a moment means its midnight; a moment as the bound of a date means its day.
    """
    found = scope.value(value) if isinstance(value, CompiledExpression) else value
    moment = _python(found)
    if moment is None:
        return None
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time(), scope.zone) if wants_time else moment
    moment = _comparable(moment, scope)
    return moment.astimezone(scope.zone) if wants_time else moment.astimezone(scope.zone).date()


def _python(value: object) -> date | datetime | None:
    try:
        if isinstance(value, Date):
            return date(value.year, value.month, value.day)
        if isinstance(value, DateTime):
            return value.to_python()
        if isinstance(value, str):
            return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    except (ValueError, OverflowError):
        pass
    return None


def _comparable(moment: date | datetime, scope: Scope) -> Any:
    if isinstance(moment, datetime) and moment.tzinfo is None:
        return moment.replace(tzinfo=scope.zone)
    return moment
