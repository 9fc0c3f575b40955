"""What can never work is refused at deployment, naming line, element, reason and cure."""

from __future__ import annotations

from engine.bpmn.findings import Findings
from engine.bpmn.reading.processes import ProcessSource
from engine.bpmn.validation.activities import check_activities
from engine.bpmn.validation.check import Check
from engine.bpmn.validation.events import check_events
from engine.bpmn.validation.flows import check_flows
from engine.bpmn.validation.gateways import check_gateways
from engine.bpmn.validation.scopes import check_scopes

__all__ = ["validate"]


def validate(process: ProcessSource, findings: Findings) -> None:
    """Add everything that is wrong with a process to the findings."""
    check = Check(process, findings)
    check_flows(check)
    check_scopes(check)
    check_gateways(check)
    check_events(check)
    check_activities(check)
