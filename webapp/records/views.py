"""A record's page: where it stands, what happened, its people, files, comments and diagram."""

from __future__ import annotations

import secrets

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import (
    AddComment,
    AttachmentContent,
    ClocksOfRecord,
    Conversation,
    EditableForms,
    InstanceOverlay,
    RateRecord,
    RecordPage,
    RegisterOfNumber,
    SendRecordMessage,
    Upload,
    WatchRecord,
)
from webapp.access import PERSON, needs
from webapp.engine_access import actor, engine
from webapp.i18n import gettext, words

pages = Blueprint("records", __name__, template_folder="templates")


@pages.app_template_global()
def new_send_id() -> str:
    """Return what tells one sending of a form from another: what is sent again is not added again."""
    return secrets.token_urlsafe(12)


@pages.get("/records/<number>")
@needs(PERSON)
def record(number: str) -> str | Response:
    """Show the record; an entry of a register has a page of its own, unless `all` asks for this one."""
    with engine().questions() as questions:
        kind = questions.ask(RegisterOfNumber(actor=actor(), number=number)) if "all" not in request.args else None
        if kind:
            return redirect(url_for("registers.entry", record_type=kind, number=number))
        page = questions.ask(RecordPage(actor=actor(), number=number))
        clocks = questions.ask(ClocksOfRecord(actor=actor(), number=number))
        talk = questions.ask(Conversation(actor=actor(), number=number))
        edits = questions.ask(EditableForms(actor=actor(), number=number))
    return render_template("records/record.html", page=page, clocks=clocks, edits=edits, talk=talk)


@pages.post("/records/<number>/messages/<name>")
@needs(PERSON)
def send_message(number: str, name: str) -> Response:
    """Tell the record's process something: withdraw, add what was missing."""
    typed = request.form.get("text", "").strip()
    variables = dict.fromkeys(request.form.getlist("carries"), typed)
    engine().execute(SendRecordMessage(number=number, name=name, actor=actor(), variables=variables))
    flash(gettext("The process was told."), "success")
    return redirect(url_for("records.record", number=number))


@pages.post("/records/<number>/comments")
@needs(PERSON)
def comment(number: str) -> Response:
    """Add a comment with the files that come with it; what may not come in is told, and noted on the record."""
    uploads = [Upload(file.filename, file.read()) for file in request.files.getlist("files") if file.filename]
    body = request.form.get("body", "")
    if body.strip() or uploads:
        added = engine().execute(
            AddComment(
                number=number,
                body=body,
                actor=actor(),
                uploads=tuple(uploads),
                is_internal=request.form.get("audience") == "internal",
                send_id=request.form.get("send_id", "")[:60] or None,
            )
        )
        for refused in added.refused:
            flash(f"{refused.name}: {words(refused.reason)}", "warning")
    return redirect(url_for("records.record", number=number) + "#comments")


@pages.post("/records/<number>/watch")
@needs(PERSON)
def watch(number: str) -> Response:
    """Watch the record, or watch it no more."""
    is_wanted = request.form.get("watch") == "1"
    engine().execute(WatchRecord(number=number, actor=actor(), watch=is_wanted))
    flash(
        gettext("You are told of comments and new states.") if is_wanted else gettext("You watch it no more."),
        "success",
    )
    return redirect(url_for("records.record", number=number))


@pages.post("/records/<number>/rating")
@needs(PERSON)
def rate(number: str) -> Response:
    """Keep how satisfied the requester is."""
    stars = request.form.get("stars", type=int) or 0
    engine().execute(RateRecord(number=number, stars=stars, words=request.form.get("words", ""), actor=actor()))
    flash(gettext("Thank you for your answer."), "success")
    return redirect(url_for("records.record", number=number))


@pages.get("/files/<int:key>")
@needs(PERSON)
def file(key: int) -> Response:
    """Send an attached file to be saved; nothing that somebody uploaded runs in our name."""
    found = engine().ask(AttachmentContent(key=key, actor=actor()))
    answer = Response(found.content, mimetype="application/octet-stream")
    answer.headers.set("Content-Disposition", "attachment", filename=found.attachment.name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
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
