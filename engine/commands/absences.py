"""People say when they are away and who stands in; whoever heads their unit and administrators may for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.commands.audit import note_in_system
from engine.commands.authorisation import Permissions, read_permissions
from engine.commands.context import CommandContext
from engine.errors import AbsenceNotFound, InputInvalid, NotPermitted, UserNotFound
from engine.model import Absence, Actor, Label, Notification
from engine.store.absences import Absences
from engine.store.notifications import Notifications
from engine.store.people import People

#: Nobody is away for longer by intent; who leaves is deactivated.
_LONGEST = timedelta(days=370)
_MOST_NOTE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterAbsence:
    """Note that somebody is away from one moment up to another, and who stands in; returns the key.

    Raises NotPermitted, UserNotFound for a deputy who is not active, InputInvalid for times without sense.
    """

    user: str
    deputy: str
    from_at: datetime
    until_at: datetime
    actor: Actor
    note: str = ""

    def run(self, context: CommandContext) -> int:
        """Do it in the caller's transaction."""
        people, absences = People(context.work, context.now), Absences(context.work, context.now)
        require_absence_keeper(context, read_permissions(context, self.actor), self.user)
        self._check(context, absences)
        if self.deputy not in people.active([self.deputy]):
            raise UserNotFound(self.deputy)
        key = context.keys.next_key()
        entry = Absence(
            key, self.user, self.deputy, self.from_at, self.until_at, self.note.strip()[:_MOST_NOTE], self.actor.user
        )
        absences.add(entry, at=context.now)
        Notifications(context.work).add([_told(context, entry, people.get(self.user).display_name)])
        details = {
            "key": key,
            "name": self.user,
            "deputy": self.deputy,
            "from": self.from_at.isoformat(),
            "until": self.until_at.isoformat(),
        }
        note_in_system(context, self.actor, "absence_entered", details)
        return key

    def _check(self, context: CommandContext, absences: Absences) -> None:
        if self.user == self.deputy:
            raise _wrong("Choose somebody else as deputy.", "Pilih orang lain sebagai wakil.")
        if not (self.from_at < self.until_at and context.now < self.until_at):
            raise _wrong(
                "The absence must end after it begins, and later than now.",
                "Ketidakhadiran harus berakhir sesudah mulainya, dan sesudah saat ini.",
            )
        if self.until_at - self.from_at > _LONGEST:
            raise _wrong(
                "An absence is at most one year long. Deactivate the account of who leaves.",
                "Ketidakhadiran paling lama satu tahun. Nonaktifkan akun orang yang keluar.",
            )
        if absences.overlapping(self.user, self.from_at, self.until_at):
            raise _wrong(
                "There is an absence in that time already. End it first.",
                "Pada waktu itu sudah ada ketidakhadiran. Akhiri dulu yang itu.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class EndAbsence:
    """End an absence now; one that has not begun is taken back. Raises NotPermitted, AbsenceNotFound."""

    key: int
    actor: Actor

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        absences = Absences(context.work, context.now)
        entry = absences.find(self.key)
        permissions = read_permissions(context, self.actor)
        permissions.require_active()
        if entry is None or entry.until_at <= context.now:
            raise AbsenceNotFound(self.key)
        require_absence_keeper(context, permissions, entry.user)
        if entry.from_at <= context.now:
            absences.end(self.key)
        else:
            absences.remove(self.key)
        note_in_system(context, self.actor, "absence_ended", {"key": self.key, "name": entry.user})


def require_absence_keeper(context: CommandContext, permissions: Permissions, user: str) -> None:
    """Raise NotPermitted unless this is the person, who heads the person's unit, or an administrator."""
    permissions.require_active()
    if permissions.user == user or permissions.is_administrator:
        return
    people = People(context.work, context.now)
    if people.unit_head(people.get(user).unit) == permissions.user:
        return
    raise NotPermitted(
        "absence",
        Label(
            "only the person, the head of the unit or an administrator may do that.",
            "hanya orangnya sendiri, kepala unitnya, atau administrator.",
        ),
    )


def _told(context: CommandContext, entry: Absence, name: str) -> Notification:
    first, last = (moment.astimezone(context.zone) for moment in (entry.from_at, entry.until_at))
    days = f"{first:%Y-%m-%d %H:%M} - {last:%Y-%m-%d %H:%M}"
    subject = Label(f"You stand in for {name}", f"Anda mewakili {name}")
    body = Label(
        f"{name} is away, {days}. Tasks of {name} are offered to you too in that time. {entry.note}".strip(),
        f"{name} tidak hadir, {days}. Selama itu tugas {name} juga ditawarkan kepada Anda. {entry.note}".strip(),
    )
    return Notification(context.keys.next_key(), entry.deputy, subject, body, None, context.now, None)


def _wrong(english: str, indonesian: str) -> InputInvalid:
    return InputInvalid(Label(english, indonesian))
