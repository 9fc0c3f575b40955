"""A spreadsheet on its way into a register: how far it is, and what each row would do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.commands.context import CommandContext
from engine.commands.entry_values import find_register
from engine.commands.import_entries import own_import
from engine.model import Actor, Label, RegisterImport
from engine.queries.register_words import register_words
from engine.records import Register
from engine.store.register_imports import RegisterImports

#: So many rows are shown; those with problems come first.
_MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row, and in which column."""

    column: Label
    reason: Label


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """What a row would do: `changes` are the columns that get another value; empty and not new means nothing."""

    row: int
    number: str | None
    title: str
    is_new: bool
    changes: tuple[Label, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ImportPageData:
    """What the page of an import shows."""

    found: RegisterImport
    register: Register
    new: int
    changed: int
    unchanged: int
    rows: tuple[ImportedRow, ...]
    unknown: tuple[str, ...]  #: headings that name no field, and are left out


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPage:
    """Ask for an import of the actor; raises ImportNotFound or NotPermitted."""

    actor: Actor
    key: int

    def run(self, context: CommandContext) -> ImportPageData:
        """Answer; counts stand for the rows checked so far."""
        found = own_import(context, self.actor, self.key)
        imports = RegisterImports(context.work)
        words = register_words(context, found.type)
        counts = {"new": 0, "changed": 0, "unchanged": 0}
        wrong: list[ImportedRow] = []
        right: list[ImportedRow] = []
        for row in _checked(imports, found.key):
            kind = "new" if row["is_new"] else "changed" if row["changes"] else "unchanged"
            counts[kind] += 1
            target = wrong if row["problems"] else right
            if len(target) < _MOST_SHOWN:
                target.append(_row(row, words))
        whole = imports.whole(found.key) or {}
        shown = tuple((wrong + right)[:_MOST_SHOWN])
        return ImportPageData(
            found,
            find_register(context, found.type),
            counts["new"],
            counts["changed"],
            counts["unchanged"],
            shown,
            tuple(whole.get("unknown") or ()),
        )


def _checked(imports: RegisterImports, key: int) -> Iterator[dict[str, Any]]:
    for rows in imports.chunks(key):
        yield from (row for row in rows if "problems" in row)


def _row(row: dict[str, Any], words: Any) -> ImportedRow:
    problems = tuple(Problem(_column(words, name), Label(en, id_)) for name, en, id_ in row["problems"])
    changes = tuple(_column(words, name) for name in row["changes"])
    return ImportedRow(row["row"], row["number"], row["title"], row["is_new"], changes, problems)


def _column(words: Any, name: str) -> Label:
    own = {"number": Label("Number", "Nomor"), "title": Label("Title", "Judul"), "state": Label("State", "Status")}
    plain: Label = own.get(name) or words.field(name.split("[", maxsplit=1)[0].split(".", maxsplit=1)[0]).label
    return plain
