"""Digests of history entries, each over the one before.

An entry's digest covers digests of its fields, not the fields: a field that holds personal data can
later be replaced by `redacted(value)`, and the chain still verifies.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import orjson

from engine.model import HistoryEntry

#: The head of a stream without entries.
GENESIS = ""

_CANONICAL = orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_REDACTED = "redacted:"
_DIGEST_LENGTH = 64


def chain(entries: Sequence[HistoryEntry], head: str) -> list[str]:
    """Return the digest of each entry of one stream, in order, the first one over `head`."""
    digests = []
    for entry in entries:
        head = digest_of(entry, head)
        digests.append(head)
    return digests


def digest_of(entry: HistoryEntry, head: str) -> str:
    """Return the digest (64 hex digits) of an entry that follows the one with digest `head`."""
    covered = [
        head,
        entry.stream,
        entry.sequence,
        (entry.at - _EPOCH) // _MILLISECOND,
        _digest(entry.actor),
        _digest(entry.on_behalf_of),
        entry.action,
        entry.element_id,
        entry.element_instance_key,
        entry.process_definition_key,
        {name: _digest(value) for name, value in entry.details.items()},
    ]
    return sha256(orjson.dumps(covered, option=_CANONICAL)).hexdigest()


def redacted(value: Any) -> str:
    """Return what takes the place of `value` in an entry without breaking the chain."""
    return _REDACTED + _digest(value)


def redacted_details(details: Mapping[str, Any], kept: Collection[str]) -> dict[str, Any]:
    """Return details of which all but the `kept` ones are redacted; doing it again changes nothing."""
    return {name: value if name in kept or _is_redacted(value) else redacted(value) for name, value in details.items()}


def readable_details(details: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of the details is not redacted, for people."""
    return {name: value for name, value in details.items() if not _is_redacted(value)}


def row_of(entry: HistoryEntry, digest: str) -> dict[str, Any]:
    """Return the entry as a row of the history table."""
    return {
        "stream": entry.stream,
        "sequence": entry.sequence,
        "at": entry.at,
        "actor": entry.actor,
        "on_behalf_of": entry.on_behalf_of,
        "action": entry.action,
        "element_id": entry.element_id,
        "element_instance_key": entry.element_instance_key,
        "process_definition_key": entry.process_definition_key,
        "details": dict(entry.details),
        "digest": digest,
    }


def _digest(value: Any) -> str:
    if _is_redacted(value):
        text: str = value
        return text[len(_REDACTED) :]
    return sha256(orjson.dumps(value, option=_CANONICAL)).hexdigest()


def _is_redacted(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(_REDACTED) and len(value) == len(_REDACTED) + _DIGEST_LENGTH
