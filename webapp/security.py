"""Headers of every answer, and the token that every form must bring back (CSRF)."""

from __future__ import annotations

import hmac
import secrets

from flask import Flask, abort, current_app, g, request, session
from markupsafe import Markup
from werkzeug.wrappers import Response

from webapp.typed_text import draw_again

_SEED = "csrf"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def csrf_token() -> str:
    """Return the token of this browser session, making one where there is none."""
    if _SEED not in session:
        session[_SEED] = secrets.token_urlsafe(32)
    return str(session[_SEED])


def csrf_field() -> Markup:
    """Return the hidden field that every form with method POST carries."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(csrf_token())


def new_csrf_token() -> None:
    """Forget the token; done when somebody logs in or out."""
    session.pop(_SEED, None)


def has_token() -> bool:
    """Return whether this request brought the token of its browser session."""
    sent = request.headers.get("X-CSRF-Token") or request.form.get("csrf_token", "")
    return bool(sent) and hmac.compare_digest(sent.encode(), str(session.get(_SEED, "")).encode())


def check_csrf() -> Response | None:
    """Refuse (400) a request that changes something without the token of this browser session.

    A form of who is logged in comes back with what was typed: since the page was opened, that person logged in again.
    """
    if request.method in _SAFE_METHODS or request.endpoint in current_app.extensions["csrf_exempt"] or has_token():
        return None
    g.reason = "csrf"
    answer = draw_again() if g.get("user") else None
    return answer or abort(400)


def allow_inline_styles() -> None:
    """Loosen `style-src` for this page: the modeller's libraries write style attributes."""
    g.has_inline_styles = True


def add_headers(answer: Response) -> Response:
    """Put the security headers on every answer; pages are never cached by a shared computer."""
    policy = dict(_POLICY)
    if g.get("has_inline_styles"):
        policy["style-src"] = "'self' 'unsafe-inline'"
    headers = answer.headers
    headers.setdefault("Content-Security-Policy", "; ".join(f"{name} {value}" for name, value in policy.items()))
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if current_app.extensions["web_settings"].is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store" if g.get("user") else "no-cache")
    return answer


def init_app(app: Flask) -> None:
    """Guard every request and answer of `app`."""
    app.extensions["csrf_exempt"] = set()
    app.before_request(check_csrf)
    app.after_request(add_headers)
    app.jinja_env.globals.update(csrf_token=csrf_token, csrf_field=csrf_field)
