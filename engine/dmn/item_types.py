"""Item definitions as FEEL types."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from engine import feel
from engine.feel import CompiledExpression, FeelError
from engine.feel.types import ANY, AnyType, ContextType, FunctionType, ListType, RestrictedType, Type, simple

from .xml import attribute, child, children, text_of


class ItemTypes:
    """The types of one file, built when first asked for; imported ones come in as "alias.name"."""

    def __init__(self, root: etree._Element, names: frozenset[str], imported: Mapping[str, Type]) -> None:
        self._elements = {attribute(element, "name"): element for element in children(root, "itemDefinition")}
        self._names = names
        self._built: dict[str, Type] = dict(imported)
        self._building: set[str] = set()
        self.unknown: list[tuple[etree._Element, str]] = []
        self.wrong: list[tuple[etree._Element, FeelError]] = []

    def all(self) -> dict[str, Type]:
        """Return the types by name."""
        for name in self._elements:
            self.named(name)
        return self._built

    def of(self, element: etree._Element | None, attribute_name: str = "typeRef") -> Type | None:
        """Return the type that an element refers to by attribute; None for none or an unknown one."""
        if element is None:
            return None
        reference = attribute(element, attribute_name)
        if not reference:
            return None
        found = self.named(reference)
        if found is None:
            self.unknown.append((element, reference))
        return found

    def named(self, reference: str) -> Type | None:
        """Return the type of a typeRef; a prefix that is no import's name is ignored."""
        name = reference.removeprefix("feel:").strip()
        if name in self._built:
            return self._built[name]
        if name in self._elements:
            return self._define(name)
        known = simple(name, {})
        if known is None and ":" in name:
            return self.named(name.split(":", 1)[1])
        return known

    def _define(self, name: str) -> Type:
        if name in self._building:
            return _Recursive(lambda: self._built.get(name, ANY))
        self._building.add(name)
        built = self._of_item(self._elements[name])
        self._building.discard(name)
        self._built[name] = built
        return built

    def _of_item(self, element: etree._Element) -> Type:
        kind = self._shape(element)
        allowed = child(element, "allowedValues")
        if allowed is not None and text_of(allowed):
            kind = self._restricted(kind, allowed)
        if attribute(element, "isCollection") == "true":
            kind = ListType(kind)
        constraint = child(element, "typeConstraint")
        return kind if constraint is None else self._restricted(kind, constraint)

    def _shape(self, element: etree._Element) -> Type:
        components = children(element, "itemComponent")
        if components:
            return ContextType({attribute(part, "name"): self._of_item(part) for part in components})
        function = child(element, "functionItem")
        if function is not None:
            parameters = tuple(self.of(part) or ANY for part in children(function, "parameters"))
            return FunctionType(parameters, self.of(function, "outputTypeRef") or ANY)
        reference = child(element, "typeRef")
        if reference is None:
            return ANY
        found = self.named((reference.text or "").strip())
        if found is None:
            self.unknown.append((reference, reference.text or ""))
        return found or ANY

    def _restricted(self, kind: Type, allowed: etree._Element) -> Type:
        try:
            tests = feel.compile(text_of(allowed), self._names, unary=True)
        except FeelError as error:
            self.wrong.append((allowed, error))
            return kind
        return RestrictedType(kind, _passes(tests), tests.text)


def _passes(tests: CompiledExpression) -> Callable[[object], bool]:
    return lambda value: tests({}, input=value) is True


class _Recursive(AnyType):
    """A type inside its own definition."""

    def __init__(self, find: Callable[[], Type]) -> None:
        object.__setattr__(self, "_find", find)

    def accepts(self, value: object) -> bool:
        """As the type it stands for."""
        find: Callable[[], Type] = self.__dict__["_find"]
        return find().accepts(value)
