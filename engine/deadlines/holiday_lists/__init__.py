"""Where holidays come from: the national list, ICS files, CSV files. All of them give a HolidayList."""

from engine.deadlines.holiday_lists.csv_file import read_csv
from engine.deadlines.holiday_lists.ics_file import read_ics
from engine.deadlines.holiday_lists.list import HolidayList, Refusal, merged
from engine.deadlines.holiday_lists.national import national_holidays

__all__ = ["HolidayList", "Refusal", "merged", "national_holidays", "read_csv", "read_ics"]
