"""The state of an instance between commands: live element instances only, as versioned JSON.

`{"v": 1, "process": id, "live": [[key, spec name, scope key, state data], ...]}`, scopes before what is in them.
"""

from __future__ import annotations

from typing import Any

import orjson

from engine.bpmn.run import Run
from engine.bpmn.spiff import ElementInstance

VERSION = 1


def dump(run: Run) -> bytes:
    """Return the live state; b"" when the instance ended."""
    live = [_row(instance) for instance in run.tree.live()]
    if not live:
        return b""
    return orjson.dumps({"v": VERSION, "process": run.process.process_id, "live": live})


def load(run: Run, state: bytes) -> None:
    """Bring the live element instances back into an empty run."""
    document = orjson.loads(state)
    if document["v"] != VERSION:
        raise ValueError(f"Expected state of version {VERSION}, but got {document['v']}")
    for key, name, scope_key, data in document["live"]:
        scope = run.tree.find(scope_key) if scope_key is not None else None
        instance = run.tree.add(key, run.process.spec.spec(name), scope)
        instance.state_data = data
        index(run, instance)


def index(run: Run, instance: ElementInstance) -> None:
    """Make an element instance findable by the keys of what it opened."""
    data: dict[str, Any] = instance.state_data
    for wait in data.get("waits", ()):
        run.waits[wait["key"]] = (instance, wait)
        if wait["kind"] == "conditional":
            run.conditions[wait["key"]] = None
    if "job" in data:
        run.jobs[data["job"]["key"]] = instance
    if "fault" in data:
        run.faults[data["fault"]["key"]] = instance
    if "arrived" in data and instance.scope is not None:
        run.joins[(instance.scope.key, instance.spec.name)] = instance


def _row(instance: ElementInstance) -> list[Any]:
    scope = instance.scope
    return [instance.key, instance.spec.name, scope.key if scope is not None else None, instance.state_data]
