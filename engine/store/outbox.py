"""Deliveries of notifications by mail and webhook, and how people want theirs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from engine.model import Delivery, DeliveryChannel, DeliveryState, Label, MailPace, Notification, Webhook
from engine.store.tables import delivery, delivery_item, mail_preference, notification, record, webhook
from engine.store.unit_of_work import UnitOfWork

_WAITING = DeliveryState.WAITING.value


class Deliveries:
    """Deliveries of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def take_waiting(self, limit: int) -> list[Notification]:
        """Return notifications that wait to be told, the oldest first, and let them wait no more."""
        query = select(notification).where(notification.c.waits.is_(True)).order_by(notification.c.key).limit(limit)
        found = [_notification(row) for row in self._work.execute(query.with_for_update(skip_locked=True))]
        if found:
            keys = [one.key for one in found]
            self._work.execute(update(notification).where(notification.c.key.in_(keys)).values(waits=False))
        return found

    def open_digests(self, users: Collection[str]) -> dict[str, int]:
        """Return person -> the digest that still gathers; nobody sends it before this unit of work ends."""
        query = select(delivery.c.user_name, delivery.c.key).where(
            delivery.c.user_name.in_(users),
            delivery.c.state == _WAITING,
            delivery.c.is_digest.is_(True),
            delivery.c.message_id.is_(None),
        )
        return {row.user_name: row.key for row in self._work.execute(query.with_for_update())}

    def add(self, deliveries: Sequence[Delivery], items: Sequence[tuple[int, int]]) -> None:
        """Insert deliveries, and which notification (second) each delivery (first) tells."""
        if deliveries:
            self._work.execute(insert(delivery), [_row(new) for new in deliveries])
        if items:
            rows = [{"delivery_key": one, "notification_key": told} for one, told in items]
            self._work.execute(insert(delivery_item), rows)

    def lease(self, now: datetime, until: datetime, domain: str, limit: int) -> list[Delivery]:
        """Return what is due, the oldest first, for nobody else before `until`; each has its Message-ID from now on."""
        query = select(delivery).where(delivery.c.state == _WAITING, delivery.c.due_at <= now)
        query = query.order_by(delivery.c.due_at, delivery.c.key).limit(limit).with_for_update(skip_locked=True)
        keys = [row.key for row in self._work.execute(query)]
        if not keys:
            return []
        table = delivery.c
        statement = update(delivery).where(table.key.in_(keys))
        self._work.execute(statement.values(due_at=until, attempts=table.attempts + 1))
        new = select(table.key).where(table.key.in_(keys), table.message_id.is_(None))
        names = [{"of": key, "name": f"<{key}.clause8@{domain}>"} for key in self._work.execute(new).scalars()]
        if names:
            named = update(delivery).where(table.key == bindparam("of")).values(message_id=bindparam("name"))
            self._work.execute(named, names)
        rows = self._work.execute(select(delivery).where(table.key.in_(keys)).order_by(table.key))
        return [delivery_of(row) for row in rows]

    def told_by(self, keys: Collection[int]) -> dict[int, list[Notification]]:
        """Return delivery -> its notifications, the oldest first."""
        query = (
            select(delivery_item.c.delivery_key, notification)
            .join(notification, notification.c.key == delivery_item.c.notification_key)
            .where(delivery_item.c.delivery_key.in_(keys))
            .order_by(notification.c.key)
        )
        told: dict[int, list[Notification]] = {}
        for row in self._work.execute(query):
            told.setdefault(row.delivery_key, []).append(_notification(row))
        return told

    def restricted(self, numbers: Collection[str]) -> frozenset[str]:
        """Return those of the numbers whose records are restricted."""
        query = select(record.c.number).where(record.c.number.in_(numbers), record.c.is_restricted.is_(True))
        return frozenset(self._work.execute(query).scalars())

    def settle(self, key: int, state: DeliveryState, *, at: datetime, error: str | None = None) -> bool:
        """Write the outcome of a waiting one; False when it waits no more."""
        is_waiting = (delivery.c.key == key) & (delivery.c.state == _WAITING)
        values = {"state": state.value, "settled_at": at, "last_error": error}
        return self._work.execute(update(delivery).where(is_waiting).values(values)).rowcount == 1

    def postpone(self, key: int, due_at: datetime, error: str) -> None:
        """Try a waiting one again later."""
        is_waiting = (delivery.c.key == key) & (delivery.c.state == _WAITING)
        self._work.execute(update(delivery).where(is_waiting).values(due_at=due_at, last_error=error))

    def try_again(self, keys: Collection[int] | None, at: datetime) -> int:
        """Let failed ones, or waiting ones of `keys`, be due now; None: all failed ones. Returns how many."""
        table = delivery.c
        chosen = table.state == DeliveryState.FAILED.value
        if keys is not None:
            chosen = table.key.in_(keys) & table.state.in_([_WAITING, DeliveryState.FAILED.value])
        values = {"state": _WAITING, "due_at": at, "attempts": 0, "settled_at": None}
        return self._work.execute(update(delivery).where(chosen).values(values)).rowcount

    def discard(self, key: int, *, at: datetime) -> bool:
        """Give up one that was not sent; False when there is none."""
        is_open = (delivery.c.key == key) & delivery.c.state.in_([_WAITING, DeliveryState.FAILED.value])
        values = {"state": DeliveryState.DISCARDED.value, "settled_at": at}
        return self._work.execute(update(delivery).where(is_open).values(values)).rowcount == 1

    def newest(self, state: DeliveryState, before: int | None, limit: int) -> list[Delivery]:
        """Return deliveries in a state, newest first, those with a key below `before`."""
        query = select(delivery).where(delivery.c.state == state.value)
        if before is not None:
            query = query.where(delivery.c.key < before)
        return [delivery_of(row) for row in self._work.execute(query.order_by(delivery.c.key.desc()).limit(limit))]

    def count(self, state: DeliveryState) -> int:
        """Return how many are in a state that is meant to be left."""
        query = select(func.count()).where(delivery.c.state == state.value)
        count: int = self._work.execute(query).scalar_one()
        return count

    def number_told(self, message_ids: Collection[str]) -> str | None:
        """Return the record that a mail of ours with one of these Message-IDs told of, the newest of them."""
        query = (
            select(notification.c.record_number)
            .join(delivery_item, delivery_item.c.notification_key == notification.c.key)
            .join(delivery, delivery.c.key == delivery_item.c.delivery_key)
            .where(delivery.c.message_id.in_(message_ids), delivery.c.is_digest.is_(False))
            .where(notification.c.record_number.is_not(None))
            .order_by(delivery.c.key.desc())
        )
        return self._work.execute(query.limit(1)).scalar()

    def remove_settled(self, before: datetime, limit: int) -> int:
        """Remove what was sent or discarded before a moment; returns how many."""
        done = delivery.c.state.in_([DeliveryState.SENT.value, DeliveryState.DISCARDED.value])
        query = select(delivery.c.key).where(done, delivery.c.settled_at < before).limit(limit)
        keys = list(self._work.execute(query).scalars())
        if keys:
            self._work.execute(delete(delivery_item).where(delivery_item.c.delivery_key.in_(keys)))
            self._work.execute(delete(delivery).where(delivery.c.key.in_(keys)))
        return len(keys)


