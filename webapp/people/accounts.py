"""What administrators do for accounts beside their facts: dates of groups, password links, sessions, import."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import (
    AccountDetails,
    CommandRejected,
    CreatePasswordReset,
    EndSessions,
    ImportPeople,
    ImportPreview,
    ImportStep,
    SetMembership,
)
from webapp.access import needs
from webapp.engine_access import actor, engine
from webapp.errors import status_of
from webapp.i18n import gettext, words
from webapp.people.blueprint import ADMINISTRATORS, pages, typed_moment

Answer = str | Response | tuple[str, int]
_MOST_BYTES = 2_000_000


@pages.get("/of/<name>")
@needs(*ADMINISTRATORS)
def details(name: str) -> str:
    """Show the dates of a person's groups, sessions and absences."""
    return _details(name)


@pages.post("/of/<name>/groups")
@needs(*ADMINISTRATORS)
def set_membership(name: str) -> Answer:
    """Write from when to when somebody is in a group."""
    group = request.form.get("group", "")
    try:
        engine().execute(
            SetMembership(
                user=name,
                group=group,
                from_at=typed_moment("from_at"),
                until_at=typed_moment("until_at"),
                actor=actor(),
            )
        )
    except CommandRejected as error:
        return _details(name, words(error.label)), status_of(error)
    flash(gettext("The membership was written."), "success")
    return redirect(url_for("people.details", name=name))


@pages.post("/of/<name>/password-link")
@needs(*ADMINISTRATORS)
def password_link(name: str) -> Answer:
    """Make a link by which the person chooses a password, and show it once."""
    token = engine().execute(CreatePasswordReset(name=name, actor=actor()))
    return _details(name, link=url_for("people.choose_password", token=token, _external=True))


@pages.post("/of/<name>/sessions")
@needs(*ADMINISTRATORS)
def end_sessions_of(name: str) -> Response:
    """End all sessions of a person."""
    engine().execute(EndSessions(user=name, actor=actor()))
    flash(gettext("Every session of this person has ended."), "success")
    return redirect(url_for("people.details", name=name))


@pages.get("/import")
@needs(*ADMINISTRATORS)
def import_people() -> str:
    """Ask for a file with people."""
    return render_template("people/import.html", planned=None, text="", error="")


@pages.post("/import")
@needs(*ADMINISTRATORS)
def preview_import() -> Answer:
    """Show what the file would do; `now` does it."""
    text = _given_text()
    try:
        if "now" in request.form:
            added, changed = engine().execute(ImportPeople(text=text, actor=actor()))
            told = gettext("%(added)s people added, %(changed)s changed.")
            flash(told % {"added": added, "changed": changed}, "success")
            return redirect(url_for("admin.people"))
        planned = engine().ask(ImportPreview(text=text, actor=actor()))
    except CommandRejected as error:
        page = render_template("people/import.html", planned=None, text=text, error=words(error.label))
        return page, status_of(error)
    counts = {step.value: sum(one.step is step for one in planned) for step in ImportStep}
    return render_template("people/import.html", planned=planned, counts=counts, text=text, error="")


def _given_text() -> str:
    file = request.files.get("file")
    if file is not None and file.filename:
        return file.stream.read(_MOST_BYTES + 1).decode("utf-8-sig", "replace")
    return request.form.get("text", "")


def _details(name: str, error: str = "", link: str = "") -> str:
    page = engine().ask(AccountDetails(actor=actor(), name=name))
    labels = {group.name: group.label for group in page.groups}
    return render_template("people/details.html", page=page, labels=labels, error=error, link=link)
