"""Looking at calendars: the list, a year, what falls due when, versions."""

from __future__ import annotations

from datetime import datetime

from flask import render_template, request

from engine import CalendarHistory, CalendarPage, CalendarPageData, Calendars, CommandRejected, WhatFallsDue
from webapp.access import PERSON, needs
from webapp.calendars import changing, wording
from webapp.calendars.blueprint import pages
from webapp.clock import now
from webapp.engine_access import actor, engine
from webapp.errors import status_of
from webapp.i18n import mark, words
from webapp.navigation import NavigationItem

__all__ = ["NAVIGATION", "changing", "pages", "wording"]

NAVIGATION = (
    NavigationItem(
        "calendars.calendars",
        mark("Calendars"),
        "calendar-month",
        "work",
        60,
        also=(
            "calendars.calendar",
            "calendars.history",
            "calendars.edit",
            "calendars.save",
            "calendars.read_holidays",
            "calendars.new",
            "calendars.add",
        ),
    ),
)
#: Unit of the question "what falls due when" -> ISO 8601 with a place for the number.
_UNITS = {"days": "P{}D", "hours": "PT{}H", "minutes": "PT{}M"}


@pages.get("")
@needs(PERSON)
def calendars() -> str:
    """List the calendars."""
    return render_template("calendars/calendars.html", lines=engine().ask(Calendars(actor=actor())))


@pages.get("/<name>")
@needs(PERSON)
def calendar(name: str) -> str | tuple[str, int]:
    """Show a year of a calendar and answer what falls due when."""
    page = engine().ask(CalendarPage(actor=actor(), name=name, year=request.args.get("year", type=int)))
    asked = _Question(page)
    answer, problem, status = None, "", 200
    if asked.is_asked:
        try:
            answer = engine().ask(
                WhatFallsDue(actor=actor(), name=name, start=asked.start or now(), duration=asked.duration)
            )
        except CommandRejected as error:
            problem, status = words(error.label), status_of(error)
    shown = render_template("calendars/calendar.html", page=page, asked=asked, answer=answer, problem=problem)
    return shown, status


@pages.get("/<name>/history")
@needs(PERSON)
def history(name: str) -> str:
    """Show the versions of a calendar."""
    page = engine().ask(CalendarPage(actor=actor(), name=name))
    versions = engine().ask(CalendarHistory(actor=actor(), name=name))
    return render_template("calendars/history.html", page=page, versions=versions)


class _Question:
    """What falls due when: from, how long; as the form has it."""

    def __init__(self, page: CalendarPageData) -> None:
        self.is_asked = "number" in request.args
        here = now().astimezone(page.calendar.zone).replace(tzinfo=None, second=0, microsecond=0)
        self.start_text = request.args.get("from", here.isoformat(timespec="minutes"))
        self.number = request.args.get("number", "2").strip()
        self.unit = request.args.get("unit", "days")
        self.duration = _UNITS.get(self.unit, _UNITS["days"]).format(self.number)

    @property
    def start(self) -> datetime | None:
        """Return the moment in the calendar's zone; None for what is no moment, which means now."""
        try:
            return datetime.fromisoformat(self.start_text)
        except ValueError:
            return None
