"""What codes in values mean to a reader: logins are people, numbers records, and options have labels in forms."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.commands.context import CommandContext
from engine.model import Label, ResourceKind
from engine.store.choice_lists import ChoiceLists
from engine.store.resources import Resources
from engine.store.workplace.readers import Reader
from engine.store.workplace.record_lists import Referenced, display_names, group_labels, referenced_records

#: Texts that could be a code; sentences are none, and are never looked up.
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,99}")
_NUMBER = re.compile(r"[A-Z]{2,10}-\d{4}-\d{6}")
_GROUP = "group:"
#: How FEEL's `string join` writes a list.
_COMMA = ", "


@dataclass(frozen=True, slots=True)
class KnownWords:
    """The meanings of the codes that occur in some values."""

    people: Mapping[str, str]
    groups: Mapping[str, Label]  #: by what addresses them: `group:board`
    units: Mapping[str, Label]
    records: Mapping[str, Referenced]
    options: Mapping[str, Label]

    def label(self, code: str) -> Label | None:
        """Return what a code means, None when nobody knows; a number means itself, whatever an option is called."""
        if not _CODE.fullmatch(code.removeprefix(_GROUP)):
            return None
        if code in self.people:
            return Label(self.people[code], self.people[code])
        return self.options.get(code) or self.groups.get(code) or self.units.get(code)

    def labels(self, value: Any) -> tuple[Label, ...]:
        """Return the words of a code or list of codes; empty when none of them is known."""
        codes = list(_parts(value))
        if not any(self.label(code) for code in codes):
            return ()
        return tuple(self.label(code) or Label(code, code) for code in codes)

    def references(self, value: Any) -> tuple[Referenced, ...]:
        """Return the records of a number or list of numbers; empty when there are none of them."""
        return tuple(self.records[code] for code in _parts(value) if code in self.records)

    def named(self, value: Any) -> Any:
        """Return an object or list of objects with names in the place of logins and addressed groups."""
        if isinstance(value, Mapping):
            return {key: self.named(part) for key, part in value.items()}
        if isinstance(value, list):
            return [self.named(part) for part in value]
        return self.people.get(value) or self.groups.get(value) or value if isinstance(value, str) else value


def known_words(
    context: CommandContext, reader: Reader, values: Collection[Any], deployment_keys: Collection[int]
) -> KnownWords:
    """Look up the codes in `values`: at most four statements, and one for each deployment whose forms have options."""
    codes = {code for value in values for code in _leaves(value) if _CODE.fullmatch(code)}
    numbers = {code for code in codes if _NUMBER.fullmatch(code)}
    others = codes - numbers
    groups = {leaf.removeprefix(_GROUP) for value in values for leaf in _leaves(value) if leaf.startswith(_GROUP)}
    return KnownWords(
        people=display_names(context.work, others) if others else {},
        groups={f"{_GROUP}{name}": group.label for name, group in group_labels(context.work, groups).items()},
        units=dict(ChoiceLists(context.work, context.now).units()) if others else {},
        records=referenced_records(context.work, reader, numbers) if numbers else {},
        options=_options(context, deployment_keys) if others else {},
    )


def _options(context: CommandContext, deployment_keys: Collection[int]) -> dict[str, Label]:
    """Return code -> label of all static options; a code that two forms word differently keeps the first wording."""
    found: dict[str, Label] = {}
    resources = Resources(context.work)
    files = [stored for key in dict.fromkeys(deployment_keys) for stored in resources.of_deployment(key)]
    for form in (stored for stored in files if stored.kind is ResourceKind.FORM):
        for field in context.definitions.form(context.work, form.key).fields:
            for option in (field.choices.static if field.choices else None) or ():
                found.setdefault(str(option.value), option.label)
    return found


def _parts(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield from item.split(_COMMA)


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _leaves(part)
    elif isinstance(value, list):
        for part in value:
            yield from _leaves(part)
    else:
        yield from _parts(value)
