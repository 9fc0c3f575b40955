"""Which HTTP status each EngineError gets, and the pages that say so in words."""

from __future__ import annotations

import logging

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, InternalServerError

from engine import (
    BpmnErrorThrown,
    CommandRejected,
    Conflict,
    DefinitionInvalid,
    EngineError,
    ExecutionFailed,
    FormRejected,
    InputInvalid,
    LoginFailed,
    NotFound,
    NotPermitted,
    StoreUnavailable,
)
from webapp.i18n import choose_language, gettext, mark, words

log = logging.getLogger(__name__)

#: The nearest base class counts; a test asks for every subclass of EngineError.
STATUS: dict[type[EngineError], int] = {
    NotFound: 404,
    NotPermitted: 403,
    Conflict: 409,
    FormRejected: 422,
    InputInvalid: 400,
    LoginFailed: 401,
    DefinitionInvalid: 422,
    CommandRejected: 400,
    StoreUnavailable: 503,
    ExecutionFailed: 500,
    BpmnErrorThrown: 500,
}

_TITLES = {
    400: mark("This request was not understood"),
    401: mark("Please log in"),
    403: mark("You may not open this"),
    404: mark("There is nothing here"),
    405: mark("This request was not understood"),
    409: mark("Somebody was faster"),
    413: mark("That is too large"),
    422: mark("Something needs attention"),
    429: mark("Too many tries"),
    500: mark("Something broke on our side"),
    503: mark("Back in a moment"),
}
_CURES = {
    400: mark("Go back, reload the page and try again."),
    403: mark("If you need it for your work, ask an administrator to put you into the right group."),
    404: mark("The address may be mistyped, or the thing may be visible to other people only."),
    405: mark("Go back, reload the page and try again."),
    409: mark("Load the page again to see how things stand now."),
    413: mark("Choose a smaller file, or attach several small ones."),
    500: mark("Nothing was half done. The mistake was written to the log; please tell an administrator the time."),
    503: mark("Nothing was lost. Please try again."),
}
_CSRF_CURE = mark("This page was open for a long time or in another browser. Reload it and send it again.")


def status_of(error: EngineError) -> int:
    """Return the HTTP status of `error`, from its nearest base class in STATUS."""
    if isinstance(error, LoginFailed) and error.retry_after_seconds:
        return 429
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def error_page(status: int, reason: str = "") -> tuple[str, int]:
    """Return the page for `status`; `reason` says what happened, in the reader's language."""
    if "language" not in g:
        choose_language(None)
    cure = _CSRF_CURE if g.get("reason") == "csrf" else _CURES.get(status, "")
    page = render_template(
        "errors/error.html",
        status=status,
        title=gettext(_TITLES.get(status, _TITLES[500])),
        reason=reason,
        cure=gettext(cure) if cure else "",
    )
    return page, status


def _engine_error(error: EngineError) -> tuple[str, int]:
    status = status_of(error)
    if status >= 500:
        log.error("request failed", exc_info=error, extra={"action": "request_failed", "path": request.path})
    return error_page(status, words(error.label))


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:  # redirects are answers
        return error.get_response()
    if isinstance(error, InternalServerError):
        g.user = None  # the layout asks the engine for counts, which may be what broke
    return error_page(error.code)


def init_app(app: Flask) -> None:
    """Answer every error with a page; anything unexpected is logged with its trace and answered 500."""
    app.register_error_handler(EngineError, _engine_error)
    app.register_error_handler(HTTPException, _http_error)
