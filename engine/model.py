"""The frozen values and closed sets that every room shares; standard library only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, NewType

ProcessDefinitionKey = NewType("ProcessDefinitionKey", int)
ProcessInstanceKey = NewType("ProcessInstanceKey", int)
ElementInstanceKey = NewType("ElementInstanceKey", int)
#: A user task has the key of its element instance.
UserTaskKey = NewType("UserTaskKey", int)
JobKey = NewType("JobKey", int)
TimerKey = NewType("TimerKey", int)
MessageKey = NewType("MessageKey", int)
SubscriptionKey = NewType("SubscriptionKey", int)
FaultKey = NewType("FaultKey", int)
RecordKey = NewType("RecordKey", int)
DeploymentKey = NewType("DeploymentKey", int)
ResourceKey = NewType("ResourceKey", int)
BatchKey = NewType("BatchKey", int)

#: JSON-able data of an instance: None, bool, int, float, str, list, dict.
Variables = Mapping[str, Any]

LANGUAGES = ("id", "en")


@dataclass(frozen=True, slots=True)
class Label:
    """A text in both languages of the interface."""

    en: str
    id: str

    def text(self, language: str) -> str:
        """Return the text of `language` ("id" or "en"), else the other one where it is empty."""
        return (self.id or self.en) if language == "id" else (self.en or self.id)


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


class Binding(Enum):
    """Which version of a called process, form or decision is taken. Source: Camunda 8, resource binding."""

    LATEST = "latest"
    DEPLOYMENT = "deployment"
    VERSION_TAG = "versionTag"


class ResourceKind(Enum):
    """What a deployed file holds."""

    BPMN = "bpmn"
    DMN = "dmn"
    FORM = "form"
    DOCUMENT = "document"  #: YAML of `processes/_shared`: roles, rules, calendars, registers, templates


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `user` is a login name; the engine reads roles and groups itself."""

    user: str

    @property
    def is_system(self) -> bool:
        """Return whether the engine itself acts: timers, connectors, start-up."""
        return self.user == "system"


SYSTEM = Actor("system")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong (or doubtful) in a file: where, why, and what to do."""

    file: str
    line: int | None
    element_id: str | None
    reason: Label
    cure: Label
    is_error: bool = True
    rule: str = ""  #: stable name of the check, for tests and links


@dataclass(frozen=True, slots=True)
class ResourceFile:
    """A file handed to deployment: its name (with extension) and bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ProcessDefinition:
    """One deployed version of a process."""

    key: ProcessDefinitionKey
    process_id: str
    version: int
    version_tag: str | None
    name: Label
    deployment_key: DeploymentKey
    resource_key: ResourceKey
    resource_name: str
    deployed_at: datetime
    deployed_by: str
    properties: Mapping[str, str] = field(default_factory=dict)  #: `clause8:` properties of the process
    start_form_id: str | None = None  #: form of the form start, if it has one
    starters: tuple[str, ...] = ()  #: groups that may start it by form; empty = everyone


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
class MessageSubscription:
    """An element instance that waits for a message, or a message start event of a definition."""

    key: SubscriptionKey
    message_name: str
    correlation_key: str
    process_instance_key: ProcessInstanceKey | None
    process_definition_key: ProcessDefinitionKey
    element_instance_key: ElementInstanceKey | None
    element_id: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class BufferedMessage:
    """A published message that may still be correlated until it expires."""

    key: MessageKey
    name: str
    correlation_key: str
    message_id: str | None
    variables: Variables
    published_at: datetime
    expires_at: datetime


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


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """What happened: one link of a hash chain."""

    stream: str  #: `i:<instance key>`, `r:<record key>` or `system`
    sequence: int
    at: datetime
    actor: str
    on_behalf_of: str | None
    action: str  #: stable word, e.g. `user_task_completed`
    element_id: str | None
    element_instance_key: int | None
    process_definition_key: int | None
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Record:
    """A numbered record with its fields, of a process (`CHG-2026-000001`) or of a register (a service)."""

    key: RecordKey
    type: str
    number: str
    title: str
    state: str  #: stable word of the content: `open`, `closed` ...
    fields: Variables
    requester: str | None
    is_restricted: bool
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class RecordLink:
    """A typed link between two records; shown from both sides."""

    from_number: str
    to_number: str
    kind: str  #: caused_by, resolved_by, raised_from, part_of, duplicates, affects


