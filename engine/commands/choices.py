"""What a form offers from the server's data: `register:SVC`, `records:CHG`, `people:auditor`, `groups`, `units`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from engine.commands.context import CommandContext
from engine.forms import Option
from engine.model import Label
from engine.store.choice_lists import ChoiceLists

Found = list[tuple[str, Label]]
_SOURCES: Mapping[str, Callable[[ChoiceLists, str], Found]] = {
    "register": lambda lists, name: lists.records(name),
    "records": lambda lists, name: lists.records(name),
    "people": lambda lists, name: lists.people([name] if name else []),
    "groups": lambda lists, _name: lists.groups(),
    "units": lambda lists, _name: lists.units(),
}
#: The kinds of source that content may name before the colon.
SOURCE_KINDS = frozenset(_SOURCES)


def offered_choices(context: CommandContext) -> Callable[[str], Sequence[Option]]:
    """Return what looks up a source of choices; each source costs one statement, however often it is asked."""
    lists = ChoiceLists(context.work)
    known: dict[str, Sequence[Option]] = {}

    def choices(source: str) -> Sequence[Option]:
        if source not in known:
            kind, _, name = source.partition(":")
            find = _SOURCES.get(kind)
            known[source] = [Option(value, label) for value, label in find(lists, name)] if find else []
        return known[source]

    return choices
