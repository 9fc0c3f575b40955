"""Business calendars: working hours, holidays and overrides in a time zone; adding and measuring business time."""

from engine.deadlines.business_time import bizadd, bizdiff, is_working
from engine.deadlines.calendar import Calendar, Holiday, HolidayKind, Hours, Interval, Override
from engine.deadlines.durations import BusinessDuration, parse_duration
from engine.deadlines.functions import host_functions
from engine.deadlines.reading import parse_calendar

__all__ = [
    "BusinessDuration",
    "Calendar",
    "Holiday",
    "HolidayKind",
    "Hours",
    "Interval",
    "Override",
    "bizadd",
    "bizdiff",
    "host_functions",
    "is_working",
    "parse_calendar",
    "parse_duration",
]
