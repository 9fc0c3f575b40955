"""Who may open which page: every view says it with a decorator, and a test checks that none forgot.

This is the door only. What a person may see and do is decided by the engine's commands and queries.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import Label, LogOut, NotPermitted, User, WhoIs
from webapp import i18n
from webapp.engine_access import engine
from webapp.security import has_token
from webapp.typed_text import address_again, typed_fields

SESSION_COOKIE = "clause8_session"
#: Any person who is logged in; other permissions are groups.
PERSON = "person"
PUBLIC = "public"
View = TypeVar("View", bound=Callable[..., Any])


def needs(*roles: str) -> Callable[[View], View]:
    """Let a view be opened by who is in one of the groups `roles`; PERSON means everybody logged in."""

    def declare(view: View) -> View:
        view.permissions = roles  # type: ignore[attr-defined]
        return view

    return declare


def public(view: View) -> View:
    """Let a view be opened without login."""
    return needs(PUBLIC)(view)


def may(*roles: str) -> bool:
    """Return whether the person of this request has one of `roles`."""
    user: User | None = g.get("user")
    return user is not None and (PERSON in roles or not set(roles).isdisjoint(user.groups))


def permissions_of(endpoint: str | None) -> tuple[str, ...]:
    """Return what the view of `endpoint` declared; Flask's own static files are public."""
    if endpoint is None or endpoint == "static":
        return (PUBLIC,)
    return getattr(current_app.view_functions[endpoint], "permissions", ())


def identify() -> None:
    """Find out who sends this request, and in which language to answer."""
    token = request.cookies.get(SESSION_COOKIE)
    is_asset = request.endpoint == "static"
    g.user = engine().ask(WhoIs(token=token)) if token and not is_asset else None
    i18n.choose_language(g.user.language if g.user else None)


def admit() -> Response | None:
    """Refuse or redirect who may not open the page of this request."""
    permissions = permissions_of(request.endpoint)
    if PUBLIC in permissions or may(*permissions):
        return None
    if g.user is None:
        return _to_login()
    raise NotPermitted("page", Label("this page is for other roles.", "halaman ini untuk peran lain."))


def _to_login() -> Response:
    """Send to the login page and back here; what a form sent goes along, unless another site made it send that."""
    if "HX-Request" in request.headers or "X-CSRF-Token" in request.headers:  # a script asks
        answer = make_response("", 401)
        answer.headers["HX-Redirect"] = url_for("auth.log_in")
        return answer
    if request.method == "POST" and has_token() and (again := address_again()):
        page = render_template("auth/login.html", name="", error="", next="", again=again, kept=typed_fields())
        return make_response(page, 401)
    here = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("auth.log_in", next=here))


def end_session(answer: Response) -> Response:
    """Log out who sends this request and take the cookie back."""
    if token := request.cookies.get(SESSION_COOKIE):
        engine().execute(LogOut(token=token))
    answer.delete_cookie(SESSION_COOKIE)
    return answer


def init_app(app: Flask) -> None:
    """Check every request."""
    app.before_request(identify)
    app.before_request(admit)
    app.jinja_env.globals.update(may=may)
