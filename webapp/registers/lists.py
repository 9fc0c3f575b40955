"""The list of registers, and the entries of one: narrowed, sorted, page by page, under names that a person saved."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import (
    CommandRejected,
    EntryFilter,
    RegisterPage,
    RegistersList,
    RemoveView,
    SavedView,
    SaveView,
    ViewsOfPage,
)
from webapp.access import PERSON, needs
from webapp.engine_access import actor, engine
from webapp.i18n import gettext, language, words
from webapp.registers.blueprint import pages

_FIELD = "f."
_OPEN = {"closed": False, "all": None}


def wanted_of(record_type: str, arguments: Any) -> EntryFilter:
    """Return what an address asks for: `q`, `tab`, `state`, and `f.<field>` for fields."""
    fields = {
        name.removeprefix(_FIELD): value for name, value in arguments.items() if name.startswith(_FIELD) and value
    }
    state = fields.pop("state", "")
    is_open = _OPEN.get(arguments.get("tab", ""), True)
    return EntryFilter(record_type, is_open, state, arguments.get("q", "").strip(), fields)


def chosen_of(arguments: Any) -> dict[str, str]:
    """Return the part of an address that narrows and sorts a list."""
    names = ("q", "tab", "sort")
    return {name: value for name, value in arguments.items() if value and (name in names or name.startswith(_FIELD))}


@pages.get("/registers")
@needs(PERSON)
def registers() -> str:
    """Show the registers that the person may open."""
    lines = engine().ask(RegistersList(actor=actor()))
    sections = [(label, list(found)) for label, found in groupby(lines, key=lambda line: line.register.section)]
    return render_template("registers/registers.html", sections=sections)


@pages.get("/registers/<record_type>")
@needs(PERSON)
def register(record_type: str) -> str | Response:
    """Show entries of a register; without filters, those of the view that the person wants first."""
    views = engine().ask(ViewsOfPage(page=_page(record_type), actor=actor()))
    default = next((view for view in views if view.is_default), None)
    if not request.args and default is not None and default.query:
        return _to_list(record_type, dict(parse_qsl(default.query)))
    query = RegisterPage(
        actor=actor(),
        type=record_type,
        wanted=wanted_of(record_type, request.args),
        sort=request.args.get("sort") or "number",
        language=language(),
        after=request.args.get("after"),
    )
    page = engine().ask(query)
    chosen = chosen_of(request.args)
    shown_views = [(view, dict(parse_qsl(view.query))) for view in views]
    return render_template(
        "registers/register.html", page=page, chosen=chosen, views=shown_views, after=request.args.get("after")
    )


@pages.post("/registers/<record_type>/views")
@needs(PERSON)
def save_view(record_type: str) -> Response:
    """Keep the filters of the list under a name."""
    chosen = chosen_of(request.form)
    name = " ".join(request.form.get("view_name", "").split())
    view = SavedView(_page(record_type), name, urlencode(chosen), is_default="is_default" in request.form)
    try:
        engine().execute(SaveView(view=view, actor=actor()))
        flash(gettext("The view %(name)s was saved.") % {"name": name}, "success")
    except CommandRejected as error:
        flash(words(error.label), "danger")
    return _to_list(record_type, chosen)


@pages.post("/registers/<record_type>/views/remove")
@needs(PERSON)
def remove_view(record_type: str) -> Response:
    """Forget a view."""
    name = request.form.get("view_name", "")
    try:
        engine().execute(RemoveView(page=_page(record_type), name=name, actor=actor()))
        flash(gettext("The view %(name)s was removed.") % {"name": name}, "success")
    except CommandRejected as error:
        flash(words(error.label), "danger")
    return redirect(url_for("registers.register", record_type=record_type, tab="open"))


def _page(record_type: str) -> str:
    return f"register:{record_type}"[:40]


def _to_list(record_type: str, chosen: Mapping[str, str]) -> Response:
    # An address without filters would show the view that the person wants first.
    query = urlencode(chosen or {"tab": "open"})
    return redirect(f"{url_for('registers.register', record_type=record_type)}?{query}")
