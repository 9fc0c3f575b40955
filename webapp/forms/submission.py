"""What a browser sent for a form: name-value pairs, uploaded files, and which rows come or go."""

from __future__ import annotations

from typing import Any

from flask import flash, g, request

from engine import AcceptsFiles, AddAttachment, FileRefusal, FileRefused, SubmittedForm
from webapp.engine_access import actor, engine
from webapp.i18n import words

#: An uploaded file of the field `evidence` comes under `evidence!upload`; its key joins `evidence`.
UPLOAD_SUFFIX = "!upload"


def changes_rows() -> bool:
    """Return whether the pressed button only draws the form again: a row comes or goes, or choices are searched.

    Without script it posts the form like any other.
    """
    return any(name in request.form for name in ("_add", "_remove", "_find_now"))


def submitted_values(
    *, user_task_key: int | None = None, process_id: str = "", is_redrawn: bool = False
) -> dict[str, Any]:
    """Return the submitted values of this request, nested; files are stored first and stand as their keys.

    Files of who may not fill in the form now are not stored. Rows are added and removed as `_add` and `_remove` of the
    pressed button say.
    """
    pairs = list(request.form.items(multi=True))
    asks = AcceptsFiles(actor=actor(), user_task_key=user_task_key, process_id=process_id)
    files = uploaded() if has_files() and engine().ask(asks) else []
    query = SubmittedForm(
        actor=actor(),
        pairs=[*pairs, *files],
        user_task_key=user_task_key,
        process_id=process_id,
        add=tuple(request.form.getlist("_add")),
        remove=tuple(request.form.getlist("_remove")),
        keeps_blank_rows=is_redrawn,
    )
    return engine().ask(query)


def has_files() -> bool:
    """Return whether the request brings files for a form."""
    return any(file.filename and name.endswith(UPLOAD_SUFFIX) for name, file in request.files.items(multi=True))


def uploaded() -> list[tuple[str, str]]:
    """Store the uploaded files, loose until the form is accepted, and return (field, key) of each.

    Those that may not come in are told to the person, and remembered for `refused_files`.
    """
    pairs = []
    for name, file in request.files.items(multi=True):
        if not file.filename or not name.endswith(UPLOAD_SUFFIX):
            continue
        try:
            stored = engine().execute(AddAttachment(name=file.filename, content=file.read(), actor=actor()))
        except FileRefused as error:
            g.refused_files = (*refused_files(), FileRefusal(error.name, error.reason))
            flash(words(error.label), "warning")
            continue
        pairs.append((name.removesuffix(UPLOAD_SUFFIX), str(stored.key)))
    return pairs


def refused_files() -> tuple[FileRefusal, ...]:
    """Return the files of this request that were not taken; the record will say so (BI-10)."""
    refused: tuple[FileRefusal, ...] = g.get("refused_files", ())
    return refused
