"""The way in: parse a text, compile it once, evaluate it often."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from .ast import Node
from .builtins import BUILTINS
from .compiler import Closure, Scope, Unit, closure
from .errors import FeelLimitExceeded, FeelSyntaxError
from .evaluation import Evaluation
from .lexer import syntax_error
from .limits import DEFAULT_LIMITS, Limits
from .names import PROPERTY_NAMES, NameSet, spoken_names
from .parser import new_parser
from .reasons import Reason
from .types import Type

Functions = Mapping[str, Callable[..., object]]

_BASE_NAMES = NameSet(PROPERTY_NAMES, NameSet(BUILTINS, are_functions=True))
#: Longer texts are compiled each time, so that nobody fills the memory with them.
_LONGEST_CACHED = 2000

_NO_TYPES: Mapping[str, Type] = {}


class CompiledExpression:
    """An expression ready to be evaluated: immutable, shared by all threads.

    `names` are the variables it may read (of a name inside a filter it cannot be known whether an item has it;
    `certain_names` those not in a filter), `called` the functions it calls that are not built in, `findings` what can
    never work: (line, column, reason). `constants` are set for a table cell that lists texts or numbers only.
    """

    __slots__ = (
        "_closure",
        "_empty_slots",
        "called",
        "certain_names",
        "constants",
        "findings",
        "in_frame",
        "limits",
        "names",
        "text",
    )

    def __init__(self, text: str, run: Closure, unit: Unit) -> None:
        self.text = text
        self.limits = unit.limits
        self.names = frozenset(unit.names)
        self.certain_names = frozenset(unit.certain_names)
        self.called = frozenset(unit.called)
        self.constants = unit.constants
        self.findings = tuple(_place(text, node, reason) for node, reason in unit.findings)
        self._closure = run
        self._empty_slots = [None] * (unit.slots - 1)
        #: Evaluates in a frame, [evaluation], that cells of one column share; raises RecursionError too.
        self.in_frame: Closure = run if unit.slots == 1 else lambda frame: run([frame[0], *self._empty_slots])

    def __call__(
        self,
        variables: Mapping[str, object],
        *,
        now: datetime | None = None,
        functions: Functions | None = None,
        input: object = None,  # noqa: A002 - the standard's word for what a table cell tests
    ) -> object:
        """Return the FEEL value; null where something does not fit. Raises FeelLimitExceeded and FeelAssertionFailed.

        `functions` are the host's: called with FEEL values, by the names the expression uses, when they are called.
        """
        evaluation = Evaluation(variables, self.limits)
        if now is not None or functions is not None or input is not None:
            evaluation.prepare(now, functions, input)
        try:
            return self._closure([evaluation, *self._empty_slots])
        except RecursionError:
            raise FeelLimitExceeded("call depth", self.limits.call_depth) from None

    def explain(
        self,
        variables: Mapping[str, object],
        *,
        now: datetime | None = None,
        functions: Functions | None = None,
        input: object = None,  # noqa: A002 - as above
    ) -> tuple[object, list[Reason]]:
        """Return the value, and why parts of it became null."""
        evaluation = Evaluation(variables, self.limits).prepare(now, functions, input)
        return self.run(evaluation), evaluation.warnings

    def run(self, evaluation: Evaluation) -> object:
        """Evaluate in an evaluation of the caller, so that several expressions share its budget and warnings."""
        try:
            return self._closure([evaluation, *self._empty_slots])
        except RecursionError:
            raise FeelLimitExceeded("call depth", self.limits.call_depth) from None

    def __repr__(self) -> str:
        return f"CompiledExpression({self.text!r})"


def _place(text: str, node: Node, reason: Reason) -> tuple[int, int, Reason]:
    error = syntax_error(text, node.offset, reason)
    return error.line, error.column, reason


def parse(text: str, names: Iterable[str] = (), *, unary: bool = False, limits: Limits = DEFAULT_LIMITS) -> Node:
    """Return the tree of an expression (with `unary`, of a table cell's tests).

    `names` are the model's names of several words; a name of one plain word needs no declaration.
    Raises FeelSyntaxError with line and column, and FeelLimitExceeded.
    """
    try:
        parser = new_parser(text, _declared(frozenset(names)), limits)
        return parser.parse_unary_tests() if unary else parser.parse_text()
    except RecursionError:
        raise FeelLimitExceeded("nesting", limits.nesting) from None


@lru_cache(maxsize=32)
def _declared(names: frozenset[str]) -> NameSet:
    """Return the tree of a model's names, made once for all its expressions; parsers only read it."""
    return NameSet(names, _BASE_NAMES)


def compile(  # noqa: A001 - the architecture's word
    text: str,
    names: Iterable[str] = (),
    *,
    unary: bool = False,
    functions: Collection[str] | None = None,
    types: Mapping[str, Type] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> CompiledExpression:
    """Return the compiled expression; short texts with the same names give the same object, for a while.

    Names of host functions are resolved when called; if `functions` lists them, calls of others become findings.
    `types` are the model's own. Raises as `parse`.
    """
    known = None if functions is None else frozenset(functions)
    if types or len(text) > _LONGEST_CACHED:
        return _compile(text, frozenset(names), unary, known, limits, types=types or _NO_TYPES)
    return _cached(text, frozenset(names), unary, known, limits)


@lru_cache(maxsize=4096)
def _cached(
    text: str, names: frozenset[str], unary: bool, functions: frozenset[str] | None, limits: Limits
) -> CompiledExpression:
    return _compile(text, names, unary, functions, limits, types=_NO_TYPES)


def _compile(
    text: str,
    names: frozenset[str],
    unary: bool,
    functions: frozenset[str] | None,
    limits: Limits,
    *,
    types: Mapping[str, Type],
) -> CompiledExpression:
    node = parse(text, names, unary=unary, limits=limits)
    unit = Unit(limits, names, types)
    try:
        run = closure(node, Scope(unit))
    except RecursionError:
        raise FeelLimitExceeded("nesting", limits.nesting) from None
    if functions is not None:
        missing = [(name, place) for name, place in unit.called.items() if name not in functions | names]
        unit.findings += [(place, Reason("there is no function {}", name)) for name, place in missing]
    return CompiledExpression(text, run, unit)


def evaluate(expression: str, variables: Mapping[str, object]) -> object:
    """Return the FEEL value of an expression; `to_json` makes it JSON.

    Where no model can say which names have several words, a text that is no expression otherwise may use those of the
    variables that are words alone (`Monthly Salary * 12`). What is an expression never changes its meaning.
    """
    return _compile_for(expression, variables)(variables)


def unary_tests(tests: str, input: object, variables: Mapping[str, object]) -> bool:  # noqa: A002 - the standard's word
    """Return whether a value passes the tests of a table cell, as "< 5, [10..20]"; names as in `evaluate`."""
    return _compile_for(tests, variables, unary=True)(variables, input=input) is True


def _compile_for(text: str, variables: Mapping[str, object], *, unary: bool = False) -> CompiledExpression:
    try:
        return compile(text, unary=unary)
    except FeelSyntaxError:
        names = spoken_names(variables)
        if not names:
            raise
        with contextlib.suppress(FeelSyntaxError):
            return compile(text, names, unary=unary)
        raise
