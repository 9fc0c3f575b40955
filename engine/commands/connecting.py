"""Connectors run inside the command, on ports that this unit of work satisfies (decision no. 7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.bpmn import ConnectorCall
from engine.commands.record_rooms import ports_of, streams_of
from engine.commands.record_state import move_record
from engine.connectors import CONNECTORS
from engine.errors import BpmnErrorThrown, EngineError, ExecutionFailed

if TYPE_CHECKING:
    from engine.commands.runtime import InstanceRun, Runtime


def connect(runtime: Runtime, run: InstanceRun, call: ConnectorCall) -> Mapping[str, Any] | None:
    """Run the connector of that job type; None when it is none of ours and a worker must do it.

    What it refuses becomes a Fault at the element; what it wrote before is undone with a savepoint.
    """
    connector = CONNECTORS.get(call.job_type)
    if connector is None:
        return None
    move_record(runtime, run)
    streams = streams_of(runtime.context, runtime.actor)
    try:
        with runtime.context.work.savepoint():
            result = connector.run(call, ports_of(runtime, run, streams))
            streams.write()
            return result
    except (BpmnErrorThrown, ExecutionFailed):
        raise
    except EngineError as error:
        raise ExecutionFailed(call.element_id, "connector", error.label) from error
