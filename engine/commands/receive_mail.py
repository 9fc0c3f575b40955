"""A mail came in: it begins a record, is added to one, or is parked with its reason. One mail never does two things."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.utils import parseaddr
from hashlib import sha256
from typing import Self

from engine.commands.add_comment import AddComment
from engine.commands.alert_sources import Credentials, check_source
from engine.commands.attaching import Received, Upload, receive
from engine.commands.authorisation import PROCESS_OWNER, read_permissions, require_program
from engine.commands.context import CommandContext
from engine.commands.correlation import publish
from engine.commands.mail_starts import add_outside_comment, files_of, start_by_mail
from engine.commands.notices import outbox_of
from engine.commands.record_rooms import directory_of
from engine.commands.runtime import Runtime
from engine.errors import NotPermitted, RecordNotFound
from engine.intake import IncomingMail, Routes, parse_routes, read_mail, route_of
from engine.model import SYSTEM, Actor, MailIn, MailInState, ParkReason, Record
from engine.store.intake import MailsIn
from engine.store.messages import MessageRows
from engine.store.outbox import Deliveries
from engine.store.records import Records

#: BI-9: so many mails of one sender are taken in ten minutes.
MOST_MAILS = 10
_FLOOD_IN = timedelta(minutes=10)
MOST_BYTES = 30 * 1024 * 1024
_KEPT_OF_TOO_BIG = 64 * 1024
_NUMBER = re.compile(r"\b[A-Z]{2,8}-\d{4}-\d{6}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveMail:
    """Take a mail as it came over the wire; programs may bring one. The same Message-ID again changes nothing.

    `own_address` is the one that the product sends from: a mail from there would go round for ever.
    """

    raw: bytes
    actor: Actor = SYSTEM
    own_address: str = ""
    credentials: Credentials | None = None  #: of a program that is no account
    mail: IncomingMail | None = None
    received: Received = field(default_factory=Received)

    def prepare(self, context: CommandContext) -> Self:
        """Read the mail, check and store its files: nobody waits for a scanner in a transaction."""
        if self.credentials is None:
            require_program(read_permissions(context, self.actor))
        else:
            check_source(context, self.credentials)
        mail = read_mail(self.raw[:_KEPT_OF_TOO_BIG] if self._is_too_big else self.raw)
        is_known = MailsIn(context.work).find_identity(mail.message_id) is not None
        wants_files = not (is_known or self._is_too_big or mail.is_automatic)
        uploads = [Upload(file.name, file.content) for file in mail.files] if wants_files else []
        return replace(self, mail=mail, received=receive(context, SYSTEM, uploads))

    def run(self, context: CommandContext) -> MailIn:
        """Do it in the caller's transaction; returns what became of the mail."""
        mail = self.mail or read_mail(self.raw)
        rows = MailsIn(context.work)
        MessageRows(context.work).lock("mail", mail.message_id)  # two pollers may have fetched it
        known = rows.find_identity(mail.message_id)
        if known is not None:
            return known
        person = rows.person_of(mail.sender) if mail.sender else None
        taken = _Taken(context, mail, person, self.received)
        reason = self._protection(context, mail)
        outcome = taken.park(reason) if reason else taken.deliver()
        rows.add(outcome, self.raw if outcome.state is MailInState.PARKED and not self._is_too_big else None)
        return outcome

    @property
    def _is_too_big(self) -> bool:
        return len(self.raw) > MOST_BYTES

    def _protection(self, context: CommandContext, mail: IncomingMail) -> ParkReason | None:
        """Return why this mail must not go anywhere by itself (BI-7, BI-9)."""
        own = parseaddr(self.own_address)[1].lower()
        if mail.is_automatic:
            return ParkReason.AUTOMATIC
        if own and mail.sender == own:
            return ParkReason.OWN_ADDRESS
        if self._is_too_big:
            return ParkReason.TOO_BIG
        before = MailsIn(context.work).count_of(mail.sender, context.now - _FLOOD_IN)
        if before == MOST_MAILS:
            owners = directory_of(context).members(PROCESS_OWNER)
            outbox_of(context).send("mail_flood", owners, None, {"sender": mail.sender, "most": MOST_MAILS})
        return ParkReason.FLOOD if before >= MOST_MAILS else None


