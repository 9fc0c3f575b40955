"""Message and signal subscriptions, and messages that wait for somebody."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, or_, select

from engine.model import BufferedMessage, MessageKey
from engine.store.tables import (
    buffered_message,
    message_correlation,
    message_start,
    message_subscription,
    process_instance,
    signal_subscription,
)
from engine.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a message or signal: an element instance, or a start event (no instance)."""

    key: int
    instance_key: int | None
    process_id: str
    process_definition_key: int
    element_id: str


@dataclass(frozen=True, slots=True)
class Subscription:
    """An open subscription of an instance."""

    key: int
    message_name: str
    correlation_key: str


class MessageRows:
    """Messages of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def lock(self, name: str, correlation_key: str) -> None:
        """Let nobody else publish or begin to await this message until the transaction ends.

        On PostgreSQL one who publishes and one who begins to wait would not see each other's rows, and the
        message would lie in the buffer for ever. SQLite has one writer at a time.
        """
        if not self._work.is_sqlite:
            place = func.hashtextextended(f"{name}\n{correlation_key}", 0)
            self._work.execute(select(func.pg_advisory_xact_lock(place)))

    def waiting(self, name: str, correlation_key: str) -> list[Waiting]:
        """Return what waits for the message, oldest first; start events (any key) included.

        Subscriptions of suspended instances wait on, so they are left out.
        """
        table = message_subscription
        query = (
            select(table)
            .outerjoin(process_instance, process_instance.c.key == table.c.instance_key)
            .where(
                table.c.message_name == name,
                or_(table.c.instance_key.is_(None), table.c.correlation_key == correlation_key),
                or_(table.c.instance_key.is_(None), process_instance.c.state == "active"),
            )
            .order_by(table.c.key)
        )
        return [_waiting(row, row.process_id) for row in self._work.execute(query)]

    def still_open(self, subscription_key: int) -> bool:
        """Return whether the subscription is there."""
        query = select(message_subscription.c.key).where(message_subscription.c.key == subscription_key)
        return self._work.execute(query).one_or_none() is not None

    def subscriptions_of(self, instance_key: int) -> list[Subscription]:
        """Return what an instance waits for, oldest first."""
        table = message_subscription
        query = select(table).where(table.c.instance_key == instance_key).order_by(table.c.key)
        return [Subscription(row.key, row.message_name, row.correlation_key) for row in self._work.execute(query)]

    def add_subscriptions(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert start events that wait for a message."""
        self._work.execute(insert(message_subscription), list(rows))

    def remove_starts(self, process_ids: Collection[str]) -> None:
        """Remove the waiting start events of older versions."""
        self._work.execute(
            delete(message_subscription).where(
                message_subscription.c.instance_key.is_(None), message_subscription.c.process_id.in_(process_ids)
            )
        )

    def is_duplicate(self, name: str, correlation_key: str, message_id: str) -> bool:
        """Return whether a message of that id is buffered already."""
        table = buffered_message
        query = select(table.c.key).where(
            table.c.name == name, table.c.correlation_key == correlation_key, table.c.message_id == message_id
        )
        return self._work.execute(query).one_or_none() is not None

    def buffer(self, message: BufferedMessage) -> None:
        """Keep a message until it expires."""
        self._work.execute(
            insert(buffered_message),
            {
                "key": message.key,
                "name": message.name,
                "correlation_key": message.correlation_key,
                "message_id": message.message_id,
                "variables": dict(message.variables),
                "published_at": message.published_at,
                "expires_at": message.expires_at,
            },
        )

    def oldest_for(self, name: str, correlation_key: str, process_id: str, now: datetime) -> BufferedMessage | None:
        """Return the oldest buffered message that this process has not had."""
        table = buffered_message
        had = select(message_correlation.c.message_key).where(
            message_correlation.c.message_key == table.c.key, message_correlation.c.process_id == process_id
        )
        query = (
            select(table)
            .where(
                table.c.name == name,
                table.c.correlation_key == correlation_key,
                table.c.expires_at > now,
                ~had.exists(),
            )
            .order_by(table.c.key)
            .limit(1)
        )
        row = self._work.execute(query).one_or_none()
        return None if row is None else buffered(row)

    def correlated(self, message_key: int, process_ids: Collection[str]) -> None:
        """Remember that a buffered message reached these processes."""
        if process_ids:
            rows = [{"message_key": message_key, "process_id": process_id} for process_id in process_ids]
            self._work.execute(insert(message_correlation), rows)

    def expired_untaken(self, now: datetime) -> list[BufferedMessage]:
        """Return the messages whose time to live is over and that nobody took, oldest first."""
        table = buffered_message
        taken = select(message_correlation.c.message_key).where(message_correlation.c.message_key == table.c.key)
        query = select(table).where(table.c.expires_at <= now, ~taken.exists()).order_by(table.c.key)
        return [buffered(row) for row in self._work.execute(query)]

    def expire(self, now: datetime) -> int:
        """Remove messages whose time to live is over; return how many."""
        expired = select(buffered_message.c.key).where(buffered_message.c.expires_at <= now)
        self._work.execute(delete(message_correlation).where(message_correlation.c.message_key.in_(expired)))
        return self._work.execute(delete(buffered_message).where(buffered_message.c.expires_at <= now)).rowcount

    def running_start(self, process_id: str, correlation_key: str) -> int | None:
        """Return the running instance that a message with this key started."""
        query = select(message_start.c.instance_key).where(
            message_start.c.process_id == process_id, message_start.c.correlation_key == correlation_key
        )
        return self._work.execute(query).scalar_one_or_none()

    def add_running_start(self, process_id: str, correlation_key: str, instance_key: int) -> None:
        """Remember which instance a message started."""
        self._work.execute(
            insert(message_start),
            {"process_id": process_id, "correlation_key": correlation_key, "instance_key": instance_key},
        )

    def end_running_start(self, instance_key: int) -> str | None:
        """Forget that an instance was started by a message; return the correlation key if it was."""
        query = select(message_start.c.correlation_key).where(message_start.c.instance_key == instance_key)
        correlation_key: str | None = self._work.execute(query).scalar_one_or_none()
        if correlation_key is not None:
            self._work.execute(delete(message_start).where(message_start.c.instance_key == instance_key))
        return correlation_key

    def start_events_of(self, process_id: str) -> list[tuple[str, Waiting]]:
        """Return the waiting message start events of a process with their message names."""
        query = select(message_subscription).where(
            message_subscription.c.process_id == process_id, message_subscription.c.instance_key.is_(None)
        )
        return [(row.message_name, _waiting(row, row.process_id)) for row in self._work.execute(query)]


