"""What was typed outlives the session: a form that comes too late is shown again, not thrown away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, flash, make_response, request, url_for
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from webapp.i18n import gettext

#: In the login form, before the names of the fields that wait for the login.
PREFIX = "kept:"
_TOKEN = "csrf_token"  # noqa: S105 - a field's name
View = TypeVar("View", bound=Callable[..., Any])


def shown_again_by(endpoint: str) -> Callable[[View], View]:
    """Let a view's form be drawn again, with what was typed, by the view of `endpoint`; that one changes nothing."""

    def declare(view: View) -> View:
        view.shown_again_by = endpoint  # type: ignore[attr-defined]
        return view

    return declare


def _again(endpoint: str | None) -> str | None:
    return getattr(current_app.view_functions.get(endpoint or ""), "shown_again_by", None)


def address_again() -> str:
    """Return where the form of this request is drawn again; empty when nowhere."""
    endpoint = _again(request.endpoint)
    return url_for(endpoint, **(request.view_args or {})) if endpoint else ""


def typed_fields() -> list[tuple[str, str]]:
    """Return what this request's form sent, as (name, value); files cannot be sent twice."""
    return [(name, value) for name, value in request.form.items(multi=True) if name != _TOKEN]


def kept_fields() -> list[tuple[str, str]]:
    """Return what the login form carries for another form."""
    return [(name.removeprefix(PREFIX), value) for name, value in typed_fields() if name.startswith(PREFIX)]


def carried_address() -> str:
    """Return where the login form's kept fields go; empty unless a form is drawn again there."""
    address = request.form.get("again", "")
    adapter = request_ctx.url_adapter
    try:
        endpoint = adapter.match(address, method="POST")[0] if adapter and address else None
    except HTTPException:
        return ""
    known = {_again(name) for name in current_app.view_functions}
    return address if endpoint is not None and endpoint in known else ""


def draw_again() -> Response | None:
    """Return the form of this request with what was typed, as refused (400); None where no form is drawn again."""
    endpoint = _again(request.endpoint)
    if endpoint is None:
        return None
    flash(
        gettext("You logged in again since you opened this page. Nothing was sent yet: look at it and send it again."),
        "warning",
    )
    answer = make_response(current_app.view_functions[endpoint](**(request.view_args or {})))
    answer.status_code = 400
    return answer
