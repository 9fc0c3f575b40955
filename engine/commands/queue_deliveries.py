"""Notifications that were just written become mails and calls of webhooks, each with a row of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, tzinfo

from engine.commands.context import CommandContext
from engine.model import Delivery, DeliveryChannel, DeliveryState, MailPace, Notification, Webhook
from engine.outbox import OutgoingSettings, bare_address
from engine.store.outbox import Deliveries, MailPreferences, Webhooks
from engine.store.people import People

_DIGEST = "digest"
#: When a digest is sent, on the organisation's clock: before the day's work.
DIGEST_AT = time(7)


@dataclass
class _Plan:
    """The rows to write: deliveries, and which notification each of them tells."""

    context: CommandContext
    deliveries: list[Delivery] = field(default_factory=list)
    items: list[tuple[int, int]] = field(default_factory=list)

    def mail(self, user: str, told: Sequence[Notification], *, is_digest: bool) -> int:
        """Plan a mail that tells these notifications; returns its key."""
        event = _DIGEST if is_digest else told[0].event
        return self._add(told, DeliveryChannel.MAIL, user, None, event, is_digest=is_digest)

    def call(self, hook: Webhook, told: Sequence[Notification]) -> None:
        """Plan a call of a webhook."""
        self._add(told, DeliveryChannel.WEBHOOK, None, hook.key, told[0].event, is_digest=False)

    def _add(
        self,
        told: Sequence[Notification],
        channel: DeliveryChannel,
        user: str | None,
        hook: int | None,
        event: str,
        *,
        is_digest: bool,
    ) -> int:
        context, state = self.context, DeliveryState.WAITING
        key = context.keys.next_key()
        due_at = next_digest(told[0].created_at, context.zone) if is_digest else context.now
        self.deliveries.append(
            Delivery(key, channel, user, hook, event, is_digest, None, state, due_at, 0, None, context.now)
        )
        self.items += [(key, one.key) for one in told]
        return key


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueDeliveries:
    """Give each notification that waits its deliveries, in one transaction; returns how many waited.

    A notification whose transaction was rolled back never waited; one that waits is not forgotten by a crash.
    """

    settings: OutgoingSettings
    limit: int = 500

    def run(self, context: CommandContext) -> int:
        """Do it in the caller's transaction."""
        rows = Deliveries(context.work)
        waiting = rows.take_waiting(self.limit)
        if not waiting:
            return 0
        plan = _Plan(context)
        if self.settings.smtp is not None:
            _plan_mails(context, plan, waiting)
        _plan_calls(context, plan, waiting)
        rows.add(plan.deliveries, plan.items)
        return len(waiting)


def next_digest(after: datetime, zone: tzinfo) -> datetime:
    """Return the first moment after `after` at which digests are sent."""
    local = after.astimezone(zone)
    today = datetime.combine(local.date(), DIGEST_AT, zone)
    return today if local < today else datetime.combine(local.date() + timedelta(days=1), DIGEST_AT, zone)


def _plan_mails(context: CommandContext, plan: _Plan, waiting: Sequence[Notification]) -> None:
    names = {one.user for one in waiting}
    people = {one.name: one for one in People(context.work, context.now).many(names)}
    reachable = {name for name, one in people.items() if one.is_active and _is_address(one.email)}
    paces = MailPreferences(context.work).of(names)
    digests = Deliveries(context.work).open_digests(names)
    for one in waiting:
        pace = paces.get(one.user, MailPace.AT_ONCE)
        if one.user not in reachable or pace is MailPace.NEVER:
            continue
        if pace is MailPace.AT_ONCE and not one.is_low:
            plan.mail(one.user, [one], is_digest=False)
        elif one.user in digests:
            plan.items.append((digests[one.user], one.key))
        else:
            digests[one.user] = plan.mail(one.user, [one], is_digest=True)


def _plan_calls(context: CommandContext, plan: _Plan, waiting: Sequence[Notification]) -> None:
    hooks = [hook for hook in Webhooks(context.work).all() if hook.is_active]
    for told in _events(waiting) if hooks else ():
        for hook in hooks:
            if hook.wants(told[0].event):
                plan.call(hook, told)


def _events(waiting: Sequence[Notification]) -> list[list[Notification]]:
    """Group what several people were told at once: a webhook hears of it once."""
    groups: dict[object, list[Notification]] = {}
    for one in waiting:
        what = (one.event, one.record_number, one.created_at, one.subject, one.body)
        groups.setdefault(what, []).append(one)
    return list(groups.values())


def _is_address(text: str) -> bool:
    try:
        return bool(bare_address(text))
    except ValueError:
        return False
