"""New versions of processes, decisions, forms and shared documents, all of them or none."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from engine.bpmn import Definitions as BpmnDefinitions
from engine.bpmn import ExecutableProcess
from engine.bpmn import parse as parse_bpmn
from engine.commands.audit import note_in_system
from engine.commands.authorisation import read_permissions
from engine.commands.calendar_documents import require_document_keeper
from engine.commands.clock_findings import doubtful_clocks, doubtful_instructions, doubtful_targets, wrong_instructions
from engine.commands.context import CommandContext
from engine.commands.ownership import PublishedContent, require_owner, require_publisher
from engine.commands.people_documents import apply_people_documents
from engine.commands.recalculate_deadlines import begin_recalculations
from engine.commands.references import missing_references
from engine.commands.register_documents import apply_register_documents
from engine.commands.remove_bodies import wrong_retention
from engine.commands.start_events import rearm_start_events
from engine.dmn import Definitions as Decisions
from engine.dmn import parse_decisions
from engine.documents import parse_document
from engine.errors import DefinitionInvalid, InputInvalid
from engine.forms import parse_form
from engine.model import (
    Actor,
    DeploymentKey,
    Finding,
    Label,
    ProcessDefinition,
    ResourceFile,
    ResourceKind,
)
from engine.store.resources import Resources

_KINDS = {
    ".bpmn": ResourceKind.BPMN,
    ".dmn": ResourceKind.DMN,
    ".form": ResourceKind.FORM,
    ".yaml": ResourceKind.DOCUMENT,
    ".yml": ResourceKind.DOCUMENT,
}


@dataclass(frozen=True, slots=True)
class Deployment:
    """What a deployment made."""

    key: DeploymentKey
    definitions: tuple[ProcessDefinition, ...]
    resources: tuple[str, ...]  #: file names
    warnings: tuple[Finding, ...]
    is_unchanged: bool = False


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file that was read: `parsed` is the diagram, decisions, form or document in it."""

    file: ResourceFile
    kind: ResourceKind
    resource_id: str
    parsed: Any

    @property
    def sha256(self) -> str:
        """Return the digest of the bytes."""
        return hashlib.sha256(self.file.content).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deploy:
    """Check files and store them as new versions; administrators and process owners may.

    Shared documents (roles, rules of segregation) hold for every process: administrators alone may. A calendar may be
    changed by its owners too.

    Raises DefinitionInvalid with every finding of every file, and then stores nothing. When every
    file is already the newest version of itself, nothing is stored either (`is_unchanged`); when
    one changed, all of them get a new version, so that what is bound to the deployment is together.
    """

    files: tuple[ResourceFile, ...]
    actor: Actor
    comment: str = ""

    def run(self, context: CommandContext) -> Deployment:
        """Do it in the caller's transaction."""
        permissions = read_permissions(context, self.actor)
        permissions.require_active()
        if any(_KINDS.get(PurePath(file.name).suffix.lower()) is not ResourceKind.DOCUMENT for file in self.files):
            require_publisher(permissions)
        parsed = parse_files(self.files)
        documents = [file.parsed for file in parsed if file.kind is ResourceKind.DOCUMENT]
        require_document_keeper(context, permissions, documents)
        Resources(context.work).lock()
        require_owner(context, permissions, parsed_content(parsed))
        unchanged = _unchanged(context, parsed)
        if unchanged is not None:
            return unchanged
        return self._store(context, parsed)

    def _store(self, context: CommandContext, parsed: Sequence[ParsedFile]) -> Deployment:
        resources = Resources(context.work)
        before = context.definitions.documents(context.work).calendars() if _has_calendar(parsed) else {}
        key = DeploymentKey(context.keys.next_key())
        keys = {file.file.name: context.keys.next_key() for file in parsed}
        resource_rows = _resource_rows(context, key, keys, parsed)
        process_ids = [process.process_id for file in parsed for process in processes_of(file)]
        older = resources.newest_definitions(process_ids) if process_ids else []
        resources.add(
            {
                "deployment": [
                    {"key": key, "deployed_at": context.now, "deployed_by": self.actor.user, "comment": self.comment}
                ],
                "resource": resource_rows,
                "process_definition": self._process_rows(context, key, keys, parsed),
                "decision_definition": _decision_rows(context, key, keys, parsed),
            }
        )
        definitions = [item for item in resources.newest_definitions(process_ids) if process_ids]
        for definition in definitions:
            deployed = context.definitions.deployed(context.work, definition)
            rearm_start_events(context, deployed, [old for old in older if old.process_id == definition.process_id])
        documents = [file.parsed for file in parsed if file.kind is ResourceKind.DOCUMENT]
        apply_people_documents(context, documents)
        apply_register_documents(context, self.actor, documents)
        begin_recalculations(context, self.actor, documents, before)
        names = tuple(file.file.name for file in parsed)
        note_in_system(
            context, self.actor, "deployed", {"deployment": key, "files": list(names), "comment": self.comment}
        )
        warnings = [warning for file in parsed for warning in warnings_of(file)]
        processes = [(file.file.name, process) for file in parsed for process in processes_of(file)]
        warnings += missing_references(context, key, processes)
        warnings += doubtful_instructions(context, processes)
        clocks = [file.file.name for file in parsed if file.resource_id.startswith("clocks:")]
        warnings += doubtful_clocks(context, clocks)
        tables = [(file.file.name, file.parsed) for file in parsed if file.kind is ResourceKind.DMN]
        warnings += doubtful_targets(context, tables)
        return Deployment(key, tuple(definitions), names, tuple(warnings))

    def _process_rows(
        self, context: CommandContext, key: int, keys: Mapping[str, int], parsed: Sequence[ParsedFile]
    ) -> list[dict[str, Any]]:
        ids = [process.process_id for file in parsed for process in processes_of(file)]
        versions = Resources(context.work).next_versions("process_definition", ids)
        rows = []
        for file in parsed:
            for process in processes_of(file):
                asking = next((start for start in process.start_events if start.form_id), None)
                start = asking or next((start for start in process.start_events if start.kind == "none"), None)
                rows.append(
                    {
                        "key": context.keys.next_key(),
                        "process_id": process.process_id,
                        "version": versions[process.process_id],
                        "version_tag": process.version_tag,
                        "name_en": process.name.en or process.process_id,
                        "name_id": process.name.id or process.name.en or process.process_id,
                        "deployment_key": key,
                        "resource_key": keys[file.file.name],
                        "properties": dict(process.properties),
                        "start_form_id": asking.form_id if asking else None,
                        "starters": _names(start.properties.get("clause8:starters", "")) if start else [],
                        "deployed_at": context.now,
                        "deployed_by": self.actor.user,
                    }
                )
        return rows


