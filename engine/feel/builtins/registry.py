"""How a Python function becomes a built-in function of FEEL.

`@builtin("substring(string: string, start position: number, length?: number)")` gives its name and one overload:
parameter names, their types (`a|b` is one of several, `any` admits null), `?` after a name for an optional one, `...`
before it for any number. Arguments that fit no overload make the result null. The function gets the Evaluation first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ..evaluation import Evaluation
from ..reasons import Reason, reason_of
from ..values import Function, kind_of

Implementation = TypeVar("Implementation", bound=Callable[..., object])

_MISFIT = object()

#: Names of parameter types that are shorter than FEEL's.
_SHORT = {"days": "days and time duration", "months": "years and months duration", "moment": "date and time"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an overload."""

    name: str
    kinds: tuple[str, ...]
    is_optional: bool
    is_variadic: bool

    def fit(self, value: object) -> object:
        """Return the value as this parameter takes it, or _MISFIT."""
        if "any" in self.kinds:
            return value
        for kind in self.kinds:
            fitted = _fit(value, kind)
            if fitted is not _MISFIT:
                return fitted
        return _MISFIT


def _fit(value: object, kind: str) -> object:
    found = kind_of(value)
    if found == kind:
        return value
    if kind == "list":
        return _MISFIT if value is None else [value]
    if isinstance(value, list) and len(value) == 1 and kind_of(value[0]) == kind:
        return value[0]
    return _MISFIT


@dataclass(frozen=True, slots=True)
class Overload:
    """One way to call a built-in function."""

    parameters: tuple[Parameter, ...]
    call: Callable[..., object]

    @property
    def is_variadic(self) -> bool:
        """Whether its last parameter takes any number of arguments."""
        return bool(self.parameters) and self.parameters[-1].is_variadic

    def takes(self, count: int) -> bool:
        """Whether it can be called with so many arguments."""
        required = sum(not parameter.is_optional for parameter in self.parameters)
        return required <= count and (self.is_variadic or count <= len(self.parameters))

    def takes_names(self, names: Sequence[str]) -> bool:
        """Whether it has these parameters and needs no further one."""
        mine = {parameter.name for parameter in self.parameters}
        needed = {parameter.name for parameter in self.parameters if not parameter.is_optional}
        return needed <= set(names) <= mine

    def fit(self, arguments: Sequence[object]) -> list[object] | None:
        """Return the arguments as the Python function takes them; None when one does not fit."""
        fitted: list[object] = []
        for index, argument in enumerate(arguments):
            parameter = self.parameters[min(index, len(self.parameters) - 1)]
            value = parameter.fit(argument)
            if value is _MISFIT:
                return None
            fitted.append(value)
        return fitted

    def fit_named(self, arguments: dict[str, object]) -> list[object] | None:
        """As `fit`; optional parameters left out are None."""
        fitted: list[object] = []
        for parameter in self.parameters:
            value = parameter.fit(arguments[parameter.name]) if parameter.name in arguments else None
            if value is _MISFIT:
                return None
            fitted.append(value)
        return fitted


class Builtin(Function):
    """A built-in function with its overloads, tried in order."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.overloads: list[Overload] = []

    @property
    def parameters(self) -> tuple[str, ...]:  # type: ignore[override]
        """Of the first overload."""
        return tuple(parameter.name for parameter in self.overloads[0].parameters)

    @property
    def types(self) -> tuple[None, ...]:  # type: ignore[override]
        """Not declared."""
        return (None,) * len(self.overloads[0].parameters)

    def check_shape(self, count: int, names: Sequence[str]) -> Reason | None:
        """Return what is wrong with a call of so many arguments (of these names), or None."""
        if names:
            if any(overload.takes_names(names) for overload in self.overloads):
                return None
            return Reason("{} cannot be called with the parameters {}", self.name, ", ".join(names))
        if any(overload.takes(count) for overload in self.overloads):
            return None
        return Reason("{} cannot be called with {} arguments", self.name, count)

    def invoke(self, evaluation: Evaluation, arguments: Sequence[object]) -> object:
        """Call the first overload that fits; null with a warning when none does."""
        for overload in self.overloads:
            if overload.takes(len(arguments)):
                fitted = overload.fit(arguments)
                if fitted is not None:
                    return self._call(evaluation, overload, fitted)
        return self._misfit(evaluation, list(arguments))

    def invoke_named(self, evaluation: Evaluation, arguments: dict[str, object]) -> object:
        """As `invoke`, by parameter names."""
        for overload in self.overloads:
            if overload.takes_names(tuple(arguments)):
                fitted = overload.fit_named(arguments)
                if fitted is not None:
                    return self._call(evaluation, overload, fitted)
        return self._misfit(evaluation, list(arguments.values()))

    def _call(self, evaluation: Evaluation, overload: Overload, arguments: list[object]) -> object:
        for argument in arguments:
            evaluation.budget.spend_reading(argument)
        try:
            result = overload.call(evaluation, *arguments)
        except (ArithmeticError, ValueError) as error:
            return evaluation.null("{}: {}", self.name, reason_of(error))
        if type(result) is str:
            evaluation.budget.spend_text(len(result))
        elif type(result) is list:
            evaluation.budget.spend(len(result))
        return result

    def _misfit(self, evaluation: Evaluation, arguments: list[object]) -> object:
        kinds = ", ".join(kind_of(argument) for argument in arguments)
        return evaluation.null("{} cannot be called with ({})", self.name, kinds)


BUILTINS: dict[str, Builtin] = {}


def builtin(signature: str) -> Callable[[Implementation], Implementation]:
    """Register a Python function as an overload of a built-in function."""
    name, _, inside = signature.removesuffix(")").partition("(")
    parameters = tuple(_parameter(text.strip()) for text in inside.split(",") if text.strip())

    def register(call: Implementation) -> Implementation:
        BUILTINS.setdefault(name, Builtin(name)).overloads.append(Overload(parameters, call))
        return call

    return register


def _parameter(text: str) -> Parameter:
    name, _, types = text.partition(":")
    kinds = tuple(_SHORT.get(kind, kind) for kind in types.strip().split("|"))
    return Parameter(name.removeprefix("...").rstrip("?"), kinds, name.endswith("?"), name.startswith("..."))
