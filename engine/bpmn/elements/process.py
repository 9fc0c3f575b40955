"""Scopes: the process itself, the embedded sub-process and the event sub-process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.definition import Element, Flow
from engine.bpmn.effects import InstanceEnded
from engine.bpmn.elements.element import ElementSpec
from engine.bpmn.elements.waiting import close_waits
from engine.bpmn.spiff import ElementInstance, ProcessSpec

if TYPE_CHECKING:
    from engine.bpmn.run import Entry, Run


class ScopeSpec(ElementSpec):
    """Something that tokens live in."""

    is_scope = True

    def inner_specs(self) -> list[ElementSpec]:
        """Return the specs of the elements directly inside."""
        return [self.process.spec(element_id) for element_id in self.element.inner]

    def event_subprocess_starts(self) -> list[ElementSpec]:
        """Return the start events of the event sub-processes directly inside."""
        return [
            start for spec in self.inner_specs() if spec.element.is_event_subprocess for start in spec.start_events()
        ]

    def start_events(self) -> list[ElementSpec]:
        """Return the start events directly inside."""
        return [spec for spec in self.inner_specs() if spec.element.type == "startEvent"]

    def events(self) -> list[ElementSpec]:
        """Return the events on the edge and the starts of event sub-processes."""
        return [*super().events(), *self.event_subprocess_starts()]

    def act(self, run: Run, instance: ElementInstance) -> bool:
        """Enter the start event that was asked for, else the none start event, and wait for all that follows."""
        begin = instance.state_data.pop("begin", None)
        start = instance.state_data.pop("start", None)
        data = instance.state_data.pop("start_data", None)
        if begin:
            for name, inside in begin:
                run.enter(self.process.spec(name), instance, {"begin": inside} if inside else None)
        elif start is not None:
            run.enter(self.process.spec(start), instance, data)
        else:
            self.enter_none_start(run, instance)
        return instance.is_empty

    def enter_none_start(self, run: Run, instance: ElementInstance) -> None:
        """Begin without being told how."""
        for spec in self.start_events()[:1]:
            run.enter(spec, instance)


class ProcessRoot(ScopeSpec):
    """The process: its end is the end of the instance."""

    def choose_flows(self, run: Run, instance: ElementInstance) -> list[Flow]:
        """Return none."""
        return []

    def leaving(self, run: Run, instance: ElementInstance) -> None:
        """End the instance."""
        variables = dict(run.scopes.local(instance.key))
        run.effects.append(InstanceEnded(False, variables, tuple(run.end_event_ids)))


class SubProcess(ScopeSpec):
    """An embedded sub-process; an event sub-process once its event happened."""


class CompensationScope(ScopeSpec):
    """A completed sub-process seen again by its compensation handlers; it only lends them its variables."""

    has_edge = False

    def __init__(self, process: ProcessSpec, name: str, element: Element) -> None:
        super().__init__(process, name, element)
        self.element_type = "compensationScope"

    def event_subprocess_starts(self) -> list[ElementSpec]:
        """Return none: nothing waits here."""
        return []

    def choose_flows(self, run: Run, instance: ElementInstance) -> list[Flow]:
        """Return none."""
        return []

    def _complete(self, run: Run, instance: ElementInstance) -> str | None:
        return "leave"

    def leaving(self, run: Run, instance: ElementInstance) -> None:
        """Keep nothing: what is undone is not undone again."""


def begin_interruption(run: Run, scope: ElementInstance, after: Entry) -> None:
    """End everything inside a scope, since an event sub-process takes over; its siblings wait no longer."""
    scope.state_data["interrupted"] = True
    close_waits(run, scope, {start.name for start in scope.spec.event_subprocess_starts()})
    run.cancel_inside(scope, after=after)
