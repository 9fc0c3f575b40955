"""Content on disk is deployed when the product starts, and never over what people published (decision 10)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.commands.deploy import Deploy, Deployment, parse_files
from engine.model import SYSTEM, ResourceFile
from engine.store.resources import Resources


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
        known = resources.known_hashes(list(hashes.values()))
        if known.issuperset(hashes.values()):
            return ContentDeployment(None)
        published = self._published_by_people(resources, known)
        if published:
            return ContentDeployment(None, held_back=published)
        return ContentDeployment(Deploy(files=self.files, actor=SYSTEM, comment=self.comment).run(context))

    def _published_by_people(self, resources: Resources, known: set[str]) -> tuple[str, ...]:
        names = []
        for file in parse_files(self.files):
            newest = resources.newest(file.kind, [file.resource_id]).get(file.resource_id)
            is_ours = newest is None or resources.deployed_by(newest.deployment_key) == SYSTEM.user
            if not is_ours and file.sha256 not in known:
                names.append(file.file.name)
        return tuple(names)
