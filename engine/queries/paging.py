"""Keyset paging: a page ends at a place in the order, the next one begins after it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

from engine.errors import InputInvalid
from engine.model import Label
from engine.store.workplace.inbox_list import Place

Line = TypeVar("Line")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class Page(Generic[Line]):
    """Some lines of a list; `next` asks for the following ones and is None on the last page."""

    lines: tuple[Line, ...]
    next: str | None


def page_of(lines: Sequence[Line], place: Callable[[Line], Place], size: int = PAGE_SIZE) -> Page[Line]:
    """Make a page of lines that were read with a limit of `size + 1`."""
    shown = tuple(lines[:size])
    return Page(shown, write_place(place(shown[-1])) if len(lines) > size else None)


def write_place(place: Place) -> str:
    """Return a place as text for an address: milliseconds and key."""
    return f"{(place.at - _EPOCH) // timedelta(milliseconds=1)}-{place.key}"


def read_place(text: str | None) -> Place | None:
    """Return the place that `write_place` wrote; raises InputInvalid for anything else."""
    if not text:
        return None
    try:
        milliseconds, key = (int(part) for part in text.split("-"))
        return Place(_EPOCH + timedelta(milliseconds=milliseconds), key)
    except (ValueError, OverflowError):
        raise InputInvalid(Label("This page does not exist.", "Halaman ini tidak ada.")) from None
