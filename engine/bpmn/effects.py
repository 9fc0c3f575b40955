"""What a run of an instance wants written: plain values that `engine/commands` turns into rows.

The order of the effects is the order in which things happened; history keeps it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.model import Binding, ElementState, JobKind, Label


@dataclass(frozen=True, slots=True)
class ElementEntered:
    """A new element instance; `key` is unique for ever, `scope_key` is the enclosing scope's."""

    key: int
    element_id: str
    element_type: str
    scope_key: int


@dataclass(frozen=True, slots=True)
class ElementLeft:
    """An element instance ended."""

    key: int
    element_id: str
    element_type: str
    state: ElementState
    taken_flows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UserTaskOpened:
    """A person must do something; `key` is the element instance's."""

    key: int
    element_id: str
    name: Label
    assignee: str | None
    candidate_groups: tuple[str, ...]
    candidate_users: tuple[str, ...]
    due_at: datetime | None
    follow_up_at: datetime | None
    priority: int
    form_id: str | None
    form_binding: Binding
    form_version_tag: str | None
    properties: Mapping[str, str] = field(default_factory=dict)  #: `clause8:` properties of the element


@dataclass(frozen=True, slots=True)
class UserTaskChanged:
    """Properties of an open user task changed (assign, update, listener corrections): name -> new value."""

    key: int
    element_id: str
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class UserTaskEnded:
    """An open user task was completed or canceled."""

    key: int
    element_id: str
    state: ElementState


@dataclass(frozen=True, slots=True)
class TimerStarted:
    """A timer waits until `due_at`; `repetitions_left` counts firings after this one, None = without end."""

    key: int
    element_instance_key: int
    element_id: str
    due_at: datetime
    repetitions_left: int | None = 0


@dataclass(frozen=True, slots=True)
class TimerEnded:
    """A timer fired for the last time or is no longer needed."""

    key: int


@dataclass(frozen=True, slots=True)
class JobOpened:
    """Work for a worker or the pump."""

    key: int
    kind: JobKind
    type: str
    element_instance_key: int
    element_id: str
    headers: Mapping[str, str]
    retries: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class JobChanged:
    """A failed job got other retries, a back-off or an error text."""

    key: int
    element_id: str
    retries: int
    due_at: datetime
    last_error: str


@dataclass(frozen=True, slots=True)
class JobEnded:
    """A job was completed or is no longer needed."""

    key: int


@dataclass(frozen=True, slots=True)
class SubscriptionOpened:
    """An element instance waits for a message."""

    key: int
    message_name: str
    correlation_key: str
    element_instance_key: int
    element_id: str
    is_interrupting: bool = True


@dataclass(frozen=True, slots=True)
class SubscriptionClosed:
    """Nothing waits for that message here any more."""

    key: int


@dataclass(frozen=True, slots=True)
class SignalSubscriptionOpened:
    """An element instance waits for a signal."""

    key: int
    signal_name: str
    element_instance_key: int
    element_id: str


@dataclass(frozen=True, slots=True)
class SignalSubscriptionClosed:
    """Nothing waits for that signal here any more."""

    key: int


@dataclass(frozen=True, slots=True)
class MessageThrown:
    """A throw event without a job publishes this (decision 4); `message_id` makes a retry harmless."""

    element_instance_key: int
    element_id: str
    name: str
    correlation_key: str
    message_id: str
    time_to_live: str | None  #: ISO 8601 duration, from the message's `clause8:ttl`
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SignalThrown:
    """Broadcast to every instance and definition that waits for it."""

    element_instance_key: int
    element_id: str
    name: str
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChildRequested:
    """A call activity wants a child instance of `process_id`; `child_key` is the key it shall get."""

    element_instance_key: int
    element_id: str
    child_key: int
    process_id: str
    binding: Binding
    version_tag: str | None
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChildCanceled:
    """The call activity was ended, so its child must end too."""

    child_key: int


@dataclass(frozen=True, slots=True)
class FaultOpened:
    """An element instance (or a job of it) is stuck."""

    key: int
    element_instance_key: int
    element_id: str
    job_key: int | None
    kind: str
    reason: Label


@dataclass(frozen=True, slots=True)
class FaultResolved:
    """A fault is over: the operator resolved it, or its element instance ended."""

    key: int


@dataclass(frozen=True, slots=True)
class DecisionEvaluated:
    """A business rule task evaluated a decision; the explanation is kept with the history."""

    element_instance_key: int
    element_id: str
    decision_id: str
    explanation: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class VariableChanged:
    """A variable of a scope has a new value; `value` is JSON-able."""

    scope_key: int
    name: str
    value: Any
    is_new: bool


@dataclass(frozen=True, slots=True)
class ScopeRemoved:
    """A scope ended: its variables go."""

    scope_key: int


@dataclass(frozen=True, slots=True)
class InstanceEnded:
    """The instance is over. `end_element_ids`: end events that were reached last."""

    is_canceled: bool
    variables: Mapping[str, Any]  #: of the process scope, for the calling instance
    end_element_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ErrorPropagated:
    """A called instance ended with a BPMN error (or escalation) that nothing in it catches."""

    code: str
    message: str
    variables: Mapping[str, Any]
    is_escalation: bool = False


Effect = (
    ElementEntered
    | ElementLeft
    | UserTaskOpened
    | UserTaskChanged
    | UserTaskEnded
    | TimerStarted
    | TimerEnded
    | JobOpened
    | JobChanged
    | JobEnded
    | SubscriptionOpened
    | SubscriptionClosed
    | SignalSubscriptionOpened
    | SignalSubscriptionClosed
    | MessageThrown
    | SignalThrown
    | ChildRequested
    | ChildCanceled
    | FaultOpened
    | FaultResolved
    | DecisionEvaluated
    | VariableChanged
    | ScopeRemoved
    | InstanceEnded
    | ErrorPropagated
)
