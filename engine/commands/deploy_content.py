"""Content on disk is deployed when the product starts, and never over what people published (decision 10)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.commands.deploy import Deploy, Deployment, ParsedFile, parse_files
from engine.model import SYSTEM, ResourceFile
from engine.store.declined import Declined
from engine.store.resources import Resources, StoredResource


@dataclass(frozen=True, slots=True)
class ContentDeployment:
    """What became of a folder of content."""

    deployment: Deployment | None  #: None: nothing was to be done, or it was held back
    held_back: tuple[str, ...] = ()  #: files of which a person published another version


@dataclass(frozen=True, slots=True, kw_only=True)
class DeployContent:
    """Deploy the files of a folder if one of them was never deployed, unless people published others since.

    Raises DefinitionInvalid with every finding, and then stores nothing.
    """

    files: tuple[ResourceFile, ...]
    comment: str = ""

    def run(self, context: CommandContext) -> ContentDeployment:
        """Do it in the caller's transaction."""
        resources = Resources(context.work)
        resources.lock()
        hashes = {file.name: hashlib.sha256(file.content).hexdigest() for file in self.files}
        digests = list(hashes.values())
        known = resources.known_hashes(digests) | Declined(context.work).among(digests)
        if known.issuperset(hashes.values()):
            return ContentDeployment(None)
        held_back, files = [], []
        for parsed in parse_files(self.files):
            running = published_by_people(resources, parsed)
            if running is None:
                files.append(parsed.file)
            elif parsed.sha256 not in known:
                held_back.append(parsed.file.name)
            else:
                # What people published in the place of this known file goes on, beside what is new.
                files.append(ResourceFile(running.name, resources.content(running.key) or b""))
        if held_back:
            return ContentDeployment(None, held_back=tuple(held_back))
        return ContentDeployment(Deploy(files=tuple(files), actor=SYSTEM, comment=self.comment).run(context))


def published_by_people(resources: Resources, file: ParsedFile) -> StoredResource | None:
    """Return the running version of a file when people published it, None when it came from disk or there is none."""
    newest = resources.newest(file.kind, [file.resource_id]).get(file.resource_id)
    if newest is None or resources.deployed_by(newest.deployment_key) == SYSTEM.user:
        return None
    return newest
