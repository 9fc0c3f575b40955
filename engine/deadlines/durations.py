"""How long something may take in business time: calendar months, working days, working hours."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.feel import DaysDuration, MonthsDuration

_NANOS_PER_DAY = 86_400 * 10**9

_ISO = re.compile(
    r"([+-])?P(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?"
    r"(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})(?:[.,](\d{1,9}))?S)?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class BusinessDuration:
    """Calendar months, working days and microseconds of work; all of one sign."""

    months: int = 0
    days: int = 0
    micros: int = 0


def parse_duration(text: str) -> BusinessDuration:
    """Return the duration of an ISO 8601 text; raises ValueError.

    A day is one working day and PT24H are 24 working hours: the two differ. A week is seven calendar days to ISO 8601,
    but nobody means seven working days by it; it is refused.
    """
    match = _ISO.fullmatch(text)
    if match is None or text[-1] in "PT":
        raise ValueError(f"{text[:40]!r} is no ISO 8601 duration such as P2D or PT4H")
    sign, years, months, weeks, days, hours, minutes, seconds, fraction = match.groups()
    if weeks:
        raise ValueError("weeks have no meaning in working time; give days, such as P5D")
    factor = -1 if sign == "-" else 1
    whole = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)
    micros = whole * 1_000_000 + int(((fraction or "") + "000000")[:6])
    return BusinessDuration(
        factor * (int(years or 0) * 12 + int(months or 0)), factor * int(days or 0), factor * micros
    )


def from_feel(value: object) -> BusinessDuration:
    """Return the duration of a FEEL duration, or of a text as above; raises TypeError and ValueError.

    FEEL itself makes P1D of PT24H, so a duration value of 24 hours is one working day; pass a text for hours.
    """
    if isinstance(value, str):
        return parse_duration(value)
    if isinstance(value, MonthsDuration):
        return BusinessDuration(months=value.months)
    if isinstance(value, DaysDuration):
        days, rest = divmod(abs(value.nanos), _NANOS_PER_DAY)
        factor = -1 if value.nanos < 0 else 1
        return BusinessDuration(0, factor * days, factor * (rest // 1000))
    raise TypeError("expected a duration such as P2D or PT4H")
