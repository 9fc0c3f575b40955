"""One run of one expression: its variables, clock, functions, budget and warnings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from .limits import Budget, Limits
from .reasons import Reason
from .values import DateTime, Function, HostFunction, from_json
from .values.reading import FINAL_TYPES

_MISSING = object()
_NO_FUNCTIONS: Mapping[str, Callable[..., object]] = {}

#: The numbers that conditions are about; looking one up is cheaper than making it.
_SMALL_NUMBERS = {number: Decimal(number) for number in range(-10, 1001)}


class Evaluation:
    """Handed to every function; lives as long as one call of a compiled expression, in one thread.

    What most expressions never need (budget, warnings, lists read) is made when first asked for: half of the time of a
    simple condition would go into making it.
    """

    functions: Mapping[str, Callable[..., object]] = _NO_FUNCTIONS
    input: object = None  #: what a table cell tests
    is_native = False  #: whether the variables are FEEL values already
    _budget: Budget | None = None
    _warnings: list[Reason] | None = None
    _now: DateTime | datetime | None = None
    _lists: dict[str, object] | None = None

    def __init__(self, variables: Mapping[str, object], limits: Limits) -> None:
        self.variables = variables
        self.limits = limits

    def prepare(
        self, now: datetime | None, functions: Mapping[str, Callable[..., object]] | None, test_input: object
    ) -> Evaluation:
        """Set what is given besides variables, and return itself."""
        if now is not None:
            self._now = now
        if functions is not None:
            self.functions = functions
        if test_input is not None:
            self.input = from_json(test_input)
        return self

    def within(self, variables: Mapping[str, object], test_input: object = None) -> Evaluation:
        """Return an evaluation of other variables, FEEL values already, that shares all but the variables with this."""
        inner = Evaluation(variables, self.limits)
        inner.is_native = True
        if self.functions:
            inner.functions = self.functions
        if test_input is not None:
            inner.input = test_input
        inner._budget = self.budget
        inner._warnings = self.warnings
        inner._now = self._now
        return inner

    @property
    def budget(self) -> Budget:
        """What it has used so far."""
        if self._budget is None:
            self._budget = Budget(self.limits)
        return self._budget

    @property
    def warnings(self) -> list[Reason]:
        """Why values became null."""
        if self._warnings is None:
            self._warnings = []
        return self._warnings

    def read(self, name: str) -> object:
        """Return a variable as FEEL value; null with a warning when there is none."""
        value = self.variables.get(name, _MISSING)
        kind = type(value)
        if kind in FINAL_TYPES:
            return value
        if kind is int and value in _SMALL_NUMBERS:
            return _SMALL_NUMBERS[value]
        if value is _MISSING:
            return self.null("there is no variable {}", name)
        if self.is_native:
            return value
        return self._read_list(name, value) if isinstance(value, (list, tuple)) else from_json(value)

    def _read_list(self, name: str, value: object) -> object:
        """Convert a list once, however often the expression asks for it."""
        if self._lists is None:
            self._lists = {}
        if name not in self._lists:
            self._lists[name] = from_json(value)
        return self._lists[name]

    def has(self, name: str) -> bool:
        """Whether there is such a variable."""
        return name in self.variables

    def null(self, template: str, *arguments: object) -> Any:
        """Return null and remember why: a Reason, or its template with what stands in it."""
        warnings = self.warnings
        if len(warnings) < self.limits.warnings:
            reason = template if isinstance(template, Reason) else Reason(template, *arguments)
            if reason not in warnings:
                warnings.append(reason)

    def function(self, name: str) -> Function | None:
        """Return the function value of a variable, else the host's function of that name, else None."""
        value = self.variables.get(name)
        if isinstance(value, Function):
            return value
        call = self.functions.get(name)
        if call is None:
            return None
        return HostFunction(name, call)

    def now(self) -> DateTime:
        """Return the moment handed in, else the system's, the same during one evaluation."""
        moment = self._now or datetime.now(UTC)
        if isinstance(moment, datetime):
            moment = self._now = DateTime.from_python(moment)
        return moment
