"""The portal: what I may start, my records, search, notifications."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from engine import Catalogue, MarkNotificationsRead, MyRecords, NotificationsPage, SearchRecords
from webapp.access import PERSON, needs
from webapp.engine_access import actor, engine
from webapp.i18n import mark
from webapp.navigation import NavigationItem

pages = Blueprint("portal", __name__, template_folder="templates")

NAVIGATION = (
    NavigationItem("portal.catalogue", mark("New request"), "circle-plus", "work", 20, also=("start.form", "start.submit")),
    NavigationItem("portal.my_records", mark("My records"), "file-text", "work", 30, also=("records.record",)),
)


@pages.get("/start")
@needs(PERSON)
def catalogue() -> str:
    """Show what the person may start."""
    return render_template("portal/catalogue.html", entries=engine().ask(Catalogue(actor=actor())))


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
    if len(found) == 1 and found[0].record.number == text.upper():
        return redirect(url_for("records.record", number=found[0].record.number))
    return render_template("portal/search.html", text=text, found=found)


@pages.get("/notifications")
@needs(PERSON)
def notifications() -> str:
    """Show notifications, newest first."""
    after = request.args.get("after")
    page = engine().ask(NotificationsPage(actor=actor(), after=after))
    return render_template("portal/notifications.html", page=page, after=after)


@pages.post("/notifications/read")
@needs(PERSON)
def mark_read() -> Response:
    """Mark every notification of the person as read."""
    engine().execute(MarkNotificationsRead(actor=actor()))
    return redirect(url_for("portal.notifications"))
