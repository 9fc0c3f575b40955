"""Sends what is due: the only place that talks to mail servers and webhooks, always outside a transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from engine.clock import Clock
from engine.commands.deliveries import LEASE, LeaseDeliveries, Ready, SettleDelivery
from engine.commands.queue_deliveries import QueueDeliveries
from engine.model import DeliveryChannel
from engine.outbox import MailServer, OutgoingSettings, SendFailed, compose
from engine.outbox.webhooks import body_of, call

log = logging.getLogger(__name__)


def send_outgoing(execute: Callable[[Any], Any], clock: Clock, settings: OutgoingSettings, limit: int) -> int:
    """Queue what waits and send what is due, at most `limit` deliveries; return how many were sent.

    A crash after the server took a mail and before that was noted repeats it, under the same Message-ID.
    """
    while execute(QueueDeliveries(settings=settings)):
        pass
    sent = tried = 0
    while tried < limit:
        leased_until = clock.now() + LEASE
        batch: list[Ready] = execute(LeaseDeliveries(settings=settings, limit=min(50, limit - tried)))
        if not batch:
            break
        tried += len(batch)
        sent += _send_batch(execute, clock, settings, batch, leased_until)
    return sent


def _send_batch(
    execute: Callable[[Any], Any], clock: Clock, settings: OutgoingSettings, batch: list[Ready], leased_until: datetime
) -> int:
    sent = 0
    server = MailServer(settings.smtp) if settings.smtp else None
    try:
        for ready in batch:
            if clock.now() >= leased_until:
                break  # somebody else may have it by now
            sent += _send(execute, clock, settings, server, ready)
    finally:
        if server is not None:
            server.close()
    return sent


def _send(
    execute: Callable[[Any], Any], clock: Clock, settings: OutgoingSettings, server: MailServer | None, ready: Ready
) -> bool:
    delivery = ready.delivery
    try:
        if delivery.channel is DeliveryChannel.MAIL:
            _mail(settings, server, ready)
        else:
            _call(clock, settings, ready)
    except SendFailed as error:
        extra = {"action": "delivery_failed", "delivery_key": delivery.key, "reason": str(error)}
        log.warning("delivery failed", extra=extra)
        execute(SettleDelivery(delivery=delivery, error=str(error), is_final=error.is_final))
        return False
    execute(SettleDelivery(delivery=delivery))
    return True


def _mail(settings: OutgoingSettings, server: MailServer | None, ready: Ready) -> None:
    if server is None:
        raise SendFailed("no mail server is set (CLAUSE8_SMTP_HOST)")
    if ready.person is None or not ready.person.is_active:
        raise SendFailed("the account is not active", is_final=True)
    if not ready.told:
        raise SendFailed("the notification is gone", is_final=True)
    try:
        mail = compose(ready.delivery, ready.person, ready.told, server.sender, settings)
    except ValueError as error:
        raise SendFailed(str(error), is_final=True) from error
    server.send(mail)


def _call(clock: Clock, settings: OutgoingSettings, ready: Ready) -> None:
    hook = ready.webhook
    if hook is None or not hook.is_active or not ready.told:
        raise SendFailed("the webhook is gone or turned off", is_final=True)
    body = body_of(ready.delivery, ready.people, ready.told[0], settings)
    call(hook, ready.delivery, body, clock.now(), allows_private=settings.allows_private)
