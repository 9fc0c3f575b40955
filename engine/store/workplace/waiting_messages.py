"""Which messages instances wait for."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from engine.store.tables import message_subscription
from engine.store.unit_of_work import UnitOfWork


def names_waited_for(work: UnitOfWork, instance_keys: Collection[int]) -> set[str]:
    """Return the names of the messages that these instances wait for."""
    names = message_subscription.c.message_name
    query = select(names).where(message_subscription.c.instance_key.in_(instance_keys)).distinct()
    return set(work.execute(query).scalars())
