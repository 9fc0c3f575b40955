"""When people are away, and who stands in."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import AbsencesPage, CommandRejected, EndAbsence, EnterAbsence
from webapp.access import PERSON, needs
from webapp.engine_access import actor, engine, person
from webapp.errors import status_of
from webapp.i18n import gettext, words
from webapp.people.blueprint import needed_moment, pages

Answer = str | Response | tuple[str, int]


@pages.get("/absences")
@needs(PERSON)
def absences() -> str:
    """Show one's own absences, for whom one stands in, and those of one's unit."""
    return _page()


@pages.post("/absences")
@needs(PERSON)
def enter_absence() -> Answer:
    """Enter an absence for oneself, or for somebody of one's unit."""
    form = request.form
    try:
        engine().execute(
            EnterAbsence(
                user=form.get("user", "") or person().name,
                deputy=form.get("deputy", ""),
                from_at=needed_moment("from_at"),
                until_at=needed_moment("until_at"),
                note=form.get("note", ""),
                actor=actor(),
            )
        )
    except CommandRejected as error:
        return _page(words(error.label)), status_of(error)
    flash(gettext("The absence was entered; the deputy was told."), "success")
    return redirect(url_for("people.absences"))


@pages.post("/absences/<int:key>/end")
@needs(PERSON)
def end_absence(key: int) -> Response:
    """End an absence now, or take back one that has not begun."""
    engine().execute(EndAbsence(key=key, actor=actor()))
    flash(gettext("The absence has ended."), "success")
    return redirect(url_for("people.absences"))


def _page(error: str = "") -> str:
    page = engine().ask(AbsencesPage(actor=actor()))
    return render_template("people/absences.html", page=page, error=error, me=person().name)
