"""The authority over what a person (or program) submits; HTML attributes are only a courtesy.

Source of the rules: form-js schema 19; what its own validator leaves out (option membership, past dates, file types,
counts, unknown keys, writes to read-only and hidden fields) is checked here too.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from engine.feel import CompiledExpression, FeelError
from engine.forms import messages
from engine.forms.components import Condition, DynamicList, Field, Form
from engine.forms.fields import KINDS
from engine.forms.fields.kind import ChoiceSource, FileSource, Surroundings, Wrong
from engine.forms.paths import Path, path_text, put_at, remove_at, row_count, value_at
from engine.forms.scope import Functions, Scope
from engine.forms.shape import MOST_ROWS, Shape
from engine.forms.start import ZONE, initial_values
from engine.forms.walk import Place, unroll
from engine.model import Label


class Checked(NamedTuple):
    """What was accepted, and what is wrong by path (`steps[0].action`); values count only when nothing is wrong."""

    values: dict[str, Any]
    errors: Mapping[str, Label]


@dataclass(frozen=True, slots=True)
class Examination:
    """A form with values, examined: every place knows whether it is hidden, read-only, required or wrong."""

    places: tuple[Place, ...]
    values: dict[str, Any]
    scope: Scope  #: of the values
    choices: ChoiceSource
    files: FileSource

    def around(self, place: Place) -> Surroundings:
        """Return what a field at that place may look at."""
        return _around(place, place.scope(self.scope, self.values), self.choices, self.files)

    @property
    def errors(self) -> dict[str, Label]:
        """Return what is wrong, by path."""
        return {place.name: place.error for place in self.places if place.error and not place.is_out_of_sight}


def no_choices(source: str) -> tuple[()]:
    """Offer nothing: for forms without choices of the server."""
    return ()


def no_files(key: str) -> None:
    """Know no file: for forms without attachments."""


def check(
    form: Form,
    submitted: Mapping[str, Any],
    variables: Mapping[str, Any],
    *,
    now: datetime,
    choices: ChoiceSource = no_choices,
    files: FileSource = no_files,
    functions: Functions | None = None,
    zone: ZoneInfo = ZONE,
) -> Checked:
    """Return the values as variables, and what is wrong.

    `submitted` is nested by key, as `decode` makes it or as JSON; it may be hostile: anything in it yields an error,
    never an exception. Unknown keys are ignored, hidden fields dropped, read-only and disabled ones keep what the
    variables (or their default) say, computed ones are computed. What is empty comes as None, False or [].
    """
    examination = examine(
        form, submitted, variables, now=now, choices=choices, files=files, functions=functions, zone=zone
    )
    return Checked(examination.values, examination.errors)


def examine(
    form: Form,
    submitted: Mapping[str, Any] | None,
    variables: Mapping[str, Any],
    *,
    now: datetime,
    choices: ChoiceSource = no_choices,
    files: FileSource = no_files,
    functions: Functions | None = None,
    zone: ZoneInfo = ZONE,
) -> Examination:
    """Return the form over what was submitted, or over its start values when nothing was (None)."""
    start = initial_values(form, variables, now, zone=zone, functions=functions)
    # A hidden field's old value must not shine through from the variables.
    own = set(form.keys)
    seen = {name: value for name, value in variables.items() if name not in own}
    scope = Scope({**seen, **dict.fromkeys(own)}, now.astimezone(zone), functions or {})
    run = _Examining(form, start, scope, choices, files)
    run.examine(start if submitted is None else submitted)
    return Examination(tuple(run.places), run.values, scope, choices, files)


class _Examining:
    def __init__(
        self, form: Form, start: dict[str, Any], scope: Scope, choices: ChoiceSource, files: FileSource
    ) -> None:
        self._form = form
        self._start = start
        self._scope = scope
        self._choices = choices
        self._files = files
        self.values: dict[str, Any] = {}
        self.places: list[Place] = []
        self._overfull: set[Path] = set()

    def examine(self, submitted: Any) -> None:
        self._read_all(submitted, frozenset())
        self._lock()
        locked = frozenset(place.path for place in self.places if place.is_readonly and _is_list(place))
        if locked:  # only now is it known that their rows are the start's
            self._read_all(submitted, locked)
            self._lock()
        self._compute()
        self._hide()
        self._compute()
        for place in self.places:
            if not place.is_out_of_sight:
                self._judge(place)

    def _read_all(self, submitted: Any, locked: frozenset[Path]) -> None:
        shape = Shape(self._form.components, submitted, self._start, locked)
        self.values, self._overfull = shape.values, shape.overfull
        self.places = unroll(self._form, self.values)
        for place in self.places:
            if isinstance(place.component, Field):
                self._read(place, place.component, submitted)

    def _read(self, place: Place, field: Field, submitted: Any) -> None:
        """Put the value of one field, before it is known what is read-only by an expression."""
        if field.is_disabled or field.readonly is True:
            put_at(self.values, place.path, deepcopy(value_at(self._start, place.path)))
            return
        kind = KINDS[field.type]
        value = deepcopy(kind.empty)
        put_at(self.values, place.path, value)
        try:
            value = kind.read(field, value_at(submitted, place.path), self._around(place, self._files_at(place.path)))
        except Wrong as wrong:
            place.error = wrong.label
        put_at(self.values, place.path, value)

    def _lock(self) -> None:
        """Find what is read-only, and give it back its start value."""
        for place in self.places:
            component = place.component
            if isinstance(component, Field):
                place.is_readonly = component.is_disabled or self._applies(component.readonly, place)
            elif isinstance(component, DynamicList):
                place.is_readonly = self._applies(component.readonly, place)
            if place.parent is not None and place.parent.is_readonly:
                place.is_readonly = True
        for place in self.places:
            if place.is_readonly and isinstance(place.component, Field):
                place.error = None
                put_at(self.values, place.path, deepcopy(value_at(self._start, place.path)))

    def _compute(self) -> None:
        """Give computed fields their values, in the order of the form, so that one may use an earlier one."""
        for place in self.places:
            field = place.component
            if isinstance(field, Field) and field.expression is not None and not place.is_out_of_sight:
                put_at(self.values, place.path, self._scope_of(place).json(field.expression))

    def _hide(self) -> None:
        """Hide what its condition hides and remove its values, until nothing more changes.

        What is hidden stays so: a removed value can hide more, and showing again could go on for ever.
        """
        conditional = [place for place in self.places if place.component.hide is not None]
        changed = True
        while changed:
            changed = False
            for place in conditional:
                if not place.is_hidden and self._scope_of(place).holds(place.component.hide):
                    place.is_hidden = changed = True
                    self._remove(place)

    def _remove(self, place: Place) -> None:
        if isinstance(place.component, Field | DynamicList):
            remove_at(self.values, place.path)
        for child in place.children:
            self._remove(child)

    def _judge(self, place: Place) -> None:
        if isinstance(place.component, Field):
            self._judge_field(place, place.component)
        elif isinstance(place.component, DynamicList) and not place.is_readonly:
            self._judge_list(place, place.component)

    def _judge_field(self, place: Place, field: Field) -> None:
        around = self._around(place)
        rules = field.rules
        place.is_required = not place.is_readonly and (rules.required or around.scope.holds(rules.required_if))
        if place.error is not None or place.is_readonly:
            return
        kind, value = KINDS[field.type], value_at(self.values, place.path)
        if value == kind.empty or value is None:
            place.error = kind.missing(field, around) if place.is_required else None
        else:
            place.error = kind.judge(field, value, around)
        place.error = place.error or _broken_rule(rules.rule, rules.rule_message.resolve(around.scope), around)

    def _judge_list(self, place: Place, component: DynamicList) -> None:
        around = self._around(place)
        rules, count = component.rules, row_count(self.values, place.path)
        place.is_required = rules.required or around.scope.holds(rules.required_if) or component.min_rows > 0
        least = max(component.min_rows, 1) if place.is_required else 0
        if place.path in self._overfull:
            place.error = messages.too_many_rows(around.name, min(component.max_rows, MOST_ROWS))
        elif count < least:
            place.error = messages.needs_rows(around.name, least)
        else:
            place.error = _broken_rule(rules.rule, rules.rule_message.resolve(around.scope), around)

    def _applies(self, condition: Condition, place: Place) -> bool:
        if isinstance(condition, CompiledExpression):
            return self._scope_of(place).holds(condition)
        return condition

    def _scope_of(self, place: Place) -> Scope:
        return place.scope(self._scope, self.values)

    def _around(self, place: Place, files: FileSource | None = None) -> Surroundings:
        return _around(place, self._scope_of(place), self._choices, files or self._files)

    def _files_at(self, path: Path) -> FileSource:
        """Know the files that stood there when the form opened too: somebody else may have attached them."""
        known = value_at(self._start, path)
        stood = (
            {str(file.get("key")): file for file in known if isinstance(file, dict)} if isinstance(known, list) else {}
        )
        return lambda key: stood.get(key) or self._files(key)


def _around(place: Place, scope: Scope, choices: ChoiceSource, files: FileSource) -> Surroundings:
    label = place.component.label.resolve(scope)
    name = label if label.en or label.id else Label(path_text(place.path), path_text(place.path))
    return Surroundings(name, scope, choices, files)


def _broken_rule(rule: CompiledExpression | None, message: Label, around: Surroundings) -> Label | None:
    """Return the author's message when the rule is false; null (as of values not given yet) is no breach."""
    if rule is None:
        return None
    try:
        result = rule(around.scope.variables, now=around.scope.now, functions=around.scope.functions)
    except FeelError:
        return messages.cannot_be_checked(around.name)
    if result is not False:
        return None
    return message if message.en or message.id else messages.rule_broken(around.name)


def _is_list(place: Place) -> bool:
    return isinstance(place.component, DynamicList) and place.component.readonly is not True
