"""Functions that the caller hands in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ..reasons import reason_of
from .functions import Function
from .reading import from_json

if TYPE_CHECKING:
    from ..evaluation import Evaluation


class HostFunction(Function):
    """A Python callable made callable by FEEL; it gets FEEL values and its result is converted."""

    def __init__(self, name: str, call: Callable[..., object], parameters: Sequence[str] = ()) -> None:
        self.name = name
        self.call = call
        self.parameters = parameters
        self.types = (None,) * len(parameters)

    def invoke(self, evaluation: Evaluation, arguments: Sequence[object]) -> object:
        """Call it; a ValueError or TypeError of the callable becomes null with its text as warning."""
        try:
            return from_json(self.call(*arguments))
        except (ValueError, TypeError) as error:
            return evaluation.null("{}: {}", self.name, reason_of(error))
