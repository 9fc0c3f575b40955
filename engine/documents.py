"""Reads the shared documents of content (`processes/_shared/*.yaml`): mappings with a `kind`, checked by kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import yaml

from engine.deadlines import parse_calendar, parse_clocks
from engine.errors import DefinitionInvalid
from engine.intake import parse_routes
from engine.model import Finding, Label
from engine.outbox import parse_templates
from engine.people import parse_rules
from engine.records import parse_link_kinds, parse_register

_MOST_BYTES = 1_000_000
_DEEPEST = 50

#: Documents that have a parser of their own; it raises DefinitionInvalid.
_CHECKS: Mapping[str, Callable[[Mapping[str, Any], str], object]] = {
    "calendar": parse_calendar,
    "clocks": parse_clocks,
    "links": parse_link_kinds,
    "mail_in": lambda document, name: parse_routes([document]),
    "register": parse_register,
    "sod_rules": lambda document, name: parse_rules([document]),
    "templates": lambda document, name: parse_templates([document]),
}


def parse_document(content: bytes, file_name: str) -> Mapping[str, Any]:
    """Return the mapping that a YAML file holds; raises DefinitionInvalid with what is wrong.

    Aliases are refused: a few lines of them stand for gigabytes, or for a list that contains itself.
    """
    if len(content) > _MOST_BYTES:
        raise _invalid(file_name, None, "it is larger than 1 MB.", "ukurannya lebih dari 1 MB.")
    try:
        document = yaml.load(content, _Loader)  # noqa: S506 - derived from SafeLoader, which makes plain values only
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise _invalid(file_name, line, f"{error.problem}.", f"{error.problem}.") from error
    except (yaml.YAMLError, ValueError) as error:  # no text; a day or number that does not exist
        raise _invalid(file_name, None, f"{error}.", f"{error}.") from error
    if not isinstance(document, dict) or not isinstance(document.get("kind"), str):
        reason = Label("The document does not say of which kind it is.", "Dokumen tidak menyebut jenisnya (`kind`).")
        cure = Label("Write `kind:` at its top.", "Tulis `kind:` di baris pertama.")
        raise DefinitionInvalid([Finding(file_name, 1, None, reason, cure, rule="kind")])
    if check := _CHECKS.get(document["kind"]):
        check(document, file_name)
    return document


def write_document(document: Mapping[str, Any]) -> bytes:
    """Return a document of plain values as the YAML that `parse_document` reads."""
    text: str = yaml.safe_dump(dict(document), allow_unicode=True, sort_keys=False, width=120)
    return text.encode()


class _Loader(yaml.SafeLoader):
    """YAML as data: no aliases, no absurd depth."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Return the next node; raises ComposerError for what no document of ours needs."""
        if self.check_event(yaml.AliasEvent):
            raise self._refused("an alias (*) stands here; write out what it stands for")
        if self.depth == _DEEPEST:
            raise self._refused(f"it is nested deeper than {_DEEPEST} levels")
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def _refused(self, problem: str) -> yaml.YAMLError:
        return yaml.composer.ComposerError(None, None, problem, self.peek_event().start_mark)  # type: ignore[no-untyped-call]


def _invalid(file_name: str, line: int | None, english: str, indonesian: str) -> DefinitionInvalid:
    reason = Label(f"The file is not the YAML we read: {english}", f"Berkas bukan YAML yang dapat dibaca: {indonesian}")
    cure = Label("Correct the file, as UTF-8 text.", "Perbaiki berkas, sebagai teks UTF-8.")
    return DefinitionInvalid([Finding(file_name, line, None, reason, cure, rule="yaml")])
