"""Content on disk that differs from what people published (decision 10), and how."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import CommandContext
from engine.commands.deploy import ParsedFile, parse_files
from engine.commands.deploy_content import published_by_people
from engine.commands.ownership import is_publisher
from engine.errors import DefinitionInvalid
from engine.model import Actor, Change, Finding, ResourceFile, ResourceKind
from engine.queries.definition_draft import compared
from engine.queries.definitions import require_definition_reader
from engine.store.declined import Declined
from engine.store.monitoring import deployment_list, people_list
from engine.store.resources import Resources, StoredResource


@dataclass(frozen=True, slots=True)
class HeldBackFile:
    """A file on disk that is not in use, because people published another version of it."""

    kind: ResourceKind
    resource_id: str
    name: str
    sha256: str
    running_key: int
    running_version: int
    published_by: str
    published_at: datetime
    changes: tuple[Change, ...]  #: from what runs to what is on disk
    along: tuple[str, ...]  #: other new files of its folder, which wait with it


@dataclass(frozen=True, slots=True)
class HeldBackData:
    """What is held back, what on disk cannot be read, and who people are."""

    files: tuple[HeldBackFile, ...]
    findings: tuple[Finding, ...]
    people: dict[str, str]
    may_edit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBackContent:
    """Ask what of these folders is held back; what was declined is not told again."""

    folders: Sequence[tuple[ResourceFile, ...]]
    actor: Actor

    def run(self, context: CommandContext) -> HeldBackData:
        """Answer; raises NotPermitted."""
        permissions = require_definition_reader(context, self.actor)
        found: list[HeldBackFile] = []
        findings: list[Finding] = []
        digests = {file: hashlib.sha256(file.content).hexdigest() for files in self.folders for file in files}
        wanted = set(digests.values())
        settled = Resources(context.work).known_hashes(list(wanted)) | Declined(context.work).among(wanted)
        for files in self.folders:
            if settled.issuperset(digests[file] for file in files):
                continue  # as nearly always: nothing has to be read
            try:
                found += _held_back(context, parse_files(files), settled)
            except DefinitionInvalid as error:
                findings += [finding for finding in error.findings if finding.is_error]
        people = people_list.display_names(context.work, {one.published_by for one in found})
        return HeldBackData(tuple(found), tuple(findings), people, is_publisher(permissions))


def _held_back(context: CommandContext, parsed: Sequence[ParsedFile], settled: Collection[str]) -> list[HeldBackFile]:
    waiting = [file for file in parsed if file.sha256 not in settled]
    resources = Resources(context.work)
    published = [(file, newest) for file in waiting if (newest := published_by_people(resources, file)) is not None]
    names = [file.file.name for file in waiting]
    return [_told(context, file, newest, names) for file, newest in published]


def _told(context: CommandContext, file: ParsedFile, newest: StoredResource, waiting: Sequence[str]) -> HeldBackFile:
    running = Resources(context.work).content(newest.key) or b""
    deployed = deployment_list.file(context.work, newest.key)
    by = Resources(context.work).deployed_by(newest.deployment_key)
    return HeldBackFile(
        kind=file.kind,
        resource_id=file.resource_id,
        name=file.file.name,
        sha256=file.sha256,
        running_key=newest.key,
        running_version=newest.version,
        published_by=by,
        published_at=deployed.deployed_at if deployed else context.now,
        changes=compared(file.kind, running, file.file.content, file.file.name),
        along=tuple(name for name in waiting if name != file.file.name),
    )
