"""Waiting for events: messages, timers, signals, conditions. Armed with their owner, gone with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from engine.bpmn.elements import conditional_event, message_event, signal_event, timer_event
from engine.bpmn.spiff import ElementInstance

if TYPE_CHECKING:
    from engine.bpmn.elements.element import ElementSpec
    from engine.bpmn.run import Run, Wait


class Kind(Protocol):
    """How to wait for one kind of event; the modules of that name implement it."""

    def prepare(self, run: Run, owner: ElementInstance, spec: ElementSpec) -> Wait:
        """Return what to wait for, without waiting yet; raises ExecutionFailed."""
        ...

    def open_wait(self, run: Run, owner: ElementInstance, wait: Wait) -> None:
        """Begin to wait; cannot fail."""
        ...

    def close_wait(self, run: Run, owner: ElementInstance, wait: Wait) -> None:
        """Wait no longer."""
        ...


KINDS: dict[str, Kind] = {
    "message": message_event,
    "timer": timer_event,
    "signal": signal_event,
    "conditional": conditional_event,
}


def prepare_all(run: Run, owner: ElementInstance, specs: Iterable[ElementSpec]) -> list[Wait]:
    """Return what the events wait for; those that are only thrown at (errors ...) wait for nothing."""
    waits = []
    for spec in specs:
        kind = spec.element.event_kind
        if kind in KINDS:
            waits.append({"kind": kind, "on": spec.name, **KINDS[kind].prepare(run, owner, spec)})
    return waits


def arm(run: Run, owner: ElementInstance, waits: Sequence[Wait]) -> None:
    """Let `owner` wait for all of them."""
    for wait in waits:
        wait["key"] = run.context.next_key()
        owner.state_data.setdefault("waits", []).append(wait)
        run.waits[wait["key"]] = (owner, wait)
        KINDS[wait["kind"]].open_wait(run, owner, wait)


def close_waits(run: Run, owner: ElementInstance, names: set[str] | None = None) -> None:
    """Let `owner` wait no longer: for the events of those names, or for anything."""
    waits: list[Wait] = owner.state_data.get("waits", [])
    kept = [wait for wait in waits if names is not None and wait["on"] not in names]
    for wait in waits:
        if wait not in kept:
            close_wait(run, owner, wait)
    if kept:
        owner.state_data["waits"] = kept
    else:
        owner.state_data.pop("waits", None)


def close_wait(run: Run, owner: ElementInstance, wait: Wait) -> None:
    """End one wait, without taking it from its owner's list."""
    run.waits.pop(wait["key"], None)
    KINDS[wait["kind"]].close_wait(run, owner, wait)


def drop_wait(run: Run, owner: ElementInstance, wait: Wait) -> None:
    """End one wait of several."""
    close_wait(run, owner, wait)
    owner.state_data["waits"] = [other for other in owner.state_data["waits"] if other is not wait]
