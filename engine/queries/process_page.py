"""One process: its versions, what is where in its diagram, what happened lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from engine.commands.context import CommandContext
from engine.errors import ProcessDefinitionNotFound
from engine.model import Actor, Label
from engine.queries.element_names import ElementNames
from engine.queries.operators import require_observer
from engine.queries.process_overview import DAYS, by_day, last_days
from engine.store.monitoring import processes
from engine.store.monitoring.processes import DayCount, DeployedVersion


@dataclass(frozen=True, slots=True)
class ElementLoad:
    """An element of the diagram and what is there now."""

    element_id: str
    element_type: str
    name: Label
    live: int
    faults: int


@dataclass(frozen=True, slots=True)
class ProcessPageData:
    """What the page of one process shows."""

    versions: tuple[DeployedVersion, ...]  #: newest first
    shown: DeployedVersion  #: whose diagram is drawn
    is_one_version: bool  #: False: the counters are those of all versions
    loads: tuple[ElementLoad, ...]  #: elements where something is, the fullest first
    elements: tuple[ElementLoad, ...]  #: all that can wait or fail, in the order of the file; for the filter
    days: tuple[DayCount, ...]
    started_before: int
    ended_before: int
    median_duration: timedelta | None  #: of the newest finished instances

    @property
    def running(self) -> int:
        """Return how many instances run now."""
        chosen = (self.shown,) if self.is_one_version else self.versions
        return sum(version.running for version in chosen)

    @property
    def open_faults(self) -> int:
        """Return how many execution faults are open."""
        return sum(load.faults for load in self.loads)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessPage:
    """Ask for one process, all its versions together or one of them. Six statements."""

    process_id: str
    actor: Actor
    version: int | None = None

    def run(self, context: CommandContext) -> ProcessPageData:
        """Answer; raises NotPermitted, ProcessDefinitionNotFound."""
        require_observer(context, self.actor)
        versions = processes.versions_of(context.work, self.process_id)
        shown = self._shown(versions)
        keys = [shown.key] if self.version is not None else [version.key for version in versions]
        window = last_days(context.now.date())
        counts = processes.day_counts(
            context.work,
            window[0] - timedelta(days=DAYS),
            process_id=self.process_id,
            definition_key=shown.key if self.version is not None else None,
        )
        before = [count for count in counts if count.on < window[0]]
        durations = processes.newest_durations(context.work, self.process_id, keys)
        loads = _loads(context, shown, keys)
        return ProcessPageData(
            versions=tuple(versions),
            shown=shown,
            is_one_version=self.version is not None,
            loads=tuple(sorted((load for load in loads if load.live or load.faults), key=_fullest_first)),
            elements=tuple(loads),
            days=by_day(counts, window, self.process_id),
            started_before=sum(count.started for count in before),
            ended_before=sum(count.ended for count in before),
            median_duration=_median(durations),
        )

    def _shown(self, versions: Sequence[DeployedVersion]) -> DeployedVersion:
        wanted = [version for version in versions if self.version in (None, version.version)]
        if not wanted:
            raise ProcessDefinitionNotFound(self.process_id)
        return wanted[0]


def _loads(context: CommandContext, shown: DeployedVersion, keys: Sequence[int]) -> list[ElementLoad]:
    names = ElementNames(context)
    live = processes.live_counts(context.work, keys)
    faults = processes.fault_counts(context.work, keys)
    elements = names.elements(shown.key)
    # An older version may have live elements that the shown diagram no longer draws.
    ids = [*elements, *sorted((live.keys() | faults.keys()) - elements.keys())]
    return [
        ElementLoad(
            element_id=element_id,
            element_type=elements[element_id].type if element_id in elements else "",
            name=names.of(shown.key, element_id),
            live=live.get(element_id, 0),
            faults=faults.get(element_id, 0),
        )
        for element_id in ids
    ]


def _median(durations: Sequence[timedelta]) -> timedelta | None:
    return sorted(durations)[len(durations) // 2] if durations else None


def _fullest_first(load: ElementLoad) -> tuple[int, int, str]:
    return (-load.faults, -load.live, load.element_id)
