"""Which messages instances wait for."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from engine.store.tables import message_subscription
from engine.store.unit_of_work import UnitOfWork


def names_waited_for(work: UnitOfWork, correlation_key: str, instance_keys: Collection[int]) -> set[str]:
    """Return the names of the messages that these instances wait for under that key."""
    names, instance = message_subscription.c.message_name, message_subscription.c.instance_key
    query = select(names).where(instance.in_(instance_keys), message_subscription.c.correlation_key == correlation_key)
    return set(work.execute(query.distinct()).scalars())
