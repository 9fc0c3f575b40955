"""Parameters of a connector, read by name; what has no meaning is refused with the name and the cure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from engine.connectors.connector import ConnectorCall
from engine.errors import InputInvalid
from engine.feel import DateTime, DaysDuration
from engine.feel import compile as compile_feel
from engine.model import Label

_DURATION = compile_feel("duration(value)")
_MOMENT = compile_feel("date and time(value)")

#: No list of a diagram is longer than this by intent.
MOST_ITEMS = 1_000


class Parameters:
    """The parameters of one call."""

    def __init__(self, call: ConnectorCall, connector_type: str) -> None:
        self._values = call.variables
        self._type = connector_type

    def value(self, name: str) -> Any:
        """Return what was given, None when nothing."""
        return self._values.get(name)

    def text(self, name: str) -> str:
        """Return a text that must be there."""
        found = self.optional_text(name)
        if found is None:
            raise self.wrong(name, "a text", "teks")
        return found

    def optional_text(self, name: str) -> str | None:
        """Return a text; an empty one counts as none."""
        found = self.value(name)
        if found is None or isinstance(found, str):
            return found or None
        raise self.wrong(name, "a text", "teks")

    def texts(self, name: str) -> list[str]:
        """Return a list of texts, each once, in order; a single text counts as a list of one, null as an empty one."""
        return list(dict.fromkeys(self._texts_of(self.value(name), name)))

    def fields(self, name: str) -> Mapping[str, Any]:
        """Return a context; null counts as an empty one."""
        found = self.value(name)
        if found is None:
            return {}
        if not isinstance(found, Mapping):
            raise self.wrong(name, "a context such as {key: value}", "konteks seperti {key: value}")
        return {str(key): value for key, value in found.items()}

    def people(self, name: str) -> Mapping[str, Sequence[str]]:
        """Return role -> login names of a context {role: name or list of names}."""
        return {role: self._texts_of(users, f"{name}.{role}") for role, users in self.fields(name).items()}

    def items(self, name: str) -> list[Mapping[str, Any]]:
        """Return a list of contexts; a single context counts as a list of one, null as an empty one."""
        found = self.value(name)
        listed = [] if found is None else found if isinstance(found, list) else [found]
        if len(listed) > MOST_ITEMS or not all(isinstance(item, Mapping) for item in listed):
            raise self.wrong(
                name, f"a list of at most {MOST_ITEMS} contexts", f"daftar paling banyak {MOST_ITEMS} konteks"
            )
        return listed

    def flag(self, name: str) -> bool:
        """Return a boolean; null counts as false."""
        found = self.value(name)
        if found is None or isinstance(found, bool):
            return found is True
        raise self.wrong(name, "true or false", "true atau false")

    def moment(self, name: str) -> datetime:
        """Return an aware moment of a date and time with offset."""
        found = _MOMENT({"value": self.value(name)})
        try:
            moment = found.to_python() if isinstance(found, DateTime) else None
        except OverflowError:
            moment = None
        if moment is None or moment.tzinfo is None:
            example = "2026-08-17T08:00:00+07:00"
            raise self.wrong(name, f"a date and time such as {example}", f"tanggal dan waktu seperti {example}")
        return moment

    def duration(self, name: str) -> timedelta:
        """Return a duration of exact time; null counts as none at all."""
        if self.value(name) is None:
            return timedelta()
        found = _DURATION({"value": self.value(name)})
        try:
            if isinstance(found, DaysDuration) and found.nanos >= 0:
                return found.to_timedelta()
        except OverflowError:
            pass
        raise self.wrong(name, "a duration such as PT2H", "durasi seperti PT2H")

    def wrong(self, name: str, expected_en: str, expected_id: str) -> InputInvalid:
        """Return the error that names parameter, expectation and finding."""
        found = repr(self.value(name))[:100]
        return InputInvalid(
            Label(
                f"{self._type}: expected the parameter {name} to be {expected_en}, but it is {found}.",
                f"{self._type}: parameter {name} seharusnya {expected_id}, tetapi {found}.",
            )
        )

    def _texts_of(self, found: Any, name: str) -> list[str]:
        listed = [] if found is None else found if isinstance(found, list) else [found]
        if len(listed) > MOST_ITEMS or not all(isinstance(item, str) for item in listed):
            raise self.wrong(name, f"a list of at most {MOST_ITEMS} texts", f"daftar paling banyak {MOST_ITEMS} teks")
        return [item for item in listed if item]
