"""What diagrams tell clocks, checked when they are deployed: nonsense is refused, the unknown is a warning."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from engine.bpmn import ExecutableProcess
from engine.commands.context import CommandContext
from engine.deadlines import catalogue_findings, document_findings, grammar_findings, target_findings
from engine.dmn import Definitions, constants_of
from engine.model import Binding, Finding, Label
from engine.store.resources import Resources

_CELL = Label("Correct the cell, or deploy the calendar.", "Perbaiki selnya, atau terapkan kalendernya.")
_CURE = Label("Deploy it, or correct the document.", "Terapkan, atau perbaiki dokumennya.")


def wrong_instructions(processes: Iterable[tuple[str, ExecutableProcess]]) -> list[Finding]:
    """Return what of (file name, process) no clock could ever obey."""
    return [
        finding
        for file, process in processes
        for element in process.elements.values()
        for finding in grammar_findings(element, file)
    ]


def doubtful_instructions(context: CommandContext, processes: Iterable[tuple[str, ExecutableProcess]]) -> list[Finding]:
    """Return a warning for each clock or reason for a pause that no deployed document knows."""
    told = [
        (file, element)
        for file, process in processes
        for element in process.elements.values()
        if any(name.startswith("clause8:clock") for name in element.properties)
    ]
    if not told:
        return []
    catalogue = context.definitions.documents(context.work).clocks()
    return [finding for file, element in told for finding in catalogue_findings(element, catalogue, file)]


def doubtful_clocks(context: CommandContext, file_names: Iterable[str]) -> list[Finding]:
    """Return a warning for each decision that the clocks of just deployed documents ask and nobody deployed."""
    names = list(file_names)
    if not names:
        return []
    catalogue = context.definitions.documents(context.work).clocks()
    resources = Resources(context.work)
    wanted = {clock.decision for clock in catalogue.clocks.values()}
    known = {name for name in wanted if resources.find_decision(name, Binding.LATEST, 0, None) is not None}
    return [
        Finding(names[0], None, None, reason, _CURE, is_error=False, rule=rule)
        for rule, reason in document_findings(catalogue, known, ())
    ]


def doubtful_targets(context: CommandContext, tables: Iterable[tuple[str, Definitions]]) -> list[Finding]:
    """Return a warning for each calendar and duration that just deployed decisions give clocks in vain."""
    files = list(tables)
    if not files:
        return []
    documents = context.definitions.documents(context.work)
    asked = {clock.decision for clock in documents.clocks().clocks.values()}
    return [
        Finding(file, line, None, reason, _CELL, is_error=False, rule=rule)
        for file, decisions in files
        if asked & {decision.element_id for decision in decisions.decisions}
        for rule, reason, line in target_findings(
            documents.clocks(), partial(constants_of, decisions), documents.calendars()
        )
    ]
