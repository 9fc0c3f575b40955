"""Which spec executes which element of a diagram."""

from __future__ import annotations

from engine.bpmn.definition import Element, given
from engine.bpmn.elements.ad_hoc import AdHocSubProcess
from engine.bpmn.elements.boundary_event import BoundaryEvent
from engine.bpmn.elements.business_rule_task import BusinessRuleTask
from engine.bpmn.elements.call_activity import CallActivity
from engine.bpmn.elements.catch_event import CatchEvent
from engine.bpmn.elements.element import ElementSpec
from engine.bpmn.elements.event_based_gateway import EventBasedGateway
from engine.bpmn.elements.exclusive_gateway import ExclusiveGateway
from engine.bpmn.elements.inclusive_gateway import InclusiveGateway
from engine.bpmn.elements.job_task import JobTask
from engine.bpmn.elements.loop import MultiInstanceBody, StandardLoopBody
from engine.bpmn.elements.message_throw import MessageThrow
from engine.bpmn.elements.parallel_gateway import ParallelGateway
from engine.bpmn.elements.process import CompensationScope, ProcessRoot, SubProcess
from engine.bpmn.elements.script_task import ScriptTask
from engine.bpmn.elements.start_event import StartEvent
from engine.bpmn.elements.throw_event import (
    CancelEnd,
    CompensationThrow,
    ErrorEnd,
    EscalationThrow,
    LinkThrow,
    SignalThrow,
    TerminateEnd,
    ThrowEvent,
)
from engine.bpmn.elements.transaction import Transaction
from engine.bpmn.elements.user_task import UserTask
from engine.bpmn.spiff import ProcessSpec

_BY_TYPE: dict[str, type[ElementSpec]] = {
    "task": ElementSpec,
    "manualTask": ElementSpec,
    "userTask": UserTask,
    "serviceTask": JobTask,
    "sendTask": MessageThrow,
    "receiveTask": CatchEvent,
    "scriptTask": ScriptTask,
    "businessRuleTask": BusinessRuleTask,
    "callActivity": CallActivity,
    "subProcess": SubProcess,
    "transaction": Transaction,
    "adHocSubProcess": AdHocSubProcess,
    "exclusiveGateway": ExclusiveGateway,
    "parallelGateway": ParallelGateway,
    "inclusiveGateway": InclusiveGateway,
    "eventBasedGateway": EventBasedGateway,
    "startEvent": StartEvent,
    "boundaryEvent": BoundaryEvent,
}
_CATCHING: dict[str, type[ElementSpec]] = {
    "message": CatchEvent,
    "timer": CatchEvent,
    "signal": CatchEvent,
    "conditional": CatchEvent,
    "link": ElementSpec,
}
_THROWING: dict[str, type[ElementSpec]] = {
    "none": ThrowEvent,
    "message": MessageThrow,
    "signal": SignalThrow,
    "escalation": EscalationThrow,
    "compensate": CompensationThrow,
}
_BY_EVENT: dict[str, dict[str, type[ElementSpec]]] = {
    "intermediateCatchEvent": _CATCHING,
    "intermediateThrowEvent": {**_THROWING, "link": LinkThrow},
    "endEvent": {**_THROWING, "error": ErrorEnd, "terminate": TerminateEnd, "cancel": CancelEnd},
}
_START_KINDS = frozenset(("none", "message", "timer", "signal", "conditional"))
_EVENT_START_KINDS = (_START_KINDS - {"none"}) | {"error", "escalation", "compensate"}
_BOUNDARY_KINDS = _EVENT_START_KINDS | {"cancel"}


def spec_class(element: Element) -> type[ElementSpec] | None:
    """Return the class that executes an element, None when nothing does."""
    if element.type in _BY_EVENT:
        return _BY_EVENT[element.type].get(element.event_kind)
    return _BY_TYPE.get(element.type)


def start_kinds(is_event_subprocess: bool) -> frozenset[str]:
    """Return the kinds of start events."""
    return _EVENT_START_KINDS if is_event_subprocess else _START_KINDS


def boundary_kinds() -> frozenset[str]:
    """Return the kinds of boundary events."""
    return _BOUNDARY_KINDS


def add_element(process: ProcessSpec, element: Element) -> ElementSpec:
    """Add the specs of an element: of a looped activity the body and the turn; return what flows lead to."""
    found = given(spec_class(element))
    if found in (SubProcess, Transaction):
        CompensationScope(process, f"{element.id}#undo", element)
    if element.loop is None:
        return found(process, element.id, element)
    body = StandardLoopBody if element.loop.kind == "standard" else MultiInstanceBody
    turn = found(process, f"{element.id}#turn", element)
    turn.make_turn()
    return body(process, element.id, element)


def add_root(process: ProcessSpec, element: Element) -> ElementSpec:
    """Add the spec of the process itself."""
    return ProcessRoot(process, element.id, element)
