"""Business calendars and clocks: working hours, holidays and overrides in a time zone; deadlines that may pause."""

from engine.deadlines.business_time import bizadd, bizdiff, is_working
from engine.deadlines.calendar import WEEKDAYS, Calendar, Holiday, HolidayKind, Hours, Interval, Override
from engine.deadlines.catalogue import ClockCatalogue, ClockKind, Threshold, clock_catalogue, parse_clocks
from engine.deadlines.checking import catalogue_findings, document_findings, grammar_findings, target_findings
from engine.deadlines.course import Course, Pause, follow, following_state, kind_of, next_threshold
from engine.deadlines.difference import compare_calendars
from engine.deadlines.durations import BusinessDuration, parse_duration
from engine.deadlines.explanation import DayKind, DayLine, DueTime, explain
from engine.deadlines.functions import host_functions
from engine.deadlines.holiday_lists import HolidayList, Refusal, merged, national_holidays, read_csv, read_ics
from engine.deadlines.instructions import ON_COMPLETION, ON_ENTERING, Instruction, parse_instructions
from engine.deadlines.reading import parse_calendar
from engine.deadlines.writing import calendar_document, hours_text
from engine.deadlines.year_sheet import SheetDay, SheetKind, SheetMonth, YearSheet, year_sheet

__all__ = [
    "ON_COMPLETION",
    "ON_ENTERING",
    "WEEKDAYS",
    "BusinessDuration",
    "Calendar",
    "ClockCatalogue",
    "ClockKind",
    "Course",
    "DayKind",
    "DayLine",
    "DueTime",
    "Holiday",
    "HolidayKind",
    "HolidayList",
    "Hours",
    "Instruction",
    "Interval",
    "Override",
    "Pause",
    "Refusal",
    "SheetDay",
    "SheetKind",
    "SheetMonth",
    "Threshold",
    "YearSheet",
    "bizadd",
    "bizdiff",
    "calendar_document",
    "catalogue_findings",
    "clock_catalogue",
    "compare_calendars",
    "document_findings",
    "explain",
    "follow",
    "following_state",
    "grammar_findings",
    "host_functions",
    "hours_text",
    "is_working",
    "kind_of",
    "merged",
    "national_holidays",
    "next_threshold",
    "parse_calendar",
    "parse_clocks",
    "parse_duration",
    "parse_instructions",
    "read_csv",
    "read_ics",
    "target_findings",
    "year_sheet",
]
