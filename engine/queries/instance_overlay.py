"""Which elements of an instance's diagram are lit, for everybody who may see its task or record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.errors import ProcessInstanceNotFound
from engine.model import Actor
from engine.queries.readers import deputy_reader_of
from engine.store.monitoring.instance_detail import trail
from engine.store.workplace.places import LiveElement, may_see_instance
from engine.store.workplace.places import live_elements as live_elements_of


@dataclass(frozen=True, slots=True)
class Lit:
    """How an element is lit: how often it is alive, how often stuck, and whether it was passed."""

    active: int
    faults: int
    is_completed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceOverlay:
    """Ask what is lit; raises ProcessInstanceNotFound when the actor may not see the instance."""

    actor: Actor
    process_instance_key: int

    def run(self, context: CommandContext) -> Mapping[str, Lit]:
        """Answer in four statements: ids of elements and flows."""
        reader = deputy_reader_of(context, self.actor)
        if not may_see_instance(context.work, reader, self.process_instance_key):
            raise ProcessInstanceNotFound(self.process_instance_key)
        passed = trail(context.work, self.process_instance_key)
        live: dict[str, list[LiveElement]] = {}
        for element in live_elements_of(context.work, [self.process_instance_key]):
            live.setdefault(element.element_id, []).append(element)
        return {element_id: _lit(live.get(element_id, []), element_id in passed) for element_id in {*live, *passed}}


def _lit(live: list[LiveElement], is_completed: bool) -> Lit:
    moving = [element for element in live if not element.is_stuck]
    # The body around the turns of a loop has the element's id too, and is no turn.
    turns = [element for element in moving if element.element_type != "multiInstanceBody"]
    return Lit(len(turns or moving), len(live) - len(moving), is_completed)
