"""Functions that Camunda adds: defaults, assertions, tags."""

from __future__ import annotations

from ..errors import FeelAssertionFailed
from ..evaluation import Evaluation
from .registry import builtin


@builtin("is defined(value: any)")
def is_defined(evaluation: Evaluation, value: object) -> bool:
    """Called with a name or path it is compiled specially; any other value is defined."""
    return True


@builtin("get or else(value: any, default: any)")
def get_or_else(evaluation: Evaluation, value: object, default: object) -> object:
    return default if value is None else value


@builtin("assert(value: any, condition: any, cause?: string)")
def assert_(evaluation: Evaluation, value: object, condition: object, cause: str | None = None) -> object:
    """Return the value; stops the evaluation with an error when the condition is not true."""
    if condition is not True:
        raise FeelAssertionFailed(cause or "the condition is not fulfilled")
    return value


@builtin(
    "fromAi(value: any, description?: string|Null, type?: string|Null, schema?: context|Null, options?: context|Null)"
)
def from_ai(evaluation: Evaluation, value: object, *tags: object) -> object:
    """The value as it is; the other arguments tag it for integrations."""
    return value
