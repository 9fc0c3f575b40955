"""FEEL alone, as the evaluator of a host with decisions of its own: the suite's runner in its expression mode.

A host has three things to say that variables cannot: which names its model has, its functions and its types. The runner
gives them through the attributes `make_function` and `builtin_types` of the evaluator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from engine.feel import CompiledExpression, HostFunction, unary_tests
from engine.feel import compile as compile_feel
from engine.feel.types import ANY, ContextType, FunctionType, ListType, RestrictedType, Type, simple

Resolver = Callable[[str], object]


class Evaluator:
    """Evaluates texts of one model at a time."""

    def __init__(self) -> None:
        self._types = _Types(lambda name: name)

    def __call__(self, text: str, variables: Mapping[str, object]) -> object:
        """Return the value of an expression."""
        return self._compiled(text, variables)(variables)

    def passes(self, tests: str, value: object, variables: Mapping[str, object]) -> bool:
        """Return whether a value passes unary tests."""
        return self._compiled(tests, variables, unary=True)(variables, input=value) is True

    def _compiled(self, text: str, variables: Mapping[str, object], *, unary: bool = False) -> CompiledExpression:
        return compile_feel(text, _names(variables), unary=unary, types=self._types)

    def make_function(
        self, parameters: Sequence[tuple[str, object]], call: Callable[[list[object]], object], *_: object
    ) -> HostFunction:
        """Return a function of the host as a FEEL value."""
        return HostFunction("the function", lambda *arguments: call(list(arguments)), [name for name, _ in parameters])

    def builtin_types(self, resolver: Resolver) -> None:
        """Take the types of a model."""
        self._types = _Types(resolver)


class _Types(Mapping[str, Type]):
    """The model's types, by names as they are asked for."""

    def __init__(self, resolve: Resolver) -> None:
        self._resolve = resolve

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and not isinstance(self._resolve(name), (str, type(None)))

    def __getitem__(self, name: str) -> Type:
        return _type_of(self._resolve(name))

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 1


def _type_of(shape: Any) -> Type:
    """Return the type of what the runner knows of one: a name, or a dict that tells its kind."""
    if not isinstance(shape, dict):
        return simple(shape or "Any", {}) or ANY
    if "list" in shape:
        return ListType(_type_of(shape["list"]))
    if "ctx" in shape:
        return ContextType({name: _type_of(field) for name, field in shape["ctx"].items()})
    if "fn" in shape:
        return FunctionType(tuple(_type_of(each) for each in shape["fn"]), _type_of(shape["ret"]))
    allowed: str = shape["allowed"]
    return RestrictedType(_type_of(shape["base"]), lambda value: unary_tests(allowed, value, {}), allowed)


def _names(value: object) -> frozenset[str]:
    """Return the names of a model: the runner hands them in as keys, also of what they hold."""
    if isinstance(value, Mapping):
        return frozenset(value).union(*(_names(inner) for inner in value.values()))
    return frozenset().union(*map(_names, value)) if isinstance(value, (list, tuple)) else frozenset()


evaluate = Evaluator()
