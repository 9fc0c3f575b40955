"""What a page sent back, as the form's own values: names become paths, rows come and go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.commands.authorisation import read_permissions, require_starter
from engine.commands.choices import FIND
from engine.commands.context import CommandContext
from engine.commands.start_process_instance import form_start, start_form_key
from engine.errors import ProcessDefinitionNotFound
from engine.forms import Form, decode
from engine.forms.paths import parse_path, put_at, value_at
from engine.model import Actor
from engine.queries.user_task_page import visible_task
from engine.store.resources import Resources

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedForm:
    """Decode the pairs of a user task's form, or of a process's start form when `user_task_key` is None.

    `add` names lists that get an empty row at the end, `remove` rows (`steps[1]`) that go. Nothing is
    checked here; CompleteUserTask and StartByForm do that. `keeps_blank_rows` for a form that is drawn again.
    """

    actor: Actor
    pairs: Pairs
    user_task_key: int | None = None
    process_id: str = ""
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    keeps_blank_rows: bool = False

    def run(self, context: CommandContext) -> dict[str, Any]:
        """Answer in a few statements; raises UserTaskNotFound, ProcessDefinitionNotFound or NotPermitted."""
        form = self._form(context)
        if form is None:
            return {}
        values = decode(form, self.pairs, keeps_blank_rows=self.keeps_blank_rows)
        change_rows(values, self.add, self.remove)
        return values | searches(self.pairs)

    def _form(self, context: CommandContext) -> Form | None:
        if self.user_task_key is None:
            key = self._start_form_key(context)
        else:
            key = visible_task(context, self.actor, self.user_task_key).task.form_key
        return None if key is None else context.definitions.form(context.work, key)

    def _start_form_key(self, context: CommandContext) -> int | None:
        definition = Resources(context.work).find_definition(self.process_id)
        if definition is None:
            raise ProcessDefinitionNotFound(self.process_id)
        require_starter(read_permissions(context, self.actor), definition)
        deployed = context.definitions.deployed(context.work, definition)
        return start_form_key(context, deployed, form_start(deployed))


def change_rows(values: dict[str, Any], add: Sequence[str], remove: Sequence[str]) -> None:
    """Give the lists named an empty row at the end, and take rows (`steps[1]`) away."""
    for name in add:
        _add_row(values, name)
    for name in remove:
        _remove_row(values, name)


def searches(pairs: Pairs) -> dict[str, Any]:
    """Return what is searched for in long lists of choices (`_find.<source>`), as OfferedChoices reads it."""
    prefix = f"{FIND}."
    found = {name.removeprefix(prefix): words for name, words in pairs if name.startswith(prefix) and words.strip()}
    return {FIND: found} if found else {}


def _add_row(values: dict[str, Any], name: str) -> None:
    path = parse_path(name)
    if path is None:
        return
    rows = value_at(values, path)
    if isinstance(rows, list):
        rows.append({})
    elif value_at(values, path[:-1]) is not None or len(path) == 1:
        put_at(values, path, [{}])


def _remove_row(values: dict[str, Any], name: str) -> None:
    path = parse_path(name)
    if path is None or not isinstance(path[-1], int):
        return
    rows = value_at(values, path[:-1])
    if isinstance(rows, list) and path[-1] < len(rows):
        del rows[path[-1]]
