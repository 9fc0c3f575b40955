"""The digest of an entry covers what was before it, and digests of its fields."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from engine.history import GENESIS, chain, digest_of, redacted
from engine.model import HistoryEntry


def an_entry(sequence: int = 1, **changes: Any) -> HistoryEntry:
    at = datetime(2030, 1, 1, 8, tzinfo=UTC)
    details = {"values": {"note": "Ganti kabel"}, "phone": "0812"}
    entry = HistoryEntry("i:1", sequence, at, "budi", None, "user_task_completed", "T_plan", 7, 3, details)
    return replace(entry, **changes)


def test_each_entry_is_chained_to_the_one_before() -> None:
    first, second = an_entry(1), an_entry(2)
    digests = chain([first, second], GENESIS)
    assert digests == [digest_of(first, GENESIS), digest_of(second, digests[0])]
    assert chain([second], digests[0]) == digests[1:]


@pytest.mark.parametrize(
    "change",
    [
        {"stream": "i:2"},
        {"sequence": 2},
        {"at": datetime(2030, 1, 1, 8, 0, 0, 1000, tzinfo=UTC)},
        {"actor": "sari"},
        {"on_behalf_of": "sari"},
        {"action": "user_task_claimed"},
        {"element_id": "T_other"},
        {"element_instance_key": 8},
        {"process_definition_key": 4},
        {"details": {}},
        {"details": {"values": {"note": "Ganti kabel "}, "phone": "0812"}},
        {"details": {"values": {"note": "Ganti kabel"}, "telephone": "0812"}},
    ],
)
def test_every_field_counts(change: dict[str, Any]) -> None:
    assert digest_of(an_entry(**change), GENESIS) != digest_of(an_entry(), GENESIS)


def test_what_the_database_gives_back_has_the_same_digest() -> None:
    details = {"when": datetime(2030, 1, 1, tzinfo=UTC), "numbers": (1, 2.5, 1e300), 7: None, "é": "\u2028"}
    stored = orjson.loads(orjson.dumps(details, option=orjson.OPT_NON_STR_KEYS))
    assert digest_of(an_entry(details=details), GENESIS) == digest_of(an_entry(details=stored), GENESIS)


def test_a_redacted_field_keeps_the_digest() -> None:
    entry = an_entry()
    without = replace(entry, actor=redacted(entry.actor), details={**entry.details, "phone": redacted("0812")})
    assert digest_of(without, "") == digest_of(entry, "")
