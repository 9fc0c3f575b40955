"""Waiting for a signal, and throwing one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.definition import given
from engine.bpmn.effects import SignalSubscriptionClosed, SignalSubscriptionOpened
from engine.bpmn.spiff import ElementInstance
from engine.model import Label

if TYPE_CHECKING:
    from engine.bpmn.elements.element import ElementSpec
    from engine.bpmn.run import Run, Wait

NAME = Label("a signal name", "nama sinyal")


def prepare(run: Run, owner: ElementInstance, spec: ElementSpec) -> Wait:
    """Return the name; raises ExecutionFailed."""
    return {"name": run.evaluate.text(given(given(spec.element.event).signal_name), owner, NAME)}


def open_wait(run: Run, owner: ElementInstance, wait: Wait) -> None:
    """Open the subscription."""
    element_id = run.process.spec.spec(wait["on"]).element.id
    run.effects.append(SignalSubscriptionOpened(wait["key"], wait["name"], owner.key, element_id))


def close_wait(run: Run, owner: ElementInstance, wait: Wait) -> None:
    """Close the subscription."""
    run.effects.append(SignalSubscriptionClosed(wait["key"]))
