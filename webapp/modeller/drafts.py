"""The editors and what their scripts ask for: content, saving with If-Match, check, comparison."""

from __future__ import annotations

import re
from typing import Any

from flask import Response, flash, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import PreconditionRequired
from werkzeug.wrappers import Response as Answer

from engine import (
    CheckDraft,
    ChoicesForModeller,
    CommandRejected,
    CompareWithDraft,
    DefinitionDraft,
    DefinitionInvalid,
    DiscardDefinitionDraft,
    DraftChanged,
    Finding,
    KeptContent,
    RestoreKeptDraft,
    SaveDefinitionDraft,
)
from webapp.access import needs
from webapp.engine_access import actor, engine
from webapp.errors import status_of
from webapp.i18n import full_moment, gettext, words
from webapp.modeller.blueprint import EDITORS, pages
from webapp.modeller.definitions import as_download
from webapp.security import allow_inline_styles

_REVISION = re.compile(r'"?(\d{1,9})"?')


@pages.get("/drafts/<int:key>")
@needs(*EDITORS)
def editor(key: int) -> str:
    """Show the editor of a draft."""
    allow_inline_styles()
    data = engine().ask(DefinitionDraft(draft_key=key, actor=actor()))
    return render_template("modeller/editor.html", data=data, draft=data.draft)


@pages.get("/drafts/<int:key>/content")
@needs(*EDITORS)
def draft_content(key: int) -> Response:
    """Answer what was saved last, with its revision."""
    data = engine().ask(DefinitionDraft(draft_key=key, actor=actor()))
    answer = make_response(data.content)
    answer.headers["Content-Type"] = "text/plain; charset=utf-8"
    answer.headers["ETag"] = f'"{data.draft.revision}"'
    return answer


@pages.put("/drafts/<int:key>/content")
@needs(*EDITORS)
def put_content(key: int) -> Response | tuple[Response, int]:
    """Save a draft that was loaded at the revision of `If-Match`; 409 tells who was faster."""
    revision = _REVISION.fullmatch(request.headers.get("If-Match", ""))
    if revision is None:
        raise PreconditionRequired
    command = SaveDefinitionDraft(draft_key=key, content=request.get_data(), revision=int(revision[1]), actor=actor())
    try:
        saved = engine().execute(command)
    except DraftChanged as error:
        facts = {"revision": error.revision, "by": error.by, "at": full_moment(error.at)}
        return jsonify(facts | {"message": words(error.label)}), 409
    except CommandRejected as error:
        return jsonify(message=words(error.label)), status_of(error)
    return jsonify(revision=saved)


@pages.get("/drafts/<int:key>/download")
@needs(*EDITORS)
def download_draft(key: int) -> Response:
    """Answer the draft as a file."""
    data = engine().ask(DefinitionDraft(draft_key=key, actor=actor()))
    return as_download(data.content, data.draft.name)


@pages.post("/drafts/<int:key>/check")
@needs(*EDITORS)
def check(key: int) -> Response:
    """Answer what is wrong with what the editor has now."""
    content = request.get_data() or None
    findings = engine().ask(CheckDraft(draft_key=key, actor=actor(), content=content))
    return jsonify(problems=[_problem(finding) for finding in findings])


@pages.post("/drafts/<int:key>/compare")
@needs(*EDITORS)
def compare(key: int) -> str | tuple[str, int]:
    """Answer what the editor's content changes of the saved one, as a part of a page."""
    try:
        changes = engine().ask(CompareWithDraft(draft_key=key, content=request.get_data(), actor=actor()))
    except DefinitionInvalid as error:
        return render_template("modeller/_comparison.html", changes=(), error=words(error.label)), 200
    return render_template("modeller/_comparison.html", changes=changes, error="")


@pages.get("/choices")
@needs(*EDITORS)
def choices() -> Response:
    """Answer what a diagram can refer to: forms, decisions, groups, processes, connectors, rules, messages."""
    found = engine().ask(ChoicesForModeller(actor=actor()))
    return jsonify(
        forms=found.forms,
        decisions=found.decisions,
        groups=[{"id": group.name, "label": words(group.label)} for group in found.groups],
        processes=[{"id": process_id, "label": words(name)} for process_id, name in found.processes],
        connectors=found.connectors,
        rules=found.rules,
        messages=found.messages,
    )


@pages.get("/drafts/<int:key>/kept/<int:revision>")
@needs(*EDITORS)
def download_kept(key: int, revision: int) -> Response:
    """Answer what was kept of a draft as a file."""
    data = engine().ask(DefinitionDraft(draft_key=key, actor=actor()))
    content = engine().ask(KeptContent(draft_key=key, revision=revision, actor=actor()))
    stem, _, suffix = data.draft.name.rpartition(".")
    return as_download(content, f"{stem}-{revision}.{suffix}")


@pages.post("/drafts/<int:key>/kept/<int:revision>")
@needs(*EDITORS)
def restore_kept(key: int, revision: int) -> Answer:
    """Go back to what was kept of a draft."""
    engine().execute(RestoreKeptDraft(draft_key=key, kept_revision=revision, actor=actor()))
    flash(gettext("The draft is as it was then. What it was before is kept."), "success")
    return redirect(url_for("modeller.editor", key=key))


@pages.post("/drafts/<int:key>/discard")
@needs(*EDITORS)
def discard(key: int) -> Answer:
    """Throw a draft away."""
    data = engine().ask(DefinitionDraft(draft_key=key, actor=actor()))
    revision = request.form.get("revision", type=int) or 0
    engine().execute(DiscardDefinitionDraft(draft_key=key, revision=revision, actor=actor()))
    flash(gettext("The draft of %(name)s was discarded.") % {"name": data.draft.name}, "success")
    return redirect(url_for("modeller.definitions", kind=data.draft.kind.value))


def _problem(finding: Finding) -> dict[str, Any]:
    return {
        "element": finding.element_id,
        "line": finding.line,
        "reason": words(finding.reason),
        "cure": words(finding.cure),
        "isError": finding.is_error,
        "rule": finding.rule,
    }
