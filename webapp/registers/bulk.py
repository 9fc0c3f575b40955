"""Many entries at once: chosen in the list, one field, looked at, then written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import (
    CommandRejected,
    EditEntries,
    EntryForm,
    PreviewEdit,
    ShownField,
    ShownGroup,
)
from webapp.access import PERSON, needs
from webapp.engine_access import actor, engine
from webapp.i18n import gettext, ngettext, words
from webapp.registers.blueprint import pages
from webapp.registers.entries import submitted_entry

_NOT_EDITED = ("filepicker", "dynamiclist", "expression")


@pages.post("/registers/<record_type>/bulk")
@needs(PERSON)
def choose_field(record_type: str) -> str | Response:
    """Show the entries chosen, and ask for a field and its new value."""
    numbers = request.form.getlist("number")
    if not numbers:
        flash(gettext("Choose entries in the list first."), "warning")
        return redirect(url_for("registers.register", record_type=record_type))
    return _ask(record_type, numbers, request.form.get("field", ""))


@pages.post("/registers/<record_type>/bulk/preview")
@needs(PERSON)
def preview_edit(record_type: str) -> str | Response:
    """Show what would become of each entry."""
    command = _command(record_type)
    try:
        edits = engine().ask(PreviewEdit(edit=command))
    except CommandRejected as error:
        flash(words(error.label), "danger")
        return _ask(record_type, list(command.numbers), command.field)
    page = engine().ask(EntryForm(actor=actor(), type=record_type))
    return render_template(
        "registers/bulk_preview.html",
        page=page,
        edits=edits,
        field=command.field,
        shown=_field(page.form.items, command.field),
        pairs=[pair for pair in request.form.items(multi=True) if pair[0] not in ("csrf_token", "_csrf")],
    )


@pages.post("/registers/<record_type>/bulk/apply")
@needs(PERSON)
def apply_edit(record_type: str) -> Response:
    """Write the value into all entries, or into none."""
    try:
        count = engine().execute(_command(record_type))
        flash(
            ngettext("%(num)s entry was changed.", "%(num)s entries were changed.", count) % {"num": count}, "success"
        )
    except CommandRejected as error:
        flash(words(error.label), "danger")
    return redirect(url_for("registers.register", record_type=record_type))


def _ask(record_type: str, numbers: list[str], chosen: str) -> str:
    page = engine().ask(EntryForm(actor=actor(), type=record_type))
    editable = [item for item in _fields(page.form.items) if not item.is_readonly and item.type not in _NOT_EDITED]
    field = next((item for item in editable if item.name == chosen), None)
    return render_template(
        "registers/bulk.html", page=page, numbers=numbers, editable=editable, field=field, chosen=chosen
    )


def _command(record_type: str) -> EditEntries:
    field = request.form.get("field", "")
    value = request.form.get("_state") if field == "state" else submitted_entry(record_type).get(field)
    return EditEntries(
        type=record_type, numbers=request.form.getlist("number"), field=field, value=value, actor=actor()
    )


def _fields(items: Iterable[Any]) -> Iterable[ShownField]:
    for item in items:
        if isinstance(item, ShownField):
            yield item
        elif isinstance(item, ShownGroup):
            yield from _fields(item.items)


def _field(items: Iterable[Any], name: str) -> ShownField | None:
    return next((item for item in _fields(items) if item.name == name), None)
