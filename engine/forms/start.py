"""The values with which a form opens."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.feel import CompiledExpression
from engine.forms.components import Component, DynamicList, Field, Form, Group
from engine.forms.paths import Path, put_at, value_at
from engine.forms.scope import Functions, Scope

#: Where people's clocks stand unless the caller knows better.
ZONE = ZoneInfo("Asia/Jakarta")


def initial_values(
    form: Form,
    variables: Mapping[str, Any],
    now: datetime,
    *,
    zone: ZoneInfo = ZONE,
    functions: Functions | None = None,
) -> dict[str, Any]:
    """Return the values with which the form opens: variables of the same names, else defaults.

    A default of `properties.default` is evaluated now, over the variables. Lists without a variable open with their
    default number of rows. `now` is aware.
    """
    scope = Scope(variables, now.astimezone(zone), functions or {})
    values: dict[str, Any] = {}
    _fill(form.components, values, (), variables, scope)
    return values


def _fill(
    components: tuple[Component, ...], values: dict[str, Any], prefix: Path, known: Mapping[str, Any], scope: Scope
) -> None:
    for component in components:
        if isinstance(component, Group):
            _fill(component.components, values, (*prefix, *component.path), known, scope)
        elif isinstance(component, DynamicList):
            _fill_list(component, values, (*prefix, *component.path), known, scope)
        elif isinstance(component, Field):
            path = (*prefix, *component.key)
            put_at(values, path, _first_value(component, path, known, scope))


def _fill_list(
    component: DynamicList, values: dict[str, Any], path: Path, known: Mapping[str, Any], scope: Scope
) -> None:
    found = value_at(known, path)
    rows = found if isinstance(found, list) else [{}] * component.default_rows
    put_at(values, path, [{} for _ in rows])
    for index, row in enumerate(rows):
        inner = scope.row(row, index) if isinstance(row, dict) else scope
        _fill(component.components, values, (*path, index), known, inner)


def _first_value(field: Field, path: Path, known: Mapping[str, Any], scope: Scope) -> Any:
    found = value_at(known, path)
    if found is not None:
        return deepcopy(found)
    if isinstance(field.default, CompiledExpression):
        return scope.json(field.default)
    return deepcopy(field.default)
