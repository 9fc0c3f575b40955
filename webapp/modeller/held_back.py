"""Content on disk that is not in use because people published other versions: looked at, taken or declined."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine import CommandRejected, DeclineContent, DraftFile, HeldBackFile, ResourceFile
from webapp.access import needs
from webapp.engine_access import actor, engine
from webapp.i18n import gettext, words
from webapp.modeller.blueprint import EDITORS, READERS, pages
from webapp.modeller.held_back_files import folders_on_disk, held_back_data
from webapp.modeller.publishing import painted
from webapp.security import allow_inline_styles


@pages.get("/held-back")
@needs(*READERS)
def held_back() -> str:
    """Show the files on disk that wait, each with its difference to what runs."""
    allow_inline_styles()
    return render_template("modeller/held_back.html", data=held_back_data(), painted=painted)


@pages.get("/held-back/<sha256>/content")
@needs(*READERS)
def held_back_content(sha256: str) -> Response:
    """Answer a waiting file, to be drawn."""
    _, file = _found(sha256)
    return current_app.response_class(file.content, content_type="text/plain; charset=utf-8")


@pages.post("/held-back/<sha256>/take")
@needs(*EDITORS)
def take_held_back(sha256: str) -> Response:
    """Make a waiting file the draft, which is then compared, checked and published as any other."""
    _, file = _found(sha256)
    key = engine().execute(DraftFile(file=file, actor=actor()))
    flash(gettext("The file is now the draft. Check it and publish it when you want it to run."), "success")
    return redirect(url_for("modeller.publish", key=key))


@pages.post("/held-back/<sha256>/keep")
@needs(*EDITORS)
def keep_published(sha256: str) -> Response:
    """Keep what was published; the file is not told of again until it changes."""
    told, file = _found(sha256)
    try:
        engine().execute(DeclineContent(file=file, reason=request.form.get("reason", ""), actor=actor()))
    except CommandRejected as error:
        flash(words(error.label), "danger")
    else:
        flash(gettext("Version %(version)s of %(name)s stays in use.")
              % {"version": told.running_version, "name": told.name}, "success")  # fmt: skip
    return redirect(url_for("modeller.held_back"))


def _found(sha256: str) -> tuple[HeldBackFile, ResourceFile]:
    """Return a waiting file by the digest of its bytes; raises NotFound when none has it (any more)."""
    told = next((one for one in held_back_data().files if one.sha256 == sha256), None)
    named = (file for folder in folders_on_disk() for file in folder if told and file.name == told.name)
    if told is None or (file := next(named, None)) is None:
        raise NotFound
    return told, file
