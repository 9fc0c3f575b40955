"""Message throw and end events, send tasks: a job, or a message that the engine publishes (decisions.md, 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.definition import given
from engine.bpmn.effects import MessageThrown
from engine.bpmn.elements.job_task import work
from engine.bpmn.elements.throw_event import ThrowEvent
from engine.bpmn.spiff import ElementInstance
from engine.model import Label

if TYPE_CHECKING:
    from engine.bpmn.run import Run

_NAME = Label("a message name", "nama pesan")


class MessageThrow(ThrowEvent):
    """With `zeebe:taskDefinition` a worker's job; without it the message of its `messageRef` is published."""

    def act(self, run: Run, instance: ElementInstance) -> bool:
        """Open the job, or publish and go on."""
        if self.element.job is not None:
            return work(run, instance, self.element.job)
        _publish(run, instance)
        return True


def _publish(run: Run, instance: ElementInstance) -> None:
    """Publish one message for each correlation key; its variables are those of the input mapping."""
    element = instance.element
    message = given(given(element.event).message)
    name = run.evaluate.text(message.name, instance, _NAME)
    keys = run.evaluate.correlation_keys(message.correlation_key, instance)
    variables = dict(run.scopes.local(instance.key))
    for index, key in enumerate(keys):
        # The id makes a retry harmless; several messages of one event are told apart by their place.
        message_id = str(instance.key) if len(keys) == 1 else f"{instance.key}-{index}"
        run.effects.append(
            MessageThrown(instance.key, element.id, name, key, message_id, message.time_to_live, variables)
        )
