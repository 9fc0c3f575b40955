"""What the page behind a link of a notification shows: facts and buttons, or why it answers nothing any more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.commands.answer_offer import PURPOSE, Offer, find_link, read_offer
from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.model import Actor, Label, LinkState
from engine.people import link_token
from engine.queries.facts import facts, shown_facts
from engine.queries.readers import deputy_reader_of
from engine.queries.record_values import ShownValue
from engine.store.answer_links import AnswerLinks
from engine.store.workplace.places import instances_below
from engine.store.workplace.record_lists import display_names


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """One button."""

    name: str
    label: Label
    tone: str  #: success, danger or empty
    asks_reason: bool


@dataclass(frozen=True, slots=True)
class AnswerLinkData:
    """What the page shows; facts and answers only while the link is open."""

    state: LinkState
    user: str
    user_name: str
    for_name: str | None  #: for whom this person, a deputy, would answer
    task_key: int
    task_name: Label
    number: str | None
    title: str
    due_at: datetime | None
    facts: tuple[ShownValue, ...]
    answers: tuple[LinkAnswer, ...]
    declaration: Label | None
    result: tuple[ShownValue, ...]  #: what was decided meanwhile
    answered_by: str | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLinkPage:
    """Ask what a link offers to `person`, who is logged in (None: nobody). Nothing is counted or changed by asking.

    Raises LinkNotFound, NotPermitted.
    """

    token: str
    person: Actor | None = None

    def run(self, context: CommandContext) -> AnswerLinkData:
        """Answer."""
        offer = read_offer(context, find_link(context, self.token), self.person)
        task, is_open = offer.details.task, offer.state is LinkState.OPEN
        people = {offer.link.user, *(name for name in (task.completed_by, task.on_behalf_of) if name)}
        names = display_names(context.work, people)
        return AnswerLinkData(
            state=offer.state,
            user=offer.link.user,
            user_name=names.get(offer.link.user, offer.link.user),
            for_name=offer.stand_in.display_name if offer.stand_in else None,
            task_key=task.key,
            task_name=task.name,
            number=task.business_id,
            title=task.title,
            due_at=task.due_at,
            facts=_facts(context, offer) if is_open else (),
            answers=tuple(_answer(one) for one in offer.answers) if is_open else (),
            declaration=_both(offer.asked, "declaration") if is_open and offer.asked.get("declaration") else None,
            result=() if is_open else _result(context, offer),
            answered_by=names.get(task.completed_by or "", task.completed_by),
            answered_at=task.completed_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksOfNotifications:
    """Ask for the tokens of links: notification key -> token, of those of the actor that have one. Three statements."""

    keys: tuple[int, ...]
    actor: Actor

    def run(self, context: CommandContext) -> Mapping[int, str]:
        """Answer; empty where no key signs links. Raises NotPermitted when the account is not active."""
        read_permissions(context, self.actor).require_active()
        if not (self.keys and context.link_keys):
            return {}
        found = AnswerLinks(context.work).of_notifications(self.keys)
        own = {key: link for key, link in found.items() if self.actor.is_system or link.user == self.actor.user}
        return {key: link_token(context.link_keys, PURPOSE, link.key) for key, link in own.items()}


def _answer(asked: Mapping[str, Any]) -> LinkAnswer:
    tone = str(asked.get("tone") or "")
    return LinkAnswer(str(asked.get("name")), _both(asked, "label"), tone, bool(asked.get("reason")))


def _result(context: CommandContext, offer: Offer) -> tuple[ShownValue, ...]:
    reader = deputy_reader_of(context, Actor(offer.link.user))
    return shown_facts(context, reader, offer.asked.get("result"), _deployments(context, offer))


def _facts(context: CommandContext, offer: Offer) -> tuple[ShownValue, ...]:
    reader = deputy_reader_of(context, Actor(offer.link.user))
    task = offer.details.task
    found = facts(context, reader, offer.details.properties, offer.variables, _deployments(context, offer))
    said = {task.title, task.business_id, f"{task.business_id} {task.title}"}  # by the heading of the page
    return tuple(fact for fact in found if not (isinstance(fact.value, str) and fact.value in said))


def _deployments(context: CommandContext, offer: Offer) -> list[int]:
    root = instances_below(context.work, offer.details.root_instance_key)[0]
    keys = [offer.details.task.process_definition_key, root.process_definition_key]
    return [context.definitions.process(context.work, key).definition.deployment_key for key in keys]


def _both(entry: Mapping[str, Any], name: str) -> Label:
    text = str(entry.get(name) or "")
    return Label(text, str(entry.get(f"{name}_id") or text))