def parsed_content(parsed: Sequence[ParsedFile]) -> PublishedContent:
    """Return what files publish, by the ids that other files know it by."""
    decisions = (file.parsed.decisions for file in parsed if file.kind is ResourceKind.DMN)
    return PublishedContent(
        processes={process.process_id: process.properties for file in parsed for process in processes_of(file)},
        form_ids=frozenset(file.resource_id for file in parsed if file.kind is ResourceKind.FORM),
        decision_ids=frozenset(decision.element_id for listed in decisions for decision in listed),
    )


def parse_files(files: Sequence[ResourceFile]) -> list[ParsedFile]:
    """Return every file parsed; raises DefinitionInvalid with the findings of all files together."""
    if not files:
        raise InputInvalid(Label("There is no file to deploy.", "Tidak ada berkas untuk diterapkan."))
    parsed: list[ParsedFile] = []
    findings: list[Finding] = []
    for file in files:
        try:
            parsed.append(_parse_file(file))
        except DefinitionInvalid as error:
            findings.extend(error.findings)
    findings.extend(_doubles(parsed))
    findings.extend(_wrong_retentions(parsed))
    findings.extend(wrong_instructions([(file.file.name, one) for file in parsed for one in processes_of(file)]))
    if any(finding.is_error for finding in findings):
        raise DefinitionInvalid(findings)
    return parsed


def _parse_file(file: ResourceFile) -> ParsedFile:
    kind = _KINDS.get(PurePath(file.name).suffix.lower())
    if kind is None:
        raise DefinitionInvalid(
            [
                Finding(
                    file.name,
                    None,
                    None,
                    Label("This kind of file cannot be deployed.", "Jenis berkas ini tidak dapat diterapkan."),
                    Label(
                        "Give files that end in .bpmn, .dmn, .form or .yaml.",
                        "Berikan berkas berakhiran .bpmn, .dmn, .form, atau .yaml.",
                    ),
                )
            ]
        )
    parsed = _PARSERS[kind](file.content, file.name)
    return ParsedFile(file, kind, _resource_id(kind, file.name, parsed), parsed)


def _parse_decisions(content: bytes, file_name: str) -> Decisions:
    decisions = parse_decisions(content, file_name)
    if any(finding.is_error for finding in decisions.findings):
        raise DefinitionInvalid(decisions.findings)
    return decisions


_PARSERS: Mapping[ResourceKind, Callable[[bytes, str], Any]] = {
    ResourceKind.BPMN: parse_bpmn,
    ResourceKind.DMN: _parse_decisions,
    ResourceKind.FORM: parse_form,
    ResourceKind.DOCUMENT: parse_document,
}


