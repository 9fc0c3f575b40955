"""Reads the files of content, each by its parser, and keeps what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.bpmn import ExecutableProcess
from engine.bpmn import parse as parse_bpmn
from engine.dmn import Definitions, parse_decisions
from engine.documents import parse_document
from engine.errors import DefinitionInvalid
from engine.forms import Form, parse_form
from engine.model import Finding, Label


@dataclass(slots=True)
class Content:
    """What was read of many files; what another file refers to is found here."""

    processes: list[tuple[Path, ExecutableProcess]] = field(default_factory=list)
    forms: list[tuple[Path, Form]] = field(default_factory=list)
    decisions: list[tuple[Path, str]] = field(default_factory=list)  #: ids
    tables: list[tuple[Path, Definitions]] = field(default_factory=list)  #: files of decisions
    documents: list[tuple[Path, Mapping[str, Any]]] = field(default_factory=list)
    findings: list[tuple[Path, Finding]] = field(default_factory=list)

    def of_kind(self, kind: str) -> Iterator[Mapping[str, Any]]:
        """Yield the documents of a kind."""
        return (document for _, document in self.documents if document["kind"] == kind)


def read_content(paths: Iterable[Path]) -> Content:
    """Read every file; what cannot be read becomes findings."""
    content = Content()
    for path in paths:
        read = _READERS.get(path.suffix)
        if read is None:
            content.findings.append((path, _no_content(path)))
            continue
        try:
            read(content, path)
        except DefinitionInvalid as error:
            content.findings += [(path, finding) for finding in error.findings]
        except OSError as error:
            content.findings.append((path, _unreadable(path, str(error.strerror))))
    return content


def read_document(path: Path) -> Mapping[str, Any]:
    """Return the YAML mapping of a shared document; raises DefinitionInvalid when it is none with a `kind`."""
    content = read_content([path])
    if not content.documents:
        raise DefinitionInvalid([finding for _, finding in content.findings])
    return content.documents[0][1]


def _read_bpmn(content: Content, path: Path) -> None:
    definitions = parse_bpmn(path.read_bytes(), path.name)
    content.processes += [(path, process) for process in definitions.processes]
    content.findings += [(path, warning) for warning in definitions.warnings]


def _read_dmn(content: Content, path: Path) -> None:
    parsed = parse_decisions(path.read_bytes(), path.name)
    content.tables.append((path, parsed))
    content.decisions += [(path, decision.element_id) for decision in parsed.decisions]
    content.findings += [(path, finding) for finding in parsed.findings]
    content.findings += [(path, finding.to_finding(path.name)) for finding in parsed.analyze()]


def _read_form(content: Content, path: Path) -> None:
    content.forms.append((path, parse_form(path.read_bytes(), path.name)))


def _read_document(content: Content, path: Path) -> None:
    content.documents.append((path, parse_document(path.read_bytes(), path.name)))


def _no_content(path: Path) -> Finding:
    if not path.exists():
        reason = Label("There is no such file or folder.", "Tidak ada berkas atau folder ini.")
        return Finding(path.name, None, None, reason, Label("Correct the path.", "Perbaiki jalurnya."), rule="absent")
    reason = Label("This is no kind of content.", "Ini bukan jenis konten.")
    cure = Label("Name files that end in .bpmn, .dmn, .form or .yaml.", "Sebut berkas .bpmn, .dmn, .form, atau .yaml.")
    return Finding(path.name, None, None, reason, cure, rule="kind")


def _unreadable(path: Path, why: str) -> Finding:
    reason = Label(f"The file cannot be read: {why}", f"Berkas tidak dapat dibaca: {why}")
    cure = Label("Correct the file, as UTF-8 text.", "Perbaiki berkas, sebagai teks UTF-8.")
    return Finding(path.name, 1, None, reason, cure, rule="unreadable")


_READERS = {
    ".bpmn": _read_bpmn,
    ".dmn": _read_dmn,
    ".form": _read_form,
    ".yaml": _read_document,
    ".yml": _read_document,
}
