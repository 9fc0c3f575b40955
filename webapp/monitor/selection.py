"""The filters of the list of instances, as the address names them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from werkzeug.datastructures import MultiDict

from engine import InstanceFilter, ProcessInstanceState
from webapp.clock import now
from webapp.i18n import mark

_RUNNING = (ProcessInstanceState.ACTIVE, ProcessInstanceState.SUSPENDED)
_ENDED = (ProcessInstanceState.COMPLETED, ProcessInstanceState.CANCELED)

#: value of the filter -> (text, states)
STATE_CHOICES: Mapping[str, tuple[str, tuple[ProcessInstanceState, ...]]] = {
    "": (mark("Running"), _RUNNING),
    "suspended": (mark("Suspended"), (ProcessInstanceState.SUSPENDED,)),
    "ended": (mark("Ended"), _ENDED),
    "completed": (mark("Completed"), (ProcessInstanceState.COMPLETED,)),
    "canceled": (mark("Canceled"), (ProcessInstanceState.CANCELED,)),
    "all": (mark("All states"), tuple(ProcessInstanceState)),
}
#: Fields of the filter form, all optional.
FIELDS = ("process", "version", "state", "element", "number", "person", "days", "fault", "variable", "value", "order")
_MAX_DAYS = 36_500
_MAX_KEYS = 500
_MAX_KEY = 2**63


def chosen_filters(values: Mapping[str, str]) -> dict[str, Any]:
    """Return the filters that are set, as text."""
    return {name: values[name].strip() for name in FIELDS if values.get(name, "").strip()}


def chosen_keys(values: MultiDict[str, str]) -> tuple[int, ...]:
    """Return the instances that were ticked."""
    keys = values.getlist("key", type=int)[:_MAX_KEYS]
    return tuple(dict.fromkeys(key for key in keys if 0 < key < _MAX_KEY))


def read_filter(chosen: Mapping[str, str], keys: tuple[int, ...] = ()) -> InstanceFilter:
    """Return the filter that the fields of the form mean; what makes no sense finds nothing or everything."""
    days = whole_number(chosen.get("days", ""))
    return InstanceFilter(
        process_id=chosen.get("process", ""),
        version=whole_number(chosen.get("version", "")),
        states=STATE_CHOICES.get(chosen.get("state", ""), STATE_CHOICES[""])[1],
        element_id=chosen.get("element", ""),
        number=chosen.get("number", ""),
        person=chosen.get("person", ""),
        started_before=now() - timedelta(days=min(days, _MAX_DAYS)) if days is not None else None,
        has_fault="fault" in chosen,
        variable_name=chosen.get("variable", ""),
        variable_values=variable_values(chosen.get("value", "")),
        is_oldest_first=chosen.get("order") == "oldest",
        keys=keys,
    )


def variable_values(text: str) -> tuple[Any, ...]:
    """Return what a typed value may mean: the text itself, and the JSON value that it spells."""
    if not text:
        return ()
    try:
        value = json.loads(text)
    except ValueError:
        return (text,)
    return (value, text) if not isinstance(value, str) else (value,)


def whole_number(text: str) -> int | None:
    """Return the number that the text is, if it is a small one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None
