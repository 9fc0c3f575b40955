"""People and groups: who may log in, and to which groups each belongs."""

from __future__ import annotations

from flask import render_template, request

from engine import People
from webapp.access import needs
from webapp.admin.blueprint import OBSERVERS, pages
from webapp.engine_access import actor, engine

_STATES = {"active": True, "inactive": False}


@pages.get("/people")
@needs(*OBSERVERS)
def people() -> str:
    """Show people by login name."""
    search, group, state, after = (request.args.get(name, "").strip() for name in ("q", "group", "state", "after"))
    page = engine().ask(
        People(actor=actor(), search=search, group=group, is_active=_STATES.get(state), after=after)
    )
    return render_template("admin/people.html", page=page, search=search, group=group, state=state, after=after)


@pages.get("/groups")
@needs(*OBSERVERS)
def groups() -> str:
    """Show all groups and how many people are in each."""
    page = engine().ask(People(actor=actor()))
    return render_template("admin/groups.html", groups=page.groups)
