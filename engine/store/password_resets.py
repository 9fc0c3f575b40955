"""Links by which people choose a password, as digests of their tokens."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select

from engine.store.tables import password_reset
from engine.store.unit_of_work import UnitOfWork


class PasswordResets:
    """Password links of one unit of work."""

    def __init__(self, work: UnitOfWork, now: datetime) -> None:
        self._work = work
        self._now = now

    def replace(self, token_sha256: str, user: str, *, created_by: str, expires_at: datetime) -> None:
        """Insert one; those that the person had before and all that expired are forgotten."""
        stale = (password_reset.c.user_name == user) | (password_reset.c.expires_at <= self._now)
        self._work.execute(delete(password_reset).where(stale))
        row = {"token_sha256": token_sha256, "user_name": user, "created_by": created_by, "expires_at": expires_at}
        self._work.execute(insert(password_reset), row)

    def user(self, token_sha256: str) -> str | None:
        """Return whose link this is; None when it was used, expired or never given."""
        query = select(password_reset.c.user_name).where(
            password_reset.c.token_sha256 == token_sha256, password_reset.c.expires_at > self._now
        )
        found: str | None = self._work.execute(query).scalar_one_or_none()
        return found

    def take(self, token_sha256: str) -> str | None:
        """Use a link up; return whose it was, None as above."""
        live = (password_reset.c.token_sha256 == token_sha256) & (password_reset.c.expires_at > self._now)
        statement = delete(password_reset).where(live).returning(password_reset.c.user_name)
        found: str | None = self._work.execute(statement).scalar_one_or_none()
        return found
