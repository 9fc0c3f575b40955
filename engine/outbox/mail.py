"""A mail that tells notifications, in the language of the person; a restricted record gives its number only."""

from __future__ import annotations

from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, getaddresses, parseaddr

from engine.model import Delivery, Label, Told, User
from engine.outbox.settings import OutgoingSettings

_HIDDEN_SUBJECT = Label("News of {number}", "Kabar tentang {number}")
_HIDDEN_BODY = Label(
    "There is news of {number}. It is restricted: read it in Clause8.",
    "Ada kabar tentang {number}. Rekaman ini terbatas: bacalah di Clause8.",
)
_DIGEST_SUBJECT = Label("{count} notification(s)", "{count} notifikasi")
_OPEN = Label("Open: {address}", "Buka: {address}")
_ANSWER = Label("Answer: {address}", "Jawab: {address}")
_FOOT = Label(
    "Clause8 sends this to {name}. How often is your choice, on the page Notifications.",
    "Dikirim Clause8 kepada {name}. Seberapa sering, Anda yang menentukan di halaman Notifikasi.",
)
_RULE = "\n\n" + "-" * 40 + "\n\n"


def compose(
    delivery: Delivery, person: User, told: Sequence[Told], sender: str, settings: OutgoingSettings
) -> EmailMessage:
    """Return the mail; the same delivery gives the same mail. It asks other programs not to answer it (RFC 3834)."""
    language = person.language
    mail = EmailMessage()
    _name, own_address = parseaddr(sender)
    mail["From"] = sender
    mail["To"] = Address(person.display_name, addr_spec=bare_address(person.email))
    mail["Date"] = format_datetime(delivery.created_at)
    mail["Message-ID"] = delivery.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    number = None if delivery.is_digest else told[0].number
    if number:
        # Mail programs show what is told of one record as one conversation.
        mail["References"] = f"<{number}@{own_address.rpartition('@')[2]}>"
    mail["Subject"] = _subject(told, language, is_digest=delivery.is_digest)
    parts = [_part(one, language, settings, with_subject=delivery.is_digest) for one in told]
    foot = _FOOT.text(language).format(name=person.display_name)
    mail.set_content(_RULE.join(parts) + f"\n\n-- \n{foot}\n")
    return mail


def shown_subject(one: Told, language: str) -> str:
    """Return the subject of a notification outside the product; it always names the record."""
    if one.is_restricted:
        return _HIDDEN_SUBJECT.text(language).format(number=one.number)
    text = " ".join(one.subject.text(language).split())
    return text if not one.number or one.number in text else f"{one.number}: {text}"


def shown_body(one: Told, language: str) -> str:
    """Return the text of a notification outside the product."""
    if one.is_restricted:
        return _HIDDEN_BODY.text(language).format(number=one.number)
    return one.body.text(language)


def record_address(one: Told, settings: OutgoingSettings) -> str:
    """Return the address of the record's page; empty without a record."""
    return settings.record_address.replace("{number}", one.number) if one.number else ""


def bare_address(text: str) -> str:
    """Return the address alone; raises ValueError for what is none, or is several."""
    found = getaddresses([text])
    if len(found) != 1 or found[0][1].count("@") != 1 or not found[0][1].isascii():
        raise ValueError(f"{text!r} is no mail address")
    return found[0][1]


def _subject(told: Sequence[Told], language: str, *, is_digest: bool) -> str:
    if is_digest:
        return f"Clause8: {_DIGEST_SUBJECT.text(language).format(count=len(told))}"
    return shown_subject(told[0], language)


def _part(one: Told, language: str, settings: OutgoingSettings, *, with_subject: bool) -> str:
    lines = [shown_subject(one, language), ""] if with_subject else []
    lines.append(shown_body(one, language))
    if one.answer_token and settings.answer_address:
        lines += [
            "",
            _ANSWER.text(language).format(address=settings.answer_address.replace("{token}", one.answer_token)),
        ]
    if address := record_address(one, settings):
        lines += ["", _OPEN.text(language).format(address=address)]
    return "\n".join(lines)
