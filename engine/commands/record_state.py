"""`clause8:state` on an element: when it is entered, the record of its process gets this state.

Which states a type of record has, and which are final and close it, the register's document says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.effects import ElementEntered
from engine.commands.record_rooms import records_of, streams_of
from engine.store.records import Records as RecordRows

if TYPE_CHECKING:
    from engine.commands.context import CommandContext
    from engine.commands.runtime import InstanceRun, Runtime

STATE_PROPERTY = "clause8:state"


def move_record(runtime: Runtime, run: InstanceRun) -> None:
    """Write the state that the elements entered since the last call give, the last of them.

    Called before a connector runs and before rows are written, so that the record's states come in
    the order of the diagram.
    """
    elements = run.deployed.executable.elements
    entered = run.execution.effects[run.states_seen :]
    run.states_seen = len(run.execution.effects)
    states = [
        state
        for effect in entered
        if isinstance(effect, ElementEntered) and effect.element_id in elements
        if (state := elements[effect.element_id].properties.get(STATE_PROPERTY))
    ]
    if not states or run.instance.record_key is None:
        return
    context = runtime.context
    number = RecordRows(context.work).number_of(run.instance.record_key)
    streams = streams_of(context, runtime.actor)
    is_final = states[-1] in _final_states(context, number.partition("-")[0])
    records_of(context, runtime.actor, streams).update(number, state=states[-1], close=is_final)
    streams.write()


def _final_states(context: CommandContext, record_type: str) -> set[str]:
    registers = context.definitions.documents(context.work).of_kind("register")
    return {
        str(state.get("key"))
        for register in registers
        if register.get("type") == record_type
        for state in register.get("states") or ()
        if state.get("final")
    }
