"""Segregation of duties on user tasks: rules are data, conflicts come from duties on the record and its origins."""

from __future__ import annotations

from collections.abc import Mapping

from engine.commands.context import CommandContext
from engine.commands.record_rooms import directory_of
from engine.errors import NotPermitted
from engine.model import Actor, Label, RecordKey
from engine.people import parse_rules, violated_rule
from engine.store.records import Records

RULES_PROPERTY = "clause8:sod"
DUTY_PROPERTY = "clause8:duty"


def require_no_conflict(
    context: CommandContext, actor: Actor, record_key: RecordKey | None, properties: Mapping[str, str]
) -> None:
    """Raise NotPermitted(rule) when the person's duties on the record forbid this task.

    There is no bypass: an administrator can only reassign. Only the system itself passes.
    """
    wanted = names_in(properties.get(RULES_PROPERTY, ""))
    if not wanted or actor.is_system or record_key is None:
        return
    rules = parse_rules(context.definitions.documents(context.work).of_kind("sod_rules"))
    duties = directory_of(context).duties_of(Records(context.work).number_of(record_key))
    broken = violated_rule(wanted, rules, duties, actor.user)
    if broken is not None:
        reason = Label(f"{broken.text.en} ({broken.id})", f"{broken.text.id} ({broken.id})")
        raise NotPermitted(broken.id, reason)


def names_in(text: str) -> tuple[str, ...]:
    """Return the comma separated names of a property."""
    return tuple(name.strip() for name in text.split(",") if name.strip())
