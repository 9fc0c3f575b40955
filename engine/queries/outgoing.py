"""What leaves by mail and webhook: what waits, what was sent, what failed and why."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.errors import InputInvalid
from engine.model import Actor, Delivery, DeliveryState, Label, MailPace, Webhook
from engine.queries.operators import require_auditor
from engine.store.outbox import Deliveries, MailPreferences, Webhooks
from engine.store.people import People
from engine.store.workplace.record_lists import display_names

_PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A delivery, and whom or what it is for."""

    delivery: Delivery
    to: str
    subjects: tuple[Label, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutgoingData:
    """Some deliveries, the newest first; `next` asks for older ones."""

    lines: tuple[DeliveryLine, ...]
    next: str | None
    waiting: int
    failed: int
    webhooks: tuple[Webhook, ...]
    may_settle: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingPage:
    """Ask for deliveries in a state; administrators and auditors may. Texts of notifications are not shown."""

    actor: Actor
    state: DeliveryState = DeliveryState.WAITING
    before: str | None = None

    def run(self, context: CommandContext) -> OutgoingData:
        """Answer in eight statements."""
        reader = require_auditor(context, self.actor)
        rows = Deliveries(context.work)
        found = rows.newest(self.state, read_key(self.before), _PAGE_SIZE + 1)
        shown = found[:_PAGE_SIZE]
        told = rows.told_by([one.key for one in shown])
        names = display_names(context.work, {one.user for one in shown if one.user})
        hooks = Webhooks(context.work).all()
        named = {hook.key: hook.name for hook in hooks}
        return OutgoingData(
            lines=tuple(
                DeliveryLine(
                    one,
                    names.get(one.user, one.user) if one.user else named.get(one.webhook_key or 0, "-"),
                    tuple(notice.subject for notice in told.get(one.key, ()) if notice.record_number is None),
                    tuple(dict.fromkeys(n.record_number for n in told.get(one.key, ()) if n.record_number)),
                )
                for one in shown
            ),
            next=str(shown[-1].key) if len(found) > _PAGE_SIZE else None,
            waiting=rows.count(DeliveryState.WAITING),
            failed=rows.count(DeliveryState.FAILED),
            webhooks=tuple(hooks),
            may_settle=read_permissions(context, self.actor).is_administrator and bool(reader),
        )


@dataclass(frozen=True, slots=True)
class MailChoice:
    """How a person hears of notifications by mail."""

    pace: MailPace
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MyMailChoice:
    """Ask how the actor hears of notifications by mail."""

    actor: Actor

    def run(self, context: CommandContext) -> MailChoice:
        """Answer in three statements."""
        read_permissions(context, self.actor).require_active()
        pace = MailPreferences(context.work).of([self.actor.user]).get(self.actor.user, MailPace.AT_ONCE)
        return MailChoice(pace, People(context.work, context.now).get(self.actor.user).email)


def read_key(text: str | None) -> int | None:
    """Return the key of an address; raises InputInvalid for what is none."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise InputInvalid(Label("This page does not exist.", "Halaman ini tidak ada."))
    return int(text)
