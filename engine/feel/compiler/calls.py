"""Function definitions and calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..ast import Call, FunctionDefinition, Literal, Name, Node, Path
from ..builtins import BUILTINS
from ..reasons import Reason
from ..types import Type, coerce, resolve
from ..values import Function, kind_of
from .dispatch import closure, compiles
from .scope import Closure, Frame, Scope

if TYPE_CHECKING:
    from ..evaluation import Evaluation


class Lambda(Function):
    """A function defined in FEEL, with the frame it was defined in."""

    __slots__ = ("_body", "_frame", "_slots", "parameters", "types")
    name = "the function"

    def __init__(
        self, parameters: Sequence[str], types: Sequence[Type | None], slots: Sequence[int], body: Closure, frame: Frame
    ) -> None:
        self.parameters = parameters
        self.types = types
        self._slots = slots
        self._body = body
        self._frame = frame

    def see_itself(self, slot: int) -> None:
        """Make the function callable by its own name, for recursion."""
        self._frame[slot] = self

    def invoke(self, evaluation: Evaluation, arguments: Sequence[object]) -> object:
        """Evaluate the body; null when the number or a type of the arguments does not fit."""
        if len(arguments) != len(self.parameters):
            return evaluation.null("the function takes {} arguments, not {}", len(self.parameters), len(arguments))
        frame = self._frame[:]
        frame[0] = evaluation
        for slot, kind, argument in zip(self._slots, self.types, arguments, strict=True):
            value = coerce(argument, kind)
            if value is None and argument is not None:
                return evaluation.null("an argument has the wrong type ({})", kind_of(argument))
            frame[slot] = value
        return self._run(evaluation, frame)

    def _run(self, evaluation: Evaluation, frame: Frame) -> object:
        evaluation.budget.enter_call()
        evaluation.budget.spend()
        try:
            return self._body(frame)
        finally:
            evaluation.budget.leave_call()


@compiles(FunctionDefinition)
def _function(node: FunctionDefinition, scope: Scope) -> Closure:
    if node.is_external:
        scope.unit.findings.append((node, Reason("external functions are refused")))
        return lambda frame: frame[0].null("external functions are refused")
    slots: list[int] = []
    for parameter in node.parameters:
        scope, slot = scope.bind(parameter.name)
        slots.append(slot)
    names = tuple(parameter.name for parameter in node.parameters)
    types = tuple(
        None if parameter.type is None else resolve(parameter.type, scope.unit.types) for parameter in node.parameters
    )
    body = closure(node.body, scope)
    return lambda frame: Lambda(names, types, slots, body, frame[:])


@compiles(Call)
def _call(node: Call, scope: Scope) -> Closure:
    if len(set(node.names)) < len(node.names):
        reason = Reason("a parameter is given twice")
        scope.unit.findings.append((node, reason))
        return lambda frame: frame[0].null(reason)
    if isinstance(node.callee, Name):
        name = node.callee.name
        if name == "is defined" and len(node.arguments) == 1:
            return _is_defined(node.arguments[0], scope)
        places = scope.places(name)
        if not places or places[-1].is_entry:
            return _named_call(name, node, scope)
    callee = closure(node.callee, scope)
    return _dynamic_call(callee, node, scope)


def _named_call(name: str, node: Call, scope: Scope) -> Closure:
    """A built-in function, found now, or a function of the model or host, found when called."""
    builtin = BUILTINS.get(name)
    if builtin is not None and name not in scope.unit.declared:
        finding = builtin.check_shape(len(node.arguments), node.names)
        if finding is not None:
            scope.unit.findings.append((node, finding))
        return _dynamic_call(lambda frame: builtin, node, scope)
    scope.unit.called.setdefault(name, node)

    def find(frame: Frame) -> object:
        return frame[0].function(name) or builtin or frame[0].null("there is no function {}", name)

    return _dynamic_call(find, node, scope)


def _dynamic_call(callee: Closure, node: Call, scope: Scope) -> Closure:
    arguments = tuple(closure(argument, scope) for argument in node.arguments)
    names = node.names

    def run(frame: Frame) -> Any:
        function = callee(frame)
        if not isinstance(function, Function):
            return None if function is None else frame[0].null("{} is no function", kind_of(function))
        values = [argument(frame) for argument in arguments]
        if names:
            return function.invoke_named(frame[0], dict(zip(names, values, strict=True)))
        return function.invoke(frame[0], values)

    return run


def _is_defined(argument: Node, scope: Scope) -> Closure:
    """Camunda's `is defined(x)`: whether there is such a variable or entry, whatever its value."""
    if isinstance(argument, Name):
        places = scope.places(argument.name)
        if not places or places[-1].is_entry:
            name = argument.name
            scope.unit.names.add(name)
            return lambda frame: frame[0].has(name) or any(name in frame[place.slot] for place in places)
    if isinstance(argument, Path):
        source, entry = closure(argument.source, scope), argument.name

        def has_entry(frame: Frame) -> bool:
            value = source(frame)
            return entry in value if isinstance(value, dict) else value is not None and not isinstance(value, list)

        return has_entry
    return closure(Literal(True), scope)
