"""One's own account: password and sessions; and choosing a password by a link from an administrator."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import (
    AccountDetails,
    ChangePassword,
    CommandRejected,
    EndSessions,
    LoginFailed,
    ResetPassword,
    WhoseReset,
)
from webapp.access import PERSON, SESSION_COOKIE, needs, public
from webapp.engine_access import actor, engine, person
from webapp.errors import status_of
from webapp.i18n import gettext, words
from webapp.people.blueprint import pages

Answer = str | Response | tuple[str, int]
_NOT_THE_SAME = 422


@pages.get("/account")
@needs(PERSON)
def account() -> str:
    """Show one's own account, groups and sessions."""
    return _page()


@pages.post("/account/password")
@needs(PERSON)
def change_password() -> Answer:
    """Choose another password; every session ends, this one too."""
    new = request.form.get("new", "")
    if new != request.form.get("again", ""):
        return _page(gettext("The new password was typed in two ways.")), _NOT_THE_SAME
    try:
        engine().execute(ChangePassword(old=request.form.get("old", ""), new=new, actor=actor()))
    except LoginFailed as error:
        return _page(gettext("The password you have now is another.")), status_of(error)
    except CommandRejected as error:
        return _page(words(error.label)), status_of(error)
    flash(gettext("The password was changed. Please log in with the new one."), "success")
    return redirect(url_for("auth.log_in"))


@pages.post("/account/sessions")
@needs(PERSON)
def end_sessions() -> Response:
    """End sessions of one's own on other devices."""
    ids = tuple(request.form.getlist("session"))
    if ids:
        engine().execute(EndSessions(user=person().name, ids=ids, actor=actor()))
        flash(gettext("The session has ended."), "success")
    return redirect(url_for("people.account"))


@pages.get("/password/<token>")
@public
def choose_password(token: str) -> Response:
    """Ask for a password of whoever has the link."""
    user = engine().ask(WhoseReset(token=token))
    return _private(render_template("people/choose_password.html", user=user, error=""), 200)


@pages.post("/password/<token>")
@public
def save_password(token: str) -> Response:
    """Choose the password; the link then works no more."""
    user = engine().ask(WhoseReset(token=token))
    password = request.form.get("new", "")
    try:
        if password != request.form.get("again", ""):
            error = gettext("The new password was typed in two ways.")
            return _private(render_template("people/choose_password.html", user=user, error=error), _NOT_THE_SAME)
        engine().execute(ResetPassword(token=token, password=password))
    except CommandRejected as refusal:
        page = render_template("people/choose_password.html", user=user, error=words(refusal.label))
        return _private(page, status_of(refusal))
    flash(gettext("The password was changed. Please log in with the new one."), "success")
    return redirect(url_for("auth.log_in"))


def _page(error: str = "") -> str:
    token = request.cookies.get(SESSION_COOKIE, "")
    page = engine().ask(AccountDetails(actor=actor(), token=token))
    return render_template("people/account.html", page=page, error=error)


def _private(page: str, status: int) -> Response:
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
    return Response(page, status, headers, mimetype="text/html")
