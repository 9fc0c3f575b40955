"""Tells people of new user tasks, with a link by which the task can be answered where the diagram offers one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine import feel
from engine.errors import EngineError, InputInvalid
from engine.model import Label, Notification
from engine.outbox import Outbox, Template, parse_templates
from engine.people import stand_in_of
from engine.store.absences import Absences
from engine.store.answer_links import AnswerLink, AnswerLinks
from engine.store.notifications import Notifications

if TYPE_CHECKING:
    from engine.commands.runtime import Runtime

#: FEEL {template, number, data}: whoever gets the user task, and who stands in for that person, is told.
NOTIFY_PROPERTY = "clause8:notify"
#: FEEL {seal, login, answers, result ...}: the task may be answered by a link; see `engine/commands/answer_offer.py`.
LINK_PROPERTY = "clause8:link"

Row = dict[str, Any]


class _Gathered:
    """Notifications that wait to be inserted together."""

    def __init__(self) -> None:
        self.rows: list[Notification] = []

    def add(self, notifications: Sequence[Notification]) -> None:
        self.rows.extend(notifications)


def announce(runtime: Runtime, rows: Iterable[Row]) -> None:
    """Tell of the new tasks whose diagram asks for it: at most four statements, however many tasks there are.

    What cannot be told is noted in the history and stops nobody's work.
    """
    told = [row for row in rows if row["properties"].get(NOTIFY_PROPERTY)]
    if not told:
        return
    context = runtime.context
    deputies, _away = Absences(context.work, context.now).deputies()
    templates = parse_templates(context.definitions.documents(context.work).of_kind("templates"))
    notices: list[Notification] = []
    links: list[AnswerLink] = []
    for row in told:
        try:
            sent = _notices(runtime, row, _recipients(row, deputies), templates)
            links += _links(runtime, row, sent)
            notices += sent
        except (feel.FeelError, EngineError) as error:
            run = runtime.runs[row["instance_key"]]
            details = {"reason": error.label.en}
            runtime.note(run, "announcement_failed", element_id=row["element_id"], details=details)
    Notifications(context.work).add(notices)
    AnswerLinks(context.work).add(links)


def evaluated(runtime: Runtime, row: Row, name: str) -> Mapping[str, Any]:
    """Return what the FEEL of a property gives in the task's scope; raises FeelError or InputInvalid."""
    source = row["properties"][name].strip().removeprefix("=")
    variables = runtime.runs[row["instance_key"]].execution.variables_of(row["key"])
    found = feel.to_json(feel.compile(source)(variables, now=runtime.now, functions=runtime.host_functions))
    if not isinstance(found, Mapping):
        raise InputInvalid(Label(f"{name} gives no context.", f"{name} tidak menghasilkan konteks."))
    return found


def _recipients(row: Row, deputies: Mapping[str, str]) -> list[str]:
    """Return whom the task is for by name, and who stands in for those who are away."""
    named = [row["assignee"]] if row["assignee"] else list(row["candidate_users"])
    standing_in = (stand_in_of(name, deputies) for name in named)
    return list(dict.fromkeys([*named, *(name for name in standing_in if name)]))


def _notices(
    runtime: Runtime, row: Row, recipients: Sequence[str], templates: Mapping[str, Template]
) -> list[Notification]:
    asked = evaluated(runtime, row, NOTIFY_PROPERTY)
    gathered = _Gathered()
    context = runtime.context
    outbox = Outbox(gathered, templates, now=context.now, next_key=context.keys.next_key, zone=context.zone)
    data = asked.get("data")
    number = asked.get("number")
    outbox.send(
        str(asked.get("template")),
        recipients,
        number if isinstance(number, str) else None,
        data if isinstance(data, Mapping) else {},
    )
    return gathered.rows


def _links(runtime: Runtime, row: Row, notices: Iterable[Notification]) -> list[AnswerLink]:
    if not row["properties"].get(LINK_PROPERTY):
        return []
    seal = str(evaluated(runtime, row, LINK_PROPERTY).get("seal") or "")[:200]
    next_key = runtime.context.keys.next_key
    return [AnswerLink(next_key(), row["key"], told.user, told.key, seal, runtime.now) for told in notices]
