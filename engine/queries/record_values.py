"""Fields of a record for a reader: codes become words, logins names, numbers titles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.commands.context import CommandContext
from engine.model import Label, Variables
from engine.queries.register_words import FieldWords, RegisterWords
from engine.store.choice_lists import ChoiceLists
from engine.store.workplace.readers import Reader
from engine.store.workplace.record_lists import Referenced, referenced_records

_EMPTY: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A field that has a value. One of `words` and `records` replaces `value` where its codes were understood."""

    name: str
    label: Label
    value: Any
    words: tuple[Label, ...] = ()
    records: tuple[Referenced, ...] = ()


def people_of_fields(fields: Variables, words: RegisterWords) -> set[str]:
    """Return the login names in fields that hold people."""
    return {name for field, value in fields.items() if words.field(field).kind == "user" for name in _codes(value)}


def shown_values(
    context: CommandContext, reader: Reader, fields: Variables, words: RegisterWords, names: Mapping[str, str]
) -> tuple[ShownValue, ...]:
    """Return the fields with a value in the register's order; at most two statements."""
    filled = {name: fields[name] for name in words.in_order(fields) if fields[name] not in _EMPTY}
    numbers = {code for name, value in filled.items() if words.field(name).is_reference for code in _codes(value)}
    records = referenced_records(context.work, reader, numbers) if numbers else {}
    units: Mapping[str, Label] = {}
    if any(words.field(name).kind == "unit" for name in filled):
        units = dict(ChoiceLists(context.work).units())
    people = {login: Label(name, name) for login, name in names.items()}
    return tuple(
        _shown(words.field(name), value, records, {"user": people, "unit": units}) for name, value in filled.items()
    )


def _shown(
    field: FieldWords, value: Any, records: Mapping[str, Referenced], known: Mapping[str, Mapping[str, Label]]
) -> ShownValue:
    codes = list(_codes(value))
    if field.is_reference:
        found = tuple(records.get(code, Referenced(code, "", False)) for code in codes)
        return ShownValue(field.name, field.label, value, records=found)
    meanings = field.options or known.get(field.kind) or {}
    if codes and any(code in meanings for code in codes):
        return ShownValue(
            field.name, field.label, value, words=tuple(meanings.get(code, Label(code, code)) for code in codes)
        )
    return ShownValue(field.name, field.label, value)


def _codes(value: Any) -> Iterable[str]:
    items = value if isinstance(value, list) else [value]
    return (item for item in items if isinstance(item, str))
