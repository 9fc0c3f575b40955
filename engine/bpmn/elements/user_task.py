"""User task: waits for a person. Task listeners are asked before each step and may deny or correct it.

`state_data["step"]` is the step under way while listeners are asked: `event`, `changes` (field -> JSON), `variables`,
`asked` (number of listeners done). Source: Camunda 8, user tasks and task listeners.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.bpmn.definition import UserTaskDefinition
from engine.bpmn.effects import UserTaskChanged, UserTaskEnded, UserTaskOpened
from engine.bpmn.elements.element import ElementSpec
from engine.bpmn.elements.jobs import open_listener
from engine.bpmn.expressions import Expression
from engine.bpmn.spiff import ElementInstance
from engine.bpmn.timing import parse_moment
from engine.errors import InputInvalid
from engine.model import ElementState, JobKind, Label

if TYPE_CHECKING:
    from engine.bpmn.run import Run

#: Source: Camunda 8, user task priority.
DEFAULT_PRIORITY = 50
_MOMENT = Label("a date and time", "tanggal dan waktu")
_PRIORITY = Label("a number from 0 to 100", "bilangan 0 sampai 100")
_MOMENTS = ("due_at", "follow_up_at")
#: What `assign` and `update` may change, and listeners may correct.
CHANGEABLE = ("assignee", "candidate_groups", "candidate_users", "due_at", "follow_up_at", "priority")
_NOT_DENIABLE = ("creating", "canceling")


class UserTask(ElementSpec):
    """`state_data["is_open"]` tells that people see it."""

    def act(self, run: Run, instance: ElementInstance) -> bool:
        """Open it for people, after the listeners of `creating` agree."""
        self.begin(run, instance, "creating", self._fields(run, instance), {})
        return False

    def begin(
        self,
        run: Run,
        instance: ElementInstance,
        event: str,
        changes: Mapping[str, Any],
        variables: Mapping[str, Any],
    ) -> None:
        """Take a step, or ask its listeners first."""
        step = {"event": event, "changes": dict(changes), "variables": dict(variables), "asked": 0}
        self._ask(run, instance, step)

    def listener_done(self, run: Run, instance: ElementInstance, result: Mapping[str, Any]) -> None:
        """Go on after a task listener; `result` may hold `denied` and `corrections`.

        Raises InputInvalid for a denial of what cannot be denied or a correction of an unknown field.
        """
        step: dict[str, Any] = instance.state_data["step"]
        if result.get("denied") and step["event"] in _NOT_DENIABLE:
            raise _not_deniable(step["event"])
        corrections = as_data(result.get("corrections") or {})
        run.close_job(instance)
        if result.get("denied"):
            instance.state_data.pop("step")
            return
        step["changes"].update(corrections)
        step["asked"] += 1
        self._ask(run, instance, step)

    def leaving(self, run: Run, instance: ElementInstance) -> None:
        """Close it for people."""
        super().leaving(run, instance)
        self._close(run, instance, ElementState.COMPLETED)

    def holds_back(self, run: Run, instance: ElementInstance) -> bool:
        """Ask the listeners of `canceling` first, once."""
        data = instance.state_data
        is_asked = data.get("step", {}).get("event") == "canceling"
        asks = data.get("is_open") and any(item.event == "canceling" for item in self.element.task_listeners)
        if asks and not is_asked:
            run.close_job(instance)
            run.close_fault(instance)
            self.begin(run, instance, "canceling", {}, {})
        return bool(asks)

    def withdraw(self, run: Run, instance: ElementInstance) -> None:
        """Take it away from people."""
        self._close(run, instance, ElementState.CANCELED)

    def _ask(self, run: Run, instance: ElementInstance, step: dict[str, Any]) -> None:
        listeners = [listener for listener in self.element.task_listeners if listener.event == step["event"]]
        if step["asked"] < len(listeners):
            instance.state_data["step"] = step
            open_listener(run, instance, JobKind.TASK_LISTENER, listeners[step["asked"]])
            return
        instance.state_data.pop("step", None)
        if step["event"] == "creating":
            self._open(run, instance, step["changes"])
            return
        if step["changes"]:
            changes = from_data(step["changes"])
            run.effects.append(UserTaskChanged(instance.key, self.element.id, changes))
        if step["event"] == "completing":
            run.complete(instance, step["variables"])
        elif step["event"] == "canceling":
            run.terminated(instance)

    def _open(self, run: Run, instance: ElementInstance, fields: Mapping[str, Any]) -> None:
        definition = self.element.user_task or UserTaskDefinition()
        values = from_data(fields)
        asks_first = any(listener.event == "assigning" for listener in self.element.task_listeners)
        assignee = values.pop("assignee")
        instance.state_data["is_open"] = True
        run.effects.append(
            UserTaskOpened(
                key=instance.key,
                element_id=self.element.id,
                name=self.element.name,
                assignee=None if asks_first else assignee,
                form_id=definition.form_id,
                form_binding=definition.form_binding,
                form_version_tag=definition.form_version_tag,
                properties=self.element.properties,
                **values,
            )
        )
        if asks_first and assignee:
            self.begin(run, instance, "assigning", {"assignee": assignee}, {})

    def _close(self, run: Run, instance: ElementInstance, state: ElementState) -> None:
        if instance.state_data.pop("is_open", False):
            run.effects.append(UserTaskEnded(instance.key, self.element.id, state))

    def _fields(self, run: Run, instance: ElementInstance) -> dict[str, Any]:
        """Return the fields as JSON; raises ExecutionFailed."""
        definition = self.element.user_task or UserTaskDefinition()
        return {
            "assignee": run.evaluate.optional_text(definition.assignee, instance),
            "candidate_groups": list(run.evaluate.names(definition.candidate_groups, instance)),
            "candidate_users": list(run.evaluate.names(definition.candidate_users, instance)),
            "due_at": _moment(run, instance, definition.due_at),
            "follow_up_at": _moment(run, instance, definition.follow_up_at),
            "priority": _priority(run, instance, definition.priority),
        }


def as_data(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return changes of a user task as JSON; raises InputInvalid for an unknown field."""
    unknown = sorted(set(changes) - set(CHANGEABLE))
    if unknown:
        raise InputInvalid(
            Label(
                f"A user task has no field {', '.join(unknown)} to change. Use {', '.join(CHANGEABLE)}.",
                f"Tugas tidak mempunyai isian {', '.join(unknown)}. Gunakan {', '.join(CHANGEABLE)}.",
            )
        )
    data = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in changes.items()}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in data.items()}


def from_data(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields with tuples and datetimes."""
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    moments = {name: parse_moment(str(values[name])) for name in _MOMENTS if values.get(name)}
    return {**values, **moments}


def _moment(run: Run, instance: ElementInstance, expression: Expression | None) -> str | None:
    text = run.evaluate.optional_text(expression, instance)
    if expression is None or text is None:
        return None
    moment = parse_moment(text)
    if moment is None:
        raise run.evaluate.failed(instance, _MOMENT, expression, text)
    return moment.isoformat()


def _priority(run: Run, instance: ElementInstance, expression: Expression | None) -> int:
    priority = run.evaluate.whole_number(expression, instance, DEFAULT_PRIORITY)
    if expression is not None and priority > 100:
        raise run.evaluate.failed(instance, _PRIORITY, expression, priority)
    return priority


def _not_deniable(event: str) -> InputInvalid:
    return InputInvalid(
        Label(
            f"A listener of {event} cannot deny it; fail the job instead.",
            f"Pendengar {event} tidak dapat menolaknya; gagalkan pekerjaannya.",
        )
    )
