"""Spreadsheets: a register as a file, and a file into a register after every row was looked at."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine import (
    ApplyImport,
    CommandRejected,
    DropImport,
    ExportEntries,
    ImportPage,
    RegisterPage,
    SheetFormat,
    UploadEntries,
)
from webapp.access import PERSON, needs
from webapp.clock import now
from webapp.engine_access import actor, engine
from webapp.i18n import gettext, language, words
from webapp.registers.blueprint import pages
from webapp.registers.lists import wanted_of

_TYPES = {
    SheetFormat.CSV: "text/csv; charset=utf-8",
    SheetFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@pages.get("/registers/<record_type>/export.<ending>")
@needs(PERSON)
def export(record_type: str, ending: str) -> Response:
    """Send the entries of a list, all pages of it, as CSV or XLSX."""
    try:
        wanted = SheetFormat(ending)
    except ValueError:
        raise NotFound from None
    query = ExportEntries(
        actor=actor(),
        type=record_type,
        wanted=wanted_of(record_type, request.args),
        format=wanted,
        language=language(),
    )
    answer = Response(engine().ask(query), content_type=_TYPES[wanted])
    name = f"{record_type}-{now():%Y-%m-%d}.{wanted.value}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@pages.get("/registers/<record_type>/import")
@needs(PERSON)
def upload(record_type: str) -> str:
    """Ask for a file."""
    page = engine().ask(RegisterPage(actor=actor(), type=record_type, wanted=wanted_of(record_type, {}), size=1))
    return render_template("registers/upload.html", page=page)


@pages.post("/registers/<record_type>/import")
@needs(PERSON)
def receive(record_type: str) -> Response:
    """Take a file and look at its rows."""
    file = request.files.get("file")
    if file is None or not file.filename:
        flash(gettext("Choose a file first."), "danger")
        return redirect(url_for("registers.upload", record_type=record_type))
    command = UploadEntries(type=record_type, file_name=file.filename, content=file.read(), actor=actor())
    try:
        taken = engine().execute(command)
    except CommandRejected as error:
        flash(words(error.label), "danger")
        return redirect(url_for("registers.upload", record_type=record_type))
    return redirect(url_for("registers.show_import", key=taken.key))


@pages.get("/imports/<int:key>")
@needs(PERSON)
def show_import(key: int) -> str:
    """Show how far an import is, and what its rows would do."""
    return render_template("registers/import.html", page=engine().ask(ImportPage(actor=actor(), key=key)))


@pages.post("/imports/<int:key>")
@needs(PERSON)
def decide_import(key: int) -> Response:
    """Write the rows of an import, or drop it."""
    verb = DropImport if "drop" in request.form else ApplyImport
    try:
        engine().execute(verb(key=key, actor=actor()))
    except CommandRejected as error:
        flash(words(error.label), "danger")
    return redirect(url_for("registers.show_import", key=key))
