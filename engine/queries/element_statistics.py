"""How often elements were passed and how long they took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from engine.commands.context import CommandContext
from engine.errors import ProcessDefinitionNotFound
from engine.model import Actor, Label
from engine.queries.element_names import ElementNames
from engine.queries.operators import require_observer
from engine.store.monitoring import element_times, processes
from engine.store.monitoring.element_times import ElementLife

SAMPLE = 500


@dataclass(frozen=True, slots=True)
class ElementFigures:
    """One element: how often it ended in which way, and how long its completed instances took."""

    element_id: str
    element_type: str
    name: Label
    completed: int
    canceled: int
    total: timedelta  #: all completed ones together
    median: timedelta | None  #: None when none completed
    p95: timedelta | None  #: nearest rank


@dataclass(frozen=True, slots=True)
class ElementStatisticsData:
    """Figures over the newest instances, the element that takes longest first."""

    instances: int
    elements: tuple[ElementFigures, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementStatistics:
    """Ask for the elements of a process, all its versions or one, over its newest instances. Four statements."""

    process_id: str
    actor: Actor
    version: int | None = None
    sample: int = SAMPLE

    def run(self, context: CommandContext) -> ElementStatisticsData:
        """Answer; raises NotPermitted, ProcessDefinitionNotFound."""
        require_observer(context, self.actor)
        versions = processes.versions_of(context.work, self.process_id)
        keys = [version.key for version in versions if self.version in (None, version.version)]
        if not keys:
            raise ProcessDefinitionNotFound(f"{self.process_id} {self.version or ''}".strip())
        instances = element_times.newest_instances(context.work, keys, self.sample)
        ended: dict[str, list[ElementLife]] = {}
        for life in element_times.lives(context.work, instances):
            ended.setdefault(life.element_id, []).append(life)
        names = ElementNames(context)
        figures = [_figures(names, element_id, lives) for element_id, lives in ended.items()]
        return ElementStatisticsData(len(instances), tuple(sorted(figures, key=_longest_first)))


def _figures(names: ElementNames, element_id: str, lives: Sequence[ElementLife]) -> ElementFigures:
    # The newest version that has it says what it is called.
    definition_key = max(life.process_definition_key for life in lives)
    element = names.elements(definition_key).get(element_id)
    took = sorted(life.took for life in lives if life.is_completed)
    return ElementFigures(
        element_id=element_id,
        element_type=element.type if element else "",
        name=names.of(definition_key, element_id),
        completed=len(took),
        canceled=len(lives) - len(took),
        total=sum(took, timedelta()),
        median=timedelta(seconds=median(one.total_seconds() for one in took)) if took else None,
        p95=took[-(-95 * len(took) // 100) - 1] if took else None,
    )


def _longest_first(figures: ElementFigures) -> tuple[timedelta, str]:
    return -(figures.median or timedelta()), figures.element_id
