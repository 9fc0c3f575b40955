"""Every deliberate error: facts first, the text in both languages built from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from engine.model import Finding, Label, LinkState
from engine.model.text import state_words


class EngineError(Exception):
    """Something is wrong with what was asked; nothing was written."""

    def __init__(self, label: Label) -> None:
        super().__init__(label.en)
        self.label = label

    def text(self, language: str) -> str:
        """Return what happened and what to do, in `language`."""
        return self.label.text(language)


class DefinitionInvalid(EngineError):
    """Deployment refuses the files; `findings` name every place, reason and cure."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        count = sum(1 for finding in findings if finding.is_error)
        first = next((finding for finding in findings if finding.is_error), None)
        where = f"{first.file}:{first.line or 1} {first.element_id or ''}: " if first else ""
        super().__init__(
            Label(
                f"{count} problem(s), nothing was deployed. {where}{first.reason.en if first else ''}",
                f"{count} masalah, tidak ada yang diterapkan. {where}{first.reason.id if first else ''}",
            )
        )


class CommandRejected(EngineError):
    """The request does not fit the state."""


class NotFound(CommandRejected):
    """The thing named does not exist, or the actor may not know that it does."""

    thing = Label("thing", "hal")

    def __init__(self, key: object) -> None:
        self.key = key
        super().__init__(
            Label(
                f"Expected the {self.thing.en} {key}, but there is none that you may see.",
                f"{self.thing.id.capitalize()} {key} tidak ada atau tidak boleh Anda lihat.",
            )
        )


class UserTaskNotFound(NotFound):
    """No such user task."""

    thing = Label("user task", "tugas")


class ProcessInstanceNotFound(NotFound):
    """No such process instance."""

    thing = Label("process instance", "jalannya proses")


class ProcessDefinitionNotFound(NotFound):
    """No such process definition."""

    thing = Label("process", "proses")


class RecordNotFound(NotFound):
    """No such record."""

    thing = Label("record", "rekaman")


class ResourceNotFound(NotFound):
    """No such deployed file, form or decision."""

    thing = Label("resource", "berkas")


class RegisterNotFound(NotFound):
    """No register has this type, or none that the person may open."""

    thing = Label("register", "register")


class ImportNotFound(NotFound):
    """No such import of this person."""

    thing = Label("import", "impor")


class JobNotFound(NotFound):
    """No such job, or it is done."""

    thing = Label("job", "pekerjaan")


class TimerNotFound(NotFound):
    """No such timer, or it fired."""

    thing = Label("timer", "pewaktu")


class FaultNotFound(NotFound):
    """No such execution fault, or it was resolved."""

    thing = Label("execution fault", "gangguan eksekusi")


class UserNotFound(NotFound):
    """No such person."""

    thing = Label("person", "orang")


class AbsenceNotFound(NotFound):
    """No such absence, or it ended."""

    thing = Label("absence", "ketidakhadiran")


class ResetNotFound(NotFound):
    """The password link was used, expired, or never given."""

    thing = Label("password link", "tautan kata sandi")


class LinkNotFound(NotFound):
    """No such link to a task: mistyped, cut short, or signed with a key that is gone."""

    thing = Label("link", "tautan")


class ElementNotFound(NotFound):
    """The diagram has no such element, or no live instance of it."""

    thing = Label("element", "elemen")


class Conflict(CommandRejected):
    """The state moved on since the caller looked."""


class UserTaskNotActive(Conflict):
    """The user task was completed or canceled before."""

    def __init__(self, key: int, state: str, by: str | None = None, at: datetime | None = None) -> None:
        self.key, self.state, self.by, self.at = key, state, by, at
        words = {"completed": "sudah selesai", "canceled": "sudah dibatalkan"}
        who_en, who_id = (f" by {by}", f" oleh {by}") if by else ("", "")
        super().__init__(
            Label(
                f"Expected to work on user task {key}, but it is {state}{who_en}.",
                f"Tugas {key} tidak dapat dikerjakan karena {words.get(state, state)}{who_id}.",
            )
        )


class LinkRefused(Conflict):
    """The link to a task answers nothing now; `state` says why."""

    def __init__(self, state: LinkState) -> None:
        self.state = state
        super().__init__(
            Label(
                "This link cannot answer now; nothing was counted.",
                "Tautan ini tidak berlaku; tidak ada yang dihitung.",
            )
        )


class UserTaskClaimed(Conflict):
    """Somebody else has the user task."""

    def __init__(self, key: int, assignee: str) -> None:
        self.key, self.assignee = key, assignee
        super().__init__(
            Label(
                f"Expected user task {key} to be free, but {assignee} has it.",
                f"Tugas {key} sudah diambil oleh {assignee}.",
            )
        )


class StaleRevision(Conflict):
    """Somebody changed the thing between load and save."""

    def __init__(self, thing: str, key: object) -> None:
        self.thing, self.key = thing, key
        super().__init__(
            Label(
                f"The {thing} {key} was changed by somebody else meanwhile. Load it again; your text is kept.",
                f"{thing} {key} telah diubah orang lain. Muat ulang; isian Anda tetap disimpan.",
            )
        )


class DraftChanged(Conflict):
    """Somebody else saved the draft since the caller loaded it; nothing was overwritten."""

    def __init__(self, name: str, revision: int, by: str, at: datetime) -> None:
        self.name, self.revision, self.by, self.at = name, revision, by, at
        super().__init__(
            Label(
                f"{by} saved the draft of {name} meanwhile. Nothing was overwritten; compare the two versions.",
                f"{by} sudah menyimpan draf {name} lebih dahulu. Tidak ada yang ditimpa; bandingkan kedua versi.",
            )
        )


