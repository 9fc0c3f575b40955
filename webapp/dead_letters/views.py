"""Messages that nobody took: see why, publish again under the right number, or give up with a reason (BI-5)."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import (
    CommandRejected,
    DeadLetterReason,
    DeadLetterState,
    DiscardDeadLetter,
    PublishDeadLetter,
    PublishProposal,
    UndeliveredMessages,
)
from webapp.access import needs
from webapp.engine_access import actor, engine
from webapp.errors import status_of
from webapp.i18n import gettext, mark, words
from webapp.navigation import NavigationItem

pages = Blueprint("dead_letters", __name__, url_prefix="/dead-letters", template_folder="templates")

_OBSERVERS = ("administrator", "auditor", "process_owner")
_ADMINISTRATORS = ("administrator",)
NAVIGATION = (
    NavigationItem("dead_letters.letters", mark("Undelivered messages"), "mail-x", "operate", 45, roles=_OBSERVERS),
)
_REASONS = {
    DeadLetterReason.EXPIRED: mark("Nobody took it before its time was over."),
    DeadLetterReason.UNKNOWN_RECORD: mark("There is no record of that number."),
    DeadLetterReason.ENDED_RECORD: mark("The record is closed."),
    DeadLetterReason.UNEXPECTED_STATE: mark("The record is not in a state in which this message makes sense."),
}
_STATES = {
    DeadLetterState.REPUBLISHED: mark("Published again"),
    DeadLetterState.PROPOSED: mark("Another message was published"),
    DeadLetterState.DISCARDED: mark("Given up"),
}


@pages.get("")
@needs(*_OBSERVERS)
def letters() -> str:
    """Show what waits for a person, or what was settled."""
    return _page()


@pages.post("/<int:key>/publish")
@needs(*_ADMINISTRATORS)
def publish(key: int) -> Response | tuple[str, int]:
    """Publish it again."""
    command = PublishDeadLetter(
        key=key,
        correlation_key=request.form.get("correlation_key", "").strip(),
        reason=request.form.get("reason", ""),
        actor=actor(),
    )
    return _settled(key, lambda: engine().execute(command), gettext("The message was published again."))


@pages.post("/<int:key>/propose")
@needs(*_ADMINISTRATORS)
def propose(key: int) -> Response | tuple[str, int]:
    """Publish what the catalogue proposes instead."""
    command = PublishProposal(key=key, words=request.form.get("reason", ""), actor=actor())
    return _settled(key, lambda: engine().execute(command), gettext("It was reported."))


@pages.post("/<int:key>/discard")
@needs(*_ADMINISTRATORS)
def discard(key: int) -> Response | tuple[str, int]:
    """Give it up."""
    command = DiscardDeadLetter(key=key, reason=request.form.get("reason", ""), actor=actor())
    return _settled(key, lambda: engine().execute(command), gettext("The message was given up."))


def _settled(key: int, settle: Callable[[], object], told: str) -> Response | tuple[str, int]:
    try:
        settle()
    except CommandRejected as error:
        return _page(failed=key, error=words(error.label)), status_of(error)
    flash(told, "success")
    return redirect(url_for("dead_letters.letters"))


def _page(failed: int | None = None, error: str = "") -> str:
    is_open = request.args.get("tab") != "settled"
    before = request.args.get("before")
    return render_template(
        "dead_letters/letters.html",
        page=engine().ask(UndeliveredMessages(actor=actor(), is_open=is_open, before=before)),
        is_open=is_open,
        before=before,
        failed=failed,
        error=error,
        why=lambda letter: gettext(_REASONS[letter.reason]),
        outcome=lambda letter: gettext(_STATES[letter.state]),
    )
