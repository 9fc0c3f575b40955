"""Segregation of duties on user tasks: rules are data, conflicts come from duties on the record."""

from __future__ import annotations

from collections.abc import Mapping

from engine.commands.authorisation import Permissions
from engine.commands.context import CommandContext
from engine.errors import NotPermitted
from engine.model import Label
from engine.people import parse_rules, violated_rule

RULES_PROPERTY = "clause8:sod"
DUTY_PROPERTY = "clause8:duty"


def require_no_conflict(context: CommandContext, permissions: Permissions, properties: Mapping[str, str]) -> None:
    """Raise NotPermitted(rule) when the person's duties on the record forbid this task.

    There is no bypass: an administrator can only reassign. Only the system itself passes.
    """
    wanted = names_in(properties.get(RULES_PROPERTY, ""))
    if not wanted or permissions.is_system:
        return
    rules = parse_rules(context.definitions.documents(context.work).of_kind("sod_rules"))
    broken = violated_rule(wanted, rules, permissions.duties, permissions.user)
    if broken is not None:
        raise NotPermitted(broken.id, Label(broken.text.en, broken.text.id))


def names_in(text: str) -> tuple[str, ...]:
    """Return the comma separated names of a property."""
    return tuple(name.strip() for name in text.split(",") if name.strip())
