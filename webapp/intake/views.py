"""Where programs bring mails and alerts, and the page of mails that wait for a person."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from engine import (
    CommandRejected,
    Credentials,
    DiscardMail,
    IncomingPage,
    MailInState,
    NotPermitted,
    ParkReason,
    ReceiveMail,
    ReleaseMail,
    ReportAlert,
)
from webapp.access import PERSON, needs, public
from webapp.engine_access import actor, engine
from webapp.errors import status_of
from webapp.i18n import gettext, mark, words
from webapp.navigation import NavigationItem

pages = Blueprint("intake", __name__, template_folder="templates")

NAVIGATION = (
    NavigationItem(
        "intake.mails", mark("Incoming mail"), "mail-down", "operate", 44, roles=("administrator", "service_desk")
    ),
)
_REASONS = {
    ParkReason.AUTOMATIC: mark("A program wrote it: an automatic reply, a bounce or a mailing list."),
    ParkReason.OWN_ADDRESS: mark("It comes from our own address."),
    ParkReason.UNKNOWN_SENDER: mark("Nobody here has this address."),
    ParkReason.FLOOD: mark("Too many mails came from this address within ten minutes."),
    ParkReason.TOO_BIG: mark("It is too big; only its beginning was kept."),
    ParkReason.NOT_PERMITTED: mark("The sender may not write on the record that it names."),
    ParkReason.NO_RECEIVER: mark("No procedure takes such mails."),
}
_TABS = (
    (MailInState.PARKED, mark("To decide")),
    (MailInState.STARTED, mark("Began a record")),
    (MailInState.ADDED, mark("Added to a record")),
    (MailInState.DISCARDED, mark("Given up")),
)


@pages.record_once
def _programs_have_no_page(state: BlueprintSetupState) -> None:
    for endpoint in ("intake.alert", "intake.mail"):
        state.app.extensions["csrf_exempt"].add(endpoint)


@pages.post("/intake/alerts")
@public
def alert() -> tuple[Response, int]:
    """Take an alert; the token of the source is the permission."""
    try:
        taken = engine().execute(ReportAlert(document=request.get_json(silent=True), credentials=_credentials()))
    except CommandRejected as error:
        return _refused(error)
    record, state = (taken.record_number, taken.state.value) if taken else (None, "unknown")
    return jsonify(record=record, state=state), 200


@pages.post("/intake/mail")
@public
def mail() -> tuple[Response, int]:
    """Take a mail as it came over the wire (message/rfc822); the token of the source is the permission."""
    try:
        outcome = engine().execute(ReceiveMail(raw=request.get_data(), credentials=_credentials()))
    except CommandRejected as error:
        return _refused(error)
    return jsonify(record=outcome.record_number, state=outcome.state.value), 200


@pages.get("/intake/mails")
@needs(PERSON)
def mails() -> str:
    """Show mails that wait, and what became of others."""
    return _page()


@pages.post("/intake/mails/<int:key>/release")
@needs(PERSON)
def release(key: int) -> Response | tuple[str, int]:
    """Begin a record with a parked mail."""
    command = ReleaseMail(key=key, message=request.form.get("message", ""), actor=actor())
    return _done(lambda: engine().execute(command), gettext("The mail went on."))


@pages.post("/intake/mails/<int:key>/discard")
@needs(PERSON)
def discard(key: int) -> Response | tuple[str, int]:
    """Give a parked mail up."""
    command = DiscardMail(key=key, reason=request.form.get("reason", ""), actor=actor())
    return _done(lambda: engine().execute(command), gettext("The mail was given up."))


def _credentials() -> Credentials:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return Credentials(
        token if kind.lower() == "bearer" else "",
        request.get_data(),
        request.headers.get("X-Clause8-Timestamp", ""),
        request.headers.get("X-Clause8-Signature", ""),
    )


def _refused(error: CommandRejected) -> tuple[Response, int]:
    status = 401 if isinstance(error, NotPermitted) else status_of(error)
    return jsonify(error=error.label.en, error_id=error.label.id), status


def _done(do: Callable[[], object], told: str) -> Response | tuple[str, int]:
    try:
        do()
    except CommandRejected as error:
        return _page(words(error.label)), status_of(error)
    flash(told, "success")
    return redirect(url_for("intake.mails"))


def _page(error: str = "") -> str:
    known = {state.value: state for state, _text in _TABS}
    state = known.get(request.args.get("tab", ""), MailInState.PARKED)
    before = request.args.get("before")
    page = engine().ask(IncomingPage(actor=actor(), state=state, before=before))
    tabs = [
        (
            gettext(text),
            url_for("intake.mails", tab=one.value),
            one is state,
            page.parked if one is MailInState.PARKED else None,
        )
        for one, text in _TABS
    ]
    return render_template(
        "intake/mails.html",
        page=page,
        tabs=tabs,
        state=state.value,
        before=before,
        error=error,
        why=lambda one: gettext(_REASONS[one.reason]),
    )
