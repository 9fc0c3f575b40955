"""Constants, names and paths."""

from __future__ import annotations

from ..ast import Literal, Name, Path
from ..builtins import BUILTINS
from ..evaluation import Evaluation
from ..properties import property_of
from ..values import entry
from .dispatch import closure, compiles
from .scope import Closure, Frame, Place, Scope


@compiles(Literal)
def _literal(node: Literal, scope: Scope) -> Closure:
    value = node.value
    return lambda frame: value


@compiles(Name)
def _name(node: Name, scope: Scope) -> Closure:
    if node.name == "?":
        return lambda frame: frame[0].input
    places = scope.places(node.name)
    is_declared = places and not places[-1].is_entry
    read = _slot(places.pop()) if is_declared else _variable(node.name, scope)
    if not is_declared and not places:
        scope.unit.certain_names.add(node.name)
    for place in reversed(places):
        read = _entry_or(node.name, place.slot, read)
    return read


def _slot(place: Place) -> Closure:
    slot = place.slot
    if not place.is_growing:
        return lambda frame: frame[slot]

    def copied(frame: Frame) -> object:
        frame[0].budget.spend(len(frame[slot]))
        return list(frame[slot])

    return copied


def _variable(name: str, scope: Scope) -> Closure:
    builtin = BUILTINS.get(name)
    if builtin is None or name in scope.unit.declared:
        scope.unit.names.add(name)
        return lambda frame: frame[0].read(name)

    def read(frame: Frame) -> object:
        return frame[0].read(name) if frame[0].has(name) else builtin

    scope.unit.names.add(name)
    return read


def _entry_or(name: str, slot: int, otherwise: Closure) -> Closure:
    def read(frame: Frame) -> object:
        item = frame[slot]
        if isinstance(item, dict) and name in item:
            return entry(item, name)
        return otherwise(frame)

    return read


@compiles(Path)
def _path(node: Path, scope: Scope) -> Closure:
    source, name = closure(node.source, scope), node.name
    if isinstance(node.source, Name) and f"{node.source.name}.{name}" in scope.unit.declared:
        return _dotted(f"{node.source.name}.{name}", _entry(source, name))
    return _entry(source, name)


def _dotted(name: str, otherwise: Closure) -> Closure:
    """A declared name that has a dot in it goes before the entry of that path."""
    return lambda frame: frame[0].read(name) if frame[0].has(name) else otherwise(frame)


def _entry(source: Closure, name: str) -> Closure:
    def read(frame: Frame) -> object:
        value = source(frame)
        if isinstance(value, dict):
            if name in value:
                return entry(value, name)
            return frame[0].null("there is no entry {}", name)
        return entry_of(frame[0], value, name)

    return read


def entry_of(evaluation: Evaluation, value: object, name: str) -> object:
    """Return value.name for a context, of each item of a list, or a property of another value."""
    if isinstance(value, dict):
        return entry(value, name) if name in value else evaluation.null("there is no entry {}", name)
    if isinstance(value, list):
        evaluation.budget.spend(len(value))
        return [entry_of(evaluation, item, name) for item in value]
    if value is None:
        return evaluation.null("null has no entry {}", name)
    return property_of(evaluation, value, name)
