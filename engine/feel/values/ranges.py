"""Ranges and contexts, the two composite values that Python has no class for."""

from __future__ import annotations

from typing import ClassVar


class Range:
    """All values between two ends. `operator` is set for one written as `< 5` or `= 5`: then an end of None is open.

    Without an operator an end of null is unknown, and so is whether anything lies in the range.
    """

    __slots__ = ("end", "end_included", "operator", "start", "start_included")
    feel_type: ClassVar[str] = "range"

    def __init__(
        self, start: object, end: object, start_included: bool = True, end_included: bool = True, operator: str = ""
    ) -> None:
        self.operator = operator
        self.start = start
        self.end = end
        self.start_included = start_included
        self.end_included = end_included

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Range) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash(self._parts())

    def _parts(self) -> tuple[object, object, bool, bool, str]:
        return self.start, self.end, self.start_included, self.end_included, self.operator

    def __repr__(self) -> str:
        opening, closing = "[" if self.start_included else "(", "]" if self.end_included else ")"
        return f"{opening}{self.start!r}..{self.end!r}{closing}"


class NotEqualTest:
    """The value of `(!= x)`: everything but x."""

    __slots__ = ("value",)
    feel_type: ClassVar[str] = "range"

    def __init__(self, value: object) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NotEqualTest) and self.value == other.value

    def __hash__(self) -> int:
        return hash(("!=", self.value))


class Context(dict[str, object]):
    """A context made by FEEL: all its values are FEEL values already, a plain dict's are converted when read."""

    __slots__ = ()
