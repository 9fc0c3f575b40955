"""What is said in both languages, and what is wrong in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LANGUAGES = ("id", "en")
#: JSON-able data of an instance: None, bool, int, float, str, list, dict.
Variables = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Label:
    """A text in both languages of the interface."""

    en: str
    id: str

    def text(self, language: str) -> str:
        """Return the text of `language` ("id" or "en"), else the other one where it is empty."""
        return (self.id or self.en) if language == "id" else (self.en or self.id)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong (or doubtful) in a file: where, why, and what to do."""

    file: str
    line: int | None
    element_id: str | None
    reason: Label
    cure: Label
    is_error: bool = True
    rule: str = ""  #: stable name of the check, for tests and links


#: Indonesian words for the states that messages name.
_STATES = {
    "active": "aktif",
    "suspended": "ditangguhkan",
    "completed": "selesai",
    "canceled": "dibatalkan",
    "open": "terbuka",
    "failed": "gagal",
    "held": "tertahan",
    "held by a fault": "tertahan gangguan",
    "proposed": "belum dimulai",
    "running": "berjalan",
    "stopped": "dihentikan",
    "finished": "tuntas",
    "discarded": "dibuang",
    "ready": "siap",
    "without a record": "tanpa rekaman",
}


def state_words(states: str) -> Label:
    """Return one state, or several joined by " or ", as messages say it."""
    return Label(states, " atau ".join(_STATES.get(state, state) for state in states.split(" or ")))