@dataclass(frozen=True, slots=True)
class User:
    """A person who may log in."""

    name: str
    display_name: str
    email: str
    language: str
    unit: str
    is_active: bool
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A role of the organisation; a lane names it."""

    name: str
    label: Label


@dataclass(frozen=True, slots=True)
class Duty:
    """A person did this for a record; segregation rules look at it."""

    record_number: str
    duty: str
    user: str


@dataclass(frozen=True, slots=True)
class Notification:
    """A message to a person, shown in the product (mail is sent from the same row)."""

    key: int
    user: str
    subject: Label
    body: Label
    record_number: str | None
    created_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file, without its content; without a record until the form that carries it is completed."""

    key: int
    record_key: RecordKey | None
    name: str
    media_type: str
    size_bytes: int
    sha256: str
    uploaded_by: str
    uploaded_at: datetime


class ChangeKind(Enum):
    """What became of something between two versions of a file."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference of meaning between two versions of a diagram, decision or form; places on the canvas are none."""

    kind: ChangeKind
    element_id: str  #: of the element, rule, column or field that it is about
    element_type: str  #: BPMN or DMN tag, or the type of a form's component
    name: Label
    aspect: Label  #: what of it: assignee, condition ...; empty when the whole was added or removed
    before: str = ""
    after: str = ""


class BatchKind(Enum):
    """What a batch does to many process instances."""

    CANCEL = "cancel"
    RETRY = "retry"  #: every open execution fault of an instance is tried again
    MIGRATE = "migrate"
    MODIFY = "modify"


class BatchState(Enum):
    """Life of a batch operation."""

    PROPOSED = "proposed"  #: instances are chosen and nothing is done; may be looked at, started or discarded
    RUNNING = "running"  #: the pump works on one instance after the other; can be stopped
    STOPPED = "stopped"  #: can be started again; what was done stays done
    FINISHED = "finished"  #: every instance was done or refused; final
    DISCARDED = "discarded"  #: undone before it began; final


class BatchItemState(Enum):
    """What became of one process instance of a batch."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"  #: the command did not fit the instance, which is untouched


@dataclass(frozen=True, slots=True)
class Batch:
    """One operation on many process instances."""

    key: BatchKey
    kind: BatchKind
    state: BatchState
    plan: Mapping[str, Any]  #: what is done to each instance
    selection: Mapping[str, Any]  #: by which filter the instances were chosen, to be shown
    reason: str
    total: int
    done: int
    refused: int
    created_at: datetime
    created_by: str
    started_by: str | None
    started_at: datetime | None
    ended_at: datetime | None

    @property
    def waiting(self) -> int:
        """Return how many instances are still to be worked on."""
        return self.total - self.done - self.refused


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One process instance of a batch; `problem` says why it was refused."""

    process_instance_key: ProcessInstanceKey
    state: BatchItemState
    problem: Label | None
    at: datetime | None


__all__ = [
    "LANGUAGES",
    "SYSTEM",
    "Actor",
    "Attachment",
    "Batch",
    "BatchItem",
    "BatchItemState",
    "BatchKey",
    "BatchKind",
    "BatchState",
    "Binding",
    "BufferedMessage",
    "Change",
    "ChangeKind",
    "DeploymentKey",
    "Duty",
    "ElementInstance",
    "ElementInstanceKey",
    "ElementState",
    "Fault",
    "FaultKey",
    "FaultState",
    "Finding",
    "Group",
    "HistoryEntry",
    "Job",
    "JobKey",
    "JobKind",
    "JobState",
    "Label",
    "MessageKey",
    "MessageSubscription",
    "Notification",
    "ProcessDefinition",
    "ProcessDefinitionKey",
    "ProcessInstance",
    "ProcessInstanceKey",
    "ProcessInstanceState",
    "Record",
    "RecordKey",
    "RecordLink",
    "ResourceFile",
    "ResourceKey",
    "ResourceKind",
    "SubscriptionKey",
    "Timer",
    "TimerKey",
    "User",
    "UserTask",
    "UserTaskKey",
    "UserTaskState",
    "Variables",
]
