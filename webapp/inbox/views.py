"""The inbox: a list of tasks beside the chosen one, and everything a person does with a task."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import (
    AssignUserTask,
    ClaimUserTask,
    CompleteUserTask,
    FormRejected,
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
from webapp.i18n import gettext, mark
from webapp.navigation import NavigationItem

pages = Blueprint("inbox", __name__, template_folder="templates")

NAVIGATION = (
    NavigationItem("inbox.tasks", mark("My tasks"), "inbox", "work", 10, badge="open_tasks", also=("inbox.task",)),
)


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
def save_draft(key: int) -> Response | tuple[str, int]:
    """Keep what was typed; the script calls this two seconds after the last change."""
    page = engine().ask(UserTaskPage(actor=actor(), user_task_key=key))
    engine().execute(SaveDraft(user_task_key=key, actor=actor(), submitted=_submitted(page)))
    if "text/html" not in request.headers.get("Accept", ""):
        return "", 204
    flash(gettext("Draft saved."), "success")
    return _to_task(key)


@pages.post("/tasks/<int:key>/form")
@needs(PERSON)
def redraw(key: int) -> str:
    """Draw the form again with what was typed: conditions, added and removed rows, uploaded files."""
    page = engine().ask(UserTaskPage(actor=actor(), user_task_key=key))
    submitted = _submitted(page)
    page = engine().ask(UserTaskPage(actor=actor(), user_task_key=key, submitted=submitted))
    if "HX-Request" in request.headers:
        return render_template("inbox/_form.html", page=page, **_tab())
    return render_template("inbox/inbox.html", page=page, **_list())


@pages.post("/tasks/<int:key>/complete")
@needs(PERSON)
def complete(key: int) -> Response | tuple[str, int]:
    """Complete the task, or show its form again with what is wrong."""
    page = engine().ask(UserTaskPage(actor=actor(), user_task_key=key))
    submitted = _submitted(page)
    revision = request.form.get("revision", type=int)
    try:
        engine().execute(CompleteUserTask(user_task_key=key, actor=actor(), submitted=submitted, revision=revision))
    except FormRejected as error:
        page = engine().ask(UserTaskPage(actor=actor(), user_task_key=key, submitted=submitted, errors=error.errors))
        return render_template("inbox/inbox.html", page=page, **_list()), 422
    except (UserTaskNotActive, UserTaskClaimed, StaleRevision) as error:
        return _somebody_was_faster(key, submitted, error), 409
    flash(gettext("Done: %(task)s") % {"task": words(page.task.name)}, "success")
    return redirect(url_for("inbox.tasks", tab=_tab().value))
