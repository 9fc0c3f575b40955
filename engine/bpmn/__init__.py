"""BPMN in Camunda 8's dialect: parsed, validated and executed in memory. The only home of SpiffWorkflow."""

from engine.bpmn.context import ConnectorCall, ExecutionContext
from engine.bpmn.definition import Element, ElementInfo, Flow, References, StartEvent, TimerDefinition
from engine.bpmn.difference import compare_diagrams
from engine.bpmn.execution import Execution
from engine.bpmn.expressions import Expression
from engine.bpmn.foreign import foreign_extensions
from engine.bpmn.parse import parse
from engine.bpmn.process import Definitions, ExecutableProcess
from engine.bpmn.timing import Schedule, next_schedule

__all__ = [
    "ConnectorCall",
    "Definitions",
    "Element",
    "ElementInfo",
    "ExecutableProcess",
    "Execution",
    "ExecutionContext",
    "Expression",
    "Flow",
    "References",
    "Schedule",
    "StartEvent",
    "TimerDefinition",
    "compare_diagrams",
    "foreign_extensions",
    "next_schedule",
    "parse",
]
