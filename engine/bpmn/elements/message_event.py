"""Waiting for a message: a subscription with the key it has when the element is entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.definition import given
from engine.bpmn.effects import SubscriptionClosed, SubscriptionOpened
from engine.bpmn.spiff import ElementInstance
from engine.model import Label

if TYPE_CHECKING:
    from engine.bpmn.elements.element import ElementSpec
    from engine.bpmn.run import Run, Wait

_NAME = Label("a message name", "nama pesan")


def prepare(run: Run, owner: ElementInstance, spec: ElementSpec) -> Wait:
    """Return name and correlation key; raises ExecutionFailed."""
    message = given(given(spec.element.event).message)
    return {
        "name": run.evaluate.text(message.name, owner, _NAME),
        "correlation": run.evaluate.correlation_key(message.correlation_key, owner),
    }


def open_wait(run: Run, owner: ElementInstance, wait: Wait) -> None:
    """Open the subscription."""
    element = run.process.spec.spec(wait["on"]).element
    run.effects.append(
        SubscriptionOpened(
            wait["key"], wait["name"], wait["correlation"], owner.key, element.id, element.is_interrupting
        )
    )


def close_wait(run: Run, owner: ElementInstance, wait: Wait) -> None:
    """Close the subscription."""
    run.effects.append(SubscriptionClosed(wait["key"]))
