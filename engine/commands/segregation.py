"""Segregation of duties on user tasks: rules are data, conflicts come from duties on the record and its origins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import feel
from engine.commands.context import CommandContext
from engine.commands.host_functions import lazy_host_functions
from engine.commands.record_rooms import directory_of
from engine.errors import NotPermitted
from engine.model import Actor, Label, RecordKey, StandIn
from engine.people import parse_rules, violated_rule
from engine.store.records import Records

RULES_PROPERTY = "clause8:sod"
DUTY_PROPERTY = "clause8:duty"
#: FEEL: may `current_user` do this task for somebody who is away?
DEPUTIES_PROPERTY = "clause8:deputies"


def require_no_conflict(
    context: CommandContext,
    actor: Actor,
    record_key: RecordKey | None,
    properties: Mapping[str, str],
    stand_in: StandIn | None = None,
) -> None:
    """Raise NotPermitted(rule) when the person's duties on the record forbid this task.

    A deputy inherits the duties of those for whom he acts (`stand_in`). There is no bypass: an administrator can only
    reassign. Only the system itself passes.
    """
    wanted = names_in(properties.get(RULES_PROPERTY, ""))
    if not wanted or actor.is_system or record_key is None:
        return
    rules = parse_rules(context.definitions.documents(context.work).of_kind("sod_rules"))
    duties = directory_of(context).duties_of(Records(context.work).number_of(record_key))
    broken = violated_rule(wanted, rules, duties, actor.user, stand_in.people if stand_in else ())
    if broken is not None:
        reason = Label(f"{broken.text.en} ({broken.id})", f"{broken.text.id} ({broken.id})")
        raise NotPermitted(broken.id, reason)


def require_deputy_allowed(
    context: CommandContext, stand_in: StandIn, properties: Mapping[str, str], variables: Mapping[str, Any]
) -> None:
    """Raise NotPermitted when the diagram does not let this deputy act: `clause8:deputies` is FEEL that says whether.

    It sees the task's variables and `current_user`. Without the property every deputy may; what fails lets nobody.
    """
    source = properties.get(DEPUTIES_PROPERTY, "").strip().removeprefix("=")
    if not source or _is_true(context, source, variables):
        return
    name = stand_in.display_name
    raise NotPermitted(
        "deputy",
        Label(
            f"you may not do this for {name}: you have such a task of your own here, or did it for somebody already.",
            f"Anda tidak boleh mengerjakan ini untuk {name}: Anda sendiri mempunyai tugas serupa di sini, "
            "atau sudah mengerjakannya untuk orang lain.",
        ),
    )


def _is_true(context: CommandContext, source: str, variables: Mapping[str, Any]) -> bool:
    try:
        return feel.compile(source)(variables, now=context.now, functions=lazy_host_functions(context)) is True
    except feel.FeelError:
        return False


def names_in(text: str) -> tuple[str, ...]:
    """Return the comma separated names of a property."""
    return tuple(name.strip() for name in text.split(",") if name.strip())