class MailPreferences:
    """How people want their mails."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def of(self, users: Collection[str]) -> dict[str, MailPace]:
        """Return person -> choice, of those who made one."""
        rows = self._work.execute(select(mail_preference).where(mail_preference.c.user_name.in_(users)))
        return {row.user_name: MailPace(row.pace) for row in rows}

    def put(self, user: str, pace: MailPace) -> None:
        """Write a person's choice."""
        self._work.execute(delete(mail_preference).where(mail_preference.c.user_name == user))
        self._work.execute(insert(mail_preference), {"user_name": user, "pace": pace.value})


class Webhooks:
    """Webhooks of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def all(self) -> list[Webhook]:
        """Return every webhook, by name."""
        rows = self._work.execute(select(webhook).order_by(webhook.c.name, webhook.c.key))
        return [_webhook(row) for row in rows]

    def add(self, new: Webhook) -> None:
        """Insert one."""
        values: Mapping[str, Any] = {
            "key": new.key,
            "name": new.name,
            "url": new.url,
            "secret": new.secret,
            "events": list(new.events),
            "is_active": new.is_active,
            "created_by": new.created_by,
            "created_at": new.created_at,
        }
        self._work.execute(insert(webhook), values)

    def switch(self, key: int, *, is_active: bool) -> bool:
        """Turn one on or off; False when there is none."""
        statement = update(webhook).where(webhook.c.key == key).values(is_active=is_active)
        return self._work.execute(statement).rowcount == 1


def delivery_of(row: Row[Any]) -> Delivery:
    """Turn a row of delivery into a value."""
    return Delivery(
        row.key,
        DeliveryChannel(row.channel),
        row.user_name,
        row.webhook_key,
        row.event,
        row.is_digest,
        row.message_id,
        DeliveryState(row.state),
        row.due_at,
        row.attempts,
        row.last_error,
        row.created_at,
        row.settled_at,
    )


def _row(new: Delivery) -> dict[str, Any]:
    return {
        "key": new.key,
        "channel": new.channel.value,
        "user_name": new.user,
        "webhook_key": new.webhook_key,
        "event": new.event,
        "is_digest": new.is_digest,
        "message_id": new.message_id,
        "state": new.state.value,
        "due_at": new.due_at,
        "attempts": new.attempts,
        "last_error": new.last_error,
        "created_at": new.created_at,
        "settled_at": new.settled_at,
    }


def _notification(row: Row[Any]) -> Notification:
    return Notification(
        row.key,
        row.user_name,
        Label(row.subject_en, row.subject_id),
        Label(row.body_en, row.body_id),
        row.record_number,
        row.created_at,
        row.read_at,
        row.event,
        row.is_low,
    )


def _webhook(row: Row[Any]) -> Webhook:
    return Webhook(
        row.key, row.name, row.url, row.secret, tuple(row.events), row.is_active, row.created_by, row.created_at
    )
