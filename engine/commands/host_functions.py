"""FEEL functions that need content or rows: calendars and clocks are read when an expression first asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from engine.commands.context import CommandContext
from engine.commands.definitions import Documents
from engine.feel import to_json
from engine.store.deadlines import DeadlineRows

_NAMES = ("bizadd", "bizdiff")


def lazy_host_functions(context: CommandContext) -> Mapping[str, Callable[..., Any]]:
    """Return bizadd and bizdiff over the newest calendars, and due; no statement runs unless one is called."""
    loaded: list[Documents] = []

    def functions() -> Mapping[str, Callable[..., Any]]:
        if not loaded:
            loaded.append(context.definitions.documents(context.work))
        return loaded[0].functions()

    def lazily(name: str) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            return functions()[name](*arguments)

        return call

    return {name: lazily(name) for name in _NAMES} | {"due": lambda record, clock: _due(context, record, clock)}


def _due(context: CommandContext, record: Any, clock: Any) -> datetime:
    """Return when a clock of a record, given by its number or as a context with `number`, falls due.

    Of a paused clock it is as if it had gone on when it was paused. Raises ValueError, which FEEL turns into null.
    """
    value = to_json(record)
    number = value.get("number") if isinstance(value, Mapping) else value
    if not (isinstance(number, str) and isinstance(clock, str)):
        raise ValueError("expected the number of a record and the name of a clock")
    found = DeadlineRows(context.work).of_number(number, clock)
    if found is None:
        raise ValueError(f"{number[:60]} has no clock {clock[:60]!r}")
    zone = context.definitions.documents(context.work).calendars()[found.calendar].zone
    local = found.due_at.astimezone(zone)
    # A JSON variable carries an offset to every reader; a zone name only FEEL could read.
    return local.astimezone(timezone(local.utcoffset() or timedelta()))