def _resource_id(kind: ResourceKind, file_name: str, parsed: Any) -> str:
    stem = PurePath(file_name).stem
    if kind is ResourceKind.FORM:
        form_id: str = parsed.id
        return form_id
    if kind is ResourceKind.DOCUMENT:
        return f"{parsed['kind']}:{parsed.get('name') or parsed.get('type') or stem}"
    return PurePath(file_name).name


def _doubles(parsed: Sequence[ParsedFile]) -> list[Finding]:
    findings: list[Finding] = []
    seen: dict[tuple[str, str], str] = {}
    for file in parsed:
        places = [(file.kind.value, file.resource_id), *(("process", p.process_id) for p in processes_of(file))]
        for place in places:
            if place in seen:
                reason = Label(
                    f"{place[0]} {place[1]} stands in {seen[place]} too.",
                    f"{place[0]} {place[1]} juga ada di {seen[place]}.",
                )
                cure = Label("Keep one of them, or give it another id.", "Simpan salah satu, atau beri id lain.")
                findings.append(Finding(file.file.name, None, place[1], reason, cure))
            seen[place] = file.file.name
    return findings


def _wrong_retentions(parsed: Sequence[ParsedFile]) -> list[Finding]:
    processes = ((file.file.name, process) for file in parsed for process in processes_of(file))
    found = (wrong_retention(process.process_id, process.properties, name) for name, process in processes)
    return [finding for finding in found if finding is not None]


def _unchanged(context: CommandContext, parsed: Sequence[ParsedFile]) -> Deployment | None:
    resources = Resources(context.work)
    newest = {
        (kind, stored.resource_id): stored
        for kind in {file.kind for file in parsed}
        for stored in resources.newest(kind, [file.resource_id for file in parsed if file.kind is kind]).values()
    }
    stored = [newest.get((file.kind, file.resource_id)) for file in parsed]
    if any(old is None or old.sha256 != file.sha256 for old, file in zip(stored, parsed, strict=True)):
        return None
    key = max(old.deployment_key for old in stored if old is not None)
    ids = [process.process_id for file in parsed for process in processes_of(file)]
    definitions = resources.newest_definitions(ids) if ids else []
    names = tuple(file.file.name for file in parsed)
    return Deployment(key, tuple(definitions), names, (), is_unchanged=True)


def _resource_rows(
    context: CommandContext, key: int, keys: Mapping[str, int], parsed: Sequence[ParsedFile]
) -> list[dict[str, Any]]:
    resources = Resources(context.work)
    rows = []
    for kind in {file.kind for file in parsed}:
        files = [file for file in parsed if file.kind is kind]
        newest = resources.newest(kind, [file.resource_id for file in files])
        for file in files:
            old = newest.get(file.resource_id)
            rows.append(
                {
                    "key": keys[file.file.name],
                    "deployment_key": key,
                    "kind": kind.value,
                    "name": file.file.name,
                    "resource_id": file.resource_id,
                    "version": old.version + 1 if old else 1,
                    "version_tag": getattr(file.parsed, "version_tag", None),
                    "sha256": file.sha256,
                    "content": file.file.content,
                    "deployed_at": context.now,
                }
            )
    return rows


def _decision_rows(
    context: CommandContext, key: int, keys: Mapping[str, int], parsed: Sequence[ParsedFile]
) -> list[dict[str, Any]]:
    found = [(file, decision) for file in parsed if file.kind is ResourceKind.DMN for decision in file.parsed.decisions]
    ids = [decision.element_id for _, decision in found]
    versions = Resources(context.work).next_versions("decision_definition", ids)
    return [
        {
            "key": context.keys.next_key(),
            "decision_id": decision.element_id,
            "name": decision.name,
            "version": versions[decision.element_id],
            "version_tag": None,
            "deployment_key": key,
            "resource_key": keys[file.file.name],
        }
        for file, decision in found
    ]


def processes_of(file: ParsedFile) -> Sequence[ExecutableProcess]:
    """Return the processes of a diagram; none of another file."""
    return file.parsed.processes if isinstance(file.parsed, BpmnDefinitions) else ()


def warnings_of(file: ParsedFile) -> list[Finding]:
    """Return what is doubtful in a file that can be deployed."""
    if file.kind is ResourceKind.DMN:
        tables = [finding.to_finding(file.file.name) for finding in file.parsed.analyze()]
        return [*tables, *(finding for finding in file.parsed.findings if not finding.is_error)]
    found: Sequence[Finding] = getattr(file.parsed, "warnings", ())
    return list(found)


def _has_calendar(parsed: Sequence[ParsedFile]) -> bool:
    return any(file.resource_id.startswith("calendar:") for file in parsed)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]
