"""Numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from engine.forms import messages
from engine.forms.components import Field
from engine.forms.fields.kind import Surroundings, Wrong, number_bound
from engine.model import Label

#: More digits than a float keeps are no entry of a person; they also stay within Decimal's exact 28.
_NUMBER = re.compile(r"-?\d{1,15}(?:[.,]\d{1,10})?", re.ASCII)


class NumberKind:
    """A number as JSON keeps it: whole ones as int, others as float; as text with `serializeToString`."""

    empty = None

    def read(self, field: Field, raw: Any, around: Surroundings) -> Any:
        """Return the number; a comma is a decimal comma, as Indonesians write."""
        number = _number(raw, around)
        if number is None:
            return None
        if field.settings.get("serializeToString") is True:
            return format(number, "f")
        return int(number) if number == number.to_integral_value() else float(number)

    def judge(self, field: Field, value: Any, around: Surroundings) -> Label | None:
        """Check digits, step and bounds."""
        number, name = Decimal(str(value)), around.name
        digits, step = field.settings.get("decimalDigits"), _step(field)
        if isinstance(digits, int) and 0 <= digits < 10 and number != round(number, digits):
            return messages.too_many_digits(name, digits)
        least = number_bound(field.rules.minimum, around.scope)
        if least is not None and number < least:
            return messages.too_small(name, least)
        most = number_bound(field.rules.maximum, around.scope)
        if most is not None and number > most:
            return messages.too_large(name, most)
        if step is not None and (number - (least or 0)) % step:
            return messages.not_a_step(name, step)
        return None

    def missing(self, field: Field, around: Surroundings) -> Label:
        """Nothing was entered."""
        return messages.required(around.name)


def _number(raw: Any, around: Surroundings) -> Decimal | None:
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    text = raw.strip() if isinstance(raw, str) else _written(raw)
    if not _NUMBER.fullmatch(text):
        raise Wrong(messages.no_number(around.name))
    return Decimal(text.replace(",", "."))


def _written(raw: Any) -> str:
    """Return a JSON number without exponent; anything else becomes a text that is no number."""
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return ""
    if isinstance(raw, int):
        return str(raw) if raw.bit_length() < 100 else ""
    return format(Decimal(repr(raw)), "f") if abs(raw) < 1e30 else ""


def _step(field: Field) -> Decimal | None:
    step = field.settings.get("increment")
    if isinstance(step, str) and _NUMBER.fullmatch(step):
        step = Decimal(step)
    if isinstance(step, bool) or not isinstance(step, int | float | Decimal):
        return None
    found = Decimal(str(step))
    return found if found > 0 else None
