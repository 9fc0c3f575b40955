"""Single boxes, computed values, and files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from engine.forms import messages
from engine.forms.components import Field
from engine.forms.fields.kind import Surroundings, Wrong
from engine.model import Label

#: Where the author sets no limit.
MOST_FILES = 20

#: Keys are positive numbers of 63 bits; a larger one would be an error in the database.
_KEY = re.compile(r"[1-9]\d{0,18}", re.ASCII)
_KEYS_END = 2**63

_TICKED = (True, "true", "on", "1", "yes")
_NOT_TICKED = (False, None, "", "false", "off", "0", "no")


class CheckboxKind:
    """True or False. An unticked box that is required fails; HTML sends nothing for it."""

    empty = False

    def read(self, field: Field, raw: Any, around: Surroundings) -> Any:
        """Return whether the box is ticked."""
        if isinstance(raw, list) and raw:
            raw = raw[-1]  # a hidden "false" before the box, as many pages send it
        if isinstance(raw, bool | str | None):
            if raw in _TICKED:
                return True
            if raw in _NOT_TICKED:
                return False
        raise Wrong(messages.wrong_kind(around.name))

    def judge(self, field: Field, value: Any, around: Surroundings) -> Label | None:
        """A ticked box is right."""
        return None

    def missing(self, field: Field, around: Surroundings) -> Label:
        """It must be ticked."""
        return messages.must_be_ticked(around.name)


class ComputedKind:
    """A value that an expression gives; whatever was submitted for it is ignored."""

    empty = None

    def read(self, field: Field, raw: Any, around: Surroundings) -> Any:
        """Return nothing: the check computes it."""
        return None

    def judge(self, field: Field, value: Any, around: Surroundings) -> Label | None:
        """It is right by itself."""
        return None

    def missing(self, field: Field, around: Surroundings) -> Label:
        """The expression gave nothing."""
        return messages.required(around.name)


class FileKind:
    """References to uploaded files: [{key, name, media_type, size_bytes}], facts as the store has them."""

    empty: list[Any] = []  # noqa: RUF012 - never changed, every reader copies

    def read(self, field: Field, raw: Any, around: Surroundings) -> Any:
        """Return the references, each file once; raises Wrong for one that the person has not uploaded."""
        if raw in (None, ""):
            return []
        items = raw if isinstance(raw, list) else [raw]
        if len(items) > _most_files(field) * 2:
            raise Wrong(messages.too_many_files(around.name, _most_files(field)))
        keys = dict.fromkeys(_key(item, around) for item in items if item not in ("", None))
        return [_facts(key, around) for key in keys]

    def judge(self, field: Field, value: Any, around: Surroundings) -> Label | None:
        """Check count and types."""
        if len(value) > 1 and field.settings.get("multiple") is not True:
            return messages.one_file_only(around.name)
        if len(value) > _most_files(field):
            return messages.too_many_files(around.name, _most_files(field))
        accepted = field.settings.get("accept")
        if isinstance(accepted, str) and accepted.strip():
            for file in value:
                if not _accepts(accepted, file):
                    return messages.wrong_file_type(around.name, str(file.get("name", "")), accepted)
        return None

    def missing(self, field: Field, around: Surroundings) -> Label:
        """No file is attached."""
        return messages.required(around.name)


def _most_files(field: Field) -> int:
    text = field.properties.get("max_files", "")
    return min(int(text), 200) if text.isascii() and text.isdigit() and len(text) < 4 else MOST_FILES


def _key(item: Any, around: Surroundings) -> str:
    key = item.get("key") if isinstance(item, Mapping) else item
    if isinstance(key, int) and not isinstance(key, bool) and 0 < key < _KEYS_END:
        return str(key)
    if isinstance(key, str) and _KEY.fullmatch(key) and int(key) < _KEYS_END:
        return key
    raise Wrong(messages.unknown_file(around.name))


def _facts(key: str, around: Surroundings) -> dict[str, Any]:
    facts = around.files(key)
    if facts is None:
        raise Wrong(messages.unknown_file(around.name))
    return {"key": key, **facts}


def _accepts(accepted: str, file: Mapping[str, Any]) -> bool:
    """Return whether a file fits an `accept` list such as ".pdf, image/*"."""
    extension = PurePosixPath(str(file.get("name", ""))).suffix.lower()
    media_type = str(file.get("media_type", "")).lower()
    for pattern in (part.strip().lower() for part in accepted.split(",")):
        if pattern in (extension, media_type) and pattern:
            return True
        if pattern.endswith("/*") and media_type.startswith(pattern[:-1]):
            return True
    return False
