"""What a diagram needs that no deployed file gives: a warning now, a Fault if it still holds at run time."""

from __future__ import annotations

from collections.abc import Sequence

from engine.bpmn import ExecutableProcess
from engine.commands.context import CommandContext
from engine.model import Binding, Finding, Label, ResourceKind
from engine.store.resources import Resources


def missing_references(
    context: CommandContext, deployment_key: int, processes: Sequence[tuple[str, ExecutableProcess]]
) -> list[Finding]:
    """Return a warning for each called process, decision and form that is not deployed (decision no. 8)."""
    resources = Resources(context.work)
    findings = []
    for file_name, process in processes:
        needed = process.referenced
        known = {found.process_id for found in resources.newest_definitions(needed.process_ids)}
        findings += [_missing(file_name, "process", name) for name in needed.process_ids if name not in known]
        for name in needed.decision_ids:
            if resources.find_decision(name, Binding.LATEST, deployment_key, None) is None:
                findings.append(_missing(file_name, "decision", name))
        forms = resources.newest(ResourceKind.FORM, needed.form_ids) if needed.form_ids else {}
        findings += [_missing(file_name, "form", name) for name in needed.form_ids if name not in forms]
    return findings


_WORDS = {"process": "Proses", "decision": "Keputusan", "form": "Formulir"}


def _missing(file_name: str, thing: str, name: str) -> Finding:
    return Finding(
        file_name,
        None,
        name,
        Label(f"The {thing} {name} is not deployed yet.", f"{_WORDS[thing]} {name} belum diterapkan."),
        Label(
            f"Deploy the {thing} {name} before an instance reaches it; else the instance stops with a fault.",
            f"Terapkan {name} sebelum jalannya proses sampai di sana; jika tidak, proses berhenti dengan gangguan.",
        ),
        is_error=False,
        rule=f"missing_{thing}",
    )
