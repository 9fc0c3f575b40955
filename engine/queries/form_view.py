"""Resolves a form for a page: what is visible, what it says, which values and options it has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from engine.commands.choices import FIND, offered_choices
from engine.commands.context import CommandContext
from engine.commands.form_values import uploaded_file
from engine.commands.host_functions import lazy_host_functions
from engine.feel import CompiledExpression
from engine.forms import Component, Display, DynamicList, Examination, Field, Form, Group, Option, examine
from engine.forms.fields.choice import options_of
from engine.forms.fields.kind import resolved
from engine.forms.paths import value_at
from engine.forms.walk import Place
from engine.model import Actor, Label, RecordKey
from engine.queries.shown_form import Shown, ShownField, ShownForm, ShownGroup, ShownList, ShownText


def show_form(
    context: CommandContext,
    actor: Actor,
    form: Form,
    variables: Mapping[str, Any],
    *,
    submitted: Mapping[str, Any] | None,
    errors: Mapping[str, Label],
    record_key: RecordKey | None = None,
) -> ShownForm:
    """Return the form with its start values, or with what was `submitted` where that is given."""
    choices = offered_choices(context, actor, submitted, variables)
    examination = examine(
        form,
        submitted,
        variables,
        now=context.now,
        choices=choices,
        files=lambda key: uploaded_file(context, actor, key, record_key),
        functions=lazy_host_functions(context),
        zone=context.zone,
    )
    drawing = _Drawing(examination, submitted, errors, choices.partial)
    items = drawing.items([place for place in examination.places if place.parent is None])
    known = dict(_errors(items))
    elsewhere = [(name, label) for name, label in errors.items() if name not in known]
    return ShownForm(form.id, items, (*known.items(), *elsewhere), _reacts(form.components))


class _Drawing:
    """One examined form on its way to a page."""

    def __init__(
        self,
        examination: Examination,
        submitted: Mapping[str, Any] | None,
        errors: Mapping[str, Label],
        partial: Collection[str],
    ) -> None:
        self._examination = examination
        self._submitted = submitted
        self._errors = errors
        self._partial = partial

    def items(self, places: Iterable[Place]) -> tuple[Shown, ...]:
        """Return what is in sight of these places."""
        shown = (self._item(place, place.component) for place in places if not place.is_hidden)
        return tuple(item for item in shown if item is not None)

    def _item(self, place: Place, component: Component) -> Shown | None:
        if isinstance(component, Field):
            return self._field(place, component)
        if isinstance(component, DynamicList):
            return self._list(place, component)
        if isinstance(component, Group):
            return self._group(place, component)
        return self._text(place, component) if isinstance(component, Display) else None

    def _field(self, place: Place, field: Field) -> ShownField:
        around = self._examination.around(place)
        options = _usable(options_of(field, around)) if field.choices else ()
        source = (field.choices.source if field.choices else None) or ""
        return ShownField(
            name=place.name,
            type=field.type,
            label=around.name,
            description=field.description.resolve(around.scope),
            value=self._value(place, field),
            options=options,
            find=source if source in self._partial else "",
            found=str(((self._submitted or {}).get(FIND) or {}).get(source, "")),
            is_required=place.is_required,
            is_readonly=place.is_readonly or field.expression is not None,
            error=self._errors.get(place.name),
            columns=field.layout.columns,
            row=field.layout.row,
            bounds=_bounds(field, around.scope),
            properties=field.properties,
            settings=field.settings,
        )

    def _value(self, place: Place, field: Field) -> Any:
        """Return what was typed, as it was typed; else the value that the form knows."""
        typed = value_at(self._submitted, place.path) if self._submitted is not None else None
        is_ours = place.is_readonly or field.expression is not None or field.type == "filepicker"
        if typed is None or is_ours:
            return value_at(self._examination.values, place.path)
        return typed

    def _list(self, place: Place, rows: DynamicList) -> ShownList:
        scope = self._examination.around(place).scope
        count = len(value_at(self._examination.values, place.path) or ())
        can_change = rows.allows_add_remove and not place.is_readonly
        return ShownList(
            name=place.name,
            type=rows.type,
            label=rows.label.resolve(scope),
            description=rows.description.resolve(scope),
            rows=tuple(self.items(_row(place, index)) for index in range(count)),
            headings=tuple((field.label.resolve(scope), _is_required(field)) for field in rows.components),
            is_table=rows.is_table,
            is_required=place.is_required,
            can_add=can_change and count < rows.max_rows,
            can_remove=can_change and count > 0,
            error=self._errors.get(place.name),
            columns=rows.layout.columns,
            row=rows.layout.row,
        )

    def _group(self, place: Place, group: Group) -> ShownGroup:
        scope = self._examination.around(place).scope
        return ShownGroup(
            type=group.type,
            label=group.label.resolve(scope),
            description=group.description.resolve(scope),
            items=self.items(place.children),
            columns=group.layout.columns,
            row=group.layout.row,
        )

    def _text(self, place: Place, display: Display) -> ShownText:
        scope = self._examination.around(place).scope
        return ShownText(
            type=display.type,
            label=display.label.resolve(scope),
            content=display.content.resolve(scope),
            rows=scope.json(display.source) if display.source else None,
            columns=display.layout.columns,
            row=display.layout.row,
            settings=display.settings,
        )


def _row(place: Place, index: int) -> list[Place]:
    own = (*place.path, index)
    return [child for child in place.children if child.rows[-1] == own]


def _usable(options: Sequence[Option]) -> tuple[Option, ...]:
    return tuple(option for option in options if option.value not in (None, ""))


def _bounds(field: Field, scope: Any) -> dict[str, Any]:
    rules = field.rules
    found = {"max_length": rules.max_length, "minimum": rules.minimum, "maximum": rules.maximum}
    values = {name: resolved(value, scope) for name, value in found.items()}
    return {name: value for name, value in values.items() if isinstance(value, int | float | str)}


def _is_required(component: Component) -> bool:
    return isinstance(component, Field) and component.rules.required


def _errors(items: Iterable[Shown]) -> Iterable[tuple[str, Label]]:
    for item in items:
        if isinstance(item, ShownField | ShownList) and item.error is not None:
            yield item.name, item.error
        if isinstance(item, ShownGroup):
            yield from _errors(item.items)
        if isinstance(item, ShownList):
            for row in item.rows:
                yield from _errors(row)


def _reacts(components: Iterable[Component]) -> bool:
    return any(_depends(component) for component in components)


def _depends(component: Component) -> bool:
    if component.hide is not None:
        return True
    if isinstance(component, Field):
        conditions = (component.expression, component.rules.required_if, component.readonly)
        return any(isinstance(condition, CompiledExpression) for condition in conditions)
    return isinstance(component, Group | DynamicList) and _reacts(component.components)
