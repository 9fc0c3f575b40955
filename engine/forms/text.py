"""Texts of a form: plain, a FEEL expression ("=..."), or a template with FEEL inside `{{ }}`; in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from engine.feel import CompiledExpression, to_json
from engine.forms.scope import Scope
from engine.model import Label

_PLACE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Text:
    """A text of one language: literal parts and expressions in turn."""

    parts: tuple[str | CompiledExpression, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts)

    def resolve(self, scope: Scope) -> str:
        """Return the text with every expression replaced by its value; null is nothing."""
        return "".join(part if isinstance(part, str) else _written(scope.value(part)) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text of the form's author in both languages, either of which may be empty."""

    en: Text = Text()
    id: Text = Text()

    def __bool__(self) -> bool:
        return bool(self.en or self.id)

    def resolve(self, scope: Scope) -> Label:
        """Return both texts with their expressions replaced."""
        return Label(self.en.resolve(scope), self.id.resolve(scope))


NO_TEXT = Bilingual()


def parse_text(source: str, compiled: Callable[[str], CompiledExpression | None]) -> Text:
    """Return the text; `compiled` gives None for an expression it has noted as wrong.

    Source: form-js, where a text that starts with "=" is FEEL and `{{ }}` holds FEEL.
    """
    if source.startswith("="):
        expression = compiled(source[1:])
        return Text((expression,) if expression else ())
    parts = _PLACE.split(source)
    found = [compiled(part) if index % 2 else part for index, part in enumerate(parts)]
    return Text(tuple(part for part in found if part))


def _written(value: object) -> str:
    value = to_json(value)
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_written(item) for item in value)
    return str(value).lower() if isinstance(value, bool) else str(value)
