"""Shared documents about people: roles become groups, units become units, when they are deployed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.commands.context import CommandContext
from engine.model import Group, Label
from engine.store.people import People


def apply_people_documents(context: CommandContext, documents: Sequence[Mapping[str, Any]]) -> None:
    """Write the groups and units that deployed documents name; nobody's membership changes."""
    people = People(context.work, context.now)
    groups = [
        Group(str(group["name"]), _label(group))
        for document in documents
        if document["kind"] == "roles"
        for group in document.get("groups", ())
    ]
    if groups:
        people.put_groups(groups)
    units = [
        (str(unit["name"]), _label(unit), None)
        for document in documents
        if document["kind"] == "units"
        for unit in document.get("units", ())
    ]
    if units:
        people.put_units(units)


def _label(entry: Mapping[str, Any]) -> Label:
    english = str(entry.get("en") or entry["name"])
    return Label(english, str(entry.get("id") or english))
