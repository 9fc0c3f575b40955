"""FEEL functions that need content: business calendars are read when an expression first asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.commands.context import CommandContext
from engine.commands.definitions import Documents

_NAMES = ("bizadd", "bizdiff")


def lazy_host_functions(context: CommandContext) -> Mapping[str, Callable[..., Any]]:
    """Return bizadd and bizdiff over the newest calendars; no statement runs unless one is called."""
    loaded: list[Documents] = []

    def functions() -> Mapping[str, Callable[..., Any]]:
        if not loaded:
            loaded.append(context.definitions.documents(context.work))
        return loaded[0].functions()

    def lazily(name: str) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            return functions()[name](*arguments)

        return call

    return {name: lazily(name) for name in _NAMES}
