"""Who called whom: the whole family of one process instance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.errors import ProcessInstanceNotFound
from engine.model import Actor, Label
from engine.queries.element_names import ElementNames
from engine.queries.operators import require_observer
from engine.store.monitoring import calls
from engine.store.monitoring.instance_detail import RelatedInstance


@dataclass(frozen=True, slots=True)
class CalledInstance:
    """One line of the hierarchy."""

    instance: RelatedInstance
    depth: int  #: 0 for the root
    parent_key: int | None
    called_at: Label | None  #: name of the call activity; None for the root
    open_faults: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallHierarchy:
    """Ask for the call hierarchy around an instance, each caller before what it called. Five statements."""

    process_instance_key: int
    actor: Actor

    def run(self, context: CommandContext) -> tuple[CalledInstance, ...]:
        """Answer; raises NotPermitted, ProcessInstanceNotFound."""
        require_observer(context, self.actor)
        family = calls.family(context.work, self.process_instance_key)
        if not family:
            raise ProcessInstanceNotFound(self.process_instance_key)
        keys = [instance.key for instance in family]
        parents = calls.parents(context.work, keys)
        elements = calls.calling_elements(context.work, keys)
        faults = calls.open_faults(context.work, keys)
        names = ElementNames(context)

        def line(instance: RelatedInstance, depth: int) -> CalledInstance:
            element = elements.get(instance.parent_element_instance_key or 0)
            name = names.of(*element) if element else None
            return CalledInstance(instance, depth, parents.get(instance.key), name, faults.get(instance.key, 0))

        return tuple(line(instance, depth) for instance, depth in _in_order(family, parents))


def _in_order(family: list[RelatedInstance], parents: Mapping[int, int]) -> Iterator[tuple[RelatedInstance, int]]:
    """Yield callers before what they called, with the depth; a chain may be deeper than Python's stack."""
    called: dict[int | None, list[RelatedInstance]] = {}
    for instance in family:
        called.setdefault(parents.get(instance.key), []).append(instance)
    waiting = [(instance, 0) for instance in reversed(called.get(None, []))]
    while waiting:
        instance, depth = waiting.pop()
        yield instance, depth
        waiting += [(inner, depth + 1) for inner in reversed(called.get(instance.key, []))]
