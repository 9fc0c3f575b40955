"""Changing a calendar: hours, other hours for a while, holidays, also from files of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import (
    CalendarPage,
    CalendarPageData,
    CommandRejected,
    DefinitionInvalid,
    HolidaySource,
    InputInvalid,
    Label,
    NotPermitted,
    ReadHolidays,
    SaveCalendar,
)
from webapp.access import PERSON, needs
from webapp.calendars.blueprint import pages
from webapp.calendars.filled_in import CalendarForm, by_anchor, submitted_calendar
from webapp.clock import now
from webapp.engine_access import actor, engine
from webapp.errors import status_of
from webapp.i18n import gettext, ngettext, words, zone

Answer = str | Response | tuple[str, int]
_NEW: Mapping[str, Any] = {
    "zone": "Asia/Jakarta",
    "week": {day: ["08:00-12:00", "13:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")},
    "closes_on_cuti_bersama": True,
}


@pages.get("/new")
@needs("administrator")
def new() -> str:
    """Ask for a new calendar."""
    return _form(CalendarForm(_NEW, 0, (_this_year(),)))


@pages.post("/new")
@needs("administrator")
def add() -> Answer:
    """Add a calendar."""
    return _save({}, 0)


@pages.get("/<name>/edit")
@needs(PERSON)
def edit(name: str) -> str:
    """Show a calendar to be changed, with the holidays of one year."""
    page = _page_to_change(name)
    return _form(CalendarForm(page.document, page.version, (request.args.get("year", _this_year(), type=int),)), page)


@pages.post("/<name>/edit")
@needs(PERSON)
def save(name: str) -> Answer:
    """Store the changed calendar as a new version."""
    page = _page_to_change(name)
    return _save(page.document, request.form.get("version", 0, type=int), page)


@pages.post("/<name>/holidays")
@needs(PERSON)
def read_holidays(name: str) -> Answer:
    """Read holidays from a file or the national list into the form, to be looked at and saved."""
    page = _page_to_change(name)
    year = request.form.get("year", _this_year(), type=int)
    form = CalendarForm(page.document, page.version, (year,))
    try:
        source, content = _source()
        found = engine().ask(ReadHolidays(actor=actor(), name=name, source=source, content=content, year=year))
    except CommandRejected as error:
        return _form(replace(form, problems={"": [error.label]}), page), status_of(error)
    rows = {str(one["date"]): one for one in page.document["holidays"]}
    read = {
        str(one.on): {"date": one.on, "kind": one.kind.value, "en": one.name.en, "id": one.name.id}
        for one in found.holidays
    }
    new_days = len(read.keys() - rows.keys())
    document = {**page.document, "holidays": [one for _, one in sorted((rows | read).items())]}
    _tell(len(read), new_days, found.refusals)
    years = found.years or (year,)
    return _form(CalendarForm(document, page.version, years), page)


def _source() -> tuple[HolidaySource, bytes]:
    if "national" in request.form:
        return HolidaySource.NATIONAL, b""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise InputInvalid(Label("Choose a file.", "Pilih berkas."))
    name = file.filename.lower()
    if not name.endswith((".ics", ".csv")):
        raise InputInvalid(Label("Choose a file that ends in .ics or .csv.", "Pilih berkas berakhiran .ics atau .csv."))
    return HolidaySource.ICS if name.endswith(".ics") else HolidaySource.CSV, file.read()


def _tell(count: int, new_days: int, refusals: Sequence[Any]) -> None:
    read = ngettext("%(num)s day was read", "%(num)s days were read", count) % {"num": count}
    added = ngettext("%(num)s of them is new", "%(num)s of them are new", new_days) % {"num": new_days}
    cure = gettext("Look at them and save; nothing is stored yet.")
    flash(f"{read}, {added}. {cure}", "info")
    for refusal in refusals[:10]:
        flash(
            gettext("Left out, %(place)s: %(why)s") % {"place": refusal.place, "why": words(refusal.reason)}, "warning"
        )
    if len(refusals) > 10:
        rest = len(refusals) - 10
        flash(ngettext("%(num)s more was left out.", "%(num)s more were left out.", rest) % {"num": rest}, "warning")


def _save(known: Mapping[str, Any], version: int, page: CalendarPageData | None = None) -> Answer:
    years = tuple(int(year) for year in request.form.getlist("year") if year.isdigit())
    document = submitted_calendar(request.form, known, years)
    comment = request.form.get("comment", "")
    form = CalendarForm(document, version, _with_new_years(document, years), comment)
    try:
        deployed = engine().execute(SaveCalendar(document=document, version=version, comment=comment, actor=actor()))
    except DefinitionInvalid as error:
        return _form(replace(form, problems=by_anchor(error.findings, document, form)), page), 422
    except NotPermitted:
        raise
    except CommandRejected as error:
        anchor = "comment" if not comment.strip() else ""
        return _form(replace(form, problems={anchor: [error.label]}), page), status_of(error)
    flash(gettext("Nothing had changed.") if deployed.is_unchanged else gettext("The calendar was saved."), "success")
    return redirect(url_for("calendars.calendar", name=document["name"], year=years[0] if years else None))


def _with_new_years(document: Mapping[str, Any], years: tuple[int, ...]) -> tuple[int, ...]:
    """Return the years shown before, and those of days that were typed in, so that no row vanishes."""
    typed = {int(text[:4]) for row in document["holidays"] if (text := str(row["date"]))[:4].isdigit()}
    return tuple(sorted({*years, *typed})) if request.method == "POST" and len(typed) < 5 else years


def _page_to_change(name: str) -> CalendarPageData:
    page = engine().ask(CalendarPage(actor=actor(), name=name))
    if not page.may_keep:
        raise NotPermitted(
            "calendar",
            Label(
                "this calendar is changed by its owners and administrators.",
                "kalender ini diubah oleh pemiliknya dan administrator.",
            ),
        )
    return page


def _form(form: CalendarForm, page: CalendarPageData | None = None) -> str:
    return render_template("calendars/edit.html", form=form, page=page)


def _this_year() -> int:
    return now().astimezone(zone()).year
