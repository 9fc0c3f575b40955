"""What the expressions of a form see: variables, the values so far, and inside a list its row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.feel import CompiledExpression, FeelError, to_json

Functions = Mapping[str, Callable[..., object]]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where and when an expression is evaluated. `now` is aware; its zone is where the person's clock stands."""

    variables: Mapping[str, Any]
    now: datetime
    functions: Functions = field(default_factory=dict)

    def value(self, expression: CompiledExpression) -> object:
        """Return the FEEL value; null when the expression costs more than it may."""
        try:
            return expression(self.variables, now=self.now, functions=self.functions)
        except FeelError:
            return None

    def json(self, expression: CompiledExpression) -> Any:
        """Return the value as JSON can carry it."""
        return to_json(self.value(expression))

    def holds(self, expression: CompiledExpression | None) -> bool:
        """Return whether the expression is true; null is not."""
        return expression is not None and self.value(expression) is True

    def within(self, values: Mapping[str, Any]) -> Scope:
        """Return the scope in which `values` hide variables of the same name."""
        return replace(self, variables={**self.variables, **values})

    def row(self, row: Mapping[str, Any], index: int) -> Scope:
        """Return the scope of a row; `i` counts from 1. Source: form-js, special expression variables."""
        special = {"this": row, "parent": self.variables, "i": index + 1}
        return replace(self, variables={**self.variables, **row, **special})

    @property
    def zone(self) -> ZoneInfo | Any:
        """Return the zone in which people enter dates and times."""
        return self.now.tzinfo

    @property
    def today(self) -> date:
        """Return the date on the person's calendar."""
        return self.now.date()
