"""Variables of running and ended instances, by scope."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import bindparam, select

from engine.store.tables import variable
from engine.store.unit_of_work import UnitOfWork

_OF_INSTANCE = select(variable.c.scope_key, variable.c.name, variable.c.value).where(
    variable.c.instance_key == bindparam("instance")
)
_OF_INSTANCES = select(variable.c.instance_key, variable.c.scope_key, variable.c.name, variable.c.value).where(
    variable.c.instance_key.in_(bindparam("instances", expanding=True))
)


class VariableRows:
    """Variables of one unit of work; the delta writes them."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def of_instances(self, instance_keys: Collection[int]) -> dict[int, dict[int, dict[str, Any]]]:
        """Return the variables of several instances: instance key -> scope key -> name -> value; one statement."""
        instances: dict[int, dict[int, dict[str, Any]]] = {}
        for key, scope_key, name, value in self._work.execute(_OF_INSTANCES, {"instances": list(instance_keys)}):
            instances.setdefault(key, {}).setdefault(scope_key, {})[name] = value
        return instances

    def of_instance(self, instance_key: int) -> dict[int, dict[str, Any]]:
        """Return all variables of an instance: scope key -> name -> value."""
        scopes: dict[int, dict[str, Any]] = {}
        for scope_key, name, value in self._work.execute(_OF_INSTANCE, {"instance": instance_key}):
            scopes.setdefault(scope_key, {})[name] = value
        return scopes
