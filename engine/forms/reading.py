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

#: What Python's reader says -> Indonesian.
_JSON_MISTAKES = {
    "Expecting value": "seharusnya ada nilai",
    "Expecting ':' delimiter": "seharusnya ada titik dua",
    "Expecting ',' delimiter": "seharusnya ada koma",
    "Expecting property name enclosed in double quotes": "seharusnya ada nama dalam tanda kutip ganda",
    "Illegal trailing comma before end of object": "ada koma berlebih sebelum akhir objek",
    "Illegal trailing comma before end of array": "ada koma berlebih sebelum akhir daftar",
    "Extra data": "ada isi setelah akhir objek",
    "Unterminated string starting at": "teks tidak ditutup tanda kutip, mulai di sini",
    "Invalid control character at": "ada karakter kendali di dalam teks",
    "Invalid \\escape": "garis miring terbalik yang salah",
    "Invalid \\uXXXX escape": "kode \\u yang salah",
}
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
        _note_unreadable(findings, Label("it has more than 2 MB", "ukurannya lebih dari 2 MB"))
        return None
    try:
        document = json.loads(source.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        _note_unreadable(findings, _mistake(error), error.lineno)
    except UnicodeDecodeError:
        _note_unreadable(findings, Label("it is not UTF-8 text", "bukan teks UTF-8"))
    except RecursionError:
        _note_unreadable(findings, Label("it is nested too deeply", "bersarang terlalu dalam"))
    except ValueError as error:
        _note_unreadable(findings, Label(f"it holds {error}", f"memuat {error}"))
    else:
        if isinstance(document, dict):
            return document
        _note_unreadable(findings, Label("it is not a JSON object", "bukan objek JSON"))
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


def _mistake(error: json.JSONDecodeError) -> Label:
    """Return where the JSON breaks, and what it says there."""
    said = _JSON_MISTAKES.get(error.msg, error.msg)
    place = error.lineno, error.colno
    return Label(
        "line {}, column {}: {}".format(*place, error.msg.lower()), "baris {}, kolom {}: {}".format(*place, said)
    )


def _note_unreadable(findings: Findings, why: Label, line: int | None = None) -> None:
    reason = Label(
        f"The file cannot be read as a form: {why.en}.", f"Berkas tidak dapat dibaca sebagai formulir: {why.id}."
    )
    findings.note("json", "", reason, _EXPORT_AGAIN, line=line)


def _refuse_constant(text: str) -> Any:
    raise ValueError(text)
