"""What a diagram says, as frozen values: read once per deployed version, shared by all threads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from engine.bpmn.expressions import Expression
from engine.model import Binding, Label

T = TypeVar("T")
NO_LABEL = Label("", "")


def given(value: T | None) -> T:
    """Return a value that validation made sure of; ValueError says that it did not."""
    if value is None:
        raise ValueError("Expected a value that validation makes sure of")
    return value


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow; `condition` is None on a flow that is always taken."""

    id: str
    source: str
    target: str
    condition: Expression | None
    name: Label
    line: int


@dataclass(frozen=True, slots=True)
class VariableMapping:
    """`zeebe:input` or `zeebe:output`: the value of `source` goes to the path `target`."""

    source: Expression
    target: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JobDefinition:
    """`zeebe:taskDefinition`: work that somebody outside does."""

    type: Expression
    retries: Expression | None


@dataclass(frozen=True, slots=True)
class Listener:
    """An execution listener (`start`, `end`) or task listener (`creating`, `assigning`, ...): a job."""

    event: str
    type: Expression
    retries: Expression | None


@dataclass(frozen=True, slots=True)
class Message:
    """`bpmn:message`; `correlation_key` is None where the file gives none."""

    id: str
    name: Expression
    correlation_key: Expression | None
    time_to_live: str | None


@dataclass(frozen=True, slots=True)
class TimerDefinition:
    """When a timer is due; `kind` is `date`, `duration` or `cycle`."""

    kind: str
    value: Expression


@dataclass(frozen=True, slots=True)
class EventDefinition:
    """What an event waits for or throws. `kind` is the BPMN word without `EventDefinition`."""

    kind: str
    message: Message | None = None
    timer: TimerDefinition | None = None
    signal_name: Expression | None = None
    code: Expression | None = None  #: of an error or escalation; None catches every code
    condition: Expression | None = None
    variable_names: tuple[str, ...] = ()  #: whose changes let the condition be looked at; () = all
    variable_events: tuple[str, ...] = ("create", "update")
    link_name: str = ""
    activity_id: str | None = None  #: what a compensation throw event undoes; None = all of the scope


@dataclass(frozen=True, slots=True)
class UserTaskDefinition:
    """Who may do a user task, until when, with which form."""

    assignee: Expression | None = None
    candidate_groups: Expression | None = None
    candidate_users: Expression | None = None
    due_at: Expression | None = None
    follow_up_at: Expression | None = None
    priority: Expression | None = None
    form_id: str | None = None
    form_binding: Binding = Binding.LATEST
    form_version_tag: str | None = None


@dataclass(frozen=True, slots=True)
class Called:
    """A called process or decision and how its version is found."""

    id: Expression
    binding: Binding = Binding.LATEST
    version_tag: str | None = None
    propagate_to_child: bool = True
    propagate_to_parent: bool = True
    result_variable: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """A FEEL expression and the variable that takes its value."""

    expression: Expression
    result_variable: str


@dataclass(frozen=True, slots=True)
class Loop:
    """How often an activity is done. `kind` is `parallel`, `sequential` or `standard`."""

    kind: str
    collection: Expression | None = None
    cardinality: Expression | None = None
    input_element: str = ""
    output_collection: str = ""
    output_element: Expression | None = None
    completion_condition: Expression | None = None
    loop_condition: Expression | None = None
    is_tested_before: bool = False
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class AdHoc:
    """Which inner elements of an ad-hoc sub-process start, when it ends, and what it collects of each path."""

    active_elements: Expression | None = None
    completion_condition: Expression | None = None
    cancels_remaining: bool = True
    output_collection: str = ""
    output_element: Expression | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """A node of a process: task, event, gateway or sub-process.

    `type` is the BPMN tag; `scope` the id of the enclosing sub-process, None directly in the process.
    """

    id: str
    type: str
    line: int
    scope: str | None = None
    name: Label = NO_LABEL
    documentation: str = ""
    lanes: tuple[str, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    incoming: tuple[Flow, ...] = ()
    outgoing: tuple[Flow, ...] = ()
    default_flow: str | None = None
    event: EventDefinition | None = None
    attached_to: str | None = None
    is_interrupting: bool = True
    is_event_subprocess: bool = False
    is_for_compensation: bool = False
    compensation_handler: str | None = None  #: of a compensation boundary event: the associated activity
    boundary_events: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()  #: direct children of a sub-process
    inputs: tuple[VariableMapping, ...] = ()
    outputs: tuple[VariableMapping, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    execution_listeners: tuple[Listener, ...] = ()
    task_listeners: tuple[Listener, ...] = ()
    loop: Loop | None = None
    job: JobDefinition | None = None
    user_task: UserTaskDefinition | None = None
    called_process: Called | None = None
    called_decision: Called | None = None
    script: Script | None = None
    ad_hoc: AdHoc | None = None

    @property
    def form_id(self) -> str | None:
        """Return the id of the form, of a user task or a form start."""
        return self.user_task.form_id if self.user_task else None

    @property
    def candidate_groups(self) -> str:
        """Return the source text of the candidate groups."""
        groups = self.user_task.candidate_groups if self.user_task else None
        return groups.text if groups else ""

    @property
    def assignee(self) -> str:
        """Return the source text of the assignee."""
        assignee = self.user_task.assignee if self.user_task else None
        return assignee.text if assignee else ""

    @property
    def called_process_id(self) -> str:
        """Return the source text of the called process's id."""
        return self.called_process.id.text if self.called_process else ""

    @property
    def decision_id(self) -> str:
        """Return the source text of the called decision's id."""
        return self.called_decision.id.text if self.called_decision else ""

    @property
    def job_type(self) -> str:
        """Return the source text of the job type."""
        return self.job.type.text if self.job else ""

    @property
    def message_name(self) -> str:
        """Return the source text of the name of the message that the element waits for or throws."""
        return self.event.message.name.text if self.event and self.event.message else ""

    @property
    def event_kind(self) -> str:
        """Return `message`, `timer` ..., or `none`."""
        return self.event.kind if self.event else "none"


#: What callers outside the room know a node as.
ElementInfo = Element


@dataclass(frozen=True, slots=True)
class StartEvent:
    """A way to start a process. `kind`: none, message, timer, signal, conditional."""

    element_id: str
    kind: str
    name: Label
    message_name: str = ""
    correlation_key: Expression | None = None
    timer: TimerDefinition | None = None
    signal_name: str = ""
    condition: Expression | None = None
    form_id: str | None = None
    form_binding: Binding = Binding.LATEST
    form_version_tag: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class References:
    """What a process needs that other files give; only what is written as constant text."""

    process_ids: tuple[str, ...] = ()
    decision_ids: tuple[str, ...] = ()
    form_ids: tuple[str, ...] = ()
    job_types: tuple[str, ...] = ()
