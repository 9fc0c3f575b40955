"""Conditions on one field of a JSON column, for both databases. The field's name is a bound value, never SQL."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import ColumnElement, String, and_, cast, exists, func, literal, or_, select, true, type_coerce
from sqlalchemy.dialects.postgresql import JSONB


def has_field(column: ColumnElement[Any], name: str, value: Any, *, is_sqlite: bool) -> ColumnElement[bool]:
    """Return the condition that the object's field `name` is `value`, or a list that contains it.

    A first sieve: what `field_matches` accepts passes, some more may. Only scalars are sieved.
    """
    if not isinstance(value, str | int | float):
        return true()
    return _on_sqlite(column, name, value) if is_sqlite else _on_postgresql(column, name, value)


def field_matches(field: Any, value: Any) -> bool:
    """Return whether a field is `value`, or a list that contains it; true is not 1."""
    if isinstance(field, list) and not isinstance(value, list):
        return any(_same(item, value) for item in field)
    return _same(field, value)


def _same(left: Any, right: Any) -> bool:
    return bool(left == right) and isinstance(left, bool) == isinstance(right, bool)


def _on_sqlite(column: ColumnElement[Any], name: str, value: Any) -> ColumnElement[bool]:
    text = type_coerce(column, String)
    field = func.json_each(text).table_valued("key", "value", "type", name="field")
    item = func.json_each(field.c.value).table_valued("value", name="item")
    in_list = and_(
        field.c.type == "array", exists(select(true()).select_from(item).where(item.c.value == literal(value)))
    )
    return exists(
        select(true()).select_from(field).where(field.c.key == name, or_(field.c.value == literal(value), in_list))
    )


def _on_postgresql(column: ColumnElement[Any], name: str, value: Any) -> ColumnElement[bool]:
    field = cast(type_coerce(column, String), JSONB).op("->", return_type=JSONB())(literal(name, String))
    wanted = cast(literal(orjson.dumps(value).decode(), String), JSONB)
    # A jsonb array contains a scalar that is one of its items, and a scalar contains itself.
    return field.op("@>", is_comparison=True)(wanted)
