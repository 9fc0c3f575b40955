"""Reads the mailbox: each unseen mail in a transaction of its own, marked as seen after that."""

from __future__ import annotations

import imaplib
import logging
from collections.abc import Callable
from typing import Any

from engine.commands.receive_mail import ReceiveMail
from engine.intake import MailboxSettings, unseen_mails

log = logging.getLogger(__name__)


def read_mailbox(execute: Callable[[Any], Any], mailbox: MailboxSettings, own_address: str, limit: int) -> int:
    """Take at most `limit` unseen mails; return how many. A server that cannot be used is tried again next time."""
    count = 0
    try:
        for raw in unseen_mails(mailbox, limit):
            execute(ReceiveMail(raw=raw, own_address=own_address))
            count += 1
    except (OSError, imaplib.IMAP4.error) as error:
        log.warning("mailbox failed", extra={"action": "mailbox_failed", "reason": str(error)})
    return count
