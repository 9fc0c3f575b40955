"""One run of one expression: its variables, clock, functions, budget and warnings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timezone

from .limits import Budget, Limits
from .values import DateTime, Function, HostFunction, from_json

_MISSING = object()
_NO_FUNCTIONS: Mapping[str, Callable[..., object]] = {}


class Evaluation:
    """Handed to every function; lives as long as one call of a compiled expression, in one thread."""

    __slots__ = ("_now", "_read", "budget", "functions", "input", "limits", "variables", "warnings")

    def __init__(
        self,
        variables: Mapping[str, object],
        limits: Limits,
        now: datetime | None = None,
        functions: Mapping[str, Callable[..., object]] | None = None,
        test_input: object = None,
    ) -> None:
        self.variables = variables
        self.limits = limits
        self.budget = Budget(limits)
        self.functions = functions or _NO_FUNCTIONS
        self.input = test_input
        self.warnings: list[str] = []
        self._now: object = now
        self._read: dict[str, object] = {}

    def within(self, variables: Mapping[str, object], test_input: object = None) -> Evaluation:
        """Return an evaluation of other variables that shares this one's budget, warnings, functions and clock."""
        inner = Evaluation(variables, self.limits, None, self.functions, test_input)
        inner.budget = self.budget
        inner.warnings = self.warnings
        inner._now = self.now()
        return inner

    def read(self, name: str) -> object:
        """Return a variable as FEEL value; null with a warning when there is none."""
        value = self._read.get(name, _MISSING)
        if value is _MISSING:
            value = self.variables.get(name, _MISSING)
            value = self.null(f"there is no variable {name}") if value is _MISSING else from_json(value)
            self._read[name] = value
        return value

    def has(self, name: str) -> bool:
        """Whether there is such a variable."""
        return name in self.variables

    def null(self, reason: str) -> None:
        """Remember why a result is null."""
        if len(self.warnings) < self.limits.warnings and reason not in self.warnings:
            self.warnings.append(reason)

    def function(self, name: str) -> Function | None:
        """Return the function value of a variable, else the host's function of that name, else None."""
        if name in self.variables:
            value = self.read(name)
            if isinstance(value, Function):
                return value
        call = self.functions.get(name)
        if call is None:
            return None
        return call if isinstance(call, Function) else HostFunction(name, call)

    def now(self) -> DateTime:
        """Return the moment handed in, else the system's, the same during one evaluation."""
        if not isinstance(self._now, DateTime):
            moment = self._now if isinstance(self._now, datetime) else datetime.now(timezone.utc)
            self._now = DateTime.from_python(moment)
        return self._now
