"""Every diagram, decision and form with its versions and draft; new ones, uploads and downloads."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Answer

from engine import (
    CommandRejected,
    DefinitionContent,
    DefinitionPage,
    Definitions,
    DraftFile,
    ResourceFile,
    ResourceKind,
    StartDefinitionDraft,
)
from webapp.access import needs
from webapp.engine_access import actor, engine
from webapp.errors import status_of
from webapp.i18n import gettext, words
from webapp.modeller.blank import blank_file, is_id
from webapp.modeller.blueprint import EDITORS, READERS, pages
from webapp.modeller.held_back_files import held_back_count
from webapp.modeller.wording import KINDS


@dataclass(frozen=True, slots=True)
class NewFile:
    """What was typed for a new file."""

    kind: str = "bpmn"
    identity: str = ""
    name: str = ""
    name_id: str = ""


def kind_of(text: str) -> ResourceKind:
    """Return the kind of file that an address names; raises NotFound."""
    for kind in KINDS:
        if kind.value == text:
            return kind
    raise NotFound


@pages.get("/")
@needs(*READERS)
def definitions() -> str:
    """Show every process, decision and form."""
    page = engine().ask(Definitions(actor=actor()))
    chosen = kind_of(request.args.get("kind", ResourceKind.BPMN.value))
    counts = {kind: sum(line.kind is kind for line in page.lines) for kind in KINDS}
    lines = [line for line in page.lines if line.kind is chosen]
    waits = held_back_count()
    return render_template(
        "modeller/definitions.html", page=page, lines=lines, chosen=chosen, counts=counts, held_back=waits
    )


@pages.get("/files/<kind>/<path:resource_id>")
@needs(*READERS)
def definition(kind: str, resource_id: str) -> str:
    """Show one file with its versions and its draft."""
    page = engine().ask(DefinitionPage(kind=kind_of(kind), resource_id=resource_id, actor=actor()))
    return render_template("modeller/definition.html", page=page)


@pages.get("/files/<int:key>/download")
@needs(*READERS)
def download(key: int) -> Response:
    """Answer a file exactly as it was published."""
    found = engine().ask(DefinitionContent(resource_key=key, actor=actor()))
    return as_download(found.content, found.name)


@pages.post("/files/<kind>/<path:resource_id>/edit")
@needs(*EDITORS)
def edit(kind: str, resource_id: str) -> Answer:
    """Open the draft of a file, beginning one where there is none."""
    key = engine().execute(StartDefinitionDraft(kind=kind_of(kind), resource_id=resource_id, actor=actor()))
    return redirect(url_for("modeller.editor", key=key))


@pages.post("/upload")
@needs(*EDITORS)
def upload() -> Answer:
    """Make uploaded files drafts, and open the editor when it was one."""
    chosen = [_read(one) for one in request.files.getlist("files") if one.filename]
    keys: list[int] = []
    for file in chosen:
        try:
            keys.append(engine().execute(DraftFile(file=file, actor=actor())))
        except CommandRejected as error:
            flash(words(error.label), "danger")
    if len(keys) == 1:
        return redirect(url_for("modeller.editor", key=keys[0]))
    if not chosen:
        flash(gettext("Choose at least one file."), "warning")
    return redirect(url_for("modeller.definitions"))


@pages.get("/new")
@needs(*EDITORS)
def new() -> str:
    """Ask for the id and names of a new process, decision or form."""
    kind = request.args.get("kind", "bpmn")
    return render_template("modeller/new.html", typed=NewFile(kind_of(kind).value), errors={})


@pages.post("/new")
@needs(*EDITORS)
def make_new() -> Answer | tuple[str, int]:
    """Begin a new file as a draft."""
    fields = {name: request.form.get(name, "").strip() for name in ("identity", "name", "name_id")}
    typed = NewFile(kind_of(request.form.get("kind", "")).value, **fields)
    errors = _errors(typed)
    status = 422
    if not errors:
        file = blank_file(typed.kind, typed.identity, typed.name, typed.name_id)
        try:
            return redirect(url_for("modeller.editor", key=_begin(file)))
        except CommandRejected as error:
            errors, status = {"identity": words(error.label)}, status_of(error)
    return render_template("modeller/new.html", typed=typed, errors=errors), status


def as_download(content: bytes, name: str) -> Response:
    """Return an answer that the browser saves as a file, byte for byte."""
    answer = make_response(content)
    answer.headers["Content-Type"] = "application/octet-stream"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _begin(file: ResourceFile) -> int:
    return engine().execute(DraftFile(file=file, actor=actor(), is_new=True))


def _errors(typed: NewFile) -> dict[str, str]:
    errors = {}
    if not is_id(typed.identity):
        errors["identity"] = gettext("Begin with a letter; then letters, digits, dots, dashes and underscores.")
    if not typed.name:
        errors["name"] = gettext("Give the English name.")
    if not typed.name_id:
        errors["name_id"] = gettext("Give the Indonesian name.")
    return errors


def _read(one: FileStorage) -> ResourceFile:
    return ResourceFile(one.filename or "", one.read())
