"""Variables in scopes, as Camunda 8: the process, sub-processes, multi-instance bodies and single elements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.bpmn.effects import Effect, ScopeRemoved, VariableChanged
from engine.bpmn.spiff import ElementInstance

_MISSING = object()
#: Only of these does `==` with the same type mean the same JSON.
_SCALARS = (str, int, float, bool, type(None))


class Visible(Mapping[str, Any]):
    """What an element sees: its own variables, then those of each scope around it."""

    __slots__ = ("_layers",)

    def __init__(self, layers: list[Mapping[str, Any]]) -> None:
        self._layers = layers

    def __getitem__(self, name: str) -> Any:
        for layer in self._layers:
            if name in layer:
                return layer[name]
        raise KeyError(name)

    def get(self, name: str, default: Any = None) -> Any:
        """Return the innermost value of that name."""
        for layer in self._layers:
            if name in layer:
                return layer[name]
        return default

    def __contains__(self, name: object) -> bool:
        return any(name in layer for layer in self._layers)

    def __iter__(self) -> Iterator[str]:
        seen: dict[str, None] = {}
        for layer in self._layers:
            seen.update(dict.fromkeys(layer))
        return iter(seen)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Scopes:
    """All variables of one process instance. Every change becomes an effect, and can be taken back."""

    def __init__(self, variables: Mapping[int, Mapping[str, Any]], effects: list[Effect]) -> None:
        self._given = variables
        self._own: dict[int, dict[str, Any]] = {}
        self._effects = effects
        self._journal: list[tuple[int, str, Any]] = []
        self._removed: set[int] = set()
        #: What changed since the conditional events were last looked at: scope key, name, "create" or "update".
        self.changes: list[tuple[int, str, str]] = []

    def local(self, key: int) -> Mapping[str, Any]:
        """Return the variables of one scope alone."""
        if key in self._own:
            return self._own[key]
        return {} if key in self._removed else self._given.get(key, {})

    def visible(self, instance: ElementInstance, first: Mapping[str, Any] | None = None) -> Visible:
        """Return what `instance` sees; `first` hides what has the same name."""
        layers: list[Mapping[str, Any]] = [first] if first else []
        layers.extend(own for scope in instance.scopes() if (own := self.local(scope.key)))
        return Visible(layers)

    def set_local(self, key: int, name: str, value: Any) -> None:
        """Write into that scope, whatever other scopes have."""
        own = self._own.get(key)
        if own is None:
            own = self._own[key] = dict(self.local(key))
        old = own.get(name, _MISSING)
        if isinstance(value, _SCALARS) and type(old) is type(value) and old == value:
            return
        self._journal.append((key, name, old))
        own[name] = value
        self.changes.append((key, name, "create" if old is _MISSING else "update"))
        self._effects.append(VariableChanged(key, name, value, is_new=old is _MISSING))

    def propagate(self, instance: ElementInstance, variables: Mapping[str, Any]) -> None:
        """Write each variable to the nearest scope from `instance` outward that has it, else to the process."""
        for name, value in variables.items():
            current = instance
            while current.scope is not None and name not in self.local(current.key):
                current = current.scope
            self.set_local(current.key, name, value)

    def remove(self, key: int) -> None:
        """Forget a scope that ended."""
        if self.local(key):
            self._effects.append(ScopeRemoved(key))
        self._own.pop(key, None)
        self._removed.add(key)

    def mark(self) -> int:
        """Return the place to which `roll_back` can return."""
        return len(self._journal)

    def roll_back(self, mark: int) -> None:
        """Take back what was written since `mark`; the caller shortens the effects."""
        for key, name, old in reversed(self._journal[mark:]):
            if old is _MISSING:
                self._own[key].pop(name, None)
            else:
                self._own[key][name] = old
        del self._journal[mark:]
