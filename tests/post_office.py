"""A real SMTP server for tests, which keeps what it is given."""

from __future__ import annotations

import email
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from engine import SmtpSecurity, SmtpSettings

SENDER = "Clause8 <clause8@desk.example>"


@dataclass
class PostOffice:
    """The mails that were taken, in their order; `refusal` is answered instead of taking one."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refusal: str = ""

    async def handle_DATA(self, _server: SMTP, _session: Any, envelope: Any) -> str:  # noqa: N802  # the library's name
        """Take a mail, as aiosmtpd calls it."""
        if self.refusal:
            return self.refusal
        self.mails.append(email.message_from_bytes(envelope.content, EmailMessage, policy=default))
        self.recipients += envelope.rcpt_tos
        return "250 Taken"

    @property
    def settings(self) -> SmtpSettings:
        """Return how to reach it."""
        return SmtpSettings("127.0.0.1", SENDER, port=self.port, security=SmtpSecurity.NONE)

    def identities(self) -> list[str]:
        """Return the Message-ID of each mail."""
        return [str(mail["Message-ID"]) for mail in self.mails]


def _free_port() -> int:
    """The controller knocks at the port that it was told, so that it cannot be 0."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def open_post_office(**options: Any) -> Iterator[PostOffice]:
    """Give a server on a free port; `options` are aiosmtpd's."""
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=_free_port(), **options)
    controller.start()
    try:
        office.port = controller.port
        yield office
    finally:
        controller.stop()
