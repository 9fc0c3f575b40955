"""What one expression may cost: settings with defaults, and the budget that counts against them."""

from __future__ import annotations

from dataclasses import dataclass
from time import thread_time

from .errors import FeelLimitExceeded


@dataclass(frozen=True, slots=True)
class Limits:
    """The settings; the defaults keep any expression under one second and 256 MB."""

    expression_length: int = 100_000  #: characters of one expression
    nesting: int = 60  #: brackets, functions and conditionals inside each other
    operators_in_a_row: int = 150  #: of one precedence, as in 1 + 1 + 1 ...
    call_depth: int = 60  #: functions calling functions
    elements: int = 250_000  #: list items, context entries and iterations of one evaluation, all together
    string_length: int = 1_000_000  #: characters of one text
    pattern_length: int = 2_000  #: characters of a regular expression
    regex_seconds: float = 0.25  #: one regular expression, by the wall clock
    seconds: float = 0.8  #: the whole evaluation, of its thread's processor time
    warnings: int = 50  #: further warnings of one evaluation are dropped


DEFAULT_LIMITS = Limits()

#: The clock is read once per this many units, because reading it costs more than an iteration.
_UNITS_BETWEEN_CLOCK_READINGS = 256

#: A text of this many characters weighs as much as one list item.
_CHARACTERS_PER_ELEMENT = 64
#: Reading costs less than making: so many items or characters weigh as much as one item made.
_ITEMS_READ_PER_ELEMENT = 16
_CHARACTERS_READ_PER_ELEMENT = 8192


class Budget:
    """Counts what one evaluation has used. Not shared between threads."""

    __slots__ = ("_deadline", "_next_clock_reading", "depth", "limits", "spent")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.spent = 0
        self.depth = 0
        self._next_clock_reading = 0
        self._deadline = 0.0

    def spend(self, elements: int = 1) -> None:
        """Count `elements` produced; raises FeelLimitExceeded when there are too many or time is up."""
        self.spent += elements
        if self.spent >= self._next_clock_reading:
            self._look_at_the_clock()

    def spend_text(self, characters: int) -> None:
        """Count a text of that length."""
        if characters > self.limits.string_length:
            raise FeelLimitExceeded("string length", self.limits.string_length)
        self.spend(1 + characters // _CHARACTERS_PER_ELEMENT)

    def spend_reading(self, value: object) -> None:
        """Count that a list or text is gone through by a function."""
        if type(value) is list:
            self.spend(len(value) // _ITEMS_READ_PER_ELEMENT)
        elif type(value) is str:
            self.spend(len(value) // _CHARACTERS_READ_PER_ELEMENT)

    def spend_time(self) -> None:
        """Look at the clock at once, after something that may have taken long."""
        self._next_clock_reading = 0
        self.spend()

    def enter_call(self) -> None:
        """Go one call deeper; `leave_call` goes back."""
        self.depth += 1
        if self.depth > self.limits.call_depth:
            raise FeelLimitExceeded("call depth", self.limits.call_depth)

    def leave_call(self) -> None:
        """Undo one `enter_call`."""
        self.depth -= 1

    def _look_at_the_clock(self) -> None:
        if self.spent > self.limits.elements:
            raise FeelLimitExceeded("elements", self.limits.elements)
        now = thread_time()
        if not self._deadline:
            self._deadline = now + self.limits.seconds
        elif now > self._deadline:
            raise FeelLimitExceeded("seconds", self.limits.seconds)
        self._next_clock_reading = min(self.spent + _UNITS_BETWEEN_CLOCK_READINGS, self.limits.elements + 1)
