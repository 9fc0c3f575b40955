"""Deployed files with their versions; download of the same bytes; deployment with its findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Response, make_response, render_template, request
from werkzeug.datastructures import FileStorage

from engine import (
    CommandRejected,
    ContentOfFile,
    DefinitionInvalid,
    Deploy,
    Deployment,
    Deployments,
    Finding,
    ResourceFile,
    ResourceKind,
    VersionsOfFile,
)
from webapp.access import needs
from webapp.admin.blueprint import OBSERVERS, PUBLISHERS, pages
from webapp.engine_access import actor, engine
from webapp.errors import status_of
from webapp.i18n import gettext, words

#: Lines shown before and after the one that a finding names.
_AROUND = 2
_MAX_LINE = 200
_KINDS = {kind.value: kind for kind in ResourceKind}


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line of an uploaded file near a finding."""

    number: int
    text: str
    is_place: bool


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding with the lines that it is about."""

    finding: Finding
    excerpt: tuple[Excerpt, ...]


@pages.get("/files")
@needs(*OBSERVERS)
def files() -> str:
    """Show the newest version of every file and what was deployed lately."""
    before = request.args.get("before", type=int)
    page = engine().ask(Deployments(actor=actor(), before=before))
    kinds = {kind: [file for file in page.newest if file.kind is kind] for kind in ResourceKind}
    chosen = _KINDS.get(request.args.get("kind", ""), ResourceKind.BPMN)
    return render_template("admin/files.html", page=page, kinds=kinds, chosen=chosen, before=before)


@pages.get("/files/<kind>/<path:resource_id>")
@needs(*OBSERVERS)
def file_versions(kind: str, resource_id: str) -> str:
    """Show all versions of one file."""
    found = engine().ask(VersionsOfFile(kind=kind, resource_id=resource_id, actor=actor()))
    return render_template("admin/file_versions.html", versions=found.versions)


@pages.get("/files/<int:key>/download")
@needs(*OBSERVERS)
def download(key: int) -> Response:
    """Answer a file exactly as it was deployed."""
    found = engine().ask(ContentOfFile(resource_key=key, actor=actor()))
    answer = make_response(found.content)
    answer.headers["Content-Type"] = "application/octet-stream"
    answer.headers.set("Content-Disposition", "attachment", filename=found.file.name)
    return answer


@pages.get("/deploy")
@needs(*PUBLISHERS)
def deploy() -> str:
    """Ask for files to deploy."""
    return render_template("admin/deploy.html")


@pages.post("/deploy")
@needs(*PUBLISHERS)
def deploy_now() -> str | tuple[str, int]:
    """Deploy the chosen files together; when one is wrong, nothing is stored and every finding is shown."""
    chosen = [_read(upload) for upload in request.files.getlist("files") if upload.filename]
    comment = request.form.get("comment", "").strip()
    if not chosen:
        return render_template("admin/deploy.html", error=gettext("Choose at least one file."), comment=comment), 422
    try:
        deployment: Deployment = engine().execute(Deploy(files=tuple(chosen), comment=comment, actor=actor()))
    except DefinitionInvalid as error:
        findings = place(error.findings, chosen)
        return render_template("admin/deploy.html", error=words(error.label), findings=findings, comment=comment), 422
    except CommandRejected as error:
        return render_template("admin/deploy.html", error=words(error.label), comment=comment), status_of(error)
    return render_template("admin/deploy.html", deployment=deployment, findings=place(deployment.warnings, chosen))


def place(findings: Iterable[Finding], uploaded: Sequence[ResourceFile]) -> list[PlacedFinding]:
    """Return the findings, errors first, each with the lines of its file that it is about."""
    sources = {file.name: file.content for file in uploaded}
    ordered = sorted(findings, key=lambda finding: (not finding.is_error, finding.file, finding.line or 0))
    return [PlacedFinding(finding, _excerpt(sources.get(finding.file, b""), finding.line)) for finding in ordered]


def _excerpt(source: bytes, line: int | None) -> tuple[Excerpt, ...]:
    if not line:
        return ()
    lines = source.decode("utf-8", errors="replace").splitlines()
    first, last = max(1, line - _AROUND), min(len(lines), line + _AROUND)
    return tuple(Excerpt(number, lines[number - 1][:_MAX_LINE], number == line) for number in range(first, last + 1))


def _read(upload: FileStorage) -> ResourceFile:
    # Some browsers send the path of a folder with the name.
    name = (upload.filename or "").replace("\\", "/").rpartition("/")[2]
    return ResourceFile(name, upload.read())
