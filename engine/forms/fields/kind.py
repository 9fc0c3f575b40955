"""The one shape of a field type: how a submitted value is read, and which rules of its own it has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from engine.feel import CompiledExpression
from engine.forms.components import Dynamic, Field, Option
from engine.forms.scope import Scope
from engine.model import Label

#: From `register:SVC`, `people:<group>` ... to the options of the moment.
ChoiceSource = Callable[[str], Sequence[Option]]
#: From the key of an uploaded file to its facts (name, media_type, size_bytes); None when the person has no such file.
FileSource = Callable[[str], Mapping[str, Any] | None]


class Wrong(Exception):
    """A value that cannot be accepted, and what to tell the person."""

    def __init__(self, label: Label) -> None:
        super().__init__(label.en)
        self.label = label


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What reading and judging one field may look at."""

    name: Label  #: the field's label, resolved
    scope: Scope
    choices: ChoiceSource
    files: FileSource


class Kind(Protocol):
    """A family of field types."""

    #: What stands for "nothing was entered".
    empty: Any

    def read(self, field: Field, raw: Any, around: Surroundings) -> Any:
        """Return the JSON value of what was submitted; raises Wrong. `raw` may be anything."""
        ...

    def judge(self, field: Field, value: Any, around: Surroundings) -> Label | None:
        """Return what is wrong with a value that is not empty, or None."""
        ...

    def missing(self, field: Field, around: Surroundings) -> Label:
        """Return what to tell when a required value is empty."""
        ...


def resolved(value: Dynamic, scope: Scope) -> Any:
    """Return a bound as JSON, evaluating it where it is an expression."""
    return scope.json(value) if isinstance(value, CompiledExpression) else value


def number_bound(value: Dynamic, scope: Scope) -> Decimal | None:
    """Return a bound as decimal; None when there is none, or its expression gives no number."""
    found = resolved(value, scope)
    if isinstance(found, bool) or not isinstance(found, int | float | Decimal):
        return None
    return Decimal(str(found))


def whole_bound(value: Dynamic, scope: Scope) -> int | None:
    """Return a bound as int, or None."""
    found = number_bound(value, scope)
    return None if found is None else int(found)
