"""The national list of a country, of the library `holidays`: computed, so it must be checked against the decree."""

from __future__ import annotations

from datetime import date

import holidays as library

from engine.deadlines.calendar import Holiday, HolidayKind
from engine.deadlines.holiday_lists.list import HolidayList, tidy_name
from engine.errors import InputInvalid
from engine.model import Label

COUNTRY = "ID"
#: Category of the library -> who closes the day.
_CATEGORIES = {"public": HolidayKind.NATIONAL, "government": HolidayKind.CUTI_BERSAMA}


def national_holidays(year: int) -> HolidayList:
    """Return the national holidays and collective leave of a year as far as the library knows them.

    Of years whose decree it does not know, collective leave is missing and days by the moon are estimates.
    Raises InputInvalid for a year beyond 2000 to 2100.
    """
    if not 2000 <= year <= 2100:
        raise InputInvalid(Label("Choose a year from 2000 to 2100.", "Pilih tahun 2000 sampai 2100."))
    found: dict[date, Holiday] = {}
    for category, kind in reversed(_CATEGORIES.items()):  # a national holiday wins over leave on the same day
        names = library.country_holidays(COUNTRY, years=year, language="id", categories=(category,))
        english = library.country_holidays(COUNTRY, years=year, language="en_US", categories=(category,))
        for on, name in names.items():
            found[on] = Holiday(on, Label(tidy_name(english.get(on, name)), tidy_name(name)), kind)
    return HolidayList(tuple(found[on] for on in sorted(found)))
