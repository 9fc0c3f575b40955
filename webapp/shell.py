"""What the frame around every page shows: counts beside the menu, unread notifications."""

from __future__ import annotations

from flask import Flask, g

from engine import AtAGlance
from webapp.engine_access import actor, engine


def at_a_glance() -> object:
    """Return the counts of the person of this request; asked once, and only by pages that show them."""
    if "glance" not in g:
        g.glance = engine().ask(AtAGlance(actor=actor()))
    return g.glance


def init_app(app: Flask) -> None:
    """Give the layout the counts."""
    app.jinja_env.globals.update(at_a_glance=at_a_glance)
