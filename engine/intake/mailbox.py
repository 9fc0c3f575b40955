"""Reads a mailbox by IMAP. A mail is marked as seen after it was kept, so a crash reads it again."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_TIMEOUT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class MailboxSettings:
    """The mailbox that is read."""

    host: str
    user: str
    password: str
    port: int = 993
    is_tls: bool = True
    folder: str = "INBOX"
    ca_file: str = ""  #: certificates that are trusted beside those of the system


def unseen_mails(settings: MailboxSettings, limit: int) -> Iterator[bytes]:
    """Give unseen mails as they came, the oldest first; each is marked as seen when the next one is asked for.

    Raises OSError or imaplib.IMAP4.error when the server cannot be used.
    """
    connection = _open(settings)
    try:
        connection.login(settings.user, settings.password)
        _asked(connection.select(_quoted(settings.folder)))
        found = _asked(connection.uid("SEARCH", "UNSEEN"))
        for uid in (found[0] or b"").split()[:limit]:
            raw = _fetched(connection, uid.decode())
            if raw is not None:
                yield raw
            _asked(connection.uid("STORE", uid.decode(), "+FLAGS.SILENT", r"(\Seen)"))
    finally:
        _close(connection)


def _open(settings: MailboxSettings) -> imaplib.IMAP4:
    if not settings.is_tls:
        return imaplib.IMAP4(settings.host, settings.port, timeout=_TIMEOUT_SECONDS)
    context = ssl.create_default_context(cafile=settings.ca_file or None)
    return imaplib.IMAP4_SSL(settings.host, settings.port, ssl_context=context, timeout=_TIMEOUT_SECONDS)


def _fetched(connection: imaplib.IMAP4, uid: str) -> bytes | None:
    for part in _asked(connection.uid("FETCH", uid, "(BODY.PEEK[])")):
        if isinstance(part, tuple):
            return bytes(part[1])
    return None  # somebody removed it meanwhile


def _asked(answer: tuple[str, list[Any]]) -> list[Any]:
    state, data = answer
    if state != "OK":
        raise imaplib.IMAP4.error(f"{state}: {data!r}")
    return data


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _close(connection: imaplib.IMAP4) -> None:
    try:
        connection.logout()
    except (OSError, imaplib.IMAP4.error):
        connection.shutdown()
