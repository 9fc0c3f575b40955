"""Lists that people save under a name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SavedView:
    """The filters of a list, under a name that its owner gave them."""

    page: str  #: which list it is of
    name: str
    query: str  #: the filters, as in the address
    is_default: bool  #: shown when the list is opened without filters
