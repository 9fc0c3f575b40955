"""Time zones: offsets from UTC in seconds, and names from the list of known zones."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

#: The only names that ever reach the zone database, so that a name can never be a path.
_KNOWN_ZONES = frozenset(available_timezones())

#: As java.time; XML Schema would stop at 14 hours.
MOST_OFFSET_SECONDS = 18 * 3600

_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)(?::(\d\d))?", re.ASCII)

_EPOCH = datetime.fromtimestamp(0, UTC).replace(tzinfo=None)  # as local clocks show it
_SECONDS_PER_400_YEARS = 146_097 * 86_400
_LAST_SECOND_OF_PYTHON = 253_370_000_000
_FIRST_SECOND_OF_PYTHON = -62_100_000_000

#: None is local time, an int is seconds east of UTC, a str is the name of a zone.
Zone = int | str | None


def parse_zone(text: str) -> Zone:
    """Return the zone of "Z", "+01:00" or "@Europe/Paris"; raises ValueError for anything else."""
    if text in ("Z", "z"):
        return 0
    if text.startswith("@"):
        if text[1:] in _KNOWN_ZONES:
            return text[1:]
        if text[1:] == "Z":
            return 0
        raise ValueError("unknown time zone {}", text[1:41])
    return _parse_offset(text)


def _parse_offset(text: str) -> int:
    match = _OFFSET.fullmatch(text)
    if match is None:
        raise ValueError("{} is no offset", text[:40])
    sign, hours, minutes, seconds = match.groups()
    total = int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0)
    if int(minutes) > 59 or int(seconds or 0) > 59 or total > MOST_OFFSET_SECONDS:
        raise ValueError("offset {} is beyond 18 hours", text)
    return -total if sign == "-" else total


def format_zone(zone: Zone) -> str:
    """Return the zone as it is written after a time."""
    if zone is None:
        return ""
    if isinstance(zone, str):
        return "@" + zone
    return "Z" if zone == 0 else format_offset(zone)


def format_offset(seconds: int) -> str:
    """Return seconds east of UTC as "+07:00"."""
    minutes, rest = divmod(abs(seconds), 60)
    text = f"{'-' if seconds < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{text}:{rest:02d}" if rest else text


def offset_at_local(zone: Zone, local_seconds: int) -> int:
    """Return the offset of `zone` when its clocks show `local_seconds` after 1970-01-01T00:00:00."""
    if not isinstance(zone, str):
        return zone or 0
    local = _EPOCH + timedelta(seconds=_within_python(local_seconds))
    return _seconds(local.replace(tzinfo=_zone_info(zone)).utcoffset())


def offset_at_instant(zone: Zone, utc_seconds: int) -> int:
    """Return the offset of `zone` at an instant, given in seconds after the epoch."""
    if not isinstance(zone, str):
        return zone or 0
    instant = (_EPOCH + timedelta(seconds=_within_python(utc_seconds))).replace(tzinfo=UTC)
    return _seconds(instant.astimezone(_zone_info(zone)).utcoffset())


def _within_python(seconds: int) -> int:
    """Move an instant by whole 400-year cycles of the calendar into the years Python's zones know."""
    if _FIRST_SECOND_OF_PYTHON <= seconds <= _LAST_SECOND_OF_PYTHON:
        return seconds
    return seconds % _SECONDS_PER_400_YEARS + _SECONDS_PER_400_YEARS // 20


def _seconds(offset: timedelta | None) -> int:
    return 0 if offset is None else int(offset.total_seconds())


@lru_cache(maxsize=64)
def _zone_info(name: str) -> ZoneInfo:
    return ZoneInfo(name)
