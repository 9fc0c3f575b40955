"""Throw and end events: they do something and pass on; an end event simply has no way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.compensation import compensate, take_records
from engine.bpmn.definition import given
from engine.bpmn.effects import SignalThrown
from engine.bpmn.elements.element import ElementSpec
from engine.bpmn.elements.signal_event import NAME as SIGNAL_NAME
from engine.bpmn.spiff import ElementInstance
from engine.bpmn.throwing import raise_error, raise_escalation
from engine.model import Label

if TYPE_CHECKING:
    from engine.bpmn.run import Run

_CODE = Label("a code", "kode")


class ThrowEvent(ElementSpec):
    """A none event: nothing happens."""

    def leaving(self, run: Run, instance: ElementInstance) -> None:
        """Remember the end events that the process itself reached."""
        if self.element.type == "endEvent" and instance.scope is run.root:
            run.end_event_ids.append(self.element.id)


class SignalThrow(ThrowEvent):
    """Broadcasts a signal with the variables of its input mapping, as the catchers see them."""

    def act(self, run: Run, instance: ElementInstance) -> bool:
        """Throw it."""
        signal_name = given(given(self.element.event).signal_name)
        name = run.evaluate.text(signal_name, instance, SIGNAL_NAME)
        variables = dict(run.scopes.local(instance.key))
        run.effects.append(SignalThrown(instance.key, self.element.id, name, variables))
        return True


class EscalationThrow(ThrowEvent):
    """Escalates to the nearest scope that listens."""

    def act(self, run: Run, instance: ElementInstance) -> bool:
        """Throw it; an interrupting catcher ends this instance too."""
        raise_escalation(run, instance, _code(run, instance), dict(run.scopes.local(instance.key)))
        return not instance.is_over


class ErrorEnd(ThrowEvent):
    """Throws a BPMN error; whoever catches it ends this scope."""

    def act(self, run: Run, instance: ElementInstance) -> bool:
        """Throw it."""
        raise_error(run, instance, _code(run, instance), "", dict(run.scopes.local(instance.key)))
        return False


class TerminateEnd(ThrowEvent):
    """Ends all other work of its scope, which then completes."""

    def act(self, run: Run, instance: ElementInstance) -> bool:
        """End it."""
        run.cancel_inside(instance.around, spared=instance)
        return True


class CompensationThrow(ThrowEvent):
    """Undoes what was done in its scope, last first, and waits until it is undone."""

    def act(self, run: Run, instance: ElementInstance) -> bool:
        """Enter the handlers inside this instance."""
        event = self.element.event
        compensate(run, take_records(instance, event.activity_id if event else None), instance)
        return instance.is_empty


class CancelEnd(ThrowEvent):
    """Cancels a transaction: open work is ended, done work undone, then the cancel boundary event goes on."""

    def act(self, run: Run, instance: ElementInstance) -> bool:
        """End the rest of the transaction and undo the done."""
        instance.around.state_data["is_canceled"] = True
        run.cancel_inside(instance.around, spared=instance)
        compensate(run, take_records(instance, None), instance)
        return instance.is_empty


class LinkThrow(ThrowEvent):
    """Jumps to the link catch event of the same name."""

    target: str = ""

    def leaving(self, run: Run, instance: ElementInstance) -> None:
        """Enter the catch event."""
        run.enter(self.process.spec(self.target), instance.around)


def _code(run: Run, instance: ElementInstance) -> str:
    event = instance.element.event
    if event is None or event.code is None:
        return ""
    return run.evaluate.text(event.code, instance, _CODE)
