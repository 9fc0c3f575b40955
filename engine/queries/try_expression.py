"""An expression tried with values: its result and type, why parts became null, and where a mistake stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine import feel
from engine.bpmn.feel_functions import BUILT_IN
from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.host_functions import lazy_host_functions
from engine.commands.ownership import require_publisher
from engine.errors import InputInvalid, NotPermitted
from engine.feel import FeelError, FeelSyntaxError, to_json
from engine.feel.values import kind_of
from engine.model import Actor, Label
from engine.queries.operators import require_observer
from engine.store.monitoring import instance_detail

_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the expression something stands, from 1; no place when it concerns all of it."""

    line: int | None
    column: int | None
    reason: Label


@dataclass(frozen=True, slots=True)
class TriedExpression:
    """What an expression gave: `mistakes` can never work, `warnings` tell why parts became null this time."""

    value: Any
    type: str  #: name of the FEEL type; empty with an error
    error: Place | None  #: why it gave nothing
    mistakes: tuple[Place, ...]
    warnings: tuple[Label, ...]
    names: tuple[str, ...]  #: variables that it may read


@dataclass(frozen=True, slots=True, kw_only=True)
class TryExpression:
    """Ask what an expression gives for these variables; a leading `=`, as files write it, is no part of it.

    With `is_test` it is a cell of a decision table, which tests `input`. The limits of every expression hold.
    """

    expression: str
    variables: Mapping[str, Any]
    actor: Actor
    is_test: bool = False
    input: Any = None

    def run(self, context: CommandContext) -> TriedExpression:
        """Answer; raises NotPermitted, InputInvalid when the text is far too long."""
        require_publisher(read_permissions(context, self.actor))
        text, removed = _without_equals(self.expression)
        if len(text) > _LONGEST:
            most = f"{_LONGEST:,}"
            raise InputInvalid(
                Label(
                    f"An expression of more than {most} characters is not tried.",
                    f"Ekspresi lebih dari {most} karakter tidak dicoba.",
                )
            )
        return self._try(context, text, removed)

    def _try(self, context: CommandContext, text: str, removed: int) -> TriedExpression:
        functions = {**BUILT_IN, **lazy_host_functions(context)}
        try:
            expression = feel.compile(text, self.variables, unary=self.is_test, functions=functions.keys())
        except FeelSyntaxError as error:
            column = error.column + (removed if error.line == 1 else 0)
            return _failed(Place(error.line, column, error.reason.label))
        except FeelError as error:
            return _failed(Place(None, None, error.label))
        mistakes = tuple(
            Place(line, column + (removed if line == 1 else 0), reason.label)
            for line, column, reason in expression.findings
        )
        names = tuple(sorted(expression.names))
        try:
            value, reasons = expression.explain(self.variables, now=context.now, functions=functions, input=self.input)
        except FeelError as error:
            return _failed(Place(None, None, error.label), mistakes, names)
        warnings = tuple(reason.label for reason in reasons)
        try:
            shown = to_json(value)
        except FeelError as error:
            return _failed(Place(None, None, error.label), mistakes, names)
        return TriedExpression(shown, kind_of(value), None, mistakes, warnings, names)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceValues:
    """Ask for the variables of a process instance, to try an expression with; `name` is its number or its key.

    Who may look at the instance gets them, as on the page of the instance.
    """

    name: str
    actor: Actor

    def run(self, context: CommandContext) -> dict[str, Any]:
        """Answer; raises InputInvalid when there is no such instance, NotPermitted when its contents are hidden."""
        reader = require_observer(context, self.actor)
        key = instance_detail.key_of(context.work, self.name.strip())
        head = instance_detail.head(context.work, key, reader) if key is not None else None
        if head is None:
            name = self.name.strip()[:100]
            raise InputInvalid(Label(f"There is no instance {name}.", f"Tidak ada instans {name}."))
        if head.is_restricted:
            raise NotPermitted(
                "restricted",
                Label(
                    "the contents of this instance are hidden from you. Type values instead.",
                    "isi instans ini tersembunyi bagi Anda. Ketik nilainya saja.",
                ),
            )
        variables = instance_detail.variables(context.work, head.instance.key)
        return {one.name: one.value for one in variables if one.scope_key == head.instance.key}


def _without_equals(text: str) -> tuple[str, int]:
    """Return the expression without the `=` before it, and how many characters that took from the first line."""
    stripped = text.lstrip()
    if not stripped.startswith("="):
        return text, 0
    removed = len(text) - len(stripped) + 1
    return stripped[1:], removed if "\n" not in text[: removed - 1] else 1


def _failed(place: Place, mistakes: tuple[Place, ...] = (), names: tuple[str, ...] = ()) -> TriedExpression:
    return TriedExpression(None, "", place, mistakes, (), names)
