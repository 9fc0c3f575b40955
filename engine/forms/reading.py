"""From form-js JSON (a `.form` file) to a Form; every problem is a finding with place, reason and cure."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from engine.errors import DefinitionInvalid
from engine.forms.component_reading import ComponentReading
from engine.forms.components import Form
from engine.forms.findings import Findings
from engine.model import Label

#: A form of this size takes a person a day.
MOST_BYTES = 2_000_000
#: Newer schema versions may mean things that we would silently miss.
NEWEST_SCHEMA = 19

_EXPORT_AGAIN = Label("Open it in the form editor and save it again.", "Buka di penyunting formulir lalu simpan lagi.")


def parse_form(source: bytes, file_name: str, functions: Collection[str] = ("bizadd", "bizdiff", "due")) -> Form:
    """Return the form of a `.form` file; `functions` names the host functions its expressions may call.

    Raises DefinitionInvalid with all findings: no JSON, unknown component types, double keys, FEEL errors ...
    """
    findings = Findings(file_name, functions)
    document = _document(source, findings)
    form = _form(document, findings) if document is not None else None
    if form is None or findings.found:
        raise DefinitionInvalid(findings.found)
    return form


def _document(source: bytes, findings: Findings) -> Mapping[str, Any] | None:
    if len(source) > MOST_BYTES:
        _note_unreadable(findings, f"{len(source)} bytes are more than {MOST_BYTES}")
        return None
    try:
        document = json.loads(source.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        _note_unreadable(findings, f"{error.msg} (column {error.colno})", error.lineno)
    except UnicodeDecodeError:
        _note_unreadable(findings, "it is not UTF-8 text")
    except RecursionError:
        _note_unreadable(findings, "it is nested too deeply")
    except ValueError as error:
        _note_unreadable(findings, str(error))
    else:
        if isinstance(document, dict):
            return document
        _note_unreadable(findings, "it is not a JSON object")
    return None


def _form(document: Mapping[str, Any], findings: Findings) -> Form | None:
    form_id, version = document.get("id"), document.get("schemaVersion", 0)
    if not isinstance(form_id, str) or not form_id.strip() or len(form_id) > 200:
        reason = Label("The form has no id.", "Formulir tidak memiliki id.")
        findings.note("id", "", reason, Label('Add "id".', 'Tambahkan "id".'))
        return None
    if not isinstance(version, int) or version > NEWEST_SCHEMA:
        reason = Label(
            f"schemaVersion {version!r} is newer than {NEWEST_SCHEMA}, the newest known.",
            f"schemaVersion {version!r} lebih baru daripada {NEWEST_SCHEMA}, versi terbaru yang dikenal.",
        )
        findings.note("schema", form_id, reason, _EXPORT_AGAIN)
        return None
    components = ComponentReading(findings).components(document.get("components"))
    return Form(form_id, components, version)


def _note_unreadable(findings: Findings, why: str, line: int | None = None) -> None:
    reason = Label(f"The file cannot be read as a form: {why}.", f"Berkas tidak dapat dibaca sebagai formulir: {why}.")
    findings.note("json", "", reason, _EXPORT_AGAIN, line=line)


def _refuse_constant(text: str) -> Any:
    raise ValueError(f"{text} is no JSON value")
