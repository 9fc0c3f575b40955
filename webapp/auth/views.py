"""Log in and out, and the language of the interface."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, current_app, g, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from engine import LANGUAGES, ChangeLanguage, LogIn, LoginFailed
from webapp.access import SESSION_COOKIE, end_session, public
from webapp.engine_access import actor, engine
from webapp.errors import status_of
from webapp.i18n import LANGUAGE_COOKIE, words
from webapp.security import new_csrf_token
from webapp.settings import WebSettings
from webapp.typed_text import carried_address, kept_fields

pages = Blueprint("auth", __name__, template_folder="templates")
_YEAR_SECONDS = 365 * 24 * 3600


@pages.get("/login")
@public
def log_in() -> str | Response:
    """Show the login form; who is logged in goes on."""
    if g.user:
        return redirect(local_address(request.args.get("next")))
    return render_template("auth/login.html", name="", error="", next=request.args.get("next", ""))


@pages.post("/login")
@public
def submit_log_in() -> Response | tuple[str, int]:
    """Open a session and go to where the person wanted to be."""
    name, password = request.form.get("name", "").strip(), request.form.get("password", "")
    wanted = request.form.get("next", "")
    again, kept = carried_address(), kept_fields()
    settings: WebSettings = current_app.extensions["web_settings"]
    try:
        address = request.remote_addr or ""
        device = request.user_agent.string
        login = LogIn(name=name, password=password, address=address, lifetime=settings.session_lifetime, device=device)
        token, _user = engine().execute(login)
    except LoginFailed as error:
        page = render_template(
            "auth/login.html", name=name, error=words(error.label), next=wanted, again=again, kept=kept if again else ()
        )
        return page, status_of(error)
    session.clear()
    new_csrf_token()
    to_form = render_template("auth/continue.html", again=again, kept=kept) if again and kept else None
    answer = make_response(to_form) if to_form else redirect(local_address(wanted))
    answer.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=int(settings.session_lifetime.total_seconds()),
        httponly=True,
        secure=settings.is_secure,
        samesite="Lax",
    )
    return answer


@pages.post("/logout")
@public
def log_out() -> Response:
    """End the session in the database, not only in this browser."""
    session.clear()
    return end_session(redirect(url_for("auth.log_in")))


@pages.post("/language")
@public
def switch_language() -> Response:
    """Keep the language for the person, and in a cookie for the login page."""
    wish = request.form.get("language", "")
    answer = redirect(local_address(request.form.get("next")))
    if wish in LANGUAGES:
        if g.user:
            engine().execute(ChangeLanguage(language=wish, actor=actor()))
        answer.set_cookie(LANGUAGE_COOKIE, wish, max_age=_YEAR_SECONDS, samesite="Lax", httponly=True)
    return answer


def local_address(wanted: str | None) -> str:
    """Return `wanted` if it is a path of this site, else the start page; no open redirect."""
    parts = urlsplit(wanted or "")
    is_local = not parts.scheme and not parts.netloc and parts.path.startswith("/")
    if not wanted or not is_local or "\\" in wanted or wanted.startswith("//"):
        return url_for("inbox.tasks")
    return wanted
