"""Texts of notifications: content in two languages with `{{ name }}` placeholders; no expressions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Any

from engine.errors import DefinitionInvalid
from engine.model import LANGUAGES, Finding, Label
from engine.outbox.dates import with_dates_in_words

_PLACEHOLDER = re.compile(r"\{\{\s*([\w.]{1,200})\s*\}\}")
#: What stands for a value that is not there.
NOTHING = "-"
MOST_SUBJECT, MOST_VALUE, MOST_BODY = 200, 2_000, 20_000


@dataclass(frozen=True, slots=True)
class Template:
    """Subject and body of a notification, in both languages."""

    key: str
    subject: Label
    body: Label
    is_low: bool = False  #: people hear of it early enough in a digest


def parse_templates(documents: Sequence[Mapping[str, Any]]) -> Mapping[str, Template]:
    """Return key -> template of documents `kind: templates`; raises DefinitionInvalid.

    A document is {templates: {key: {subject: {en, id}, body: {en, id}, priority: low}}}; the priority may be
    left out.
    """
    findings: list[Finding] = []
    templates: dict[str, Template] = {}
    for document in documents:
        entries = document.get("templates")
        for key, entry in entries.items() if isinstance(entries, Mapping) else ():
            subject, body = _label(entry, "subject"), _label(entry, "body")
            if subject is None or body is None:
                findings.append(_finding(str(key)))
            else:
                templates[str(key)] = Template(str(key), subject, body, entry.get("priority") == "low")
    if findings:
        raise DefinitionInvalid(findings)
    return templates


def render(template: Template, data: Mapping[str, Any], zone: tzinfo = UTC) -> tuple[Label, Label]:
    """Return subject and body with every placeholder replaced.

    A dotted name looks into mappings. A value {en, id} speaks the language of the text, an ISO date too, with the
    time of `zone`. What is not there becomes "-". Values are never looked at for placeholders of their own. The
    subject is one line, as mail headers need.
    """
    subject = {language: _filled(template.subject, data, language, zone) for language in LANGUAGES}
    body = {language: _filled(template.body, data, language, zone)[:MOST_BODY] for language in LANGUAGES}
    one_line = {language: " ".join(text.split())[:MOST_SUBJECT] for language, text in subject.items()}
    return Label(**one_line), Label(**body)


def _filled(text: Label, data: Mapping[str, Any], language: str, zone: tzinfo) -> str:
    return _PLACEHOLDER.sub(lambda match: _written(_found(data, match[1]), language, zone), text.text(language))


def _found(data: Any, dotted: str) -> Any:
    for part in dotted.split("."):
        data = data.get(part) if isinstance(data, Mapping) else None
    return data


def _written(value: Any, language: str, zone: tzinfo) -> str:
    if isinstance(value, Mapping):
        value = value.get(language)
    if isinstance(value, bool):
        value = {"en": ("no", "yes"), "id": ("tidak", "ya")}[language][value]
    if isinstance(value, list | tuple):
        return ", ".join(_written(item, language, zone) for item in value[:100])[:MOST_VALUE] or NOTHING
    return NOTHING if value is None or value == "" else with_dates_in_words(str(value)[:MOST_VALUE], language, zone)


def _label(entry: Any, name: str) -> Label | None:
    texts = entry.get(name) if isinstance(entry, Mapping) else None
    if not isinstance(texts, Mapping) or not all(isinstance(texts.get(language), str) for language in LANGUAGES):
        return None
    return Label(en=texts["en"], id=texts["id"])


def _finding(key: str) -> Finding:
    reason = Label(
        f"Template {key} lacks subject or body in both languages.",
        f"Templat {key} tidak punya subject atau body lengkap.",
    )
    cure = Label("Give subject and body, each with en and id.", "Isi subject dan body, masing-masing dengan en dan id.")
    return Finding("templates", None, key, reason, cure, rule="templates")
