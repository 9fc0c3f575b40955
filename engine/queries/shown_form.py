"""A form as a page draws it: every text, value, option and condition resolved; no expression is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.forms import Option
from engine.model import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownField:
    """A field. `name` is its path, as HTML sends it; `value` is JSON, or raw text that was typed."""

    name: str
    type: str
    label: Label
    description: Label
    value: Any
    options: tuple[Option, ...]
    is_required: bool
    is_readonly: bool
    error: Label | None
    columns: int | None
    row: str
    bounds: Mapping[str, Any]  #: those known before anything is typed: max_length, minimum, maximum
    properties: Mapping[str, str]
    settings: Mapping[str, Any]
    find: str = ""  #: where there are more options than these: the source in which a person searches
    found: str = ""  #: the words searched for last


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownText:
    """Something that is only read: text, html, table, image, separator, spacer."""

    type: str
    label: Label
    content: Label
    rows: Any  #: of a table or document list
    columns: int | None
    row: str
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownGroup:
    """Fields under one heading."""

    type: str
    label: Label
    description: Label
    items: tuple[Shown, ...]
    columns: int | None
    row: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownList:
    """Rows of the same fields."""

    name: str
    type: str
    label: Label
    description: Label
    rows: tuple[tuple[Shown, ...], ...]
    headings: tuple[tuple[Label, bool], ...]  #: label and whether it is required, of each column
    is_table: bool
    is_required: bool
    can_add: bool
    can_remove: bool
    error: Label | None
    columns: int | None
    row: str


Shown = ShownField | ShownText | ShownGroup | ShownList


@dataclass(frozen=True, slots=True)
class ShownForm:
    """A form ready to be drawn."""

    id: str
    items: tuple[Shown, ...]
    errors: tuple[tuple[str, Label], ...]  #: (name, what is wrong) in the order of the form
    reacts: bool  #: something depends on what is typed, so a change must draw it again
