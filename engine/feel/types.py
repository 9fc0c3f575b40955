"""Types: what a value must be to conform to one, and the few conversions FEEL makes by itself.

Source: DMN 1.5, 10.3.2.9 (type conformance and implicit conversions).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .ast import TypeName
from .values import Date, DateTime, Function, Range, Time, entry, kind_of

SIMPLE_NAMES = frozenset(
    (
        "number",
        "string",
        "boolean",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
    )
)

#: Other spellings, as typeRef attributes of older files have them.
ALIASES = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "any": "Any",
    "integer": "number",
    "long": "number",
    "double": "number",
}


class Type:
    """What all types can answer."""

    def accepts(self, value: object) -> bool:
        """Whether a FEEL value is of this type; null is of every type."""
        raise NotImplementedError

    def is_instance(self, value: object) -> bool:
        """As `value instance of type`: null is an instance of Null only."""
        return value is not None and self.accepts(value)


@dataclass(frozen=True)
class AnyType(Type):
    """Everything."""

    def accepts(self, value: object) -> bool:
        """Always."""
        return True


@dataclass(frozen=True)
class SimpleType(Type):
    """A kind of value by its name."""

    name: str

    def accepts(self, value: object) -> bool:
        """By kind."""
        return value is None or kind_of(value) == self.name

    def is_instance(self, value: object) -> bool:
        """By kind, null included."""
        return kind_of(value) == self.name


@dataclass(frozen=True)
class ListType(Type):
    """Lists of one type."""

    item: Type

    def accepts(self, value: object) -> bool:
        """All items."""
        return value is None or (isinstance(value, list) and all(self.item.accepts(item) for item in value))


@dataclass(frozen=True)
class ContextType(Type):
    """Contexts that have at least these entries."""

    fields: Mapping[str, Type]

    def accepts(self, value: object) -> bool:
        """All fields."""
        if value is None or not isinstance(value, dict):
            return value is None
        return all(name in value and kind.accepts(entry(value, name)) for name, kind in self.fields.items())


@dataclass(frozen=True)
class RangeType(Type):
    """Ranges of one type."""

    end: Type

    def accepts(self, value: object) -> bool:
        """Both ends."""
        return value is None or (
            isinstance(value, Range) and self.end.accepts(value.start) and self.end.accepts(value.end)
        )


@dataclass(frozen=True)
class FunctionType(Type):
    """Functions of as many parameters; parameter types are contravariant, and not checked where undeclared."""

    parameters: tuple[Type, ...]
    result: Type

    def accepts(self, value: object) -> bool:
        """By number of parameters and their declared types."""
        if value is None or not isinstance(value, Function):
            return value is None
        return len(value.parameters) == len(self.parameters) and all(
            declared is None or conforms(expected, declared)
            for expected, declared in zip(self.parameters, value.types, strict=False)
        )


@dataclass(frozen=True)
class RestrictedType(Type):
    """A type with allowed values; `is_allowed` answers for a value of the base type."""

    base: Type
    is_allowed: Callable[[object], bool]
    allowed: str = ""  #: the tests as written

    def accepts(self, value: object) -> bool:
        """The base type, and allowed."""
        return value is None or (self.base.accepts(value) and self.is_allowed(value))

    def is_instance(self, value: object) -> bool:
        """By the base type alone."""
        return self.base.is_instance(value)


ANY = AnyType()
_FAMILIES = {"list": list, "context": dict, "function": Function, "range": Range}


@dataclass(frozen=True)
class FamilyType(Type):
    """list, context, function or range without angle brackets."""

    name: str

    def accepts(self, value: object) -> bool:
        """By class."""
        return value is None or isinstance(value, _FAMILIES[self.name])


def conforms(narrow: Type, wide: Type) -> bool:
    """Whether every value of `narrow` is a value of `wide`."""
    if wide in (ANY, narrow):
        return True
    if isinstance(narrow, RestrictedType):
        return conforms(narrow.base, wide)
    if isinstance(narrow, ListType) and isinstance(wide, ListType):
        return conforms(narrow.item, wide.item)
    if isinstance(narrow, RangeType) and isinstance(wide, RangeType):
        return conforms(narrow.end, wide.end)
    if isinstance(narrow, ContextType) and isinstance(wide, ContextType):
        return all(name in narrow.fields and conforms(narrow.fields[name], kind) for name, kind in wide.fields.items())
    if isinstance(narrow, FunctionType) and isinstance(wide, FunctionType):
        return _functions_conform(narrow, wide)
    return narrow == SimpleType("Null")


def _functions_conform(narrow: FunctionType, wide: FunctionType) -> bool:
    return (
        len(narrow.parameters) == len(wide.parameters)
        and all(conforms(theirs, ours) for ours, theirs in zip(narrow.parameters, wide.parameters, strict=True))
        and conforms(narrow.result, wide.result)
    )


def resolve(name: TypeName, known: Mapping[str, Type]) -> Type | None:
    """Return the type of a type name, None when it is unknown; `known` holds the model's own."""
    if name.name in _FAMILIES and (name.arguments or name.result is not None or name.fields):
        return _composite(name, known)
    return simple(name.name, known)


def simple(name: str, known: Mapping[str, Type]) -> Type | None:
    """Return the type of a name without angle brackets."""
    if name in known:
        return known[name]
    name = ALIASES.get(name, name)
    if name == "Any":
        return ANY
    if name in SIMPLE_NAMES or name == "Null":
        return SimpleType(name)
    return FamilyType(name) if name in _FAMILIES else None


def _composite(name: TypeName, known: Mapping[str, Type]) -> Type | None:
    arguments = [resolve(argument, known) for argument in name.arguments]
    kinds = [kind for kind in arguments if kind is not None]
    if len(kinds) < len(arguments):
        return None
    if name.name == "list":
        return ListType(kinds[0])
    if name.name == "range":
        return RangeType(kinds[0])
    if name.name == "context":
        return ContextType(dict(zip(name.fields, kinds, strict=True)))
    result = resolve(name.result, known) if name.result is not None else ANY
    return None if result is None else FunctionType(tuple(kinds), result)


def coerce(value: object, kind: Type | None) -> object:
    """Return `value` as of type `kind`: as it is, as the only item of a list, or the other way round; else null.

    A date becomes its midnight in UTC where a date and time is expected.
    """
    if kind is None or value is None or kind.accepts(value):
        return value
    if isinstance(value, list) and len(value) == 1 and kind.accepts(value[0]):
        return value[0]
    base = kind
    while isinstance(base, RestrictedType):
        base = base.base
    if not isinstance(value, list) and isinstance(base, ListType) and kind.accepts([value]):
        return [value]
    if isinstance(value, Date) and base == SimpleType("date and time"):
        return DateTime(value, Time(0, 0))
    return None
