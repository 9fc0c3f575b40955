"""An ended instance goes on: a new instance of the same record, at an element, with what the old one knew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.runtime import Runtime, require_state
from engine.errors import InputInvalid, ProcessDefinitionNotFound, ProcessInstanceNotFound
from engine.model import Actor, Label, ProcessInstance, ProcessInstanceKey, ProcessInstanceState
from engine.store.instances import Instances
from engine.store.resources import Resources
from engine.store.variables import VariableRows

_ENDED = (ProcessInstanceState.COMPLETED, ProcessInstanceState.CANCELED)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestartProcessInstance:
    """Start the process of an ended instance again, before the elements `start_before`; administrators may.

    The new instance belongs to the same record and has the variables that the old one ended with,
    `variables` over them. It runs the newest version unless one is named. Returns the new instance.
    Raises ProcessInstanceNotFound, NotInState while the old one runs, ElementNotFound, and InputInvalid for an
    instance that another one called or whose variables retention has removed.
    """

    process_instance_key: ProcessInstanceKey | int
    start_before: Sequence[str]
    actor: Actor
    variables: Mapping[str, Any] = field(default_factory=dict)
    version: int | None = None
    reason: str = ""

    def run(self, context: CommandContext) -> ProcessInstance:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_administrator()
        old = self._old(context)
        definition = Resources(context.work).find_definition(old.process_id, version=self.version)
        if definition is None:
            raise ProcessDefinitionNotFound(f"{old.process_id} {self.version}")
        past = VariableRows(context.work).of_instance(old.key).get(old.key, {})
        runtime = Runtime(context, self.actor)
        run = runtime.create(context.definitions.deployed(context.work, definition), business_id=old.business_id)
        run.change(record_key=old.record_key)
        details = {"from": old.key, "start_before": list(self.start_before), "reason": self.reason}
        runtime.note(run, "instance_restarted", details=details)
        run.execution.start_before(self.start_before, {**past, **self.variables})
        runtime.settle()
        return run.instance

    def _old(self, context: CommandContext) -> ProcessInstance:
        loaded = Instances(context.work).load(self.process_instance_key)
        if loaded is None:
            raise ProcessInstanceNotFound(self.process_instance_key)
        old = loaded.instance
        require_state(old, *_ENDED)
        if old.parent_instance_key is not None:
            raise InputInvalid(
                Label(
                    "This instance was called by another one. Restart that one, before its call activity.",
                    "Jalannya proses ini dipanggil yang lain. Mulai ulang pemanggilnya, sebelum aktivitas pemanggil.",
                )
            )
        if not self.start_before:
            raise InputInvalid(Label("Choose an element to begin at.", "Pilih elemen tempat memulai."))
        if loaded.has_lost_bodies:
            raise InputInvalid(
                Label(
                    "Its variables were removed after the retention period. Start a new instance instead.",
                    "Variabelnya sudah dihapus setelah masa simpan. Mulai proses baru sebagai gantinya.",
                )
            )
        return old
