"""Every deliberate error of the expression language. `label` says it in both languages."""

from __future__ import annotations

from engine.model import Label

from .reasons import Reason


class FeelError(Exception):
    """The root of the errors below."""

    def __init__(self, label: Label) -> None:
        super().__init__(label.en)
        self.label = label


class FeelSyntaxError(FeelError):
    """A text is not FEEL; `line` and `column` (from 1) are the place, `reason` says what was expected."""

    def __init__(self, text: str, line: int, column: int, reason: Reason) -> None:
        self.text = text
        self.line = line
        self.column = column
        self.reason = reason
        both = reason.label
        super().__init__(Label(f"Line {line}, column {column}: {both.en}", f"Baris {line}, kolom {column}: {both.id}"))


class FeelLimitExceeded(FeelError):
    """An expression asked for more than a limit of `engine.feel.limits` allows; `limit` names it."""

    def __init__(self, limit: str, allowed: float) -> None:
        self.limit = limit
        self.allowed = allowed
        super().__init__(
            Reason("expected {} of at most {}, but the expression needs more", limit, f"{allowed:g}").label
        )


class FeelValueError(FeelError):
    """A caller handed in a Python object that is no FEEL value."""

    def __init__(self, type_name: str) -> None:
        self.type_name = type_name
        super().__init__(Reason("expected a JSON or FEEL value, but got a Python {}", type_name).label)


class FeelAssertionFailed(FeelError):
    """`assert` found its condition not true; `reason` is what the expression says about it."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(Reason("the assertion failed: {}", reason).label)
