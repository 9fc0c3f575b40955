"""Accounts and groups as administrators list them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select

from engine.model import Group, Label, User
from engine.store.people import holds
from engine.store.tables import group_account, membership, unit, user_account
from engine.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Account:
    """A person with what only administrators see."""

    user: User
    created_at: datetime
    has_password: bool


@dataclass(frozen=True, slots=True)
class GroupSize:
    """A group and how many people are in it."""

    group: Group
    members: int


def display_names(work: UnitOfWork, names: Collection[str]) -> dict[str, str]:
    """Return the display names of login names; unknown ones are left out."""
    query = select(user_account.c.name, user_account.c.display_name).where(user_account.c.name.in_(names))
    return {row.name: row.display_name for row in work.execute(query)}


def list_accounts(
    work: UnitOfWork,
    *,
    now: datetime,
    search: str = "",
    group: str = "",
    is_active: bool | None = None,
    after: str = "",
    limit: int,
) -> list[Account]:
    """Return accounts by login name after `after`; two statements. `search` is part of name, display name or e-mail."""
    query = select(user_account).where(user_account.c.name > after)
    if search:
        columns = (user_account.c.name, user_account.c.display_name, user_account.c.email)
        first, *others = (column.icontains(search, autoescape=True) for column in columns)
        query = query.where(first | others[0] | others[1])
    if group:
        members = select(membership.c.user_name).where(membership.c.group_name == group, holds(now))
        query = query.where(user_account.c.name.in_(members))
    if is_active is not None:
        query = query.where(user_account.c.is_active == is_active)
    return _accounts(work, query.order_by(user_account.c.name).limit(limit), now)


def account(work: UnitOfWork, name: str, now: datetime) -> Account | None:
    """Return one account; None when there is none. Two statements."""
    return next(iter(_accounts(work, select(user_account).where(user_account.c.name == name), now)), None)


def groups_of(work: UnitOfWork, names: Collection[str], now: datetime) -> dict[str, tuple[str, ...]]:
    """Return the groups of people by login name."""
    query = select(membership).where(membership.c.user_name.in_(names), holds(now)).order_by(membership.c.group_name)
    groups: dict[str, list[str]] = {}
    for row in work.execute(query):
        groups.setdefault(row.user_name, []).append(row.group_name)
    return {name: tuple(members) for name, members in groups.items()}


def list_groups(work: UnitOfWork, now: datetime) -> list[GroupSize]:
    """Return all groups by name with the number of their active members."""
    active = (
        select(membership.c.group_name, func.count().label("members"))
        .join(user_account, user_account.c.name == membership.c.user_name)
        .where(user_account.c.is_active, holds(now))
        .group_by(membership.c.group_name)
        .subquery()
    )
    query = (
        select(group_account, func.coalesce(active.c.members, 0).label("members"))
        .outerjoin(active, active.c.group_name == group_account.c.name)
        .order_by(group_account.c.name)
    )
    return [GroupSize(Group(row.name, Label(row.label_en, row.label_id)), row.members) for row in work.execute(query)]


def list_units(work: UnitOfWork) -> list[tuple[str, Label]]:
    """Return all organisational units by name."""
    query = select(unit).order_by(unit.c.name)
    return [(row.name, Label(row.label_en, row.label_id)) for row in work.execute(query)]


def _accounts(work: UnitOfWork, query: Select[*tuple[Any, ...]], now: datetime) -> list[Account]:
    rows = work.execute(query).all()
    groups = groups_of(work, [row.name for row in rows], now)
    return [_account(row, groups.get(row.name, ())) for row in rows]


def _account(row: Row[Any], groups: tuple[str, ...]) -> Account:
    user = User(row.name, row.display_name, row.email, row.language, row.unit, row.is_active, groups)
    return Account(user, created_at=row.created_at, has_password=row.password_hash is not None)
