"""What can be called: the one shape of built-in, user-defined and host functions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from ..evaluation import Evaluation
    from ..types import Type


class Function:
    """A function value. `parameters` names its parameters, `types` gives their types (None for any)."""

    feel_type: ClassVar[str] = "function"
    name = "function"
    parameters: Sequence[str] = ()
    types: Sequence[Type | None] = ()

    def invoke(self, evaluation: Evaluation, arguments: Sequence[object]) -> object:
        """Return the result for positional arguments."""
        raise NotImplementedError

    def invoke_named(self, evaluation: Evaluation, arguments: dict[str, object]) -> object:
        """Return the result for named arguments; null when a name is unknown."""
        unknown = [name for name in arguments if name not in self.parameters]
        if unknown:
            return evaluation.null("{} has no parameter {}", self.name, unknown[0])
        return self.invoke(evaluation, [arguments.get(name) for name in self.parameters])
