"""What was deployed: files, versions, who and why."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.errors import ResourceNotFound
from engine.model import Actor
from engine.queries.operators import require_auditor
from engine.store.monitoring import deployment_list, people_list
from engine.store.monitoring.deployment_list import DeployedFile, ListedDeployment
from engine.store.resources import Resources

PAGE_SIZE = 10


@dataclass(frozen=True, slots=True)
class DeploymentsPage:
    """The newest version of every file, and one page of deployments; `next` goes on before that key."""

    newest: tuple[DeployedFile, ...]
    deployments: tuple[ListedDeployment, ...]
    next: int | None
    people: dict[str, str]  #: login name -> display name


@dataclass(frozen=True, slots=True)
class FileVersions:
    """All versions of one file, newest first."""

    versions: tuple[DeployedFile, ...]


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file exactly as it was deployed."""

    file: DeployedFile
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployments:
    """Ask for deployed files. Five statements."""

    actor: Actor
    before: int | None = None

    def run(self, context: CommandContext) -> DeploymentsPage:
        """Answer; raises NotPermitted."""
        require_auditor(context, self.actor)
        found = deployment_list.list_deployments(context.work, before=self.before, limit=PAGE_SIZE + 1)
        shown = found[:PAGE_SIZE]
        return DeploymentsPage(
            newest=tuple(deployment_list.newest_files(context.work)),
            deployments=tuple(shown),
            next=shown[-1].key if len(found) > PAGE_SIZE else None,
            people=people_list.display_names(context.work, {one.deployed_by for one in shown}),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionsOfFile:
    """Ask for all versions of a file."""

    kind: str
    resource_id: str
    actor: Actor

    def run(self, context: CommandContext) -> FileVersions:
        """Answer; raises NotPermitted, ResourceNotFound."""
        require_auditor(context, self.actor)
        versions = deployment_list.versions_of_file(context.work, self.kind, self.resource_id)
        if not versions:
            raise ResourceNotFound(self.resource_id)
        return FileVersions(tuple(versions))


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentOfFile:
    """Ask for the bytes of a deployed file."""

    resource_key: int
    actor: Actor

    def run(self, context: CommandContext) -> FileContent:
        """Answer; raises NotPermitted, ResourceNotFound."""
        require_auditor(context, self.actor)
        file = deployment_list.file(context.work, self.resource_key)
        content = Resources(context.work).content(self.resource_key) if file else None
        if file is None or content is None:
            raise ResourceNotFound(self.resource_key)
        return FileContent(file, content)
