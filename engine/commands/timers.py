"""Timers fire when due, or when an administrator says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.operate import open_instance
from engine.commands.runtime import Runtime
from engine.commands.start_events import start_timer_row
from engine.errors import InputInvalid, TimerNotFound
from engine.model import Actor, Label, ProcessInstanceState, Timer, TimerKey
from engine.store.due import TimerRows


@dataclass(frozen=True, slots=True, kw_only=True)
class FireTimer:
    """Fire a waiting timer, due or not; administrators and the pump may."""

    timer_key: TimerKey | int
    actor: Actor
    reason: str = ""

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_administrator()
        waiting = TimerRows(context.work).get(self.timer_key)
        if waiting is None:
            raise TimerNotFound(self.timer_key)
        runtime = Runtime(context, self.actor)
        if waiting.process_instance_key is None:
            self._start(runtime, waiting)
        else:
            run = runtime.load(waiting.process_instance_key)
            runtime.note(
                run,
                "timer_fired",
                element_id=waiting.element_id,
                element_instance_key=waiting.element_instance_key,
                details={"due_at": waiting.due_at.isoformat()} | ({"reason": self.reason} if self.reason else {}),
            )
            run.execution.fire_timer(waiting.key)
        runtime.settle()

    def _start(self, runtime: Runtime, waiting: Timer) -> None:
        rows = TimerRows(runtime.context.work)
        deployed = runtime.context.definitions.process(runtime.context.work, waiting.process_definition_key)
        rows.remove(waiting.key)
        following = start_timer_row(runtime.context, deployed, waiting.element_id, after=waiting)
        if following is not None:
            rows.add([following])
        runtime.create(deployed).execution.start({}, waiting.element_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class RescheduleTimer:
    """Move a waiting timer to another moment; administrators may, with a reason."""

    timer_key: TimerKey | int
    due_at: datetime
    actor: Actor
    reason: str = ""

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_administrator()
        if self.due_at.tzinfo is None:
            raise InputInvalid(Label("The moment needs a time zone.", "Waktu memerlukan zona waktu."))
        rows = TimerRows(context.work)
        waiting = rows.get(self.timer_key)
        if waiting is None or waiting.process_instance_key is None or not rows.reschedule(waiting.key, self.due_at):
            raise TimerNotFound(self.timer_key)
        runtime, run = open_instance(
            context,
            self.actor,
            waiting.process_instance_key,
            ProcessInstanceState.ACTIVE,
            ProcessInstanceState.SUSPENDED,
        )
        details = {"from": waiting.due_at.isoformat(), "to": self.due_at.isoformat(), "reason": self.reason}
        runtime.note(
            run,
            "timer_rescheduled",
            element_id=waiting.element_id,
            element_instance_key=waiting.element_instance_key,
            details=details,
        )
        runtime.settle()
