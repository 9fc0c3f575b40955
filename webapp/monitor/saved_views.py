"""Filters of a list that a person keeps under a name; one may be what the list shows at first."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from engine import CommandRejected, RemoveView, SavedView, SaveView, ViewsOfPage
from webapp.access import needs
from webapp.engine_access import actor, engine
from webapp.i18n import gettext, words
from webapp.monitor.blueprint import OBSERVERS, pages
from webapp.monitor.selection import chosen_filters

PAGE = "instances"


def views() -> tuple[SavedView, ...]:
    """Return the views of the list of instances that the person of this request saved."""
    found: tuple[SavedView, ...] = engine().ask(ViewsOfPage(page=PAGE, actor=actor()))
    return found


def filters_of(view: SavedView) -> dict[str, Any]:
    """Return the filters of a view, without any that the list has no more."""
    return chosen_filters({name: values[0] for name, values in parse_qs(view.query).items()})


@pages.post("/views")
@needs(*OBSERVERS)
def save_view() -> Response:
    """Keep the filters of the form under a name."""
    chosen = chosen_filters(request.form)
    name = request.form.get("view_name", "").strip()
    view = SavedView(PAGE, name, urlencode(chosen), is_default="is_default" in request.form)
    try:
        engine().execute(SaveView(view=view, actor=actor()))
        flash(gettext("The view %(name)s was saved.") % {"name": name}, "success")
    except CommandRejected as error:
        flash(words(error.label), "danger")
    return redirect(url_for("monitor.instance_list", **(chosen or {"clear": "1"})))


@pages.post("/views/remove")
@needs(*OBSERVERS)
def remove_view() -> Response:
    """Forget a view."""
    name = request.form.get("view_name", "")
    try:
        engine().execute(RemoveView(page=PAGE, name=name, actor=actor()))
        flash(gettext("The view %(name)s was removed.") % {"name": name}, "success")
    except CommandRejected as error:
        flash(words(error.label), "danger")
    return redirect(url_for("monitor.instance_list", clear=1))
