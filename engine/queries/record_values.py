"""Fields of a record for a reader: in the register's order and words, codes replaced by what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.model import Label, Variables
from engine.queries.known_words import KnownWords
from engine.queries.register_words import FieldWords, RegisterWords
from engine.store.workplace.record_lists import Referenced

_EMPTY: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class ShownValue:
    """Something that has a value. `words` or `records`, where there are any, replace `value`."""

    label: Label
    value: Any
    words: tuple[Label, ...] = ()
    records: tuple[Referenced, ...] = ()
    columns: tuple[Label, ...] = ()  #: of a list of rows
    rows: tuple[tuple[ShownValue, ...], ...] = ()


def shown_value(label: Label, value: Any, known: KnownWords) -> ShownValue:
    """Return a value with what its codes mean."""
    return ShownValue(label, known.named(value), known.labels(value), known.references(value))


def shown_fields(fields: Variables, words: RegisterWords, known: KnownWords) -> tuple[ShownValue, ...]:
    """Return the fields with a value; where the register describes fields, only those: others are the process's own."""
    names = [name for name in words.in_order(fields) if name in words.fields or not words.fields]
    return tuple(shown_field(words.field(name), fields[name], known) for name in names if fields[name] not in _EMPTY)


def shown_field(field: FieldWords, value: Any, known: KnownWords) -> ShownValue:
    """Return the value of a register's field with what its codes mean."""
    if field.columns and isinstance(value, list):
        return _shown_rows(field, value, known)
    codes = value if isinstance(value, list) else [value]
    if field.options and all(isinstance(code, str) for code in codes):
        return ShownValue(field.label, value, words=tuple(field.options.get(code, Label(code, code)) for code in codes))
    return shown_value(field.label, value, known)


def _shown_rows(field: FieldWords, value: list[Any], known: KnownWords) -> ShownValue:
    rows = [row for row in value if isinstance(row, dict)]
    shown = tuple(tuple(shown_field(one, row.get(one.name), known) for one in field.columns) for row in rows)
    return ShownValue(field.label, value, columns=tuple(one.label for one in field.columns), rows=shown)
