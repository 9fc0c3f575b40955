"""Text fields and text areas, and durations entered as text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from engine.feel import compile as compile_feel
from engine.forms import messages
from engine.forms.components import Field
from engine.forms.fields.kind import Surroundings, Wrong, whole_bound
from engine.model import Label

#: Characters where the author sets no limit; beyond them nobody reads.
MOST_CHARACTERS = {"textfield": 2_000, "textarea": 50_000}

#: Control characters (NUL above all) but tab and line feed, and half surrogate pairs.
_UNPRINTABLE = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff]")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = re.compile(r"\+?[0-9][0-9 ().-]{4,24}[0-9]")
_DURATION = re.compile(r"P(?=.)(\d{1,4}Y)?(\d{1,4}M)?(\d{1,4}D)?(T(?=.)(\d{1,5}H)?(\d{1,6}M)?(\d{1,7}S)?)?", re.ASCII)
_WHOLE = re.compile(r"\d{0,4}", re.ASCII)
_DURATION_PARTS = ("days", "hours", "minutes")
_MATCHES = compile_feel("matches(value, pattern)")


class TextKind:
    """A text, trimmed, with line ends of Unix; nothing but spaces is nothing."""

    empty = None

    def read(self, field: Field, raw: Any, around: Surroundings) -> Any:
        """Return the trimmed text or None; of a duration its ISO 8601 form."""
        if field.properties.get("format") == "duration":
            return _duration(raw, around)
        return plain_text(raw, around)

    def judge(self, field: Field, value: Any, around: Surroundings) -> Label | None:
        """Check length, pattern and the well-known kinds."""
        rules, scope, length = field.rules, around.scope, len(value)
        least = whole_bound(rules.min_length, scope)
        most = whole_bound(rules.max_length, scope)
        limit = MOST_CHARACTERS.get(field.type, MOST_CHARACTERS["textfield"])
        most = limit if most is None else min(most, limit)
        if least is not None and length < least:
            return messages.too_short(around.name, least, length)
        if length > most:
            return messages.too_long(around.name, most, length)
        if rules.pattern is not None and not matches(value, rules.pattern):
            return rules.pattern_message or messages.wrong_pattern(around.name)
        return _well_known(rules.validation_type, value, around.name)

    def missing(self, field: Field, around: Surroundings) -> Label:
        """Name the least length too, so that nobody has to try twice."""
        return messages.required(around.name, whole_bound(field.rules.min_length, around.scope))


def matches(value: str, pattern: str) -> bool | None:
    """Return whether some part of the text matches, within FEEL's limits on time; None when the pattern is wrong."""
    result = _MATCHES({"value": value, "pattern": pattern})
    return result if isinstance(result, bool) else None


def plain_text(raw: Any, around: Surroundings) -> str | None:
    """Return the trimmed text, None for nothing; raises Wrong for other types and characters no database keeps."""
    if raw is None:
        return None
    if not isinstance(raw, str):
        raise Wrong(messages.wrong_kind(around.name))
    text = raw.replace("\r\n", "\n").replace("\r", "\n").strip()
    if _UNPRINTABLE.search(text):
        raise Wrong(messages.unprintable(around.name))
    return text or None


def _well_known(validation_type: str | None, value: str, name: Label) -> Label | None:
    if validation_type == "email" and not _EMAIL.fullmatch(value):
        return messages.no_email(name)
    if validation_type == "phone" and not _PHONE.fullmatch(value):
        return messages.no_phone(name)
    return None


def _duration(raw: Any, around: Surroundings) -> str | None:
    """Return the duration of an ISO 8601 text, or of parts {days, hours, minutes} as HTML fields send them."""
    if isinstance(raw, Mapping):
        raw = _from_parts(raw, around)
    text = plain_text(raw, around)
    if text is not None and not _DURATION.fullmatch(text):
        raise Wrong(messages.no_duration(around.name))
    return text


def _from_parts(raw: Mapping[str, Any], around: Surroundings) -> str | None:
    given = (raw.get(part) for part in _DURATION_PARTS)
    texts = ["" if part is None else part.strip() if isinstance(part, str) else "?" for part in given]
    if not any(texts):
        return None
    if not all(_WHOLE.fullmatch(text) for text in texts):
        raise Wrong(messages.no_duration(around.name))
    days, hours, minutes = (int(text or 0) for text in texts)
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    return "P" + (f"{days}D" if days else "") + (f"T{clock}" if clock else "") if days or clock else "PT0M"
