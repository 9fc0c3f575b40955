"""The page on which somebody edits what a record's form says: the form, what would change, what follows from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.commands.context import CommandContext
from engine.commands.edit_record import in_words
from engine.commands.form_values import examined_values
from engine.commands.record_forms import RecordForm, editable_forms, require_editable
from engine.commands.undeliverable import told_of_material_edits
from engine.forms import FieldChange, changes, decode
from engine.model import Actor, Label, Record
from engine.queries.form_view import show_form
from engine.queries.shown_form import Shown, ShownField, ShownForm, ShownGroup, ShownList
from engine.queries.submitted_form import Pairs, change_rows, searches
from engine.store.messages import MessageRows


@dataclass(frozen=True, slots=True)
class EditableForm:
    """A form of a record that the person may edit."""

    element_id: str
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class EditableForms:
    """Ask which forms of a record the actor may edit now; raises RecordNotFound."""

    actor: Actor
    number: str

    def run(self, context: CommandContext) -> tuple[EditableForm, ...]:
        """Answer."""
        found = editable_forms(context, self.actor, self.number)
        return tuple(EditableForm(one.element_id, one.label) for one in found)


@dataclass(frozen=True, slots=True)
class EditFormData:
    """What the page shows."""

    record: Record
    element_id: str
    label: Label
    form: ShownForm
    seen: str  #: goes back with the answers
    material: tuple[Label, ...]  #: the fields whose change is material
    is_awaited: bool  #: a decision is being taken, or was taken and is not carried out: a material change voids it
    changes: tuple[FieldChange, ...]  #: what would change; empty until something was submitted

    @property
    def is_material(self) -> bool:
        """Return whether a material field would change."""
        return any(change.is_material for change in self.changes)

    def words(self, change: FieldChange, language: str) -> str:
        """Return a change as one line."""
        return in_words([change], language)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditForm:
    """Ask for a record's form to edit it; with `submitted`, also what would change.

    Raises RecordNotFound, NotPermitted, and FormRejected when `is_checked` and something is wrong.
    """

    actor: Actor
    number: str
    element_id: str
    submitted: Mapping[str, Any] | None = None
    errors: Mapping[str, Label] | None = None
    is_checked: bool = False

    def run(self, context: CommandContext) -> EditFormData:
        """Answer."""
        edited = require_editable(context, self.actor, self.number, self.element_id)
        found: tuple[FieldChange, ...] = ()
        if self.submitted is not None and self.is_checked:
            form = examined_values(
                context, self.actor, edited.form_key, self.submitted, edited.known, record_key=edited.record.key
            )
            found = tuple(changes(form, edited.variables)) if form else ()
        shown = show_form(
            context,
            self.actor,
            edited.form,
            edited.known,
            submitted=self.submitted,
            errors=self.errors or {},
            record_key=edited.record.key,
        )
        return EditFormData(
            edited.record,
            edited.element_id,
            edited.label,
            shown,
            edited.seen,
            tuple(_material(shown.items, set(edited.form.material))),
            _is_awaited(context, edited),
            found,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedEdit:
    """Decode the pairs of a record's form that is edited, as SubmittedForm does for tasks."""

    actor: Actor
    number: str
    element_id: str
    pairs: Pairs
    add: Sequence[str] = ()
    remove: Sequence[str] = ()
    keeps_blank_rows: bool = False

    def run(self, context: CommandContext) -> dict[str, Any]:
        """Answer; raises RecordNotFound, NotPermitted."""
        form = require_editable(context, self.actor, self.number, self.element_id).form
        values = decode(form, self.pairs, keeps_blank_rows=self.keeps_blank_rows)
        change_rows(values, self.add, self.remove)
        return values | searches(self.pairs)


def _material(items: Iterable[Shown], paths: Collection[str]) -> Iterator[Label]:
    """Yield the labels of the material fields in sight, in the order of the form."""
    for item in items:
        if isinstance(item, ShownField | ShownList) and item.name in paths:
            yield item.label
        if isinstance(item, ShownGroup):
            yield from _material(item.items, paths)


def _is_awaited(context: CommandContext, edited: RecordForm) -> bool:
    rows = MessageRows(context.work)
    names = told_of_material_edits(context)
    return any(one.instance_key for name in names for one in rows.waiting(name, edited.record.number))
