"""Somebody edits what a record's form says; a material change voids votes that are running or were cast.

Which fields are material the form says; what then happens the diagram says, by what waits for the message that the
catalogue marks `when: material_edit`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from engine.commands.context import CommandContext
from engine.commands.correlation import publish
from engine.commands.form_values import examined_values
from engine.commands.notices import outbox_of
from engine.commands.record_forms import RecordForm, require_editable
from engine.commands.record_rooms import adopt_attachments, records_of, streams_of
from engine.commands.runtime import Runtime
from engine.commands.undeliverable import told_of_material_edits
from engine.errors import InputInvalid, StaleRevision
from engine.forms import Examination, FieldChange, changes, merged
from engine.model import LANGUAGES, Actor, Label, Record
from engine.store.records import Records as RecordRows
from engine.store.workplace.record_lists import display_names

NOTICE = "record_edited"
_CHANGE = Label("Change", "Perubahan")
_MATERIAL, _IMMATERIAL = Label("material", "material"), Label("not material", "tidak material")
_MOST_CHARACTERS = 4_000
_SHORT = 300


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit did: what was changed, and whether a decision has to be taken again."""

    changes: tuple[FieldChange, ...]
    restarts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRecord:
    """Edit the answers of one form of a record. `seen` is the digest of the answers that the person looked at.

    Raises RecordNotFound, NotPermitted, FormRejected, InputInvalid when nothing was changed or no
    reason given, and StaleRevision when the answers are others by now.
    """

    number: str
    element_id: str
    submitted: Mapping[str, Any]
    seen: str
    reason: str
    actor: Actor

    def run(self, context: CommandContext) -> Edited:
        """Do it in the caller's transaction."""
        edited = require_editable(context, self.actor, self.number, self.element_id)
        runtime = Runtime(context, self.actor)
        runtime.load(edited.instance.instance.key)  # locked: nobody completes a task of it meanwhile
        if edited.seen != self.seen:
            raise StaleRevision("record", self.number)
        form = examined_values(
            context, self.actor, edited.form_key, self.submitted, edited.known, record_key=edited.record.key
        )
        assert form is not None  # noqa: S101  # the key is that of a form
        found = tuple(changes(form, edited.variables))
        reason = _checked(self.reason, found)
        _apply(runtime, edited, form, _Told(found, reason))
        restarts = _tell_process(runtime, edited, found)
        runtime.settle()
        adopt_attachments(context, self.actor, edited.record.key, form.values)
        _tell_people(context, self.actor, edited.record, found, reason)
        return Edited(found, restarts)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the history tells of an edit."""

    changes: Sequence[FieldChange]
    reason: str


def _apply(runtime: Runtime, edited: RecordForm, form: Examination, told: _Told) -> None:
    """Write variables, fields of the record of the same names, and the history of both."""
    run, record = runtime.load(edited.instance.instance.key), edited.record
    runtime.note(run, "variables_set", details={"reason": told.reason, "names": sorted(edited.form.keys)})
    run.execution.set_variables(run.key, merged(form, edited.variables))
    streams = streams_of(runtime.context, runtime.actor)
    details = {
        "element": edited.element_id,
        "reason": told.reason,
        "changes": [asdict(change) for change in told.changes],
        # The story shows the first answer beside its title: whether what was decided is touched.
        "answers": [_weight(told.changes), *(_answer(change) for change in told.changes)],
    }
    streams.append(record, "record_edited", details)
    named = {change.name.rpartition(".")[2]: change.after for change in told.changes}
    fields = {name: value for name, value in named.items() if name in record.fields}
    if fields:
        records_of(runtime.context, runtime.actor, streams).update(record.number, fields=fields)
    streams.write()


def _weight(found: Sequence[FieldChange]) -> dict[str, Any]:
    is_material = any(change.is_material for change in found)
    words = _MATERIAL if is_material else _IMMATERIAL
    return {"label": asdict(_CHANGE), "value": is_material, "words": [asdict(words)]}


def _answer(change: FieldChange) -> dict[str, Any]:
    """Return a change as the story of the record tells it."""
    words = {language: _old_and_new(change, language) for language in LANGUAGES}
    return {"label": asdict(change.label), "value": change.after, "words": [words]}


def _both(found: Sequence[FieldChange]) -> dict[str, str]:
    return {language: in_words(found, language) for language in LANGUAGES}


def in_words(found: Sequence[FieldChange], language: str) -> str:
    """Return the changes as lines: `Purpose: old → new`."""
    return "\n".join(_line(change, language) for change in found)


def _line(change: FieldChange, language: str) -> str:
    return f"{change.label.text(language)}: {_old_and_new(change, language)}"


def _old_and_new(change: FieldChange, language: str) -> str:
    before = _value(change.before, change.before_words, language)
    return f"{before} → {_value(change.after, change.after_words, language)}"


def _value(value: Any, words: Sequence[Label], language: str) -> str:
    if words:
        return ", ".join(word.text(language) for word in words)
    if isinstance(value, bool):
        return {"en": ("no", "yes"), "id": ("tidak", "ya")}[language][value]
    if isinstance(value, list):
        return {"en": f"{len(value)} rows", "id": f"{len(value)} baris"}[language]
    text = "-" if value in (None, "") else str(value)
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"


def _checked(reason: str, found: Sequence[FieldChange]) -> str:
    if not found:
        raise InputInvalid(Label("Nothing was changed.", "Tidak ada yang diubah."))
    reason = reason.strip()
    if not 0 < len(reason) <= _MOST_CHARACTERS:
        raise InputInvalid(Label("Say why, in 1 to 4,000 characters.", "Tulis alasannya, 1 sampai 4.000 karakter."))
    return reason


def _tell_process(runtime: Runtime, edited: RecordForm, found: Sequence[FieldChange]) -> bool:
    """Publish that something material was changed; return whether anything waited for it."""
    material = [change for change in found if change.is_material]
    if not material:
        return False
    words = _both(material)
    number, is_awaited = edited.record.number, False
    for name, entry in told_of_material_edits(runtime.context).items():
        payload = {
            "changes": words["en"],
            "changes_id": words["id"],
            **_current_inputs(runtime, edited, entry.get("payload") or ()),
        }
        published = publish(runtime, name, number, payload, time_to_live=timedelta())
        is_awaited = is_awaited or bool(published.correlated_instances)
    return is_awaited


def _current_inputs(runtime: Runtime, edited: RecordForm, names: Sequence[str]) -> dict[str, Any]:
    """Return what the calling process would hand to the called one now: that one still has what it was given."""
    run = runtime.load(edited.instance.instance.key)
    calls = run.deployed.executable.elements
    found: dict[str, Any] = {}
    for key, element_id, element_type, _scope, _fault in run.execution.live_elements():
        if element_type == "callActivity" and element_id in calls:
            found |= run.execution.inputs_of(key)
    return {name: value for name, value in found.items() if name in names}


def _tell_people(
    context: CommandContext, actor: Actor, record: Record, found: Sequence[FieldChange], reason: str
) -> None:
    people = RecordRows(context.work).people(record.key)
    told = {record.requester, *(user for users in people.values() for user in users)} - {actor.user, None}
    author = display_names(context.work, {actor.user}).get(actor.user, actor.user)
    data = {"title": record.title, "author": author, "changes": _both(found), "reason": reason}
    outbox_of(context).send(NOTICE, sorted(name for name in told if name), record.number, data)