class DraftNotFound(NotFound):
    """No such draft: it was published or discarded."""

    thing = Label("draft", "draf")


class DeadLetterNotFound(NotFound):
    """No such dead letter."""

    thing = Label("dead letter", "pesan tak tersampaikan")


class BatchNotFound(NotFound):
    """No such batch operation."""

    thing = Label("batch operation", "operasi massal")


class ViewNotFound(NotFound):
    """No saved view of that name."""

    thing = Label("saved view", "tampilan tersimpan")


class NotInState(Conflict):
    """The thing exists, but its state does not allow what was asked."""

    def __init__(self, thing: Label, key: object, expected: str, found: str) -> None:
        self.key, self.expected, self.found = key, expected, found
        wanted, is_now = state_words(expected), state_words(found)
        super().__init__(
            Label(
                f"Expected {thing.en} {key} to be {wanted.en}, but it is {is_now.en}.",
                f"{thing.id.capitalize()} {key} seharusnya {wanted.id}, tetapi {is_now.id}.",
            )
        )


class MessageNotCorrelated(Conflict):
    """Nobody waits for the message, and it is not to be kept."""

    def __init__(self, name: str, correlation_key: str) -> None:
        self.name, self.correlation_key = name, correlation_key
        super().__init__(
            Label(
                f"Nothing waits for message {name} with key {correlation_key!r}.",
                f"Tidak ada yang menunggu pesan {name} dengan kunci {correlation_key!r}.",
            )
        )


class AlreadyExists(Conflict):
    """A name or number is taken."""

    def __init__(self, thing: Label, key: object) -> None:
        self.key = key
        super().__init__(Label(f"The {thing.en} {key} exists already.", f"{thing.id.capitalize()} {key} sudah ada."))


class NotPermitted(CommandRejected):
    """The actor may not do this; `rule` is the permission or segregation rule that says so, for programs."""

    def __init__(self, rule: str, reason: Label) -> None:
        self.rule = rule
        super().__init__(
            Label(f"Not permitted: {reason.en}", f"Tidak diizinkan: {reason.id}"),
        )


class LoginFailed(CommandRejected):
    """Name or password is wrong, or too many tries."""

    def __init__(self, retry_after_seconds: int = 0) -> None:
        self.retry_after_seconds = retry_after_seconds
        wait_en = f" Try again in {retry_after_seconds} seconds." if retry_after_seconds else ""
        wait_id = f" Coba lagi dalam {retry_after_seconds} detik." if retry_after_seconds else ""
        super().__init__(
            Label(f"Name or password is not right.{wait_en}", f"Nama atau kata sandi tidak benar.{wait_id}")
        )


class FormRejected(CommandRejected):
    """Submitted values break the form's rules; `errors` maps a field path to what is wrong."""

    def __init__(self, errors: Mapping[str, Label]) -> None:
        self.errors = dict(errors)
        super().__init__(
            Label(
                f"{len(self.errors)} field(s) need attention: {', '.join(self.errors)}",
                f"{len(self.errors)} isian perlu diperbaiki: {', '.join(self.errors)}",
            )
        )


class InputInvalid(CommandRejected):
    """An argument of a command has no meaning."""


class StoreUnavailable(EngineError):
    """The database did not answer; trying again may help."""

    def __init__(self) -> None:
        super().__init__(
            Label(
                "The database is not available. Nothing was lost; try again in a moment.",
                "Basis data tidak tersedia. Tidak ada yang hilang; coba lagi sebentar.",
            )
        )


class FileRefused(InputInvalid):
    """A file may not come in: too large, of a kind that is not taken, or a scanner found something (BI-10)."""

    def __init__(self, name: str, reason: Label) -> None:
        self.name, self.reason = name, reason
        super().__init__(Label(f"{name}: {reason.en}", f"{name}: {reason.id}"))


class ExecutionFailed(EngineError):
    """An element cannot go on; the run loop turns it into a Fault, no caller sees it."""

    def __init__(self, element_id: str, kind: str, reason: Label) -> None:
        self.element_id, self.kind, self.reason = element_id, kind, reason
        super().__init__(reason)


class BpmnErrorThrown(EngineError):
    """A connector or worker reports a BPMN error, which the diagram may catch."""

    def __init__(self, code: str, message: str = "", variables: Mapping[str, object] | None = None) -> None:
        self.code, self.message, self.variables = code, message, dict(variables or {})
        super().__init__(Label(f"BPMN error {code}: {message}", f"Galat BPMN {code}: {message}"))


__all__ = [
    "AbsenceNotFound",
    "AlreadyExists",
    "BatchNotFound",
    "BpmnErrorThrown",
    "CommandRejected",
    "Conflict",
    "DeadLetterNotFound",
    "DefinitionInvalid",
    "DraftChanged",
    "DraftNotFound",
    "ElementNotFound",
    "EngineError",
    "ExecutionFailed",
    "FaultNotFound",
    "FileRefused",
    "FormRejected",
    "ImportNotFound",
    "InputInvalid",
    "JobNotFound",
    "LinkNotFound",
    "LinkRefused",
    "LoginFailed",
    "MessageNotCorrelated",
    "NotFound",
    "NotInState",
    "NotPermitted",
    "ProcessDefinitionNotFound",
    "ProcessInstanceNotFound",
    "RecordNotFound",
    "RegisterNotFound",
    "ResetNotFound",
    "ResourceNotFound",
    "StaleRevision",
    "StoreUnavailable",
    "TimerNotFound",
    "UserNotFound",
    "UserTaskClaimed",
    "UserTaskNotActive",
    "UserTaskNotFound",
    "ViewNotFound",
]
