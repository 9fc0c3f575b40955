"""One entry: its page, its form, its links."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import (
    CommandRejected,
    EntryForm,
    EntryPage,
    FormRejected,
    LinkRecords,
    SaveEntry,
    StaleRevision,
    SubmittedEntry,
    UnlinkRecords,
)
from webapp.access import PERSON, needs
from webapp.engine_access import actor, engine
from webapp.forms.submission import changes_rows, uploaded
from webapp.i18n import gettext, words
from webapp.registers.blueprint import pages


@pages.get("/registers/<record_type>/<number>")
@needs(PERSON)
def entry(record_type: str, number: str) -> str:
    """Show an entry."""
    page = engine().ask(EntryPage(actor=actor(), type=record_type, number=number))
    return render_template("registers/entry.html", page=page)


@pages.get("/registers/<record_type>/new")
@needs(PERSON)
def new_entry(record_type: str) -> str:
    """Show the form of a new entry."""
    return _form(EntryForm(actor=actor(), type=record_type))


@pages.post("/registers/<record_type>/new")
@needs(PERSON)
def add_entry(record_type: str) -> Response | str | tuple[str, int]:
    """Add an entry, or show the form again with what is wrong."""
    return _save(record_type, None)


@pages.get("/registers/<record_type>/<number>/edit")
@needs(PERSON)
def edit_entry(record_type: str, number: str) -> str:
    """Show the form of an entry."""
    return _form(EntryForm(actor=actor(), type=record_type, number=number))


@pages.post("/registers/<record_type>/<number>/edit")
@needs(PERSON)
def save_entry(record_type: str, number: str) -> Response | str | tuple[str, int]:
    """Change an entry, or show the form again with what is wrong."""
    return _save(record_type, number)


@pages.post("/registers/<record_type>/form")
@needs(PERSON)
def redraw_entry(record_type: str) -> str:
    """Draw the form again with what was typed."""
    return _redrawn(record_type, request.form.get("_number") or None)


@pages.post("/registers/<record_type>/<number>/links")
@needs(PERSON)
def link(record_type: str, number: str) -> Response:
    """Link the entry with another record, or take a link back."""
    other, kind = request.form.get("to", "").strip().upper(), request.form.get("kind", "")
    ends = (other, number) if "is_incoming" in request.form else (number, other)
    verb = UnlinkRecords if "remove" in request.form else LinkRecords
    try:
        engine().execute(verb(number=ends[0], to_number=ends[1], kind=kind, actor=actor()))
        flash(gettext("The link was removed.") if verb is UnlinkRecords else gettext("The link was added."), "success")
    except CommandRejected as error:
        flash(words(error.label), "danger")
    return redirect(url_for("registers.entry", record_type=record_type, number=number) + "#links")


def _save(record_type: str, number: str | None) -> Response | str | tuple[str, int]:
    if changes_rows():
        return _redrawn(record_type, number)
    submitted, state = submitted_entry(record_type), request.form.get("_state") or None
    again = EntryForm(actor=actor(), type=record_type, number=number, submitted=submitted, state=state)
    try:
        saved = engine().execute(
            SaveEntry(
                type=record_type,
                submitted=submitted,
                actor=actor(),
                number=number,
                state=state,
                mark=request.form.get("_mark") if number else None,
            )
        )
    except FormRejected as error:
        return _form(replace(again, errors=error.errors)), 422
    except StaleRevision as error:
        flash(words(error.label), "danger")
        return _form(again), 409
    flash(gettext("%(number)s was saved.") % {"number": saved}, "success")
    return redirect(url_for("registers.entry", record_type=record_type, number=saved))


def _redrawn(record_type: str, number: str | None) -> str:
    return _form(
        EntryForm(
            actor=actor(),
            type=record_type,
            number=number,
            submitted=submitted_entry(record_type, is_redrawn=True),
            state=request.form.get("_state") or None,
        )
    )


def submitted_entry(record_type: str, *, is_redrawn: bool = False) -> dict[str, Any]:
    """Return the submitted values of an entry's form, nested; files are stored first and stand as their keys."""
    query = SubmittedEntry(
        actor=actor(),
        type=record_type,
        pairs=[*request.form.items(multi=True), *uploaded()],
        add=tuple(request.form.getlist("_add")),
        remove=tuple(request.form.getlist("_remove")),
        keeps_blank_rows=is_redrawn,
    )
    return engine().ask(query)


def _form(query: EntryForm) -> str:
    return render_template("registers/form.html", page=engine().ask(query))
