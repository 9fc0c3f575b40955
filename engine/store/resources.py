"""Deployments and what they hold: files, process and decision definitions, start events that wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, func, insert, select

from engine.model import (
    Binding,
    DeploymentKey,
    Label,
    ProcessDefinition,
    ProcessDefinitionKey,
    ResourceKey,
    ResourceKind,
)
from engine.store.tables import decision_definition, deployment, process_definition, resource
from engine.store.unit_of_work import UnitOfWork

#: Any fixed number that no other lock has (engine/store/schema.py).
_DEPLOYING = 8_200_002


@dataclass(frozen=True, slots=True)
class StoredResource:
    """A deployed file without its bytes."""

    key: ResourceKey
    deployment_key: DeploymentKey
    kind: ResourceKind
    name: str
    resource_id: str
    version: int
    sha256: str


class Resources:
    """Deployed files and definitions of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, table_rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Insert rows of one deployment; the keys are the names of this file's tables."""
        for table in (deployment, resource, process_definition, decision_definition):
            if rows := table_rows.get(table.name):
                self._work.execute(insert(table), list(rows))

    def content(self, key: int) -> bytes | None:
        """Return the bytes of a file exactly as deployed."""
        return self._work.execute(select(resource.c.content).where(resource.c.key == key)).scalar_one_or_none()

    def lock(self) -> None:
        """Let nobody else deploy until the transaction ends, so that version numbers follow one another.

        Two servers that start together on PostgreSQL would give the same ones. SQLite has one writer at a time.
        """
        if not self._work.is_sqlite:
            self._work.execute(select(func.pg_advisory_xact_lock(_DEPLOYING)))

    def next_versions(self, table_name: str, ids: Sequence[str]) -> dict[str, int]:
        """Return the version that the next deployment of each process or decision id gets."""
        table, column = {
            "process_definition": (process_definition, process_definition.c.process_id),
            "decision_definition": (decision_definition, decision_definition.c.decision_id),
        }[table_name]
        query = select(column, func.max(table.c.version)).where(column.in_(ids)).group_by(column)
        found = {row[0]: row[1] for row in self._work.execute(query)}
        return {name: found.get(name, 0) + 1 for name in ids}

    def newest(self, kind: ResourceKind, ids: Sequence[str]) -> dict[str, StoredResource]:
        """Return the newest file of each resource id."""
        newest = (
            select(resource.c.resource_id, func.max(resource.c.version).label("version"))
            .where(resource.c.kind == kind.value, resource.c.resource_id.in_(ids))
            .group_by(resource.c.resource_id)
            .subquery()
        )
        query = _without_content().join(
            newest, (newest.c.resource_id == resource.c.resource_id) & (newest.c.version == resource.c.version)
        )
        rows = self._work.execute(query.where(resource.c.kind == kind.value))
        return {row.resource_id: _stored(row) for row in rows}

    def document_revision(self) -> int:
        """Return a number that grows with every deployed shared document."""
        query = select(func.max(resource.c.key)).where(resource.c.kind == ResourceKind.DOCUMENT.value)
        return self._work.once("document_revision", lambda: self._work.execute(query).scalar() or 0)

    def newest_documents(self) -> list[StoredResource]:
        """Return the newest version of every shared document."""
        query = select(resource.c.resource_id).where(resource.c.kind == ResourceKind.DOCUMENT.value).distinct()
        ids = list(self._work.execute(query).scalars())
        return list(self.newest(ResourceKind.DOCUMENT, ids).values())

    def find(
        self, kind: ResourceKind, resource_id: str, binding: Binding, deployment_key: int, version_tag: str | None
    ) -> StoredResource | None:
        """Return the file that a binding means: of the same deployment, of a version tag, or the newest."""
        query = _without_content().where(resource.c.kind == kind.value, resource.c.resource_id == resource_id)
        if binding is Binding.DEPLOYMENT:
            query = query.where(resource.c.deployment_key == deployment_key)
        elif binding is Binding.VERSION_TAG:
            query = query.where(resource.c.version_tag == version_tag)
        row = self._work.execute(query.order_by(resource.c.version.desc()).limit(1)).one_or_none()
        return None if row is None else _stored(row)

    def of_deployment(self, deployment_key: int) -> list[StoredResource]:
        """Return all files of a deployment."""
        query = _without_content().where(resource.c.deployment_key == deployment_key)
        return [_stored(row) for row in self._work.execute(query)]

    def deployed_by(self, deployment_key: int) -> str:
        """Return the login name of who made a deployment."""
        query = select(deployment.c.deployed_by).where(deployment.c.key == deployment_key)
        user: str = self._work.execute(query).scalar_one()
        return user

    def known_hashes(self, hashes: Sequence[str]) -> set[str]:
        """Return which of these SHA-256 digests were deployed before."""
        query = select(resource.c.sha256).where(resource.c.sha256.in_(hashes)).distinct()
        return set(self._work.execute(query).scalars())

    def definition(self, key: int) -> ProcessDefinition | None:
        """Return one deployed version of a process."""
        row = self._work.execute(_definitions().where(process_definition.c.key == key)).one_or_none()
        return None if row is None else _definition(row)

    def find_definition(
        self,
        process_id: str,
        *,
        version: int | None = None,
        binding: Binding = Binding.LATEST,
        deployment_key: int = 0,
        version_tag: str | None = None,
    ) -> ProcessDefinition | None:
        """Return the version of a process that is meant; the newest when nothing else is said."""
        query = _definitions().where(process_definition.c.process_id == process_id)
        if version is not None:
            query = query.where(process_definition.c.version == version)
        elif binding is Binding.DEPLOYMENT:
            query = query.where(process_definition.c.deployment_key == deployment_key)
        elif binding is Binding.VERSION_TAG:
            query = query.where(process_definition.c.version_tag == version_tag)
        row = self._work.execute(query.order_by(process_definition.c.version.desc()).limit(1)).one_or_none()
        return None if row is None else _definition(row)

    def newest_definitions(self, process_ids: Sequence[str] | None = None) -> list[ProcessDefinition]:
        """Return the newest version of each process, by process id."""
        newest = select(
            process_definition.c.process_id, func.max(process_definition.c.version).label("version")
        ).group_by(process_definition.c.process_id)
        if process_ids is not None:
            newest = newest.where(process_definition.c.process_id.in_(process_ids))
        latest = newest.subquery()
        query = _definitions().join(
            latest,
            (latest.c.process_id == process_definition.c.process_id)
            & (latest.c.version == process_definition.c.version),
        )
        return [_definition(row) for row in self._work.execute(query.order_by(process_definition.c.process_id))]

    def decision_ids(self) -> list[str]:
        """Return the ids of all decisions ever deployed, sorted."""
        column = decision_definition.c.decision_id
        return list(self._work.execute(select(column).distinct().order_by(column)).scalars())

    def find_decision(
        self, decision_id: str, binding: Binding, deployment_key: int, version_tag: str | None
    ) -> ResourceKey | None:
        """Return the file that holds the decision which a binding means."""
        query = select(decision_definition.c.resource_key).where(decision_definition.c.decision_id == decision_id)
        if binding is Binding.DEPLOYMENT:
            query = query.where(decision_definition.c.deployment_key == deployment_key)
        elif binding is Binding.VERSION_TAG:
            query = query.where(decision_definition.c.version_tag == version_tag)
        query = query.order_by(decision_definition.c.version.desc()).limit(1)
        key = self._work.execute(query).scalar_one_or_none()
        return None if key is None else ResourceKey(key)


