"""What each row of a spreadsheet would do to a register, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.commands.authorisation import read_permissions
from engine.commands.choices import OfferedChoices, numbers_in, offered_choices, read_source
from engine.commands.context import CommandContext
from engine.commands.entry_values import TITLE, checked_entry, form_of, number_parts
from engine.commands.record_access import reader_for
from engine.commands.save_entry import mark_of
from engine.forms import DynamicList, Field, Form, Group, Option
from engine.model import Actor, Label, Record
from engine.records import Register
from engine.records.cells import NO_WORDS, CellWords, value_of
from engine.store.records import Records as RecordRows
from engine.store.workplace.register_lists import EntryFilter, every_entry

_NUMBER, _STATE = "number", "state"
#: How the columns that every record has may be headed.
_OWN = {
    _NUMBER: ("number", "nomor"),
    TITLE: ("title", "judul", "name", "nama"),
    _STATE: ("state", "status"),
}


def column_names(
    context: CommandContext, register: Register, first: Sequence[str]
) -> tuple[list[str | None], list[str]]:
    """Return the field of each column, None for those nobody knows, and the headings of these."""
    known = {words: name for name, all_words in _OWN.items() for words in all_words}
    for name, part in _parts(form_of(context, register)).items():
        label = part.label
        for text in (name, *("".join(str(one) for one in text.parts) for text in (label.en, label.id))):
            known.setdefault(_folded(text), name)
    names = [known.get(_folded(cell)) for cell in first]
    # A column that stands twice counts once, the first time.
    kept = [None if name in names[:place] else name for place, name in enumerate(names)]
    return kept, [cell for cell, name in zip(first, kept, strict=True) if name is None and cell]


class RowCheck:
    """Checks rows of one import, some at a time."""

    def __init__(self, context: CommandContext, actor: Actor, register: Register, whole: Mapping[str, Any]) -> None:
        self._context = context
        self._actor = actor
        self._register = register
        self._form = form_of(context, register)
        self._parts = _parts(self._form)
        self._words = {name: _cell_words(part) for name, part in self._parts.items()}
        self._doubled = set(whole.get("doubled") or ())
        self._in_file = set(whole.get("numbers") or ())
        self._known: dict[str, Record] = {}
        self._taken: set[str] = set()
        self._named: set[str] = set()
        self._lists: OfferedChoices = offered_choices(context, actor)

    def check(self, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Return the rows as they will be written: number, title, state, fields, mark, changes, problems."""
        numbers = [str(row["cells"].get(_NUMBER, "")).strip() for row in rows]
        self._read(sorted({number for number in numbers if number_parts(number)}))
        values = [self._values(row["cells"]) for row in rows]
        before = [dict(record.fields) for record in self._known.values()]
        mentioned = numbers_in([*values, *before]) - self._in_file
        self._named = self._in_file | RecordRows(self._context.work).existing(sorted(mentioned))
        return [self._checked(row, number, value) for row, number, value in zip(rows, numbers, values, strict=True)]

    def _read(self, numbers: Sequence[str]) -> None:
        permissions = read_permissions(self._context, self._actor)
        reader = reader_for(self._context, permissions)
        self._taken = RecordRows(self._context.work).existing(numbers) if numbers else set()
        wanted = EntryFilter(self._register.type, numbers=sorted(self._taken))
        found = every_entry(self._context.work, reader, wanted, limit=len(numbers)) if self._taken else ()
        self._known = {record.number: record for record in found}

    def _values(self, cells: Mapping[str, str]) -> dict[str, Any]:
        return {
            name: value_of(cell, self._parts[name].type, self._words[name])
            for name, cell in cells.items()
            if name in self._parts
        }

    def _checked(self, row: Mapping[str, Any], number: str, values: Mapping[str, Any]) -> dict[str, Any]:
        problems = self._number_problems(number)
        before = self._known.get(number)
        state, wrong_state = self._state(str(row["cells"].get(_STATE, "")), before)
        submitted = {**(before.fields if before else {}), TITLE: before.title if before else None, **values}
        own = numbers_in(list(submitted.values()))
        entry = checked_entry(
            self._context,
            self._actor,
            self._form,
            submitted,
            before,
            choices=lambda source: self._offered(source, own),
        )
        problems += [(name, label) for name, label in entry.errors.items()]
        if wrong_state is not None:
            problems.append((_STATE, wrong_state))
        if number and before is None and any(number in numbers_in(value) for value in entry.fields.values()):
            problems.append(
                (_NUMBER, Label("A record cannot refer to itself.", "Rekaman tidak dapat merujuk dirinya sendiri."))
            )
        return {
            "row": row["row"],
            "number": number or None,
            "is_new": before is None,
            "title": entry.title,
            "state": state,
            "fields": dict(entry.fields),
            "mark": mark_of(before) if before else None,
            "changes": _changes(before, entry.title, state, entry.fields),
            "problems": [[name, label.en, label.id] for name, label in problems],
        }

    def _number_problems(self, number: str) -> list[tuple[str, Label]]:
        parts = number_parts(number)
        if not number:
            return []
        if parts is None or parts[0] != self._register.type:
            example = f"{self._register.type}-2026-000001"
            return [
                (
                    _NUMBER,
                    Label(f"{number} is no number such as {example}.", f"{number} bukan nomor seperti {example}."),
                )
            ]
        if number in self._doubled:
            return [(_NUMBER, Label(f"{number} stands in several rows.", f"{number} ada di beberapa baris."))]
        if number in self._taken and number not in self._known:
            return [(_NUMBER, Label(f"{number} is taken.", f"{number} sudah dipakai."))]
        return []

    def _state(self, cell: str, before: Record | None) -> tuple[str, Label | None]:
        otherwise = before.state if before else self._register.first_state
        if not cell.strip():
            return otherwise, None
        for state in self._register.states:
            if _folded(cell) in {_folded(text) for text in (state.key, state.label.en, state.label.id)}:
                return state.key, None
        if _folded(cell) in {otherwise, "open", "terbuka"} and not self._register.states:
            return otherwise, None
        return otherwise, Label(f"There is no state {cell!r}.", f"Tidak ada status {cell!r}.")

    def _offered(self, source: str, own: set[str]) -> Sequence[Option]:
        """Return the choices of a row: of records just those it names that exist, or that the file brings along."""
        kind, _, name = source.partition(":")
        if kind not in ("register", "records"):
            return self._lists(source)
        record_type, _ = read_source(name)
        named = (number for number in own & self._named if number.startswith(f"{record_type}-"))
        return [Option(number, Label(number, number)) for number in named]


def _parts(form: Form) -> dict[str, Field | DynamicList]:
    found: dict[str, Field | DynamicList] = {}
    waiting = list(form.components)
    while waiting:
        part = waiting.pop(0)
        if isinstance(part, Field) and len(part.key) == 1:
            found[part.key[0]] = part
        elif isinstance(part, DynamicList):
            found[part.path[0]] = part
        elif isinstance(part, Group) and not part.path:
            waiting = [*part.components, *waiting]
    return found


def _cell_words(part: Field | DynamicList) -> CellWords:
    choices = part.choices if isinstance(part, Field) else None
    if choices is None or choices.static is None:
        return NO_WORDS
    read = {
        text.casefold(): option.value
        for option in choices.static
        for text in (str(option.value), option.label.en, option.label.id)
    }
    return CellWords({}, read)


def _changes(before: Record | None, title: str, state: str, fields: Mapping[str, Any]) -> list[str]:
    if before is None:
        return []
    changed = [
        name
        for name, value in fields.items()
        if before.fields.get(name) != value and (value or before.fields.get(name))
    ]
    changed += [TITLE] if title != before.title else []
    return changed + ([_STATE] if state != before.state else [])


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