class SignalRows:
    """Signal subscriptions of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def waiting(self, name: str) -> list[Waiting]:
        """Return all that waits for the signal, oldest first."""
        table = signal_subscription
        query = (
            select(table)
            .outerjoin(process_instance, process_instance.c.key == table.c.instance_key)
            .where(table.c.signal_name == name)
            .where(or_(table.c.instance_key.is_(None), process_instance.c.state == "active"))
            .order_by(table.c.key)
        )
        return [_waiting(row, "") for row in self._work.execute(query)]

    def add_subscriptions(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert start events that wait for a signal."""
        self._work.execute(insert(signal_subscription), list(rows))

    def remove_starts(self, definition_keys: Collection[int]) -> None:
        """Remove the waiting start events of these definitions."""
        self._work.execute(
            delete(signal_subscription).where(
                signal_subscription.c.instance_key.is_(None),
                signal_subscription.c.process_definition_key.in_(definition_keys),
            )
        )


def buffered(row: Row[Any]) -> BufferedMessage:
    """Turn a row of buffered_message into a value."""
    return BufferedMessage(
        MessageKey(row.key),
        row.name,
        row.correlation_key,
        row.message_id,
        row.variables,
        row.published_at,
        row.expires_at,
    )


def _waiting(row: Row[Any], process_id: str) -> Waiting:
    return Waiting(row.key, row.instance_key, process_id, row.process_definition_key, row.element_id)
