"""Mails that came in."""

from __future__ import annotations

import zlib
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from engine.model import MailIn, MailInState, ParkReason
from engine.store.tables import mail_in, user_account
from engine.store.unit_of_work import UnitOfWork


class MailsIn:
    """Mails of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def find_identity(self, message_id: str) -> MailIn | None:
        """Return the mail of a Message-ID."""
        row = self._work.execute(select(mail_in).where(mail_in.c.message_id == message_id)).one_or_none()
        return None if row is None else mail_of(row)

    def find(self, key: int) -> MailIn | None:
        """Return one."""
        row = self._work.execute(select(mail_in).where(mail_in.c.key == key)).one_or_none()
        return None if row is None else mail_of(row)

    def raw(self, key: int) -> bytes | None:
        """Return a parked mail as it came; None when it was too big to keep, or is parked no more."""
        kept = self._work.execute(select(mail_in.c.raw).where(mail_in.c.key == key)).scalar()
        return None if kept is None else zlib.decompress(kept)

    def add(self, new: MailIn, raw: bytes | None) -> None:
        """Insert one; `raw` is kept while a person may still release it."""
        values: dict[str, Any] = {
            "key": new.key,
            "message_id": new.message_id,
            "sender": new.sender,
            "recipients": "\n".join(new.recipients),
            "subject": new.subject,
            "body": new.body,
            "user_name": new.user,
            "state": new.state.value,
            "reason": new.reason.value if new.reason else None,
            "record_number": new.record_number,
            "received_at": new.received_at,
            "raw": None if raw is None else zlib.compress(raw, 1),
        }
        self._work.execute(insert(mail_in), values)

    def settle(
        self, key: int, state: MailInState, *, by: str, at: datetime, note: str, record_number: str | None = None
    ) -> bool:
        """Write what a person decided of a parked mail; False when it is parked no more."""
        is_parked = (mail_in.c.key == key) & (mail_in.c.state == MailInState.PARKED.value)
        values = {
            "state": state.value,
            "settled_by": by,
            "settled_at": at,
            "note": note,
            "record_number": record_number,
            "raw": None,
        }
        return self._work.execute(update(mail_in).where(is_parked).values(values)).rowcount == 1

    def count_of(self, sender: str, since: datetime) -> int:
        """Return how many mails came from an address since a moment."""
        query = select(func.count()).where(mail_in.c.sender == sender, mail_in.c.received_at > since)
        count: int = self._work.execute(query).scalar_one()
        return count

    def person_of(self, sender: str) -> str | None:
        """Return the active person whose mail address it is; None when there is none, or are several."""
        query = select(user_account.c.name).where(
            func.lower(user_account.c.email) == sender, user_account.c.is_active.is_(True)
        )
        found = list(self._work.execute(query.limit(2)).scalars())
        return found[0] if len(found) == 1 else None

    def newest(self, state: MailInState, before: int | None, limit: int) -> list[MailIn]:
        """Return mails in a state, newest first, those with a key below `before`."""
        query = select(mail_in).where(mail_in.c.state == state.value)
        if before is not None:
            query = query.where(mail_in.c.key < before)
        return [mail_of(row) for row in self._work.execute(query.order_by(mail_in.c.key.desc()).limit(limit))]

    def count_parked(self) -> int:
        """Return how many wait for a person."""
        query = select(func.count()).where(mail_in.c.state == MailInState.PARKED.value)
        count: int = self._work.execute(query).scalar_one()
        return count


def mail_of(row: Row[Any]) -> MailIn:
    """Turn a row of mail_in into a value."""
    return MailIn(
        row.key,
        row.message_id,
        row.sender,
        tuple(row.recipients.split("\n")) if row.recipients else (),
        row.subject,
        row.body,
        row.user_name,
        MailInState(row.state),
        None if row.reason is None else ParkReason(row.reason),
        row.record_number,
        row.received_at,
        row.settled_at,
        row.settled_by,
        row.note,
    )
