"""Publish a message by hand: plays a partner that is not there, or repairs a lost one."""

from __future__ import annotations

from datetime import timedelta

from flask import render_template, request

from engine import (
    CommandRejected,
    InstanceFilter,
    InstanceLine,
    Instances,
    ProcessInstanceState,
    PublishableMessages,
    Published,
    PublishMessage,
)
from webapp.access import needs
from webapp.engine_access import actor, engine
from webapp.errors import status_of
from webapp.i18n import gettext, words
from webapp.monitor.blueprint import OPERATORS, pages
from webapp.monitor.json_input import JsonInputError, read_object

#: unit of the time to live -> how long one is
_UNITS = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1), "days": timedelta(days=1)}
_FIELDS = ("name", "key", "variables", "ttl", "unit", "message_id")
_MOST_SHOWN = 50
_DEFAULTS = {"ttl": "0", "unit": "days", "variables": "{}"}


@pages.get("/publish-message")
@needs(*OPERATORS)
def message() -> str:
    """Offer what waits for messages now; a click fills the form."""
    return _form()


@pages.post("/publish-message")
@needs(*OPERATORS)
def publish() -> str | tuple[str, int]:
    """Publish and say what became of it."""
    try:
        published = engine().execute(_read_command())
    except JsonInputError as error:
        return _form(error=error.text, place="variables", line=error.line, column=error.column), 422
    except _TimeToLiveInvalid as error:
        return _form(error=str(error), place="ttl"), 422
    except CommandRejected as error:
        return _form(error=words(error.label)), status_of(error)
    return _form(published=published)


class _TimeToLiveInvalid(Exception):
    """The number before the unit is none."""


def _read_command() -> PublishMessage:
    form = request.form
    return PublishMessage(
        name=form.get("name", "").strip(),
        correlation_key=form.get("key", "").strip(),
        variables=read_object(form.get("variables", "")),
        time_to_live=_time_to_live(form.get("ttl", ""), form.get("unit", "")),
        message_id=form.get("message_id", "").strip() or None,
        actor=actor(),
    )


def _time_to_live(number: str, unit: str) -> timedelta:
    text = number.strip() or "0"
    if not (text.isdecimal() and len(text) <= 6 and unit in _UNITS):
        raise _TimeToLiveInvalid(gettext("The time to live is a whole number, for example 30 days; 0 keeps nothing."))
    return int(text) * _UNITS[unit]


def _lines(published: Published) -> dict[int, InstanceLine]:
    """Return the instances that a message reached or started, as the list of instances shows them."""
    keys = (*published.correlated_instances, *published.started_instances)[:_MOST_SHOWN]
    if not keys:
        return {}
    wanted = InstanceFilter(states=tuple(ProcessInstanceState), keys=keys)
    found = engine().ask(Instances(actor=actor(), wanted=wanted, limit=_MOST_SHOWN))
    return {line.instance.key: line for line in found.lines}


def _form(published: Published | None = None, error: str = "", place: str = "", **where: int | None) -> str:
    search = request.args.get("q", "").strip()
    return render_template(
        "monitor/publish.html",
        page=engine().ask(PublishableMessages(actor=actor(), search=search)),
        search=search,
        typed=_DEFAULTS | {name: request.values[name] for name in _FIELDS if name in request.values},
        published=published,
        instances=_lines(published) if published else {},
        error=error,
        place=place,
        where=where,
    )
