"""What a browser sent for a form: name-value pairs, uploaded files, and which rows come or go."""

from __future__ import annotations

from typing import Any

from flask import g, request

from engine import AddAttachment, SubmittedForm
from webapp.engine_access import actor, engine

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

    Rows are added and removed as `_add` and `_remove` of the pressed button say.
    """
    pairs = list(request.form.items(multi=True))
    query = SubmittedForm(
        actor=actor(),
        pairs=[*pairs, *uploaded()],
        user_task_key=user_task_key,
        process_id=process_id,
        add=tuple(request.form.getlist("_add")),
        remove=tuple(request.form.getlist("_remove")),
        keeps_blank_rows=is_redrawn,
    )
    return engine().ask(query)


def uploaded() -> list[tuple[str, str]]:
    """Store the uploaded files, loose until the form is accepted, and return (field, key) of each."""
    pairs: list[tuple[str, str]] = []
    if g.get("reason") == "csrf":  # the form is only drawn again
        return pairs
    for name, file in request.files.items(multi=True):
        if not file.filename or not name.endswith(UPLOAD_SUFFIX):
            continue
        stored = engine().execute(
            AddAttachment(name=file.filename, media_type=file.mimetype, content=file.read(), actor=actor())
        )
        pairs.append((name.removesuffix(UPLOAD_SUFFIX), str(stored.key)))
    return pairs
