"""Edit what a record's form says: the form, then what would change and what follows, then it is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import EditForm, EditRecord, FormRejected, InputInvalid, Label, StaleRevision, SubmittedEdit
from webapp.access import PERSON, needs
from webapp.engine_access import actor, engine
from webapp.forms.submission import changes_rows, uploaded
from webapp.i18n import gettext, words

pages = Blueprint("editing", __name__, url_prefix="/records/<number>/edit", template_folder="templates")


@pages.get("/<element_id>")
@needs(PERSON)
def form(number: str, element_id: str) -> str:
    """Show the answers, to be changed."""
    return _page(number, element_id)


@pages.post("/<element_id>/form")
@needs(PERSON)
def redraw(number: str, element_id: str) -> str:
    """Draw the form again with what was typed."""
    return _page(number, element_id, _submitted(number, element_id, is_redrawn=True))


@pages.post("/<element_id>")
@needs(PERSON)
def save(number: str, element_id: str) -> Response | tuple[str, int] | str:
    """Show what would change; with `confirm`, change it."""
    if changes_rows():
        return redraw(number, element_id)
    submitted = _submitted(number, element_id)
    try:
        if "confirm" not in request.form:
            return _page(number, element_id, submitted, is_checked=True)
        done = engine().execute(
            EditRecord(
                number=number,
                element_id=element_id,
                submitted=submitted,
                seen=request.form.get("seen", ""),
                reason=request.form.get("reason", ""),
                actor=actor(),
            )
        )
    except FormRejected as error:
        return _page(number, element_id, submitted, errors=error.errors), 422
    except InputInvalid as error:
        return _page(number, element_id, submitted, is_checked=True, problem=words(error.label)), 422
    except StaleRevision as error:
        return _page(number, element_id, submitted, is_checked=True, problem=words(error.label)), 409
    told = gettext("The answers were changed. The votes are void; a new vote begins.") if done.restarts else ""
    flash(told or gettext("The answers were changed."), "success")
    return redirect(url_for("records.record", number=number))


def _submitted(number: str, element_id: str, *, is_redrawn: bool = False) -> dict[str, Any]:
    query = SubmittedEdit(
        actor=actor(),
        number=number,
        element_id=element_id,
        pairs=[*request.form.items(multi=True)],
        add=request.form.getlist("_add"),
        remove=request.form.getlist("_remove"),
        keeps_blank_rows=is_redrawn,
    )
    values = engine().ask(query)  # first whether the person may, then the files are kept
    files = uploaded()
    return engine().ask(_with(query, files)) if files else values


def _with(query: SubmittedEdit, files: list[tuple[str, str]]) -> SubmittedEdit:
    return SubmittedEdit(
        actor=query.actor,
        number=query.number,
        element_id=query.element_id,
        pairs=[*query.pairs, *files],
        add=query.add,
        remove=query.remove,
        keeps_blank_rows=query.keeps_blank_rows,
    )


def _page(
    number: str,
    element_id: str,
    submitted: Mapping[str, Any] | None = None,
    *,
    errors: Mapping[str, Label] | None = None,
    is_checked: bool = False,
    problem: str = "",
) -> str:
    query = EditForm(
        actor=actor(),
        number=number,
        element_id=element_id,
        submitted=submitted,
        errors=errors,
        is_checked=is_checked,
    )
    return render_template("editing/form.html", page=engine().ask(query), is_checked=is_checked, problem=problem)
