"""A process ready to run: its specs and what others want to know of it. Immutable, shared by threads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from engine import feel
from engine.bpmn.definition import Element, ElementInfo, Flow, References, StartEvent, TimerDefinition, given
from engine.bpmn.elements.inclusive_gateway import InclusiveGateway
from engine.bpmn.elements.registry import add_element, add_root
from engine.bpmn.elements.throw_event import LinkThrow
from engine.bpmn.expressions import Expression
from engine.bpmn.graph import upstream_of
from engine.bpmn.reading.document import line_of
from engine.bpmn.reading.processes import ProcessSource
from engine.bpmn.spiff import ProcessSpec, build_spec
from engine.bpmn.timing import Schedule, next_schedule, schedule_of
from engine.model import Binding, Finding, Label

#: Names of messages and signals that start a process do not depend on the time.
_NO_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ExecutableProcess:
    """One process of a file."""

    process_id: str
    name: Label
    version_tag: str | None
    properties: Mapping[str, str]
    start_events: tuple[StartEvent, ...]
    elements: Mapping[str, ElementInfo]
    flows: Mapping[str, Flow]
    referenced: References
    spec: ProcessSpec

    def start_timer(
        self, element_id: str, now: datetime, functions: Mapping[str, Callable[..., Any]]
    ) -> Schedule | None:
        """Return when a timer start event fires first after deployment at `now`; None when its FEEL gives no time."""
        timer = self._start_timer(element_id)
        return schedule_of(timer.kind, _value(timer, now, functions), now)

    def next_start_timer(
        self, element_id: str, fired: Schedule, now: datetime, functions: Mapping[str, Callable[..., Any]]
    ) -> Schedule | None:
        """Return the firing after `fired` of a timer start event, None when that was the last."""
        if fired.every != "=":
            return next_schedule(fired, now)
        schedule = schedule_of("cycle", _value(self._start_timer(element_id), now, functions), now)
        # A cycle that names the past again and again would never come to an end.
        return schedule if schedule is not None and schedule.due_at > now else None

    def _start_timer(self, element_id: str) -> TimerDefinition:
        return given(given(self.elements[element_id].event).timer)


@dataclass(frozen=True, slots=True)
class Definitions:
    """The executable processes of a file, and what is doubtful in it."""

    processes: tuple[ExecutableProcess, ...]
    warnings: tuple[Finding, ...]


def build_process(source: ProcessSource, file_name: str) -> ExecutableProcess:
    """Return the process of a source that was found valid."""

    def add_specs(_: str, spec: ProcessSpec) -> None:
        spec.start = add_root(spec, _root_element(source))
        for element in source.elements.values():
            add_element(spec, element)

    spec = build_spec(source.node, file_name, source.process_id, add_specs)
    _join(source, spec)
    return ExecutableProcess(
        process_id=source.process_id,
        name=source.name,
        version_tag=source.version_tag,
        properties=MappingProxyType(source.properties),
        start_events=tuple(_start_events(source)),
        elements=MappingProxyType(source.elements),
        flows=MappingProxyType(source.flows),
        referenced=_references(source),
        spec=spec,
    )


def _root_element(source: ProcessSource) -> Element:
    """Return the process as an element; it may have listeners of its own."""
    return Element(
        id=source.process_id,
        type="process",
        line=line_of(source.node),
        name=source.name,
        inner=tuple(element.id for element in source.elements.values() if element.scope is None),
        execution_listeners=source.execution_listeners,
    )


def _join(source: ProcessSource, spec: ProcessSpec) -> None:
    """Tell inclusive gateways what is upstream, and link throw events where they lead."""
    for element in source.elements.values():
        found = spec.spec(element.id)
        if isinstance(found, InclusiveGateway):
            found.upstream = upstream_of(element, source.elements)
        elif isinstance(found, LinkThrow):
            found.target = link_target(element, source.elements)


def link_target(thrower: Element, elements: Mapping[str, Element]) -> str:
    """Return the id of the link catch event that a link throw event leads to, "" when there is none."""
    for element in elements.values():
        is_catch = element.type == "intermediateCatchEvent" and element.event_kind == "link"
        if is_catch and element.scope == thrower.scope and _link_name(element) == _link_name(thrower):
            return element.id
    return ""


def _link_name(element: Element) -> str:
    return element.event.link_name if element.event else ""


def _start_events(source: ProcessSource) -> list[StartEvent]:
    found = []
    for element in source.elements.values():
        if element.type != "startEvent" or element.scope is not None:
            continue
        event, form = element.event, element.user_task
        message = event.message if event else None
        found.append(
            StartEvent(
                element_id=element.id,
                kind=element.event_kind,
                name=element.name,
                message_name=_constant(message.name) if message else "",
                correlation_key=message.correlation_key if message else None,
                timer=event.timer if event else None,
                signal_name=_constant(event.signal_name) if event and event.signal_name else "",
                condition=event.condition if event else None,
                form_id=form.form_id if form else None,
                form_binding=form.form_binding if form else Binding.LATEST,
                form_version_tag=form.form_version_tag if form else None,
                properties=element.properties,
            )
        )
    return found


def _references(source: ProcessSource) -> References:
    elements = source.elements.values()

    def constants(expressions: list[Expression | None]) -> tuple[str, ...]:
        found = (expression.constant for expression in expressions if expression is not None)
        return tuple(dict.fromkeys(text for text in found if text))

    return References(
        process_ids=constants([e.called_process.id if e.called_process else None for e in elements]),
        decision_ids=constants([e.called_decision.id if e.called_decision else None for e in elements]),
        form_ids=tuple(dict.fromkeys(element.form_id for element in elements if element.form_id)),
        job_types=constants(
            [e.job.type if e.job else None for e in elements]
            + [listener.type for e in elements for listener in (*e.execution_listeners, *e.task_listeners)]
        ),
    )


def _constant(expression: Expression) -> str:
    """Return constant text, or what FEEL without variables gives (start events have no instance yet)."""
    if expression.constant is not None:
        return expression.constant
    try:
        value = expression.value({}, _NO_MOMENT, {})
    except feel.FeelError:
        value = None
    return value if isinstance(value, str) else ""


def _value(timer: TimerDefinition, now: datetime, functions: Mapping[str, Callable[..., Any]]) -> Any:
    try:
        return timer.value.value({}, now, functions)
    except feel.FeelError:
        return None
