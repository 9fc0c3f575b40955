"""The inbox: a list of tasks beside the chosen one, and everything a person does with a task."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import (
    AssignUserTask,
    ClaimUserTask,
    CompleteUserTask,
    EngineError,
    FormRejected,
    InboxPage,
    InboxTab,
    NearestClocks,
    SaveDraft,
    StaleRevision,
    UnclaimUserTask,
    UserTaskClaimed,
    UserTaskNotActive,
    UserTaskPage,
    UserTaskPageData,
)
from webapp.access import PERSON, needs
from webapp.engine_access import actor, engine
from webapp.forms.submission import changes_rows, refused_files, submitted_values
from webapp.i18n import gettext, mark
from webapp.navigation import NavigationItem
from webapp.typed_text import shown_again_by

pages = Blueprint("inbox", __name__, template_folder="templates")

_TASK = ("inbox.task", "inbox.complete", "inbox.redraw", "inbox.save_draft")
NAVIGATION = (NavigationItem("inbox.tasks", mark("My tasks"), "inbox", "work", 10, badge="open_tasks", also=_TASK),)


@pages.get("/")
@needs(PERSON)
def start() -> Response:
    """The inbox is the start page."""
    return redirect(url_for("inbox.tasks"))


@pages.get("/tasks")
@needs(PERSON)
def tasks() -> str:
    """Show a list of tasks and nothing beside it."""
    return _show(None)


@pages.get("/tasks/<int:key>")
@needs(PERSON)
def task(key: int) -> str:
    """Show one task beside the list; htmx asks for the task alone."""
    return _show(engine().ask(UserTaskPage(actor=actor(), user_task_key=key)))


@pages.post("/tasks/<int:key>/claim")
@needs(PERSON)
def claim(key: int) -> Response:
    """Take the task."""
    engine().execute(ClaimUserTask(user_task_key=key, actor=actor()))
    return _to_task(key)


@pages.post("/tasks/<int:key>/unclaim")
@needs(PERSON)
def unclaim(key: int) -> Response:
    """Give the task back to its group."""
    engine().execute(UnclaimUserTask(user_task_key=key, actor=actor()))
    flash(gettext("The task is back with its group."), "success")
    return redirect(url_for("inbox.tasks", tab=_tab().value))


@pages.post("/tasks/<int:key>/reassign")
@needs(PERSON)
def reassign(key: int) -> Response:
    """Give the task to somebody else."""
    assignee = request.form.get("assignee", "").strip()
    if not assignee:
        return _to_task(key)
    reason = request.form.get("reason", "").strip()
    engine().execute(AssignUserTask(user_task_key=key, assignee=assignee, actor=actor(), reason=reason))
    flash(gettext("The task has a new assignee."), "success")
    return redirect(url_for("inbox.tasks", tab=_tab().value))


@pages.post("/tasks/<int:key>/draft")
@needs(PERSON)
@shown_again_by("inbox.redraw")
def save_draft(key: int) -> Response | tuple[str, int]:
    """Keep what was typed; the script calls this two seconds after the last change."""
    submitted = submitted_values(user_task_key=key, is_redrawn=True)
    engine().execute(SaveDraft(user_task_key=key, actor=actor(), submitted=submitted))
    if request.accept_mimetypes.best == "text/html":
        flash(gettext("Draft saved."), "success")
        return _to_task(key)
    return "", 204


@pages.post("/tasks/<int:key>/form")
@needs(PERSON)
def redraw(key: int) -> tuple[str, int]:
    """Draw the form again with what was typed: conditions, added and removed rows, uploaded files.

    Who can complete the task no more gets 409, so that a script leaves the form as it was typed.
    """
    submitted = submitted_values(user_task_key=key, is_redrawn=True)
    page = engine().ask(UserTaskPage(actor=actor(), user_task_key=key, submitted=submitted))
    return _show(page), 200 if page.may.complete else 409


@pages.post("/tasks/<int:key>/complete")
@needs(PERSON)
@shown_again_by("inbox.redraw")
def complete(key: int) -> Response | tuple[str, int] | str:
    """Complete the task, or show its form again with what is wrong."""
    if changes_rows():
        return redraw(key)
    submitted = submitted_values(user_task_key=key)
    revision = request.form.get("revision", type=int)
    try:
        engine().execute(
            CompleteUserTask(
                user_task_key=key,
                actor=actor(),
                submitted=submitted,
                revision=revision,
                refused_files=refused_files(),
            )
        )
    except FormRejected as error:
        page = engine().ask(UserTaskPage(actor=actor(), user_task_key=key, submitted=submitted, errors=error.errors))
        return _show(page), 422
    except (UserTaskNotActive, UserTaskClaimed, StaleRevision) as error:
        # Nothing is lost: what was typed is shown, in the form where it can still be sent (BI-3).
        page = engine().ask(UserTaskPage(actor=actor(), user_task_key=key, submitted=submitted))
        return _show(page, conflict=error), 409
    flash(gettext("The task is done."), "success")
    return redirect(url_for("inbox.tasks", tab=_tab().value))


def _show(page: UserTaskPageData | None, conflict: EngineError | None = None) -> str:
    """Return the task beside the list, or only the part that a script asks for."""
    parts = {"task-pane": "inbox/_task_alone.html", "task-form": "inbox/_form.html"}
    part = parts.get(request.headers.get("HX-Target", ""))
    if part and page:
        return render_template(part, page=page, conflict=conflict, tab=_tab())
    tab, after = _tab(), request.args.get("after")
    lines = engine().ask(InboxPage(actor=actor(), tab=tab, after=after))
    clocks = engine().ask(NearestClocks(lines=lines.lines))
    return render_template(
        "inbox/inbox.html", page=page, conflict=conflict, tab=tab, after=after, list=lines, clocks=clocks
    )


def _tab() -> InboxTab:
    """Return the chosen tab; an unknown one is the first."""
    wish = request.values.get("tab", "")
    return InboxTab(wish) if wish in {tab.value for tab in InboxTab} else InboxTab.MINE


def _to_task(key: int) -> Response:
    return redirect(url_for("inbox.task", key=key, tab=_tab().value))
