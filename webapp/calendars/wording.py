"""Durations, days and moments of calendars and clocks in words."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel import dates

from webapp.calendars.blueprint import pages
from webapp.i18n import gettext, language, locale, mark, ngettext, zone

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: Kind of a day -> what the legend calls it.
DAY_KINDS = {
    "working": mark("Working day"),
    "other": mark("Other hours"),
    "closed": mark("Closed day"),
    "holiday": mark("National holiday"),
    "leave": mark("Joint leave, closed"),
}
#: Standing of a clock -> (text, tone of its badge).
STANDINGS = {
    "on_time": (mark("On time"), "green"),
    "short": (mark("Time is short"), "amber"),
    "late": (mark("Overdue"), "red"),
    "paused": (mark("Paused"), "grey"),
    "met": (mark("Kept"), "green"),
    "missed": (mark("Missed"), "red"),
    "unknown": (mark("Cannot be computed"), "grey"),
}
_ISO = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:[\d.,]+S)?)?")


def business_words(iso: str) -> str:
    """Return an ISO duration of business time in words: "2 working days"; as it is where it is none."""
    match = _ISO.fullmatch(iso)
    if match is None or not any(match.groups()):
        return iso
    years, months, days, hours, minutes = (int(part or 0) for part in match.groups())
    parts = [
        (years, ngettext("%(num)s year", "%(num)s years", years)),
        (months, ngettext("%(num)s month", "%(num)s months", months)),
        (days, ngettext("%(num)s working day", "%(num)s working days", days)),
        (hours, ngettext("%(num)s working hour", "%(num)s working hours", hours)),
        (minutes, ngettext("%(num)s working minute", "%(num)s working minutes", minutes)),
    ]
    return " ".join(text % {"num": number} for number, text in parts if number)


def worked_words(worked: timedelta) -> str:
    """Return hours and minutes: "7 h 30 min"."""
    minutes = round(abs(worked).total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    hour, minute = ("jam", "mnt") if language() == "id" else ("h", "min")
    words = f"{hours} {hour} {rest} {minute}" if hours and rest else f"{hours} {hour}" if hours else f"{rest} {minute}"
    return f"−{words}" if worked < timedelta() and minutes else words


def moment_with_day(moment: datetime | None, where: ZoneInfo | None = None) -> str:
    """Return weekday, date and time in a zone (that of the pages by default): "Fri 29 May 2026 16:30"."""
    if moment is None:
        return ""
    pattern = "EEE d MMM y HH.mm" if language() == "id" else "EEE d MMM y HH:mm"
    return dates.format_datetime(moment, pattern, tzinfo=where or zone(), locale=locale())


def short_day(day: date) -> str:
    """Return weekday and date: "Fri 29 May"."""
    return dates.format_date(day, "EEE d MMM", locale=locale())


def month_name(day: date) -> str:
    """Return the name of a month."""
    return dates.format_date(day, "LLLL", locale=locale())


def weekday_name(day: str, width: str = "EEEE") -> str:
    """Return the name of a weekday of ours ("mon")."""
    return dates.format_date(date(2024, 1, 1) + timedelta(days=WEEKDAYS.index(day)), width, locale=locale())


def hours_words(hours: Any) -> str:
    """Return the stretches of a day: "08:00–12:00, 13:00–17:00"."""
    sign = "." if language() == "id" else ":"
    return ", ".join(
        f"{opens // 3600:02}{sign}{opens % 3600 // 60:02}–{closes // 3600:02}{sign}{closes % 3600 // 60:02}"
        for opens, closes in hours
    )


def zone_name(where: ZoneInfo) -> str:
    """Return the short name of a zone: WIB, or its key."""
    indonesian = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
    return indonesian.get(where.key, where.key)


def day_words(kind: str) -> str:
    """Return what the legend calls a kind of day."""
    return gettext(DAY_KINDS[kind])


pages.app_template_filter("business_words")(business_words)
pages.app_template_filter("worked_words")(worked_words)
pages.app_template_filter("moment_with_day")(moment_with_day)
pages.app_template_filter("short_day")(short_day)
pages.app_template_filter("month_name")(month_name)
pages.app_template_filter("weekday_name")(weekday_name)
pages.app_template_filter("hours_words")(hours_words)
pages.app_template_filter("zone_name")(zone_name)
pages.app_template_filter("day_words")(day_words)


@pages.app_context_processor
def _words() -> dict[str, Any]:
    return {"clock_standings": STANDINGS, "week_of_days": WEEKDAYS, "day_kinds": DAY_KINDS}
