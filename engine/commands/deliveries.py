"""Deliveries are leased, sent outside any transaction, and settled; people try again what failed, or discard it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr

from engine.commands.answer_offer import PURPOSE
from engine.commands.audit import note_in_system
from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.errors import NotFound
from engine.model import Actor, Delivery, DeliveryState, MailPace, Notification, Told, User, Webhook
from engine.outbox import OutgoingSettings
from engine.people import link_token
from engine.store.answer_links import AnswerLinks
from engine.store.outbox import Deliveries, MailPreferences, Webhooks
from engine.store.people import People

#: So long nobody else sends what one process took; a crash costs this time.
LEASE = timedelta(minutes=5)
_BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))


@dataclass(frozen=True, slots=True)
class Ready:
    """A delivery with everything that sending it needs."""

    delivery: Delivery
    told: tuple[Told, ...]
    people: tuple[str, ...]  #: whom the product told
    person: User | None
    webhook: Webhook | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseDeliveries:
    """Take what is due; what is not settled before the lease ends is handed out again, under the same Message-ID."""

    settings: OutgoingSettings
    limit: int = 50

    def run(self, context: CommandContext) -> list[Ready]:
        """Do it in the caller's transaction; at most eleven statements."""
        rows = Deliveries(context.work)
        sender = self.settings.smtp.sender if self.settings.smtp else ""
        domain = parseaddr(sender)[1].rpartition("@")[2] or "clause8.invalid"
        leased = rows.lease(context.now, context.now + LEASE, domain, self.limit)
        if not leased:
            return []
        told = rows.told_by([one.key for one in leased])
        shown = _shown(context, [one for notices in told.values() for one in notices])
        names = {one.user for one in leased if one.user}
        people = {one.name: one for one in People(context.work, context.now).many(names)}
        hooks = {hook.key: hook for hook in Webhooks(context.work).all()}
        return [
            Ready(
                delivery=one,
                told=tuple(shown[notice.key] for notice in told.get(one.key, ())),
                people=tuple(notice.user for notice in told.get(one.key, ())),
                person=people.get(one.user or ""),
                webhook=hooks.get(one.webhook_key or 0),
            )
            for one in leased
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleDelivery:
    """Note that a delivery was sent, or why not: it is tried again later, up to two days, unless that cannot help."""

    delivery: Delivery
    error: str | None = None
    is_final: bool = False

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        rows, key = Deliveries(context.work), self.delivery.key
        if self.error is None:
            rows.settle(key, DeliveryState.SENT, at=context.now)
        elif self.is_final or self.delivery.attempts > len(_BACK_OFF):
            rows.settle(key, DeliveryState.FAILED, at=context.now, error=self.error[:2000])
        else:
            rows.postpone(key, context.now + _BACK_OFF[self.delivery.attempts - 1], self.error[:2000])


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveSettledDeliveries:
    """Forget what was sent or discarded long ago; the notifications themselves stay. Returns how many."""

    before: datetime
    limit: int = 500

    def run(self, context: CommandContext) -> int:
        """Do it in the caller's transaction."""
        return Deliveries(context.work).remove_settled(self.before, self.limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryDeliveries:
    """Send failed deliveries again, all or those of `keys`; administrators may. Returns how many."""

    actor: Actor
    keys: tuple[int, ...] | None = None

    def run(self, context: CommandContext) -> int:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_administrator()
        count = Deliveries(context.work).try_again(self.keys, context.now)
        if self.keys and not count:
            raise NotFound(self.keys[0])
        note_in_system(context, self.actor, "deliveries_retried", {"count": count})
        return count


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardDelivery:
    """Give up a delivery that was not sent; administrators may. Whom it was for still finds it in the product."""

    key: int
    actor: Actor

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_administrator()
        if not Deliveries(context.work).discard(self.key, at=context.now):
            raise NotFound(self.key)
        note_in_system(context, self.actor, "delivery_discarded", {"delivery": self.key})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseMailPace:
    """A person says how often mails should come."""

    pace: MailPace
    actor: Actor

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_active()
        MailPreferences(context.work).put(self.actor.user, self.pace)


def _shown(context: CommandContext, notices: Sequence[Notification]) -> Mapping[int, Told]:
    numbers = {one.record_number for one in notices if one.record_number}
    restricted = Deliveries(context.work).restricted(numbers)
    links = AnswerLinks(context.work).of_notifications([one.key for one in notices]) if context.link_keys else {}
    return {
        one.key: Told(
            one.key,
            one.subject,
            one.body,
            one.record_number,
            one.record_number in restricted,
            one.created_at,
            link_token(context.link_keys, PURPOSE, links[one.key].key) if one.key in links else None,
        )
        for one in notices
    }
