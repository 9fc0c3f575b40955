"""The step `edit` of a scenario: what a person changes in a form of a record; the other answers stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.commands.context import CommandContext
from engine.commands.edit_record import EditRecord
from engine.commands.record_forms import require_editable
from engine.engine import Engine
from engine.model import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answers:
    number: str
    element_id: str
    actor: Actor

    def run(self, context: CommandContext) -> tuple[dict[str, Any], str]:
        found = require_editable(context, self.actor, self.number, self.element_id)
        return {name: found.variables.get(name) for name in found.form.keys}, found.seen


def edit_of(engine: Engine, arguments: Mapping[str, Any], actor: Actor) -> EditRecord:
    """Return the command of the step {record, element, form, by, reason}; raises what asking for the form raises."""
    number, element_id = str(arguments["record"]), str(arguments["element"])
    answers, seen = engine.ask(_Answers(number=number, element_id=element_id, actor=actor))
    return EditRecord(
        number=number,
        element_id=element_id,
        submitted=_over(answers, arguments["form"] or {}),
        seen=seen,
        reason=str(arguments.get("reason") or "Scenario"),
        actor=actor,
    )


def _over(before: Any, changed: Any) -> Any:
    if isinstance(before, Mapping) and isinstance(changed, Mapping):
        return {**before, **{name: _over(before.get(name), value) for name, value in changed.items()}}
    return changed
