"""A clock that tests of the running server move over HTTP; off unless the settings say so (decision 19)."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Flask, abort, request

from engine import ShiftedClock
from webapp.access import public
from webapp.engine_access import engine

pages = Blueprint("test_clock", __name__)


@pages.post("/test/clock")
@public
def advance() -> dict[str, object]:
    """Move the clock by `seconds`, run what became due, answer the new time."""
    clock = engine().clock
    if not isinstance(clock, ShiftedClock):
        abort(404)
    moment = clock.advance(timedelta(seconds=float(request.form["seconds"])))
    done = 0
    while ran := engine().run_due_work(limit=100):
        done += ran
    return {"now": moment.isoformat(), "done": done}


def init_app(app: Flask) -> None:
    """Register the page; it is sent by programs, which have no CSRF token."""
    app.register_blueprint(pages)
    app.extensions["csrf_exempt"].add("test_clock.advance")
