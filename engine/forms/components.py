"""A form as frozen values: what a renderer draws and the check obeys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.feel import CompiledExpression
from engine.forms.text import NO_TEXT, Bilingual
from engine.model import Label

#: True, False, or an expression.
Condition = bool | CompiledExpression
#: A value, or an expression that gives it.
Dynamic = Any


@dataclass(frozen=True, slots=True)
class Option:
    """One of the values that a choice offers; `value` is any JSON value, mostly a code."""

    value: Any
    label: Label


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a component stands: components of one `row` share its 16 columns; no columns means an equal share."""

    row: str = ""
    columns: int | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What a value must satisfy. Bounds may be expressions; `pattern` is one that FEEL's matches() understands."""

    required: bool = False
    required_if: CompiledExpression | None = None
    min_length: Dynamic = None
    max_length: Dynamic = None
    pattern: str | None = None
    pattern_message: Label | None = None
    minimum: Dynamic = None
    maximum: Dynamic = None
    validation_type: str | None = None  #: email or phone
    rule: CompiledExpression | None = None
    rule_message: Bilingual = NO_TEXT


@dataclass(frozen=True, slots=True)
class Choices:
    """Where the options of a field come from; exactly one is given."""

    static: tuple[Option, ...] | None = None
    source: str | None = None  #: `register:SVC`, `people:<group>` ...: the caller knows it
    variable: str | None = None  #: name of a variable that holds a list
    expression: CompiledExpression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """What every component has. `settings` are further keys of the file that only a renderer needs."""

    type: str
    id: str
    label: Bilingual = NO_TEXT
    description: Bilingual = NO_TEXT
    hide: CompiledExpression | None = None
    layout: Layout = Layout()
    properties: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Display(Component):
    """Text, HTML, image, table, separator ...: shown, never submitted."""

    content: Bilingual = NO_TEXT
    source: CompiledExpression | None = None  #: of a table's rows or a document list


@dataclass(frozen=True, slots=True, kw_only=True)
class Button(Component):
    """Submits or resets; `action` says which."""

    action: str = "submit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Component):
    """Binds a value. `key` is its path inside the enclosing row (or the form): ("a", "b") for `a.b`."""

    key: tuple[str, ...]
    readonly: Condition = False
    is_disabled: bool = False
    default: Dynamic = None
    rules: Rules = Rules()
    choices: Choices | None = None
    is_material: bool = False
    expression: CompiledExpression | None = None  #: of a computed field


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Component):
    """Components under one heading; a non-empty `path` puts their values into an object of their own."""

    path: tuple[str, ...] = ()
    components: tuple[Component, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DynamicList(Component):
    """A list of rows with the same components."""

    path: tuple[str, ...]
    components: tuple[Component, ...] = ()
    is_table: bool = False
    allows_add_remove: bool = True
    default_rows: int = 1
    readonly: Condition = False
    is_material: bool = False
    rules: Rules = Rules()
    min_rows: int = 0
    max_rows: int = 200

    @property
    def keeps_rows(self) -> bool:
        """Return whether row n of the start values stays row n: rows are fixed, or have columns no person fills."""
        return not self.allows_add_remove or any(field.readonly is not False for field in fields_of(self.components))


@dataclass(frozen=True, slots=True)
class Form:
    """A parsed form."""

    id: str
    components: tuple[Component, ...]
    schema_version: int = 0

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return all fields, also those inside groups and lists."""
        return tuple(fields_of(self.components))

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the names of the variables that the form writes, in order."""
        paths = (path for component in self.components for path in _paths(component))
        return tuple(dict.fromkeys(path[0] for path in paths))

    @property
    def required(self) -> tuple[str, ...]:
        """Return the paths of fields and lists that are always required, dotted; of a row's as `steps.action`."""
        return tuple(_dotted(self.components, (), lambda bound: bound.rules.required))

    @property
    def material(self) -> tuple[str, ...]:
        """Return the paths of fields and lists whose change is material, dotted."""
        return tuple(_dotted(self.components, (), lambda bound: bound.is_material))


def fields_of(components: tuple[Component, ...]) -> Iterator[Field]:
    """Yield every field, in order, into all depths."""
    return (component for component in _walk(components) if isinstance(component, Field))


def _walk(components: tuple[Component, ...]) -> Iterator[Component]:
    for component in components:
        yield component
        if isinstance(component, Group | DynamicList):
            yield from _walk(component.components)


def _paths(component: Component) -> Iterator[tuple[str, ...]]:
    if isinstance(component, Field):
        yield component.key
    elif isinstance(component, DynamicList) or (isinstance(component, Group) and component.path):
        yield component.path
    elif isinstance(component, Group):
        for child in component.components:
            yield from _paths(child)


def _dotted(
    components: tuple[Component, ...], prefix: tuple[str, ...], is_wanted: Callable[[Field | DynamicList], bool]
) -> Iterator[str]:
    for component in components:
        if isinstance(component, Field | DynamicList):
            path = (*prefix, *(component.key if isinstance(component, Field) else component.path))
            if is_wanted(component):
                yield ".".join(path)
            if isinstance(component, DynamicList):
                yield from _dotted(component.components, path, is_wanted)
        elif isinstance(component, Group):
            yield from _dotted(component.components, (*prefix, *component.path), is_wanted)
