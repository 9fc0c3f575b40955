"""Deployments and their files, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from engine.model import ResourceKind
from engine.store.tables import decision_definition, deployment, resource
from engine.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class DeployedFile:
    """One version of a file, without its bytes."""

    key: int
    deployment_key: int
    kind: ResourceKind
    name: str
    resource_id: str
    version: int
    version_tag: str | None
    sha256: str
    deployed_at: datetime


@dataclass(frozen=True, slots=True)
class ListedDeployment:
    """Who deployed what, when and why."""

    key: int
    deployed_at: datetime
    deployed_by: str
    comment: str
    files: tuple[DeployedFile, ...]


def list_deployments(work: UnitOfWork, *, before: int | None, limit: int) -> list[ListedDeployment]:
    """Return deployments with their files, newest first; two statements."""
    query = select(deployment)
    if before is not None:
        query = query.where(deployment.c.key < before)
    rows = work.execute(query.order_by(deployment.c.key.desc()).limit(limit)).all()
    files = _files(work, [row.key for row in rows])
    return [
        ListedDeployment(row.key, row.deployed_at, row.deployed_by, row.comment, tuple(files.get(row.key, ())))
        for row in rows
    ]


def newest_files(work: UnitOfWork) -> list[DeployedFile]:
    """Return the newest version of every file, by kind and name."""
    newest = (
        select(resource.c.kind, resource.c.resource_id, func.max(resource.c.version).label("version"))
        .group_by(resource.c.kind, resource.c.resource_id)
        .subquery()
    )
    same = (
        (newest.c.kind == resource.c.kind)
        & (newest.c.resource_id == resource.c.resource_id)
        & (newest.c.version == resource.c.version)
    )
    query = select(*_COLUMNS).join(newest, same).order_by(resource.c.kind, resource.c.resource_id)
    return [_file(row) for row in work.execute(query)]


def versions_of_file(work: UnitOfWork, kind: str, resource_id: str) -> list[DeployedFile]:
    """Return all versions of one file, newest first."""
    query = select(*_COLUMNS).where(resource.c.kind == kind, resource.c.resource_id == resource_id)
    return [_file(row) for row in work.execute(query.order_by(resource.c.version.desc()))]


def file(work: UnitOfWork, key: int) -> DeployedFile | None:
    """Return one file without its bytes."""
    row = work.execute(select(*_COLUMNS).where(resource.c.key == key)).one_or_none()
    return None if row is None else _file(row)


def deployed_why(work: UnitOfWork, deployment_keys: list[int]) -> dict[int, tuple[str, str]]:
    """Return who made each deployment, and the comment."""
    query = select(deployment.c.key, deployment.c.deployed_by, deployment.c.comment)
    rows = work.execute(query.where(deployment.c.key.in_(deployment_keys)))
    return {row.key: (row.deployed_by, row.comment) for row in rows}


def decision_names(work: UnitOfWork, resource_keys: list[int]) -> dict[int, list[str]]:
    """Return the names of the decisions in each file."""
    columns = decision_definition.c
    query = select(columns.resource_key, columns.name).where(columns.resource_key.in_(resource_keys))
    names: dict[int, list[str]] = {}
    for row in work.execute(query.order_by(columns.key)):
        names.setdefault(row.resource_key, []).append(row.name)
    return names


_COLUMNS = [column for column in resource.c if column.name != "content"]


def _files(work: UnitOfWork, deployment_keys: list[int]) -> dict[int, list[DeployedFile]]:
    query = select(*_COLUMNS).where(resource.c.deployment_key.in_(deployment_keys))
    files: dict[int, list[DeployedFile]] = {}
    for row in work.execute(query.order_by(resource.c.kind, resource.c.name)):
        files.setdefault(row.deployment_key, []).append(_file(row))
    return files


def _file(row: Row[Any]) -> DeployedFile:
    return DeployedFile(
        key=row.key,
        deployment_key=row.deployment_key,
        kind=ResourceKind(row.kind),
        name=row.name,
        resource_id=row.resource_id,
        version=row.version,
        version_tag=row.version_tag,
        sha256=row.sha256,
        deployed_at=row.deployed_at,
    )
