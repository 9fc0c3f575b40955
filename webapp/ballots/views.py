"""The page behind a link of a notification: GET shows, only POST answers.

The token in the address is what lets somebody answer, so there is no session to forge a request with: whoever can make
the address has it anyway. Nothing of these pages is kept by browsers, proxies or search engines, and no address of
theirs is sent to other sites.
"""

from __future__ import annotations

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from engine import (
    Actor,
    AnswerByLink,
    AnswerLinkPage,
    Conflict,
    EngineError,
    FormRejected,
    InputInvalid,
    LinkNotFound,
    LinkRefused,
    LoginFailed,
    NoteLinkRefusal,
    NotPermitted,
)
from webapp.access import public
from webapp.engine_access import engine
from webapp.errors import status_of
from webapp.i18n import words

pages = Blueprint("ballots", __name__, url_prefix="/ballots", template_folder="templates")
Answer = Response | str | tuple[str, int]
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


@pages.record_once
def _needs_no_session(state: BlueprintSetupState) -> None:
    """Exempt the one form whose address is the secret from the token of browser sessions."""
    state.app.extensions["csrf_exempt"].add("ballots.answer")


@pages.after_request
def _private(response: Response) -> Response:
    response.headers.update(_HEADERS)
    return response


@pages.get("/<token>")
@public
def show(token: str) -> Answer:
    """Show what is asked. However often a mail scanner looks, nothing changes; only what is no good link is noted."""
    try:
        return render_template("ballots/ballot.html", page=_page(token), token=token, reason="", problem="")
    except (LinkNotFound, NotPermitted) as error:
        try:
            engine().execute(NoteLinkRefusal(token=token, person=_person(), address=request.remote_addr or ""))
        except LoginFailed as wait:
            return _refused(wait)
        return _refused(error)


@pages.post("/<token>")
@public
def answer(token: str) -> Answer:
    """Answer, if the link still may; the page then says what was counted, or why nothing was."""
    reason = request.form.get("reason", "")[:10_000]
    chosen = request.form.get("answer", "")
    try:
        engine().execute(
            AnswerByLink(token=token, answer=chosen, reason=reason, person=_person(), address=request.remote_addr or "")
        )
    except (LinkNotFound, NotPermitted, LoginFailed) as error:
        return _refused(error)
    except LinkRefused as error:
        return render_template("ballots/ballot.html", page=_page(token), token=token, reason=reason), status_of(error)
    except (FormRejected, InputInvalid, Conflict) as error:
        problem = words(next(iter(error.errors.values())) if isinstance(error, FormRejected) else error.label)
        page = render_template(
            "ballots/ballot.html", page=_page(token), token=token, reason=reason, problem=problem, chosen=chosen
        )
        return page, status_of(error)
    return redirect(url_for("ballots.show", token=token), 303)


def _page(token: str) -> object:
    return engine().ask(AnswerLinkPage(token=token, person=_person()))


def _person() -> Actor | None:
    return Actor(g.user.name) if g.user else None


def _refused(error: EngineError) -> tuple[str, int]:
    """Say no without naming anything of what is asked."""
    status = status_of(error)
    if isinstance(error, LoginFailed):
        current_app.logger.warning("too many refused links from %s", request.remote_addr)
    wait = error.retry_after_seconds if isinstance(error, LoginFailed) else 0
    page = render_template(
        "ballots/refused.html", is_unknown=isinstance(error, LinkNotFound), wait=wait, why=words(error.label)
    )
    return page, status
