"""Reads a mail as it comes over the wire (RFC 5322): hostile bytes are expected, none raises."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, Message
from email.policy import compat32, default
from email.utils import getaddresses
from hashlib import sha256
from html.parser import HTMLParser

from engine.intake.quoting import without_quotation

_MOST_TEXT = 100_000
_MOST_PARTS = 200
_MOST_FILES = 20
_IDENTITY = re.compile(r"<[^<>\s]{1,390}>")
_LISTS = ("list-id", "list-unsubscribe", "list-post")
_BULK = {"bulk", "junk", "list", "auto_reply", "auto-reply"}
_MAILERS = ("mailer-daemon@", "postmaster@")


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file of a mail."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class IncomingMail:
    """What a mail says."""

    message_id: str  #: without one a digest of the mail, so that the same bytes are known again
    sender: str  #: the address alone, small letters; empty for a bounce
    recipients: tuple[str, ...]
    subject: str
    body: str  #: plain text without the quoted part
    references: tuple[str, ...]  #: Message-IDs of the mails that it answers
    files: tuple[IncomingFile, ...]
    is_automatic: bool  #: auto-reply, bounce or mailing list (BI-7)


def read_mail(raw: bytes) -> IncomingMail:
    """Return what a mail says."""
    message = email.message_from_bytes(raw, policy=compat32)
    senders = _addresses(message, "From")
    text, files = _contents(email.message_from_bytes(raw, EmailMessage, policy=default))
    identity = _IDENTITY.search(_header(message, "Message-ID"))
    return IncomingMail(
        message_id=identity[0] if identity else f"sha256:{sha256(raw).hexdigest()}",
        sender=senders[0] if senders else "",
        recipients=tuple(dict.fromkeys(_addresses(message, "To", "Cc", "Delivered-To", "X-Original-To")))[:50],
        subject=" ".join(_header(message, "Subject").split())[:1000],
        body=without_quotation(_printable(text))[:_MOST_TEXT],
        references=tuple(
            dict.fromkeys(_IDENTITY.findall(_header(message, "In-Reply-To") + " " + _header(message, "References")))
        )[:50],
        files=files,
        is_automatic=_is_automatic(message, senders),
    )


def _is_automatic(message: Message, senders: list[str]) -> bool:
    """Return whether a program wrote it: answering could go on forever. Source: RFC 3834, RFC 3464, RFC 2919."""
    submitted = _header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    bounce = _header(message, "Return-Path").strip() == "<>" or not senders
    return (
        bounce
        or submitted not in ("", "no")
        or _header(message, "Precedence").strip().lower() in _BULK
        or any(_header(message, name) for name in (*_LISTS, "X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress"))
        or message.get_content_type() in ("multipart/report", "message/delivery-status")
        or senders[0].startswith(_MAILERS)
    )


def _header(message: Message, name: str) -> str:
    """Return a header in words; what is no text of its charset becomes question marks."""
    try:
        value = message.get(name)
        parts = email.header.decode_header(str(value)) if value is not None else []
        return _printable("".join(_decoded(text, charset) for text, charset in parts))
    except (ValueError, LookupError, email.errors.MessageError):
        return ""


def _decoded(text: bytes | str, charset: str | None) -> str:
    if isinstance(text, str):
        return text
    try:
        return text.decode(charset or "ascii", "replace")
    except LookupError:  # no such charset
        return text.decode("utf-8", "replace")


def _addresses(message: Message, *names: str) -> list[str]:
    fields = [_printable(str(value)) for name in names for value in message.get_all(name, ())]
    found = [address.strip().lower() for _name, address in getaddresses(fields)]
    return [address[:400] for address in found if address.count("@") == 1]


def _contents(message: EmailMessage) -> tuple[str, tuple[IncomingFile, ...]]:
    """Return the text (HTML as plain text where there is nothing else) and the files."""
    plain, marked_up = "", ""
    files: list[IncomingFile] = []
    for part in _parts(message):
        name = _file_name(part)
        kind = part.get_content_type()
        if name is None and kind == "text/plain" and not plain:
            plain = _text(part)
        elif name is None and kind == "text/html" and not marked_up:
            marked_up = _text(part)
        elif not part.is_multipart() and len(files) < _MOST_FILES and (content := _bytes(part)):
            files.append(IncomingFile(name or f"file-{len(files) + 1}", content))
    return plain or plain_text(marked_up), tuple(files)


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    for number, part in enumerate(message.walk()):
        if number == _MOST_PARTS:
            return
        if not part.is_multipart() and isinstance(part, EmailMessage):
            yield part


def _file_name(part: EmailMessage) -> str | None:
    try:
        name = part.get_filename()
        is_file = part.get_content_disposition() == "attachment"
    except (ValueError, LookupError, KeyError, IndexError, AttributeError):
        return None
    return name or ("file" if is_file else None)


def _bytes(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(part: EmailMessage) -> str:
    return _decoded(_bytes(part), part.get_content_charset() or "utf-8")


def _printable(text: str) -> str:
    """Return the text without control signs and halves of signs, which no database keeps and no page shows."""
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(sign for sign in clean if sign in "\n\t" or sign.isprintable() or sign == "\u00a0")


class _Words(HTMLParser):
    """Gathers the text of HTML; scripts and styles are no text."""

    _HIDDEN, _LINES = {"script", "style", "head", "title"}, {"p", "div", "br", "tr", "li", "h1", "h2", "h3"}

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, or what is not shown."""
        self._hidden += tag in self._HIDDEN
        if tag in self._LINES:
            self.words.append("\n")
        if tag == "blockquote":
            self.words.append("\n> ")

    def handle_endtag(self, tag: str) -> None:
        """End what is not shown."""
        self._hidden = max(0, self._hidden - (tag in self._HIDDEN))

    def handle_data(self, data: str) -> None:
        """Take text."""
        if not self._hidden:
            self.words.append(" ".join(data.split()) + " " if data.strip() else "")


def plain_text(marked_up: str) -> str:
    """Return the text of HTML, a line for each paragraph."""
    words = _Words()
    words.feed(marked_up[: 10 * _MOST_TEXT])
    lines = [line.strip() for line in "".join(words.words).splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
