"""What the form templates need to know beyond the form: ids, how values are written, how wide a field is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from flask import Flask

from engine import ShownField
from webapp.i18n import zone

_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9_]+")
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_GRID_COLUMNS = 16
#: Up to so many options are shown as cards, all visible at once.
_MOST_CARDS = 6


def field_id(name: str) -> str:
    """Return the id of a field's element, of its path: `steps[0].action` -> `f-steps-0-action`."""
    return "f-" + _NOT_IN_IDS.sub("-", name).strip("-")


def option_text(value: Any) -> str:
    """Return how an option's value is written in HTML; the engine reads it back the same way."""
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, ensure_ascii=False)


def is_chosen(field: ShownField, value: Any) -> bool:
    """Return whether the value of an option is (one of) the field's."""
    chosen = field.value if isinstance(field.value, list) else [field.value]
    return option_text(value) in {option_text(one) for one in chosen if one is not None}


def is_ticked(value: Any) -> bool:
    """Return whether a check box is ticked, typed or known."""
    value = value[-1] if isinstance(value, list) and value else value
    return value in (True, "true", "on", "1", "yes")


def plain(value: Any) -> str:
    """Return a value as the text of an input."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, str) else option_text(value)


def local_moment(value: Any) -> str:
    """Return a date and time as `<input type=datetime-local>` writes it, on the reader's clock."""
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return plain(value)
    local = moment.astimezone(zone()) if moment.tzinfo else moment
    return local.strftime("%Y-%m-%dT%H:%M")


def duration_parts(value: Any) -> dict[str, str]:
    """Return days, hours and minutes of a duration, of ISO text or as it was typed."""
    names = ("days", "hours", "minutes")
    if isinstance(value, dict):
        return {name: plain(value.get(name)) for name in names}
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    return {name: (found[index] or "") if found else "" for index, name in enumerate(names, start=1)}


def is_cards(field: ShownField) -> bool:
    """Return whether the options are few enough for cards."""
    return len(field.options) <= _MOST_CARDS


def described_by(field: ShownField) -> str:
    """Return the ids of what explains a field to a screen reader: its help and its error."""
    parts = [("help", bool(field.description.en or field.description.id)), ("error", field.error is not None)]
    return " ".join(f"{field_id(field.name)}-{part}" for part, is_there in parts if is_there)


def placed(items: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    """Yield every item with the classes that place it: components of one row share 16 columns."""
    items = list(items)
    sizes = {row: sum(1 for item in items if item.row == row) for row in {item.row for item in items if item.row}}
    started: set[str] = set()
    for item in items:
        columns = item.columns or _GRID_COLUMNS // max(sizes.get(item.row, 1), 1)
        is_first = item.row not in started
        started.add(item.row)
        classes = [] if columns >= _GRID_COLUMNS else [f"span-{columns}"]
        yield item, " ".join([*classes, *(["starts-row"] if is_first and classes else [])])


def init_app(app: Flask) -> None:
    """Give the templates these functions."""
    app.jinja_env.globals.update(
        field_id=field_id,
        option_text=option_text,
        is_chosen=is_chosen,
        is_ticked=is_ticked,
        plain=plain,
        local_moment=local_moment,
        duration_parts=duration_parts,
        is_cards=is_cards,
        described_by=described_by,
        placed=placed,
    )
