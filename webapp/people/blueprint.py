"""The blueprint that the modules of this page group share, and how they read what people type."""

from __future__ import annotations

from datetime import UTC, date, datetime

from flask import Blueprint, request

from engine import InputInvalid, Label
from webapp.i18n import zone

pages = Blueprint("people", __name__, url_prefix="/people", template_folder="templates")
#: Of the engine's groups; it decides again.
ADMINISTRATORS = ("administrator",)


def typed_moment(name: str) -> datetime | None:
    """Return the moment of a `datetime-local` field in UTC, None when it is empty; raises InputInvalid."""
    text = request.form.get(name, "").strip()
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _wrong() from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone())).astimezone(UTC)


def needed_moment(name: str) -> datetime:
    """Return the moment of a field that must be filled; raises InputInvalid."""
    moment = typed_moment(name)
    if moment is None:
        raise _wrong()
    return moment


def typed_day(text: str) -> date | None:
    """Return a day of a `date` field, None when it is empty; raises InputInvalid."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise _wrong() from None


def needed_day(text: str) -> date:
    """Return the day of a field that must be filled; raises InputInvalid."""
    day = typed_day(text)
    if day is None:
        raise _wrong()
    return day


def local_field(moment: datetime | None) -> str:
    """Return a moment as a `datetime-local` field wants it."""
    return moment.astimezone(zone()).strftime("%Y-%m-%dT%H:%M") if moment else ""


def _wrong() -> InputInvalid:
    return InputInvalid(Label("Please give date and time.", "Isi tanggal dan waktu."))


pages.app_template_global("local_field")(local_field)
