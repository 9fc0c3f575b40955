"""Functions that compare points and ranges, by Allen's interval algebra. Source: DMN 1.5, 10.3.4.9 (table 78)."""

from __future__ import annotations

from collections.abc import Callable

from ..evaluation import Evaluation
from ..values import Range, equal, includes, less_than
from .registry import builtin

Answer = bool | None


def _not(answer: Answer) -> Answer:
    return None if answer is None else not answer


def _both(*answers: Answer) -> Answer:
    if any(answer is False for answer in answers):
        return False
    return None if any(answer is None for answer in answers) else True


def _either(*answers: Answer) -> Answer:
    return _not(_both(*(_not(answer) for answer in answers)))


def _is_range(value: object) -> bool:
    return isinstance(value, Range)


def _point(value: object) -> Range:
    """Return a point as the range of itself, a range as it is."""
    return value if isinstance(value, Range) else Range(value, value)


def _ends_before(first: Range, second: Range) -> Answer:
    """Whether all of `first` lies before all of `second`."""
    return _either(
        less_than(first.end, second.start),
        _both(not (first.end_included and second.start_included), equal(first.end, second.start)),
    )


def _starts_earlier(first: Range, second: Range) -> Answer:
    """Whether `first` has a value before the start of `second`."""
    return _either(
        less_than(first.start, second.start),
        _both(first.start_included and not second.start_included, equal(first.start, second.start)),
    )


def _ends_later(first: Range, second: Range) -> Answer:
    return _either(
        less_than(second.end, first.end),
        _both(first.end_included and not second.end_included, equal(first.end, second.end)),
    )


def _meets(first: Range, second: Range) -> Answer:
    return _both(first.end_included, second.start_included, equal(first.end, second.start))


def _overlaps(first: Range, second: Range) -> Answer:
    return _both(_not(_ends_before(first, second)), _not(_ends_before(second, first)))


def _overlaps_before(first: Range, second: Range) -> Answer:
    return _both(_starts_earlier(first, second), _not(_ends_before(first, second)), _not(_ends_later(first, second)))


def _same_start(first: Range, second: Range) -> Answer:
    return _both(first.start_included == second.start_included, equal(first.start, second.start))


def _same_end(first: Range, second: Range) -> Answer:
    return _both(first.end_included == second.end_included, equal(first.end, second.end))


def _during(first: Range, second: Range) -> Answer:
    return _both(_not(_starts_earlier(first, second)), _not(_ends_later(first, second)))


def _define(name: str, shapes: str, relation: Callable[[Range, Range], Answer]) -> None:
    """Register a relation for the shapes it is defined for: p a point, r a range."""
    for shape in shapes.split():
        names = ["point" if letter == "p" else "range" for letter in shape]
        if names[0] == names[1]:
            names = [names[0] + "1", names[1] + "2"]

        def run(evaluation: Evaluation, first: object, second: object, shape: str = shape) -> object:
            if [_is_range(first), _is_range(second)] != [letter == "r" for letter in shape]:
                return evaluation.null("{}: a point or a range was expected", name)
            answer = relation(_point(first), _point(second))
            return evaluation.null("{}: the values cannot be compared", name) if answer is None else answer

        builtin(f"{name}({names[0]}: {_kind(shape[0])}, {names[1]}: {_kind(shape[1])})")(run)


def _kind(letter: str) -> str:
    return "range" if letter == "r" else "number|string|date|time|moment|days|months"


_define("before", "pp pr rp rr", _ends_before)
_define("after", "pp pr rp rr", lambda first, second: _ends_before(second, first))
_define("meets", "rr", _meets)
_define("met by", "rr", lambda first, second: _meets(second, first))
_define("overlaps", "rr", _overlaps)
_define("overlaps before", "rr", _overlaps_before)
_define("overlaps after", "rr", lambda first, second: _overlaps_before(second, first))
_define("coincides", "pp rr", lambda first, second: _both(_same_start(first, second), _same_end(first, second)))
_define("starts", "pr", lambda first, second: _both(second.start_included, equal(first.start, second.start)))
_define("starts", "rr", lambda first, second: _both(_same_start(first, second), _not(_ends_later(first, second))))
_define("started by", "rp", lambda first, second: _both(first.start_included, equal(first.start, second.start)))
_define("started by", "rr", lambda first, second: _both(_same_start(first, second), _not(_ends_later(second, first))))
_define("finishes", "pr", lambda first, second: _both(second.end_included, equal(first.end, second.end)))
_define("finishes", "rr", lambda first, second: _both(_same_end(first, second), _not(_starts_earlier(first, second))))
_define("finished by", "rp", lambda first, second: _both(first.end_included, equal(first.end, second.end)))
_define(
    "finished by", "rr", lambda first, second: _both(_same_end(first, second), _not(_starts_earlier(second, first)))
)
_define("during", "pr", lambda first, second: includes(second, first.start))
_define("during", "rr", _during)
_define("includes", "rp", lambda first, second: includes(first, second.start))
_define("includes", "rr", lambda first, second: _during(second, first))