def routes_of(context: CommandContext) -> Routes:
    """Return what the content says of mails that come in."""
    return parse_routes(context.definitions.documents(context.work).of_kind("mail_in"))


@dataclass(frozen=True, slots=True)
class _Taken:
    """A mail on its way."""

    context: CommandContext
    mail: IncomingMail
    person: str | None
    received: Received

    def park(self, reason: ParkReason) -> MailIn:
        """Return it as one that a person decides about."""
        return self._outcome(MailInState.PARKED, None, reason)

    def deliver(self) -> MailIn:
        """Add it to the record that it answers, else begin one by the route that fits."""
        routes = routes_of(self.context)
        record = self._answered()
        is_supplier = self.mail.sender.rpartition("@")[2] in routes.suppliers
        if self.person is None and not (is_supplier and record is not None):
            return self.park(ParkReason.UNKNOWN_SENDER)
        if record is not None and record.closed_at is None:
            return self._reply(record, routes, is_supplier=is_supplier and self.person is None)
        route = route_of(routes.routes, self.mail.recipients, self.mail.subject)
        number = None
        if route is not None and self.person is not None:
            number = start_by_mail(self.context, route.message, self.mail, self.person, self.received, after=record)
        if number is None:
            return self.park(ParkReason.NO_RECEIVER)
        return self._outcome(MailInState.STARTED, number or None)

    def _answered(self) -> Record | None:
        """Return the record that the mail belongs to: a mail of ours that it answers, else a number in the subject."""
        number = Deliveries(self.context.work).number_told(self.mail.references) if self.mail.references else None
        found = [number] if number else _NUMBER.findall(self.mail.subject.upper())[:1]
        return Records(self.context.work).find_number(found[0]) if found else None

    def _reply(self, record: Record, routes: Routes, *, is_supplier: bool) -> MailIn:
        if is_supplier:
            self._note_supplier(record)
        elif not self._comment(record, Actor(self.person or "")):
            return self.park(ParkReason.NOT_PERMITTED)
        self._tell_process(record, routes.supplier_reply if is_supplier else routes.reply)
        return self._outcome(MailInState.ADDED, record.number)

    def _comment(self, record: Record, actor: Actor) -> bool:
        """Comment as the person; False when that person may not."""
        stored = tuple(replace(file, uploaded_by=actor.user) for file in self.received.stored)
        comment = AddComment(
            number=record.number,
            body=(self.mail.body or self.mail.subject or "-")[:20_000],
            actor=actor,
            send_id=sha256(self.mail.message_id.encode()).hexdigest()[:60],
            received=replace(self.received, stored=stored),
        )
        try:
            with self.context.work.savepoint():
                comment.run(self.context)
        except (NotPermitted, RecordNotFound):
            return False
        return True

    def _note_supplier(self, record: Record) -> None:
        """Comment in the name of the product: a supplier has no account."""
        body = f"{self.mail.sender}:\n\n{self.mail.body or self.mail.subject}"[:20_000]
        add_outside_comment(self.context, record, body, self.received)

    def _tell_process(self, record: Record, message: str) -> None:
        if not message:
            return
        runtime = Runtime(self.context, SYSTEM)
        variables = {
            "reply": self.mail.body,
            "sender": self.mail.sender,
            "files": files_of(self.received),
            "received_at": self.context.now.isoformat(),
            "message_id": self.mail.message_id,
        }
        publish(runtime, message, record.number, variables, time_to_live=timedelta(), message_id=self.mail.message_id)
        runtime.settle()

    def _outcome(self, state: MailInState, number: str | None, reason: ParkReason | None = None) -> MailIn:
        mail, context = self.mail, self.context
        key = context.keys.next_key()
        return MailIn(
            key,
            mail.message_id,
            mail.sender,
            mail.recipients,
            mail.subject,
            mail.body,
            self.person,
            state,
            reason,
            number,
            context.now,
        )
