"""Builders for tests of forms: name only what the test is about."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from engine.forms import Checked, Form, Option, check, parse_form
from engine.model import Label

#: Monday, 5 January 2026, 09:00 in Jakarta.
NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)

OPTIONS = [
    {"value": "approve", "label": "Approve", "label_id": "Setuju"},
    {"value": "defer", "label": "Defer", "label_id": "Tangguhkan"},
    {"value": 3, "label": "Three", "label_id": "Tiga"},
]


def source(*components: Mapping[str, Any], **others: Any) -> bytes:
    return json.dumps({"type": "default", "id": "F", "schemaVersion": 19, "components": components, **others}).encode()


def a_form(*components: Mapping[str, Any]) -> Form:
    return parse_form(source(*components), "F.form")


def a_field(kind: str = "textfield", key: str = "reason", **others: Any) -> dict[str, Any]:
    return {"type": kind, "key": key, "label": "Reason", "label_id": "Alasan", **others}


def a_choice(kind: str = "radio", key: str = "decision", **others: Any) -> dict[str, Any]:
    return {"type": kind, "key": key, "label": "Decision", "label_id": "Keputusan", "values": OPTIONS, **others}


def a_list(*components: Mapping[str, Any], **others: Any) -> dict[str, Any]:
    return {
        "type": "dynamiclist",
        "path": "steps",
        "label": "Steps",
        "label_id": "Langkah",
        "components": components,
        **others,
    }


def offered(source: str) -> tuple[Option, ...]:
    """Two records of every register, nothing else."""
    if not source.startswith("register:"):
        return ()
    kind = source.removeprefix("register:")
    return tuple(Option(f"{kind}-2026-{number:06d}", Label("", "")) for number in (1, 2))


def a_file(key: str) -> dict[str, Any] | None:
    """One file is known: 7."""
    return {"name": "Plan.PDF", "media_type": "application/pdf", "size_bytes": 10} if key == "7" else None


def checked(form: Form, submitted: Any, **variables: Any) -> Checked:
    return check(form, submitted, variables, now=NOW, choices=offered, files=a_file)


def value(component: Mapping[str, Any], submitted: Any, **variables: Any) -> Any:
    """Return what one field makes of a submitted value; it must accept it."""
    form = a_form(component)
    key = form.keys[0]
    values, errors = checked(form, {key: submitted}, **variables)
    assert errors == {}
    return values[key]


def error(component: Mapping[str, Any], submitted: Any, language: str = "en", **variables: Any) -> str:
    """Return what a person is told about a submitted value; it must be refused."""
    form = a_form(component)
    key = form.keys[0]
    _, errors = checked(form, {key: submitted}, **variables)
    assert key in errors
    return errors[key].text(language)
