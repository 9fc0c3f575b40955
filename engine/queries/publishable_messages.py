"""What a message could reach now, and which names the deployed diagrams know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.model import Actor, BufferedMessage, Label
from engine.queries.element_names import ElementNames
from engine.queries.operators import require_auditor
from engine.store.monitoring import processes, waiting
from engine.store.monitoring.waiting import Receiver

#: More than this nobody reads; the search box narrows it down.
_SHOWN = 50


@dataclass(frozen=True, slots=True)
class NamedReceiver:
    """What waits for a message, with the name of its element."""

    receiver: Receiver
    element: Label


@dataclass(frozen=True, slots=True)
class PublishableMessagesPage:
    """What the page for publishing messages offers."""

    receivers: tuple[NamedReceiver, ...]
    more: bool  #: there are more receivers than shown
    buffered: tuple[BufferedMessage, ...]
    names: tuple[str, ...]  #: that the newest versions catch or throw


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishableMessages:
    """Ask what waits for messages. Four statements."""

    actor: Actor
    search: str = ""

    def run(self, context: CommandContext) -> PublishableMessagesPage:
        """Answer; raises NotPermitted."""
        require_auditor(context, self.actor)
        names = ElementNames(context)
        found = waiting.receivers(context.work, search=self.search, limit=_SHOWN + 1)
        buffered = waiting.buffered_messages(context.work, context.now, search=self.search, limit=_SHOWN)
        newest = [version.key for version in processes.newest_versions(context.work)]
        return PublishableMessagesPage(
            receivers=tuple(
                NamedReceiver(receiver, names.of(receiver.process_definition_key, receiver.element_id))
                for receiver in found[:_SHOWN]
            ),
            more=len(found) > _SHOWN,
            buffered=tuple(buffered),
            names=_known_names(names, newest),
        )


def _known_names(names: ElementNames, definition_keys: Iterable[int]) -> tuple[str, ...]:
    known = {element.message_name for key in definition_keys for element in names.elements(key).values()}
    return tuple(sorted(name for name in known if name and not name.startswith("=")))
