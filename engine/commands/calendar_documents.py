"""Calendars are documents that people change: who may, and how a change becomes a new version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.commands.authorisation import Permissions
from engine.commands.context import CommandContext
from engine.errors import NotPermitted
from engine.model import Label, ResourceKind
from engine.store.resources import Resources, StoredResource

if TYPE_CHECKING:
    from engine.deadlines import Calendar


@dataclass(frozen=True, slots=True)
class DeployedCalendar:
    """The newest version of a calendar, and the file that holds it."""

    calendar: Calendar
    stored: StoredResource


def deployed_calendar(context: CommandContext, name: str) -> DeployedCalendar | None:
    """Return the newest version of a calendar, None when there is none of that name."""
    calendar = context.definitions.documents(context.work).calendars().get(name)
    resource_id = f"calendar:{name}"
    stored = Resources(context.work).newest(ResourceKind.DOCUMENT, [resource_id]).get(resource_id)
    return DeployedCalendar(calendar, stored) if calendar and stored else None


def may_keep(permissions: Permissions, calendar: Calendar) -> bool:
    """Return whether this person may change a calendar: administrators and those whom it names as owners."""
    owners = set(calendar.owners)
    is_owner = permissions.is_active and bool(owners & {permissions.user, *permissions.groups})
    return permissions.is_administrator or is_owner


def require_document_keeper(
    context: CommandContext, permissions: Permissions, documents: Sequence[Mapping[str, Any]]
) -> None:
    """Raise NotPermitted unless this person may deploy all of these shared documents.

    A calendar has the owners that its deployed version names, so that nobody makes himself one by his own file.
    """
    if permissions.is_administrator or not documents:
        return
    calendars = context.definitions.documents(context.work).calendars()
    for document in documents:
        known = calendars.get(str(document.get("name"))) if document.get("kind") == "calendar" else None
        if known is None:
            permissions.require_administrator()
        elif not may_keep(permissions, known):
            raise NotPermitted(
                "calendar",
                Label(
                    f"the calendar {known.name} is changed by its owners and administrators.",
                    f"kalender {known.name} diubah oleh pemiliknya dan administrator.",
                ),
            )
