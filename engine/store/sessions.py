"""Login sessions and failed logins."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.model import User
from engine.store.people import users_of, with_groups
from engine.store.tables import login_attempt, login_session, user_account
from engine.store.unit_of_work import UnitOfWork

#: Enough of the digest to tell the sessions of one person apart, too little to be one.
_ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """A session as its person sees it."""

    id: str
    created_at: datetime
    expires_at: datetime
    address: str | None
    device: str | None


def session_id(token_sha256: str) -> str:
    """Return what a session is called on pages."""
    return token_sha256[:_ID_LENGTH]


class Sessions:
    """Login sessions of one unit of work; the token itself is never stored."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(
        self,
        token_sha256: str,
        user: str,
        *,
        at: datetime,
        expires_at: datetime,
        address: str | None = None,
        device: str | None = None,
    ) -> None:
        """Open a session, and forget all that expired."""
        self._work.execute(delete(login_session).where(login_session.c.expires_at <= at))
        row = {
            "token_sha256": token_sha256,
            "user_name": user,
            "created_at": at,
            "expires_at": expires_at,
            "address": address and address[:200],
            "device": device and device[:400],
        }
        self._work.execute(insert(login_session), row)

    def of(self, user: str, *, now: datetime) -> list[SessionEntry]:
        """Return the open sessions of a person, the newest first."""
        query = select(login_session).where(login_session.c.user_name == user, login_session.c.expires_at > now)
        rows = self._work.execute(query.order_by(login_session.c.created_at.desc()))
        return [
            SessionEntry(session_id(row.token_sha256), row.created_at, row.expires_at, row.address, row.device)
            for row in rows
        ]

    def end(self, user: str, ids: Collection[str] = ()) -> int:
        """End sessions of a person, all when no id is given; return how many."""
        chosen = login_session.c.user_name == user
        if ids:
            chosen &= func.substr(login_session.c.token_sha256, 1, _ID_LENGTH).in_(ids)
        return self._work.execute(delete(login_session).where(chosen)).rowcount

    def user(self, token_sha256: str, *, now: datetime) -> User | None:
        """Return the active person whose session this is; None when it ended. One statement."""
        is_live = (login_session.c.token_sha256 == token_sha256) & (login_session.c.expires_at > now)
        statement = with_groups(now).join(login_session, login_session.c.user_name == user_account.c.name)
        users = users_of(self._work.execute(statement.where(is_live, user_account.c.is_active)))
        return users[0] if users else None

    def remove(self, token_sha256: str) -> str | None:
        """End a session; return whose it was."""
        statement = delete(login_session).where(login_session.c.token_sha256 == token_sha256)
        user: str | None = self._work.execute(statement.returning(login_session.c.user_name)).scalar_one_or_none()
        return user

    def remove_of(self, user: str) -> None:
        """End every session of a person."""
        self._work.execute(delete(login_session).where(login_session.c.user_name == user))


class LoginAttempts:
    """Failed logins by subject: `name:budi`, `address:10.0.0.7`."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def failures(self, subjects: list[str]) -> dict[str, tuple[int, datetime]]:
        """Return (number of failures in a row, moment of the last one) of the subjects that have any."""
        statement = select(login_attempt).where(login_attempt.c.subject.in_(subjects))
        return {row.subject: (row.failures, row.last_at) for row in self._work.execute(statement)}

    def note_failure(self, subjects: list[str], *, at: datetime) -> None:
        """Count one more failure for each subject."""
        insertion = (sqlite if self._work.is_sqlite else postgresql).insert(login_attempt)
        counted = {"failures": login_attempt.c.failures + 1, "last_at": insertion.excluded.last_at}
        statement = insertion.on_conflict_do_update(index_elements=["subject"], set_=counted)
        self._work.execute(
            statement, [{"subject": subject, "failures": 1, "last_at": at} for subject in sorted(subjects)]
        )

    def clear(self, subjects: list[str]) -> None:
        """Forget the failures of the subjects."""
        self._work.execute(delete(login_attempt).where(login_attempt.c.subject.in_(subjects)))
