"""The outbox of one unit of work, with the templates that hold."""

from __future__ import annotations

from engine.commands.context import CommandContext
from engine.outbox import Outbox, parse_templates
from engine.outbox.built_in import BUILT_IN
from engine.store.notifications import Notifications


def outbox_of(context: CommandContext) -> Outbox:
    """Return what notifies people; templates of the content go before the product's own."""
    documents = context.definitions.documents(context.work)
    templates = {**BUILT_IN, **parse_templates(documents.of_kind("templates"))}
    return Outbox(
        Notifications(context.work), templates, now=context.now, next_key=context.keys.next_key, zone=context.zone
    )
