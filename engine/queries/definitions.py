"""Diagrams, decisions and forms as their owners see them: versions, drafts, who, when, why, what runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.commands.authorisation import AUDITOR, Permissions, read_permissions
from engine.commands.context import CommandContext
from engine.commands.ownership import is_publisher, owners_of
from engine.errors import NotPermitted, ResourceNotFound
from engine.model import Actor, Label, ProcessDefinition, ResourceKind
from engine.store.drafts import Drafts, StoredDraft
from engine.store.monitoring import deployment_list, people_list, processes
from engine.store.monitoring.deployment_list import DeployedFile
from engine.store.resources import Resources

#: Shared documents are edited on disk.
EDITED_KINDS = (ResourceKind.BPMN, ResourceKind.DMN, ResourceKind.FORM)


@dataclass(frozen=True, slots=True)
class DefinitionLine:
    """One file: what runs of it and what is being worked on. A new file has a draft only, else both may be there."""

    kind: ResourceKind
    resource_id: str
    file_name: str
    names: tuple[Label, ...]  #: of its processes or decisions
    owners: frozenset[str]  #: login names or groups; empty = every process owner
    file: DeployedFile | None
    published_by: str
    comment: str
    draft: StoredDraft | None
    running: int  #: instances of all versions

    @property
    def is_outdated(self) -> bool:
        """Return whether somebody published another version since the draft began."""
        return bool(self.draft and self.file and self.draft.base_key != self.file.key)


@dataclass(frozen=True, slots=True)
class DefinitionsPage:
    """All files; `may_edit` says whether the actor works on them or only looks."""

    lines: tuple[DefinitionLine, ...]
    people: dict[str, str]  #: login name -> display name
    may_edit: bool


@dataclass(frozen=True, slots=True)
class FileVersion:
    """One version of a file: who published it, when and why, and what runs on it."""

    file: DeployedFile
    published_by: str
    comment: str
    running: int
    definition_keys: tuple[int, ...]  #: of the processes in it


@dataclass(frozen=True, slots=True)
class DefinitionPageData:
    """One file with all its versions, newest first."""

    line: DefinitionLine
    versions: tuple[FileVersion, ...]
    people: dict[str, str]
    may_edit: bool


@dataclass(frozen=True, slots=True)
class DeployedContent:
    """A file exactly as it was deployed."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """Ask for every diagram, decision and form. A constant number of statements."""

    actor: Actor

    def run(self, context: CommandContext) -> DefinitionsPage:
        """Answer; raises NotPermitted."""
        permissions = require_definition_reader(context, self.actor)
        files = [file for file in deployment_list.newest_files(context.work) if file.kind in EDITED_KINDS]
        lines = _Lines(context).lines(files)
        names = {name for line in lines for name in _people_of(line)}
        people = people_list.display_names(context.work, names)
        return DefinitionsPage(tuple(lines), people, is_publisher(permissions))


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionPage:
    """Ask for one file with its versions."""

    kind: ResourceKind
    resource_id: str
    actor: Actor

    def run(self, context: CommandContext) -> DefinitionPageData:
        """Answer; raises NotPermitted, ResourceNotFound."""
        permissions = require_definition_reader(context, self.actor)
        versions = deployment_list.versions_of_file(context.work, self.kind.value, self.resource_id)
        lines = _Lines(context).lines(versions[:1], self.kind, self.resource_id)
        if not lines or self.kind not in EDITED_KINDS:
            raise ResourceNotFound(self.resource_id)
        why = deployment_list.deployed_why(context.work, [file.deployment_key for file in versions])
        running = processes.running_by_file(context.work, [file.key for file in versions])
        shown = [FileVersion(file, *why[file.deployment_key], *running.get(file.key, (0, ()))) for file in versions]
        names = {one.published_by for one in shown} | set(_people_of(lines[0]))
        people = people_list.display_names(context.work, names)
        return DefinitionPageData(lines[0], tuple(shown), people, is_publisher(permissions))


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionContent:
    """Ask for the bytes of a deployed diagram, decision or form."""

    resource_key: int
    actor: Actor

    def run(self, context: CommandContext) -> DeployedContent:
        """Answer; raises NotPermitted, ResourceNotFound."""
        require_definition_reader(context, self.actor)
        file = deployment_list.file(context.work, self.resource_key)
        content = Resources(context.work).content(self.resource_key) if file else None
        if file is None or content is None or file.kind not in EDITED_KINDS:
            raise ResourceNotFound(self.resource_key)
        return DeployedContent(file.name, content)


class _Lines:
    """Puts files, drafts, names and counts together; each is read once."""

    def __init__(self, context: CommandContext) -> None:
        self._context = context
        self._drafts = {(draft.kind, draft.resource_id): draft for draft in Drafts(context.work).all()}
        self._running = processes.running_counts(context.work)
        self._definitions: dict[int, list[ProcessDefinition]] = {}
        for definition in Resources(context.work).newest_definitions():
            self._definitions.setdefault(definition.resource_key, []).append(definition)

    def lines(
        self, files: list[DeployedFile], kind: ResourceKind | None = None, resource_id: str = ""
    ) -> list[DefinitionLine]:
        """Return a line per file and per new draft; of one file when `kind` is given."""
        why = deployment_list.deployed_why(self._context.work, [file.deployment_key for file in files])
        decisions = deployment_list.decision_names(self._context.work, [file.key for file in files])
        lines = [self._line(file, *why[file.deployment_key], decisions.get(file.key, ())) for file in files]
        known = {(file.kind, file.resource_id) for file in files}
        wanted = None if kind is None else (kind, resource_id)
        new = [draft for place, draft in self._drafts.items() if place not in known and wanted in (None, place)]
        return lines + [_new_line(draft) for draft in new]

    def _line(self, file: DeployedFile, by: str, comment: str, decisions: Iterable[str]) -> DefinitionLine:
        definitions = self._definitions.get(file.key, [])
        names = [one.name for one in definitions] or [Label(name, name) for name in decisions]
        counts = (self._running.get(one.process_id) for one in definitions)
        return DefinitionLine(
            kind=file.kind,
            resource_id=file.resource_id,
            file_name=file.name,
            names=tuple(names),
            owners=frozenset(name for one in definitions for name in owners_of(one.properties)),
            file=file,
            published_by=by,
            comment=comment,
            draft=self._drafts.get((file.kind, file.resource_id)),
            running=sum(count.running for count in counts if count),
        )


def _new_line(draft: StoredDraft) -> DefinitionLine:
    return DefinitionLine(draft.kind, draft.resource_id, draft.name, (), frozenset(), None, "", "", draft, 0)


def _people_of(line: DefinitionLine) -> Iterable[str]:
    yield line.published_by
    if line.draft:
        yield from (line.draft.changed_by, line.draft.created_by)


def require_definition_reader(context: CommandContext, actor: Actor) -> Permissions:
    """Return who edits definitions or audits them; raises NotPermitted for anybody else."""
    permissions = read_permissions(context, actor)
    permissions.require_active()
    if not (is_publisher(permissions) or AUDITOR in permissions.groups):
        raise NotPermitted(
            "definitions",
            Label(
                "this needs the role process owner, administrator or auditor.",
                "tindakan ini memerlukan peran pemilik proses, administrator, atau auditor.",
            ),
        )
    return permissions
