"""How a person hears of notifications; what leaves by mail and webhook, for who operates the product."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import (
    AddWebhook,
    ChooseMailPace,
    CommandRejected,
    DeliveryState,
    DiscardDelivery,
    MailPace,
    MyMailChoice,
    OutgoingPage,
    RetryDeliveries,
    SwitchWebhook,
)
from webapp.access import PERSON, needs
from webapp.engine_access import actor, engine
from webapp.errors import status_of
from webapp.i18n import gettext, mark, words
from webapp.navigation import NavigationItem

pages = Blueprint("notices", __name__, template_folder="templates")

_OBSERVERS = ("administrator", "auditor")
_ADMINISTRATORS = ("administrator",)
NAVIGATION = (
    NavigationItem("notices.outgoing", mark("Outgoing mail"), "mail-forward", "operate", 46, roles=_OBSERVERS),
)
_TABS = (
    (DeliveryState.WAITING, mark("Waiting")),
    (DeliveryState.FAILED, mark("Failed")),
    (DeliveryState.SENT, mark("Sent")),
    (DeliveryState.DISCARDED, mark("Given up")),
)


@pages.get("/notifications/mail")
@needs(PERSON)
def choice() -> str:
    """Show how often mails come."""
    return render_template("notices/choice.html", choice=engine().ask(MyMailChoice(actor=actor())))


@pages.post("/notifications/mail")
@needs(PERSON)
def choose() -> Response:
    """Write how often mails should come."""
    known = {pace.value: pace for pace in MailPace}
    pace = known.get(request.form.get("pace", ""), MailPace.AT_ONCE)
    engine().execute(ChooseMailPace(pace=pace, actor=actor()))
    flash(gettext("Saved."), "success")
    return redirect(url_for("notices.choice"))


@pages.get("/outgoing")
@needs(*_OBSERVERS)
def outgoing() -> str:
    """Show what waits, failed, was sent."""
    return _page()


@pages.post("/outgoing/retry")
@needs(*_ADMINISTRATORS)
def retry() -> Response | tuple[str, int]:
    """Send again: one, or all that failed."""
    key = request.form.get("key", type=int)
    command = RetryDeliveries(keys=(key,) if key else None, actor=actor())
    return _done(lambda: engine().execute(command), gettext("It is sent again at once."))


@pages.post("/outgoing/<int:key>/discard")
@needs(*_ADMINISTRATORS)
def discard(key: int) -> Response | tuple[str, int]:
    """Give one up."""
    command = DiscardDelivery(key=key, actor=actor())
    return _done(lambda: engine().execute(command), gettext("It was given up."))


@pages.post("/outgoing/webhooks")
@needs(*_ADMINISTRATORS)
def add_webhook() -> Response | tuple[str, int]:
    """Add a webhook; its secret is shown in the list."""
    events = tuple(request.form.get("events", "").replace(",", " ").split())
    name, url = request.form.get("name", ""), request.form.get("url", "")
    command = AddWebhook(name=name, url=url, events=events, actor=actor())
    return _done(lambda: engine().execute(command), gettext("The webhook was added."))


@pages.post("/outgoing/webhooks/<int:key>")
@needs(*_ADMINISTRATORS)
def switch_webhook(key: int) -> Response | tuple[str, int]:
    """Turn a webhook on or off."""
    command = SwitchWebhook(key=key, is_active=request.form.get("on") == "1", actor=actor())
    return _done(lambda: engine().execute(command), gettext("Saved."))


def _done(do: Callable[[], object], told: str) -> Response | tuple[str, int]:
    try:
        do()
    except CommandRejected as error:
        return _page(words(error.label)), status_of(error)
    flash(told, "success")
    return redirect(url_for("notices.outgoing"))


def _page(error: str = "") -> str:
    known = {state.value: state for state, _text in _TABS}
    state = known.get(request.args.get("tab", ""), DeliveryState.WAITING)
    before = request.args.get("before")
    page = engine().ask(OutgoingPage(actor=actor(), state=state, before=before))
    counts = {DeliveryState.WAITING: page.waiting, DeliveryState.FAILED: page.failed}
    tabs = [
        (gettext(text), url_for("notices.outgoing", tab=one.value), one is state, counts.get(one))
        for one, text in _TABS
    ]
    return render_template("notices/outgoing.html", page=page, tabs=tabs, state=state.value, before=before, error=error)
