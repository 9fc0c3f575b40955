"""Is the server ready? For load balancers and `make run`."""

from __future__ import annotations

from flask import Blueprint, Flask

from engine import IsReady
from webapp.access import public
from webapp.engine_access import engine

pages = Blueprint("health", __name__)


@pages.get("/healthz")
@public
def healthz() -> tuple[str, int, dict[str, str]]:
    """Answer 200 when the database answers; StoreUnavailable becomes 503."""
    engine().ask(IsReady())
    return "ready\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


def init_app(app: Flask) -> None:
    """Register the page."""
    app.register_blueprint(pages)
