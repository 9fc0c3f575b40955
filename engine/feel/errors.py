"""Every deliberate error of the expression language."""

from __future__ import annotations


class FeelError(Exception):
    """The root of the errors below."""


class FeelSyntaxError(FeelError):
    """A text is not FEEL; `line` and `column` (from 1) are the place, `reason` says what was expected."""

    def __init__(self, text: str, line: int, column: int, reason: str) -> None:
        self.text = text
        self.line = line
        self.column = column
        self.reason = reason
        super().__init__(f"Line {line}, column {column}: {reason}")


class FeelLimitExceeded(FeelError):
    """An expression asked for more than a limit of `engine.feel.limits` allows; `limit` names it."""

    def __init__(self, limit: str, allowed: float) -> None:
        self.limit = limit
        self.allowed = allowed
        super().__init__(f"Expected {limit} of at most {allowed:g}, but the expression needs more")


class FeelValueError(FeelError):
    """A caller handed in a Python object that is no FEEL value."""

    def __init__(self, type_name: str) -> None:
        self.type_name = type_name
        super().__init__(f"Expected a JSON or FEEL value, but got a Python {type_name}")
