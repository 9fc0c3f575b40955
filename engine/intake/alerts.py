"""Reads what a monitoring program reports, and says which alerts belong together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.errors import InputInvalid
from engine.model import Label

_MOST = {"dedupe_key": 400, "ci": 400, "severity": 60, "text": 4_000}


@dataclass(frozen=True, slots=True)
class ReportedAlert:
    """What one call says."""

    dedupe_key: str
    ci: str
    severity: str
    text: str
    is_clear: bool


@dataclass(frozen=True, slots=True)
class AlertRules:
    """What the content says of alerts."""

    message: str = ""  #: begins a record; empty: alerts are parked
    child_links: tuple[str, ...] = ()  #: links by which a thing belongs to its parent, from child to parent


def read_alert(document: Any) -> ReportedAlert:
    """Return what a call says; raises InputInvalid that names the first field with no meaning."""
    if not isinstance(document, Mapping):
        raise _invalid("JSON object")
    fields: dict[str, str] = {}
    for name, most in _MOST.items():
        value = document.get(name)
        if not isinstance(value, str) or not value.strip() or len(value) > most or "\x00" in value:
            raise _invalid(name)
        fields[name] = value.strip()
    state = document.get("state", "firing")
    if state not in ("firing", "clear"):
        raise _invalid("state")
    return ReportedAlert(**fields, is_clear=state == "clear")


def parse_alert_rules(documents: Sequence[Mapping[str, Any]]) -> AlertRules:
    """Return what documents `kind: alerts` say: {message, child_links: [kind]}; the last one counts."""
    rules = AlertRules()
    for document in documents:
        links = document.get("child_links") or []
        if not isinstance(document.get("message"), str) or not isinstance(links, list):
            raise _invalid("message, child_links")
        rules = AlertRules(document["message"], tuple(str(link) for link in links))
    return rules


def _invalid(name: str) -> InputInvalid:
    return InputInvalid(
        Label(f"The alert is wrong at {name}.", f"Peringatan ini salah pada {name}."),
    )
