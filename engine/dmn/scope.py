"""The names an expression of a decision sees: those of the model, and behind them the caller's variables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.feel import from_json


class Outside(Mapping[str, object]):
    """The caller's variables as FEEL values, each converted when first read."""

    def __init__(self, variables: Mapping[str, object]) -> None:
        self._variables = variables
        self._read: dict[str, object] = {}

    def __getitem__(self, name: str) -> object:
        if name not in self._read:
            self._read[name] = from_json(self._variables[name])
        return self._read[name]

    def get(self, name: str, default: object = None) -> object:
        """As a dict's; written out because every variable of every expression passes here."""
        return self[name] if name in self._variables else default

    def __contains__(self, name: object) -> bool:
        return name in self._variables

    def __iter__(self) -> Iterator[str]:
        return iter(self._variables)

    def __len__(self) -> int:
        return len(self._variables)


class Scope(Mapping[str, object]):
    """Names declared by the model go before variables. Immutable: `with_names` makes an inner scope."""

    def __init__(self, names: Mapping[str, object], outside: Mapping[str, object]) -> None:
        self._names = names
        self._outside = outside

    def with_names(self, names: Mapping[str, object]) -> Scope:
        """Return a scope that also knows `names`."""
        return Scope({**self._names, **names}, self._outside)

    def __getitem__(self, name: str) -> object:
        return self._names[name] if name in self._names else self._outside[name]

    def get(self, name: str, default: object = None) -> object:
        """As a dict's; written out because every variable of every expression passes here."""
        if name in self._names:
            return self._names[name]
        return self._outside.get(name, default)

    def __contains__(self, name: object) -> bool:
        return name in self._names or name in self._outside

    def __iter__(self) -> Iterator[str]:
        yield from self._names
        yield from (name for name in self._outside if name not in self._names)

    def __len__(self) -> int:
        return sum(1 for _ in self)
