"""Who may not do what for a record, and why."""

from __future__ import annotations

from flask import render_template

from engine import RecordConflicts
from webapp.access import PERSON, needs
from webapp.engine_access import actor, engine
from webapp.people.blueprint import pages


@pages.get("/conflicts/<number>")
@needs(PERSON)
def conflicts(number: str) -> str:
    """Show the duties of a record, the rules that bar somebody, and the open tasks they bear on."""
    page = engine().ask(RecordConflicts(number=number, actor=actor()))
    return render_template("people/conflicts.html", page=page)
