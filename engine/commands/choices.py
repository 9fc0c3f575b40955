"""What a form offers from the server's data: `register:SVC`, `records:CHG`, `people:auditor`, `groups`, `units`.

Records may be narrowed by their fields and state: `register:CI?class=server&state=in_use`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.record_access import reader_for
from engine.forms import Option
from engine.model import Actor, Label
from engine.store.choice_lists import ChoiceLists
from engine.store.workplace.readers import Reader

Found = list[tuple[str, Label]]
_SOURCES: Mapping[str, Callable[[ChoiceLists, str], Found]] = {
    "people": lambda lists, name: lists.people([name] if name else []),
    "groups": lambda lists, _name: lists.groups(),
    "units": lambda lists, _name: lists.units(),
}
_RECORDS = frozenset({"register", "records"})
#: The kinds of source that content may name before the colon.
SOURCE_KINDS = frozenset(_SOURCES) | _RECORDS
#: Where a submitted form holds what a person searches for: source -> words.
FIND = "_find"
_NUMBER = re.compile(r"[A-Z]{2,8}-\d{4}-\d{6,9}")


class OfferedChoices:
    """Looks up a source of choices; each costs one or two statements, however often it is asked.

    Entries of a register (`register:SVC`) are for everybody, records of procedures (`records:CHG`) for who sees them.
    """

    def __init__(
        self, context: CommandContext, actor: Actor, submitted: Mapping[str, Any], variables: Mapping[str, Any]
    ) -> None:
        self._context = context
        self._actor = actor
        self._lists = ChoiceLists(context.work, context.now)
        self._known: dict[str, Sequence[Option]] = {}
        self._given = numbers_in(variables)
        self._named = numbers_in(submitted) | self._given
        self._find = _searches([submitted, variables])
        self._reader: Reader | None = None
        #: Sources that have more than what they gave.
        self.partial: set[str] = set()

    def __call__(self, source: str) -> Sequence[Option]:
        """Return the choices; none for a source that nobody knows."""
        if source not in self._known:
            self._known[source] = [Option(value, label) for value, label in self._found(source)]
        return self._known[source]

    def _found(self, source: str) -> Found:
        kind, _, name = source.partition(":")
        if kind not in _RECORDS:
            find = _SOURCES.get(kind)
            return find(self._lists, name) if find else []
        record_type, where = read_source(name)
        named = {number for number in self._named if number.startswith(f"{record_type}-")}
        reader = self._who_reads() if kind == "records" else None
        found, is_part = self._lists.records(record_type, where, self._find.get(source, ""), named, reader)
        if is_part or source in self._find:
            self.partial.add(source)
        if reader is not None:
            # What the process put in stays a choice, by its number alone.
            hidden = (named & self._given) - {number for number, _ in found}
            found += [(number, Label(number, number)) for number in sorted(hidden)]
        return found

    def _who_reads(self) -> Reader | None:
        if self._reader is None and not self._actor.is_system:
            self._reader = reader_for(self._context, read_permissions(self._context, self._actor))
        return self._reader


def offered_choices(
    context: CommandContext,
    actor: Actor,
    submitted: Mapping[str, Any] | None = None,
    variables: Mapping[str, Any] | None = None,
) -> OfferedChoices:
    """Return what looks up choices; records that the values name are among them wherever they stand in the list."""
    return OfferedChoices(context, actor, submitted or {}, variables or {})


def read_source(name: str) -> tuple[str, dict[str, str]]:
    """Return (register, field -> value) of `CI?class=server&state=in_use`."""
    record_type, _, conditions = name.partition("?")
    return record_type, dict(parse_qsl(conditions))


def numbers_in(value: Any) -> set[str]:
    """Return the record numbers anywhere in JSON values."""
    if isinstance(value, Mapping):
        return {number for part in value.values() for number in numbers_in(part)}
    if isinstance(value, list | tuple):
        return {number for part in value for number in numbers_in(part)}
    return {value} if isinstance(value, str) and _NUMBER.fullmatch(value) else set()


def _searches(values: Sequence[Any]) -> dict[str, str]:
    found = [value.get(FIND) for value in values if isinstance(value, Mapping)]
    return {
        str(source): str(words) for one in found if isinstance(one, Mapping) for source, words in one.items() if words
    }
