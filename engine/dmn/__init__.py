"""Decisions by DMN 1.2 to 1.5, on top of FEEL: requirement graphs, tables, boxed expressions, services."""

from .analysis import Problem, TableFinding, analyze
from .constants import constants_of
from .definitions import Definitions, imported_namespaces, parse_decisions
from .difference import compare_decisions
from .explanation import DecisionExplanation, DecisionResult, TableExplanation
from .files import decide, evaluate
from .model import Decision, DecisionTable, HitPolicy
from .needed import inputs_of
from .xml import read_xml
from .xml_mistakes import xml_mistake

__all__ = [
    "Decision",
    "DecisionExplanation",
    "DecisionResult",
    "DecisionTable",
    "Definitions",
    "HitPolicy",
    "Problem",
    "TableExplanation",
    "TableFinding",
    "analyze",
    "compare_decisions",
    "constants_of",
    "decide",
    "evaluate",
    "imported_namespaces",
    "inputs_of",
    "parse_decisions",
    "read_xml",
    "xml_mistake",
]
