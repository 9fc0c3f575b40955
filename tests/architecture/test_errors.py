"""Every deliberate error has an HTTP status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine import CommandRejected, EngineError
from webapp.errors import STATUS


def all_errors(kind: type[EngineError] = EngineError) -> Iterator[type[EngineError]]:
    """Give every class below `kind`."""
    for below in kind.__subclasses__():
        yield below
        yield from all_errors(below)


def without_status(kinds: Iterator[type[EngineError]], status: Mapping[type[EngineError], int]) -> list[str]:
    """Return the errors that neither stand in `status` themselves nor by a base class."""
    return [kind.__name__ for kind in kinds if not any(base in status for base in kind.__mro__)]


def test_every_error_has_a_status() -> None:
    assert without_status(all_errors(), STATUS) == []


def test_the_base_class_hides_no_forgotten_error() -> None:
    assert EngineError not in STATUS


def test_statuses_are_those_of_refusals_and_failures() -> None:
    assert set(STATUS.values()) <= {400, 401, 403, 404, 409, 422, 500, 503}


def test_an_error_without_status_is_noticed() -> None:
    class Forgotten(EngineError):
        pass

    class Known(CommandRejected):
        pass

    assert without_status(iter((Forgotten, Known)), STATUS) == ["Forgotten"]
