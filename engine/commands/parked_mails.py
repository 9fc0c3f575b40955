"""People decide about parked mails: begin a record with one, or discard it with a reason."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Self

from engine.commands.attaching import Received, Upload, receive
from engine.commands.audit import note_in_system
from engine.commands.authorisation import Permissions, read_permissions
from engine.commands.context import CommandContext
from engine.commands.mail_starts import start_by_mail
from engine.commands.receive_mail import routes_of
from engine.errors import InputInvalid, NotFound, NotPermitted
from engine.intake import IncomingMail, read_mail
from engine.model import SYSTEM, Actor, Label, MailIn, MailInState
from engine.store.intake import MailsIn

_MOST_CHARACTERS = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseMail:
    """Begin a record with a parked mail, by the message of one of the content's routes; returns its number.

    Raises NotFound when it is parked no more, InputInvalid when no procedure takes it.
    """

    key: int
    message: str
    actor: Actor
    received: Received = field(default_factory=Received)

    def prepare(self, context: CommandContext) -> Self:
        """Check who decides, then check and store the files."""
        _parked, mail = self._mail(context)
        uploads = [Upload(file.name, file.content) for file in mail.files]
        return replace(self, received=receive(context, SYSTEM, uploads))

    def run(self, context: CommandContext) -> str:
        """Do it in the caller's transaction."""
        parked, mail = self._mail(context)
        if self.message not in {route.message for route in routes_of(context).routes}:
            raise InputInvalid(Label("Choose where the mail goes.", "Pilih tujuan surel ini."))
        number = start_by_mail(context, self.message, mail, parked.user, self.received)
        if number is None:
            raise InputInvalid(
                Label("No procedure takes such mails yet.", "Belum ada prosedur yang menerima surel seperti ini.")
            )
        settled = MailsIn(context.work).settle(
            parked.key,
            MailInState.STARTED,
            by=self.actor.user,
            at=context.now,
            note=self.message,
            record_number=number or None,
        )
        if not settled:
            raise NotFound(parked.key)
        note_in_system(context, self.actor, "mail_released", {"mail": parked.key, "message": self.message})
        return number

    def _mail(self, context: CommandContext) -> tuple[MailIn, IncomingMail]:
        require_keeper(context, self.actor)
        rows = MailsIn(context.work)
        parked, raw = rows.find(self.key), rows.raw(self.key)
        if parked is None or parked.state is not MailInState.PARKED:
            raise NotFound(self.key)
        if raw is None:  # too big to keep: its beginning stands for it
            return parked, IncomingMail(
                parked.message_id, parked.sender, parked.recipients, parked.subject, parked.body, (), (), False
            )
        return parked, read_mail(raw)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardMail:
    """Give up a parked mail with a reason."""

    key: int
    reason: str
    actor: Actor

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        require_keeper(context, self.actor)
        reason = self.reason.strip()
        if not 1 <= len(reason) <= _MOST_CHARACTERS:
            raise InputInvalid(Label("Say why, in at most 4,000 characters.", "Tulis alasannya, paling panjang 4.000."))
        rows, state = MailsIn(context.work), MailInState.DISCARDED
        if not rows.settle(self.key, state, by=self.actor.user, at=context.now, note=reason):
            raise NotFound(self.key)
        note_in_system(context, self.actor, "mail_discarded", {"mail": self.key, "reason": reason})


def require_keeper(context: CommandContext, actor: Actor) -> Permissions:
    """Return who decides about parked mails: administrators and the groups that the content names (`keepers`)."""
    permissions = read_permissions(context, actor)
    if permissions.is_administrator or permissions.groups & set(routes_of(context).keepers):
        return permissions
    raise NotPermitted(
        "mail", Label("other people decide about parked mails.", "orang lain yang memutuskan surel terparkir.")
    )
