"""Process instances and what is alive in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from engine.model.keys import (
    ElementInstanceKey,
    FaultKey,
    JobKey,
    ProcessDefinitionKey,
    ProcessInstanceKey,
    RecordKey,
    ResourceKey,
    TimerKey,
    UserTaskKey,
)
from engine.model.text import Label


class ProcessInstanceState(Enum):
    """The life of a process instance."""

    ACTIVE = "active"  #: runs or waits
    SUSPENDED = "suspended"  #: an operator halted it; refuses everything until resumed
    COMPLETED = "completed"  #: every path ended; final
    CANCELED = "canceled"  #: an operator or the calling instance ended it; final


class ElementState(Enum):
    """The life of an element instance."""

    ACTIVE = "active"  #: entered
    COMPLETED = "completed"  #: left along its outgoing flows; final
    CANCELED = "canceled"  #: ended by a boundary event, a terminate end or an operator; final


class UserTaskState(Enum):
    """The life of a user task."""

    CREATED = "created"  #: waits for a person; the only state that can be completed
    COMPLETED = "completed"  #: the form was accepted; final
    CANCELED = "canceled"  #: a boundary event or an operator ended it; final


class JobState(Enum):
    """The life of a job; what ended leaves the table."""

    OPEN = "open"  #: can be handed out when due (`retries` left, back-off over, lease over)
    FAILED = "failed"  #: no retries left, a Fault is open


class JobKind(Enum):
    """Why a job exists."""

    ELEMENT = "element"  #: the work of a service, send, script or business rule task or a throw event
    EXECUTION_LISTENER = "execution_listener"
    TASK_LISTENER = "task_listener"


class FaultState(Enum):
    """A stuck element instance, and whether it was mended."""

    OPEN = "open"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class ProcessInstance:
    """One run of one version."""

    key: ProcessInstanceKey
    process_definition_key: ProcessDefinitionKey
    process_id: str
    version: int
    state: ProcessInstanceState
    business_id: str | None
    record_key: RecordKey | None
    parent_instance_key: ProcessInstanceKey | None
    parent_element_instance_key: ElementInstanceKey | None
    root_instance_key: ProcessInstanceKey
    started_by: str
    started_at: datetime
    ended_at: datetime | None
    revision: int


@dataclass(frozen=True, slots=True)
class ElementInstance:
    """An entered element that has not been left."""

    key: ElementInstanceKey
    process_instance_key: ProcessInstanceKey
    element_id: str
    element_type: str  #: BPMN tag name, e.g. `userTask`
    scope_key: ElementInstanceKey | ProcessInstanceKey
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class UserTask:
    """Work that waits for a person."""

    key: UserTaskKey
    process_instance_key: ProcessInstanceKey
    process_definition_key: ProcessDefinitionKey
    process_id: str
    element_id: str
    name: Label
    process_name: Label
    state: UserTaskState
    assignee: str | None
    candidate_groups: tuple[str, ...]
    candidate_users: tuple[str, ...]
    due_at: datetime | None
    follow_up_at: datetime | None
    priority: int
    form_key: ResourceKey | None  #: resolved deployed form
    business_id: str | None
    title: str
    created_at: datetime
    completed_at: datetime | None
    completed_by: str | None
    revision: int  #: of the task; a form posts it back so that a stale page is noticed
    sod_rules: tuple[str, ...] = ()  #: segregation rules that bind who may claim and complete
    on_behalf_of: str | None = None  #: for whom a deputy has it, or completed it


@dataclass(frozen=True, slots=True)
class Timer:
    """A BPMN timer event that waits."""

    key: TimerKey
    process_instance_key: ProcessInstanceKey | None  #: None for a timer start event
    process_definition_key: ProcessDefinitionKey
    element_instance_key: ElementInstanceKey | None
    element_id: str
    due_at: datetime
    repetitions_left: int | None  #: None = without end


@dataclass(frozen=True, slots=True)
class Job:
    """Work for a worker or the pump."""

    key: JobKey
    kind: JobKind
    type: str
    process_instance_key: ProcessInstanceKey
    element_instance_key: ElementInstanceKey
    element_id: str
    headers: Mapping[str, str]
    retries: int
    state: JobState
    due_at: datetime
    worker: str | None
    deadline_at: datetime | None
    last_error: str | None


@dataclass(frozen=True, slots=True)
class Fault:
    """A stuck element instance: where, why, since when."""

    key: FaultKey
    process_instance_key: ProcessInstanceKey
    element_instance_key: ElementInstanceKey | None
    element_id: str
    job_key: JobKey | None
    kind: str  #: stable word: `expression`, `connector`, `job`, `error_uncaught`, `called_process`, `form`, `decision`
    reason: Label
    state: FaultState
    opened_at: datetime
    resolved_at: datetime | None
