"""Settings of mails and webhooks that leave, and of the mailbox that is read."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parseaddr
from urllib.parse import urlsplit

import click

from engine import MailboxSettings, OutgoingSettings, SmtpSecurity, SmtpSettings

_PORTS = {SmtpSecurity.STARTTLS: 587, SmtpSecurity.TLS: 465, SmtpSecurity.NONE: 25}
_TRUE = {"1", "yes", "on", "true"}


def read_outgoing_settings(environment: Mapping[str, str]) -> OutgoingSettings:
    """Return the settings; raises click.UsageError that names one with no meaning."""
    base = _base_address(environment.get("CLAUSE8_BASE_URL") or "")
    return OutgoingSettings(
        smtp=_smtp(environment),
        record_address=f"{base}/records/{{number}}" if base else "",
        answer_address=f"{base}/ballots/{{token}}" if base else "",
        allows_private=(environment.get("CLAUSE8_WEBHOOK_PRIVATE") or "").lower() in _TRUE,
    )


def read_mailbox_settings(environment: Mapping[str, str]) -> MailboxSettings | None:
    """Return the mailbox that is read; None without one."""
    host = environment.get("CLAUSE8_IMAP_HOST") or ""
    if not host:
        return None
    is_tls = (environment.get("CLAUSE8_IMAP_TLS") or "1").lower() in _TRUE
    return MailboxSettings(
        host=host,
        user=environment.get("CLAUSE8_IMAP_USER") or "",
        password=environment.get("CLAUSE8_IMAP_PASSWORD") or "",
        port=read_port(environment, "CLAUSE8_IMAP_PORT", 993 if is_tls else 143),
        is_tls=is_tls,
        folder=environment.get("CLAUSE8_IMAP_FOLDER") or "INBOX",
    )


def _smtp(environment: Mapping[str, str]) -> SmtpSettings | None:
    host = environment.get("CLAUSE8_SMTP_HOST") or ""
    if not host:
        return None
    sender = environment.get("CLAUSE8_SMTP_FROM") or ""
    if "@" not in parseaddr(sender)[1] or not sender.isprintable():
        raise click.UsageError("CLAUSE8_SMTP_FROM must be an address, e.g. Clause8 <clause8@example.org>.")
    security = _security(environment.get("CLAUSE8_SMTP_SECURITY") or "starttls")
    return SmtpSettings(
        host=host,
        sender=sender,
        port=read_port(environment, "CLAUSE8_SMTP_PORT", _PORTS[security]),
        security=security,
        user=environment.get("CLAUSE8_SMTP_USER") or "",
        password=environment.get("CLAUSE8_SMTP_PASSWORD") or "",
    )


def _security(text: str) -> SmtpSecurity:
    try:
        return SmtpSecurity(text.lower())
    except ValueError as error:
        raise click.UsageError(f"CLAUSE8_SMTP_SECURITY is {text!r}; expected starttls, tls or none.") from error


def _base_address(text: str) -> str:
    place = urlsplit(text)
    if text and (place.scheme not in ("http", "https") or not place.netloc or place.query or place.fragment):
        raise click.UsageError(f"CLAUSE8_BASE_URL is {text!r}; expected https://host, the address that people open.")
    return text.rstrip("/")


def read_port(environment: Mapping[str, str], name: str, default: int) -> int:
    """Return a port; raises click.UsageError that names the setting."""
    value = environment.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= 65535):
        raise click.UsageError(f"{name} is {value!r}; expected a port.")
    return int(value)
