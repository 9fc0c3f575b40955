"""Rosters: who of a group is on duty, week by week."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import CommandRejected, InputInvalid, Label, PlanShifts, RemoveShifts, RosterData, RosterPage
from webapp.access import PERSON, needs
from webapp.engine_access import actor, engine
from webapp.errors import status_of
from webapp.i18n import ngettext, words, zone
from webapp.people.blueprint import needed_day, pages, typed_day

Answer = str | Response | tuple[str, int]
_KEEPERS = ("administrator", "process_owner")


@pages.get("/roster")
@needs(PERSON)
def roster() -> str:
    """Show which groups have a roster."""
    return _page("")


@pages.get("/roster/<group>")
@needs(PERSON)
def roster_of(group: str) -> str:
    """Show five weeks of a group's roster."""
    return _page(group)


@pages.post("/roster/<group>")
@needs(*_KEEPERS)
def plan_shifts(group: str) -> Answer:
    """Plan people who take turns."""
    form = request.form
    try:
        planned = engine().execute(
            PlanShifts(
                group=group,
                people=tuple(form.getlist("people")),
                first_day=needed_day(form.get("first_day", "")),
                days_each=_number("days_each"),
                turns=_number("turns"),
                begins=_hour("begins"),
                ends=_hour("ends"),
                actor=actor(),
            )
        )
    except CommandRejected as error:
        return _page(group, words(error.label)), status_of(error)
    flash(ngettext("%(num)s shift was planned.", "%(num)s shifts were planned.", planned), "success")
    return redirect(url_for("people.roster_of", group=group, day=form.get("first_day", "")))


@pages.post("/roster/<group>/remove")
@needs(*_KEEPERS)
def remove_shifts(group: str) -> Response:
    """Take shifts off the roster."""
    keys = [int(key) for key in request.form.getlist("shift") if key.isascii() and key.isdigit()]
    removed = engine().execute(RemoveShifts(group=group, keys=keys, actor=actor()))
    flash(ngettext("%(num)s shift was removed.", "%(num)s shifts were removed.", removed), "success")
    return redirect(url_for("people.roster_of", group=group, day=request.form.get("day", "")))


def _page(group: str, error: str = "") -> str:
    day = typed_day(request.args.get("day", ""))
    page = engine().ask(RosterPage(actor=actor(), group=group, day=day))
    weeks = [page.monday + timedelta(weeks=number) for number in range(5)]
    return render_template("people/roster.html", page=page, weeks=_by_week(page, weeks), error=error)


def _by_week(page: RosterData, mondays: list[date]) -> list[tuple[date, list[object]]]:
    """Return each week with the shifts that begin in it; those that began before stand in the first."""
    begins = [datetime.combine(monday, time(), zone()) for monday in mondays]
    placed: list[tuple[date, list[object]]] = [(monday, []) for monday in mondays]
    for shift in page.shifts:
        place = max((number for number, begin in enumerate(begins) if begin <= shift.from_at), default=0)
        placed[place][1].append(shift)
    return placed


def _number(name: str) -> int:
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _hour(name: str) -> time | None:
    text = request.form.get(name, "")
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        raise InputInvalid(Label("Please give the hours as 08:00.", "Isi jam seperti 08:00.")) from None