def _definitions() -> Select[Any]:
    return select(process_definition, resource.c.name.label("resource_name")).join(
        resource, resource.c.key == process_definition.c.resource_key
    )


def _definition(row: Row[Any]) -> ProcessDefinition:
    return ProcessDefinition(
        key=ProcessDefinitionKey(row.key),
        process_id=row.process_id,
        version=row.version,
        version_tag=row.version_tag,
        name=Label(row.name_en, row.name_id),
        deployment_key=DeploymentKey(row.deployment_key),
        resource_key=ResourceKey(row.resource_key),
        resource_name=row.resource_name,
        deployed_at=row.deployed_at,
        deployed_by=row.deployed_by,
        properties=row.properties,
        start_form_id=row.start_form_id,
        starters=tuple(row.starters),
    )


def _without_content() -> Select[Any]:
    return select(
        resource.c.key,
        resource.c.deployment_key,
        resource.c.kind,
        resource.c.name,
        resource.c.resource_id,
        resource.c.version,
        resource.c.sha256,
    )


def _stored(row: Row[Any]) -> StoredResource:
    return StoredResource(
        ResourceKey(row.key),
        DeploymentKey(row.deployment_key),
        ResourceKind(row.kind),
        row.name,
        row.resource_id,
        row.version,
        row.sha256,
    )
