"""A record's page: where it stands, what happened, its people, files, comments and diagram."""

from __future__ import annotations

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import (
    AddAttachment,
    AddComment,
    AttachmentContent,
    ClocksOfRecord,
    EditableForms,
    InstanceOverlay,
    RecordPage,
    RegisterOfNumber,
    SendRecordMessage,
)
from webapp.access import PERSON, needs
from webapp.engine_access import actor, engine
from webapp.i18n import gettext

pages = Blueprint("records", __name__, template_folder="templates")

#: Shown in the browser; everything else is saved, so that no uploaded page runs in our name.
_SHOWN_INLINE = frozenset({"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "text/plain"})


@pages.get("/records/<number>")
@needs(PERSON)
def record(number: str) -> str | Response:
    """Show the record; an entry of a register has a page of its own, unless `all` asks for this one."""
    if "all" not in request.args and (kind := engine().ask(RegisterOfNumber(actor=actor(), number=number))):
        return redirect(url_for("registers.entry", record_type=kind, number=number))
    page = engine().ask(RecordPage(actor=actor(), number=number))
    clocks = engine().ask(ClocksOfRecord(actor=actor(), number=number))
    edits = engine().ask(EditableForms(actor=actor(), number=number))
    return render_template("records/record.html", page=page, clocks=clocks, edits=edits)


@pages.post("/records/<number>/messages/<name>")
@needs(PERSON)
def send_message(number: str, name: str) -> Response:
    """Tell the record's process something: withdraw, add what was missing."""
    words = request.form.get("text", "").strip()
    variables = dict.fromkeys(request.form.getlist("carries"), words)
    engine().execute(SendRecordMessage(number=number, name=name, actor=actor(), variables=variables))
    flash(gettext("The process was told."), "success")
    return redirect(url_for("records.record", number=number))


@pages.post("/records/<number>/comments")
@needs(PERSON)
def comment(number: str) -> Response:
    """Add a comment, and the files that come with it."""
    if body := request.form.get("body", "").strip():
        engine().execute(AddComment(number=number, body=body, actor=actor()))
    for file in request.files.getlist("files"):
        if file.filename:
            engine().execute(
                AddAttachment(
                    number=number, name=file.filename, media_type=file.mimetype, content=file.read(), actor=actor()
                )
            )
    return redirect(url_for("records.record", number=number, all=1) + "#comments")


@pages.get("/files/<int:key>")
@needs(PERSON)
def file(key: int) -> Response:
    """Send an attached file; only harmless types are shown in the browser."""
    found = engine().ask(AttachmentContent(key=key, actor=actor()))
    is_inline = found.attachment.media_type in _SHOWN_INLINE
    answer = Response(found.content, mimetype=found.attachment.media_type if is_inline else "application/octet-stream")
    answer.headers.set("Content-Disposition", "inline" if is_inline else "attachment", filename=found.attachment.name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@pages.get("/instances/<int:instance_key>/lit.json")
@needs(PERSON)
def overlay(instance_key: int) -> Response:
    """Send what is lit in the diagram of an instance."""
    lit = engine().ask(InstanceOverlay(actor=actor(), process_instance_key=instance_key))
    return jsonify(
        elements={
            element_id: {"active": one.active, "faults": one.faults, "completed": int(one.is_completed)}
            for element_id, one in lit.items()
        }
    )
