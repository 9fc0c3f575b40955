"""What a link to a user task offers, and how things stand with it: open, used, decided, changed, expired.

The diagram says it in `clause8:link`, a FEEL context over the task's variables:

    {seal: any text that changes when what is asked changes,
     login: true when the person must be logged in too,
     declaration, declaration_id: what whoever answers declares,
     answers: [{name, label, label_id, tone, values: what the form gets, reason: path of a field that must be typed}],
     result: null while undecided, else a list of facts {label, label_id, value, value_id}}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine import feel
from engine.commands.announcing import LINK_PROPERTY
from engine.commands.authorisation import read_permissions, require_candidate
from engine.commands.context import CommandContext
from engine.commands.host_functions import lazy_host_functions
from engine.commands.segregation import require_deputy_allowed, require_no_conflict
from engine.commands.task_variables import task_cells, task_variables
from engine.errors import LinkNotFound, NotPermitted
from engine.model import Actor, LinkState, StandIn, UserTaskState
from engine.people import read_link_token
from engine.store.answer_links import AnswerLink, AnswerLinks
from engine.store.workplace.task_details import TaskDetails, task_details

PURPOSE = "answer"


@dataclass(frozen=True, slots=True)
class Offer:
    """A link with everything that deciding about it needs."""

    link: AnswerLink
    state: LinkState
    details: TaskDetails
    variables: Mapping[str, Any]
    asked: Mapping[str, Any]  #: what `clause8:link` gives
    stand_in: StandIn | None

    def answer(self, name: str) -> Mapping[str, Any] | None:
        """Return the answer of that name; None when the diagram offers none."""
        return next((one for one in self.answers if one.get("name") == name), None)

    @property
    def answers(self) -> tuple[Mapping[str, Any], ...]:
        """Return the answers that the diagram offers."""
        found = self.asked.get("answers")
        return tuple(one for one in found if isinstance(one, Mapping)) if isinstance(found, list) else ()


def find_link(context: CommandContext, token: str) -> AnswerLink:
    """Return the link that the token names; raises LinkNotFound."""
    number = read_link_token(context.link_keys, PURPOSE, token)
    link = None if number is None else AnswerLinks(context.work).find(number)
    if link is None:
        raise LinkNotFound("")
    return link


def read_offer(context: CommandContext, link: AnswerLink, person: Actor | None) -> Offer:
    """Return what the link offers; `person` is who is logged in, None when nobody.

    Raises NotPermitted when a rule or the end of an absence keeps the person of the link away.
    """
    details = task_details(context.work, link.task_key, link.user)
    permissions = read_permissions(context, Actor(link.user))
    variables = {**task_variables(context, details), "current_user": permissions.as_variable()}
    asked = _asked(context, details, variables)
    if details.task.state is UserTaskState.COMPLETED:
        return Offer(link, LinkState.USED, details, variables, asked, None)
    permissions.require_active()
    require_no_conflict(context, Actor(link.user), details.record_key, details.properties)
    if details.task.state is UserTaskState.CANCELED:
        return Offer(link, _why_canceled(link, asked), details, variables, asked, None)
    stand_in = require_candidate(context, permissions, task_cells(details.task))
    if stand_in is not None:
        require_no_conflict(context, Actor(link.user), details.record_key, details.properties, stand_in)
        require_deputy_allowed(context, stand_in, details.properties, variables)
    return Offer(link, _open_state(context, link, details, asked, person), details, variables, asked, stand_in)


def _asked(context: CommandContext, details: TaskDetails, variables: Mapping[str, Any]) -> Mapping[str, Any]:
    source = details.properties.get(LINK_PROPERTY, "").strip().removeprefix("=")
    try:
        found = feel.to_json(feel.compile(source)(variables, now=context.now, functions=lazy_host_functions(context)))
    except feel.FeelError as error:
        raise NotPermitted("link", error.label) from error
    return found if isinstance(found, Mapping) else {}


def _why_canceled(link: AnswerLink, asked: Mapping[str, Any]) -> LinkState:
    if asked.get("seal") != link.seal:
        return LinkState.CHANGED
    return LinkState.DECIDED if asked.get("result") else LinkState.EXPIRED


def _open_state(
    context: CommandContext, link: AnswerLink, details: TaskDetails, asked: Mapping[str, Any], person: Actor | None
) -> LinkState:
    due_at = details.task.due_at
    if asked.get("seal") != link.seal:
        return LinkState.CHANGED
    if due_at is not None and due_at <= context.now:
        return LinkState.EXPIRED
    if person is not None and person.user != link.user:
        return LinkState.NOT_YOURS
    # Anything but a clear "no" asks for a login: an expression that fails must not open the door wider.
    return LinkState.LOGIN if person is None and asked.get("login") is not False else LinkState.OPEN
