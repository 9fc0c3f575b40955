"""Dates and times that a person types, in the zone in which pages show them."""

from __future__ import annotations

from datetime import UTC, datetime

from webapp.i18n import gettext, zone


class MomentInputError(Exception):
    """The text is no date with time; `text` says so in the reader's language."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def read_moment(text: str) -> datetime:
    """Return the moment in UTC that a `datetime-local` field holds; raises MomentInputError."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise MomentInputError(gettext("Please give date and time.")) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone())).astimezone(UTC)
