"""From a draft to the running version, with its difference in words and colours; and back to an old version."""

from __future__ import annotations

import json

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import (
    Change,
    CommandRejected,
    CompareVersions,
    Conflict,
    DefinitionInvalid,
    DefinitionPage,
    Deployment,
    FileVersion,
    Publication,
    PublishAgain,
    PublishDrafts,
    SeenDraft,
)
from webapp.access import needs
from webapp.engine_access import actor, engine
from webapp.errors import status_of
from webapp.i18n import gettext, ngettext, words
from webapp.modeller.blueprint import EDITORS, pages
from webapp.modeller.definitions import kind_of
from webapp.security import allow_inline_styles


@pages.get("/drafts/<int:key>/publish")
@needs(*EDITORS)
def publish(key: int) -> str:
    """Show what publishing a draft changes, and ask why."""
    return _page(key)


@pages.post("/drafts/<int:key>/publish")
@needs(*EDITORS)
def publish_now(key: int) -> Response | tuple[str, int]:
    """Publish the draft and the related ones that were ticked, or say why not."""
    seen = {key: value for name in request.form.getlist("draft") for key, value in _seen(name)}
    comment = request.form.get("comment", "")
    try:
        if key not in seen:
            return _page(key), 422
        deployment = engine().execute(PublishDrafts(drafts=seen, comment=comment, actor=actor()))
    except DefinitionInvalid as error:
        return _page(key, error=words(error.label), comment=comment), 422
    except Conflict as error:
        return _page(key, error=words(error.label), comment=comment), 409
    except CommandRejected as error:
        return _page(key, error=words(error.label), comment=comment), status_of(error)
    _tell(deployment)
    return redirect(url_for("modeller.definitions"))


@pages.get("/files/<kind>/<path:resource_id>/again/<int:version>")
@needs(*EDITORS)
def publish_again(kind: str, resource_id: str, version: int) -> str:
    """Show what publishing an old version again changes, and ask why."""
    return _again_page(kind, resource_id, version)


@pages.post("/files/<kind>/<path:resource_id>/again/<int:version>")
@needs(*EDITORS)
def publish_again_now(kind: str, resource_id: str, version: int) -> Response | tuple[str, int]:
    """Publish an old version again."""
    comment = request.form.get("comment", "")
    old, _ = _versions(kind, resource_id, version)
    try:
        deployment = engine().execute(PublishAgain(resource_key=old.file.key, comment=comment, actor=actor()))
    except (CommandRejected, DefinitionInvalid) as error:
        page = _again_page(kind, resource_id, version, error=words(error.label), comment=comment)
        return page, status_of(error)
    _tell(deployment)
    return redirect(url_for("modeller.definition", kind=kind, resource_id=resource_id))


def painted(changes: tuple[Change, ...]) -> str:
    """Return which element changed how, as JSON for the script that paints diagrams."""
    marks: dict[str, str] = {}
    for change in changes:
        marks.setdefault(change.element_id, change.kind.value)
    return json.dumps(marks)


def _page(key: int, error: str = "", comment: str = "") -> str:
    allow_inline_styles()
    page = engine().ask(Publication(draft_key=key, actor=actor()))
    return render_template(
        "modeller/publish.html",
        page=page,
        error=error,
        comment=comment,
        painted=painted,
        drafts=(page.main, *page.related),
    )


def _again_page(kind: str, resource_id: str, version: int, error: str = "", comment: str = "") -> str:
    allow_inline_styles()
    old, newest = _versions(kind, resource_id, version)
    query = CompareVersions(kind=kind_of(kind), before_key=newest.file.key, after_key=old.file.key, actor=actor())
    changes = engine().ask(query)
    return render_template(
        "modeller/publish_again.html", old=old, newest=newest, changes=changes, error=error, comment=comment,
        painted=painted,
    )  # fmt: skip


def _versions(kind: str, resource_id: str, version: int) -> tuple[FileVersion, FileVersion]:
    page = engine().ask(DefinitionPage(kind=kind_of(kind), resource_id=resource_id, actor=actor()))
    old = next((one for one in page.versions if one.file.version == version), page.versions[0])
    return old, page.versions[0]


def _seen(text: str) -> list[tuple[int, SeenDraft]]:
    """Return what a check box says: draft key, revision and the running file that it was compared with."""
    parts = text.split(":")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts[:2]):
        return []
    running = int(parts[2]) if parts[2].isascii() and parts[2].isdigit() else None
    return [(int(parts[0]), SeenDraft(int(parts[1]), running))]


def _tell(deployment: Deployment) -> None:
    if deployment.is_unchanged:
        flash(gettext("Nothing changed: this is what runs already."), "info")
        return
    count = len(deployment.resources)
    told = ngettext("%(num)s file was published.", "%(num)s files were published.", count) % {"num": count}
    names = ", ".join(
        gettext("%(name)s is now version %(version)s") % {"name": words(one.name), "version": one.version}
        for one in deployment.definitions
    )
    ending = gettext("New instances use it; running ones stay on theirs.")
    flash(" ".join(part for part in (told, f"{names}." if names else "", ending) if part), "success")
