"""The portal: what I may start, my records, search, notifications."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import (
    Catalogue,
    FormRejected,
    LinksOfNotifications,
    MarkNotificationsRead,
    MyRecords,
    NotificationsPage,
    RecordNotFound,
    RecordPage,
    SearchRecords,
    StartByForm,
    StartForm,
)
from webapp.access import PERSON, needs
from webapp.engine_access import actor, engine
from webapp.forms.submission import changes_rows, refused_files, submitted_values
from webapp.i18n import gettext, mark
from webapp.navigation import NavigationItem
from webapp.typed_text import shown_again_by

pages = Blueprint("portal", __name__, template_folder="templates")

_START = ("portal.start_form", "portal.submit_start", "portal.redraw_start")
NAVIGATION = (
    NavigationItem("portal.catalogue", mark("New request"), "circle-plus", "work", 20, also=_START),
    NavigationItem("portal.my_records", mark("My records"), "file-text", "work", 30, also=("records.record",)),
)


@pages.get("/start")
@needs(PERSON)
def catalogue() -> str:
    """Show what the person may start."""
    return render_template("portal/catalogue.html", entries=engine().ask(Catalogue(actor=actor())))


@pages.get("/start/<process_id>")
@needs(PERSON)
def start_form(process_id: str) -> str:
    """Show the start form of a process."""
    return render_template("portal/start.html", page=engine().ask(StartForm(actor=actor(), process_id=process_id)))


@pages.post("/start/<process_id>/form")
@needs(PERSON)
def redraw_start(process_id: str) -> str:
    """Draw the start form again with what was typed: conditions, added and removed rows, uploaded files."""
    submitted = submitted_values(process_id=process_id, is_redrawn=True)
    page = engine().ask(StartForm(actor=actor(), process_id=process_id, submitted=submitted))
    return render_template("portal/start.html", page=page)


@pages.post("/start/<process_id>")
@needs(PERSON)
@shown_again_by("portal.redraw_start")
def submit_start(process_id: str) -> Response | tuple[str, int] | str:
    """Start the process and lead to its record, or show the form again with what is wrong."""
    if changes_rows():
        return redraw_start(process_id)
    submitted = submitted_values(process_id=process_id)
    try:
        instance = engine().execute(_start(process_id, submitted))
    except FormRejected as error:
        query = StartForm(actor=actor(), process_id=process_id, submitted=submitted, errors=error.errors)
        return render_template("portal/start.html", page=engine().ask(query)), 422
    if instance.business_id is None:
        flash(gettext("Your request was sent."), "success")
        return redirect(url_for("portal.my_records"))
    flash(gettext("Your request has the number %(number)s.") % {"number": instance.business_id}, "success")
    if not _may_read(instance.business_id):
        return redirect(url_for("portal.my_records"))
    return redirect(url_for("records.record", number=instance.business_id))


def _may_read(number: str) -> bool:
    """Return whether the record is for the eyes of who asked for it; a confidential one is not."""
    try:
        engine().ask(RecordPage(actor=actor(), number=number))
    except RecordNotFound:
        return False
    return True


def _start(process_id: str, submitted: dict[str, Any]) -> StartByForm:
    return StartByForm(process_id=process_id, actor=actor(), submitted=submitted, refused_files=refused_files())


@pages.get("/records")
@needs(PERSON)
def my_records() -> str:
    """Show the person's records and where each stands."""
    is_open = {"closed": False, "all": None}.get(request.args.get("tab", ""), True)
    after = request.args.get("after")
    page = engine().ask(MyRecords(actor=actor(), is_open=is_open, after=after))
    return render_template("portal/my_records.html", page=page, is_open=is_open, after=after)


@pages.get("/search")
@needs(PERSON)
def search() -> str | Response:
    """Find records; an exact number leads straight to its record."""
    text = request.args.get("q", "").strip()
    found = engine().ask(SearchRecords(actor=actor(), text=text))
    exact = [one.line.record.number for one in found if one.line.record.number == text.upper()]
    if exact:
        return redirect(url_for("records.record", number=exact[0]))
    return render_template("portal/search.html", text=text, found=found)


@pages.get("/notifications")
@needs(PERSON)
def notifications() -> str:
    """Show notifications, newest first."""
    after = request.args.get("after")
    page = engine().ask(NotificationsPage(actor=actor(), after=after))
    links = engine().ask(LinksOfNotifications(keys=tuple(line.key for line in page.lines), actor=actor()))
    return render_template("portal/notifications.html", page=page, links=links, after=after)


@pages.post("/notifications/read")
@needs(PERSON)
def mark_read() -> Response:
    """Mark every notification of the person as read."""
    engine().execute(MarkNotificationsRead(actor=actor()))
    return redirect(url_for("portal.notifications"))
