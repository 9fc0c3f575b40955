"""What sending needs to be told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class SmtpSecurity(Enum):
    """How the connection to the mail server is protected."""

    STARTTLS = "starttls"  #: begins in the clear, then TLS; refused when the server offers none
    TLS = "tls"  #: TLS from the first byte
    NONE = "none"  #: only for a server on the same machine or a trusted net


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """The mail server that takes what people are told."""

    host: str
    sender: str  #: `Name <address>`
    port: int = 587
    security: SmtpSecurity = SmtpSecurity.STARTTLS
    user: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class OutgoingSettings:
    """How notifications leave. Without a mail server people read them in the product only."""

    smtp: SmtpSettings | None = None
    record_address: str = ""  #: `https://host/records/{number}`; empty: mails carry no links
    answer_address: str = ""  #: `https://host/ballots/{token}`
    allows_private: bool = False  #: whether webhooks may call addresses of the own network
