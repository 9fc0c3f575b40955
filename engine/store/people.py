"""People, groups, memberships and organisational units."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from engine.errors import AlreadyExists, UserNotFound
from engine.model import Group, Label, Membership, User
from engine.store.tables import group_account, membership, unit, user_account
from engine.store.unit_of_work import UnitOfWork

_PERSON = Label("person", "orang")


class People:
    """Accounts of one unit of work; memberships count as they are at the moment `now`."""

    def __init__(self, work: UnitOfWork, now: datetime) -> None:
        self._work = work
        self._now = now

    def add(self, user: User, password_hash: str | None, *, at: datetime) -> None:
        """Insert a person with the memberships; raises AlreadyExists when the name is taken."""
        row = {
            "name": user.name,
            "display_name": user.display_name,
            "email": user.email,
            "language": user.language,
            "unit": user.unit,
            "password_hash": password_hash,
            "is_active": user.is_active,
            "created_at": at,
        }
        try:
            with self._work.connection.begin_nested():
                self._work.execute(insert(user_account), row)
        except IntegrityError as error:
            raise AlreadyExists(_PERSON, user.name) from error
        self._join(user.name, user.groups)

    def save(self, user: User) -> None:
        """Write everything of a person but the password; raises UserNotFound.

        Groups that stay keep their dates, those that are gone end now; what begins later is left alone.
        """
        statement = update(user_account).where(user_account.c.name == user.name)
        values = {
            "display_name": user.display_name,
            "email": user.email,
            "language": user.language,
            "unit": user.unit,
            "is_active": user.is_active,
        }
        if self._work.execute(statement.values(values)).rowcount != 1:
            raise UserNotFound(user.name)
        members_now = set(self.get(user.name).groups)
        self._leave(user.name, members_now - set(user.groups))
        self._join(user.name, set(user.groups) - members_now)

    def set_language(self, name: str, language: str) -> None:
        """Write the language of the interface."""
        self._work.execute(update(user_account).where(user_account.c.name == name).values(language=language))

    def set_password(self, name: str, password_hash: str) -> None:
        """Write another password; raises UserNotFound."""
        statement = update(user_account).where(user_account.c.name == name).values(password_hash=password_hash)
        if self._work.execute(statement).rowcount != 1:
            raise UserNotFound(name)

    def find(self, name: str) -> User | None:
        """Return the person with groups, active or not; None when there is none. One statement."""
        return self._work.once(("user", name, self._now), lambda: self._find(name))

    def _find(self, name: str) -> User | None:
        users = users_of(self._work.execute(with_groups(self._now).where(user_account.c.name == name)))
        return users[0] if users else None

    def many(self, names: Collection[str]) -> list[User]:
        """Return those of `names` that have an account, with groups, active or not."""
        return users_of(self._work.execute(with_groups(self._now).where(user_account.c.name.in_(names))))

    def get(self, name: str) -> User:
        """Return the person with groups, active or not; raises UserNotFound."""
        found = self.find(name)
        if found is None:
            raise UserNotFound(name)
        return found

    def password_hash(self, name: str) -> str | None:
        """Return the password's hash of an active person; None when there is none."""
        statement = select(user_account.c.password_hash).where(user_account.c.name == name, user_account.c.is_active)
        found: str | None = self._work.execute(statement).scalar_one_or_none()
        return found

    def active(self, names: Collection[str]) -> frozenset[str]:
        """Return those of `names` that are active users."""
        statement = select(user_account.c.name).where(user_account.c.name.in_(names), user_account.c.is_active)
        return frozenset(self._work.execute(statement).scalars())

    def existing(self, names: Collection[str]) -> frozenset[str]:
        """Return those of `names` that have an account, active or not."""
        return frozenset(
            self._work.execute(select(user_account.c.name).where(user_account.c.name.in_(names))).scalars()
        )

    def is_empty(self) -> bool:
        """Return whether nobody has an account yet."""
        return self._work.execute(select(user_account.c.name).limit(1)).first() is None

    def memberships(self, name: str) -> list[Membership]:
        """Return every membership of a person, past and coming ones too, by group."""
        query = select(membership).where(membership.c.user_name == name).order_by(membership.c.group_name)
        return [Membership(row.group_name, row.from_at, row.until_at) for row in self._work.execute(query)]

    def put_membership(self, name: str, entry: Membership) -> None:
        """Write from when to when a person is in a group."""
        self._put_memberships([_membership_row(name, entry)])

    # ---- groups and units -------------------------------------------------------------------

    def members(self, group: str) -> list[str]:
        """Return the login names of the group's active users, by name; empty when there is no such group."""
        same = and_(user_account.c.name == membership.c.user_name, user_account.c.is_active, holds(self._now))
        statement = select(user_account.c.name).join(membership, same).where(membership.c.group_name == group)
        return list(self._work.execute(statement.order_by(user_account.c.name)).scalars())

    def groups(self) -> list[Group]:
        """Return every group by name."""
        rows = self._work.execute(select(group_account).order_by(group_account.c.name))
        return [Group(row.name, Label(row.label_en, row.label_id)) for row in rows]

    def put_groups(self, groups: Sequence[Group]) -> None:
        """Insert groups, or write their labels where they exist."""
        rows = [{"name": group.name, "label_en": group.label.en, "label_id": group.label.id} for group in groups]
        self._put(group_account, rows, ("label_en", "label_id"))

    def put_units(self, units: Sequence[tuple[str, Label, str | None]]) -> None:
        """Insert units (name, label, head), or write them where they exist; a head of None changes no head."""
        rows = [{"name": name, "label_en": label.en, "label_id": label.id, "head": head} for name, label, head in units]
        self._put(unit, [row for row in rows if row["head"] is not None], ("label_en", "label_id", "head"))
        self._put(unit, [row for row in rows if row["head"] is None], ("label_en", "label_id"))

    def unit_head(self, name: str) -> str | None:
        """Return the login name of the unit's head, or None."""
        head: str | None = self._work.execute(select(unit.c.head).where(unit.c.name == name)).scalar_one_or_none()
        return head

    def headed_by(self, head: str) -> list[str]:
        """Return the active people of the units that a person heads, by name."""
        query = select(user_account.c.name).join(unit, unit.c.name == user_account.c.unit)
        query = query.where(unit.c.head == head, user_account.c.is_active).order_by(user_account.c.name)
        return list(self._work.execute(query).scalars())

    def _put(self, table: Any, rows: Sequence[Mapping[str, Any]], changing: Sequence[str]) -> None:
        if not rows:
            return
        insertion = (sqlite if self._work.is_sqlite else postgresql).insert(table)
        values = {name: insertion.excluded[name] for name in changing}
        self._work.execute(insertion.on_conflict_do_update(index_elements=["name"], set_=values), rows)

    def _join(self, name: str, groups: Collection[str]) -> None:
        self._put_memberships([_membership_row(name, Membership(group, self._now)) for group in sorted(set(groups))])

    def _leave(self, name: str, groups: Collection[str]) -> None:
        if groups:
            gone = (membership.c.user_name == name) & membership.c.group_name.in_(groups)
            self._work.execute(update(membership).where(gone).values(until_at=self._now))

    def _put_memberships(self, rows: Sequence[Mapping[str, Any]]) -> None:
        if not rows:
            return
        insertion = (sqlite if self._work.is_sqlite else postgresql).insert(membership)
        values = {name: insertion.excluded[name] for name in ("from_at", "until_at")}
        statement = insertion.on_conflict_do_update(index_elements=["user_name", "group_name"], set_=values)
        self._work.execute(statement, rows)


def holds(now: datetime) -> ColumnElement[bool]:
    """Return the condition on `membership` that it counts at that moment."""
    begun = or_(membership.c.from_at.is_(None), membership.c.from_at <= now)
    return and_(begun, or_(membership.c.until_at.is_(None), membership.c.until_at > now))


def _membership_row(name: str, entry: Membership) -> dict[str, Any]:
    return {"user_name": name, "group_name": entry.group, "from_at": entry.from_at, "until_at": entry.until_at}


def with_groups(now: datetime) -> Select[Any]:
    """Return the question for people, one row for each of their groups at that moment."""
    return (
        select(user_account, membership.c.group_name)
        .outerjoin(membership, and_(membership.c.user_name == user_account.c.name, holds(now)))
        .order_by(user_account.c.name, membership.c.group_name)
    )


def users_of(rows: Any) -> list[User]:
    """Turn rows of `with_groups` into people."""
    gathered: dict[str, tuple[Any, list[str]]] = {}
    for row in rows:
        groups = gathered.setdefault(row.name, (row, []))[1]
        if row.group_name is not None:
            groups.append(row.group_name)
    return [
        User(row.name, row.display_name, row.email, row.language, row.unit, row.is_active, tuple(groups))
        for row, groups in gathered.values()
    ]
