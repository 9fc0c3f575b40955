"""The engine of the running application, and who asks it."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app, g

from engine import Actor, Engine, User


def init_app(app: Flask, engine: Engine) -> None:
    """Keep `engine` for the views of `app`."""
    app.extensions["engine"] = engine


def engine() -> Engine:
    """Return the engine behind this application."""
    return cast(Engine, current_app.extensions["engine"])


def person() -> User:
    """Return who is logged in; only for views that are not public."""
    return cast(User, g.user)


def actor() -> Actor:
    """Return who acts, as commands and queries want it."""
    return Actor(person().name)
