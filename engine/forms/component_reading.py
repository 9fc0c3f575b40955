"""Components of a form file, one by one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from engine.feel import CompiledExpression
from engine.forms.components import (
    Button,
    Choices,
    Component,
    Condition,
    Display,
    DynamicList,
    Field,
    Group,
    Layout,
    Option,
    Rules,
)
from engine.forms.fields import KINDS
from engine.forms.fields.text import matches
from engine.forms.findings import Findings
from engine.forms.keys import KeySpace
from engine.forms.text import Bilingual, parse_text
from engine.model import Label

MOST_COMPONENTS = 2_000
MOST_DEPTH = 10

_DISPLAYS = frozenset("text html image table documentPreview iframe spacer separator".split())
_WITH_OPTIONS = frozenset(("select", "radio", "checklist", "taglist"))
_KEY = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*){0,9}")

#: What to do about a finding, by rule.
_CURES = {
    "components": Label("Add components.", "Tambahkan komponen."),
    "size": Label("Split the form.", "Pecah formulirnya."),
    "component": Label("Remove it.", "Hapus."),
    "type": Label("Use a component of the form editor.", "Pakai komponen dari penyunting formulir."),
    "key": Label(
        "Use letters, digits and _; dots between parts.", "Pakai huruf, angka, dan _; titik di antara bagian."
    ),
    "double_key": Label("Give each field its own key.", "Beri setiap isian kunci sendiri."),
    "pattern": Label("Write a simpler pattern.", "Tulis pola yang lebih sederhana."),
    "options": Label("Add options, each with a value.", "Tambahkan pilihan, masing-masing dengan nilai."),
    "feel": Label("Write the expression as text.", "Tulis ekspresi sebagai teks."),
    "rows": Label("Write a number from 0 to 999.", "Tulis angka dari 0 sampai 999."),
}

#: Which key of a display component holds the text that a person reads.
_CONTENT = {"text": "text", "html": "content", "image": "alt", "table": "label", "documentPreview": "title"}
_SOURCES = ("dataSource", "source")

#: What the classes have fields for; everything else of a component goes into `settings`.
_KNOWN = frozenset(
    "type id label label_id description description_id conditional layout properties validate values valuesKey "
    "valuesExpression components key path readonly disabled defaultValue expression action".split()
)


class ComponentReading:
    """Reads the components of one form, and remembers ids and keys to notice doubles."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._count = 0

    def components(self, value: Any, keys: KeySpace | None = None, depth: int = 0) -> tuple[Component, ...]:
        """Return the components of a container; wrong ones are left out, with a finding."""
        keys = keys if keys is not None else KeySpace()
        if not isinstance(value, list):
            self._note("components", "", "It has no list of components.", "Daftar komponen tidak ada.")
            return ()
        if depth > MOST_DEPTH or self._count + len(value) > MOST_COMPONENTS:
            english = f"There are more than {MOST_COMPONENTS} components, or they are nested deeper than {MOST_DEPTH}."
            self._note("size", "", english, "Formulir terlalu besar atau terlalu dalam.")
            return ()
        self._count += len(value)
        found = (self._component(item, keys, depth) for item in value)
        return tuple(component for component in found if component is not None)

    def _component(self, item: Any, keys: KeySpace, depth: int) -> Component | None:
        if not isinstance(item, dict):
            self._note("component", "", "A component is no object.", "Ada komponen yang bukan objek.")
            return None
        kind = item.get("type")
        if isinstance(kind, str) and kind in KINDS:
            return self._field(item, keys)
        if kind == "group":
            return self._group(item, keys, depth)
        if kind == "dynamiclist":
            return self._list(item, keys, depth)
        if kind == "button":
            return Button(**self._common(item), action=str(item.get("action", "submit")))
        if isinstance(kind, str) and kind in _DISPLAYS:
            return self._display(item)
        place = str(item.get("key", item.get("id", "")))
        found = repr(kind)[:100]
        self._note("type", place, f"{found} is no known component type.", f"{found} bukan jenis komponen yang dikenal.")
        return None

    def _common(self, item: Mapping[str, Any]) -> dict[str, Any]:
        place = _place(item)
        layout = _mapping(item.get("layout"))
        columns = layout.get("columns")
        label = "dateLabel" if item.get("type") == "datetime" and "label" not in item else "label"
        return {
            "type": item["type"],
            "id": str(item.get("id", "")),
            "label": self._bilingual(item, label, place),
            "description": self._bilingual(item, "description", place),
            "hide": self._formula(_mapping(item.get("conditional")).get("hide"), place, "conditional.hide"),
            "layout": Layout(str(layout.get("row", "")), columns if isinstance(columns, int) else None),
            "properties": _properties(item),
            "settings": {key: value for key, value in item.items() if key not in _KNOWN},
        }

    def _display(self, item: Mapping[str, Any]) -> Display:
        place = _place(item)
        source = next((item[key] for key in _SOURCES if isinstance(item.get(key), str)), None)
        expression = self._formula(source, place, "dataSource") if source and source.startswith("=") else None
        content = self._bilingual(item, _CONTENT.get(item["type"], "label"), place)
        return Display(**self._common(item), content=content, source=expression)

    def _group(self, item: Mapping[str, Any], keys: KeySpace, depth: int) -> Group:
        path = self._key(item, "path", keys, is_group=True) if item.get("path") else ()
        inner = keys.inside(path)
        return Group(
            **self._common(item), path=path, components=self.components(item.get("components"), inner, depth + 1)
        )

    def _list(self, item: Mapping[str, Any], keys: KeySpace, depth: int) -> DynamicList | None:
        path = self._key(item, "path", keys)
        if not path:
            return None
        common = self._common(item)
        properties = common["properties"]
        components = self.components(item.get("components"), KeySpace(), depth + 1)
        rows = item.get("defaultRepetitions", 1)
        return DynamicList(
            **common,
            path=path,
            components=components,
            is_table=properties.get("columns", "") not in ("", "no", "false"),
            allows_add_remove=item.get("allowAddRemove", True) is not False,
            default_rows=rows if isinstance(rows, int) and 0 <= rows <= 100 else 1,
            readonly=self._condition(item.get("readonly"), _place(item)),
            is_material=properties.get("material") == "yes",
            rules=self._rules(item, common["properties"]),
            min_rows=self._whole(properties, "min_rows", 0, _place(item)),
            max_rows=self._whole(properties, "max_rows", 200, _place(item)),
        )

    def _field(self, item: Mapping[str, Any], keys: KeySpace) -> Field | None:
        place = _place(item)
        key = self._key(item, "key", keys)
        if not key:
            return None
        common = self._common(item)
        properties = common["properties"]
        return Field(
            **common,
            key=key,
            readonly=self._condition(item.get("readonly"), place),
            is_disabled=item.get("disabled") is True,
            default=self._default(item, properties, place),
            rules=self._rules(item, properties),
            choices=self._choices(item, properties) if item["type"] in _WITH_OPTIONS else None,
            is_material=properties.get("material") == "yes",
            expression=self._formula(item.get("expression"), place, "expression", needed=item["type"] == "expression"),
        )

    def _key(self, item: Mapping[str, Any], name: str, keys: KeySpace, *, is_group: bool = False) -> tuple[str, ...]:
        value, place = item.get(name), _place(item)
        if not isinstance(value, str) or len(value) > 200 or not _KEY.fullmatch(value):
            found = f"{name} {repr(value)[:100]}"
            self._note("key", place, f"{found} is no name such as start_date or plan.start.", f"{found} bukan nama.")
            return ()
        path = tuple(value.split("."))
        if not keys.take(path, is_group=is_group):
            english = f"The key {value} is used twice, or another key is a part of it."
            self._note("double_key", place, english, f"Kunci {value} dipakai dua kali.")
        return path

    def _rules(self, item: Mapping[str, Any], properties: Mapping[str, str]) -> Rules:
        validate, place = _mapping(item.get("validate")), _place(item)
        pattern = validate.get("pattern") if isinstance(validate.get("pattern"), str) else None
        if pattern and matches("", pattern) is None:
            english = f"The pattern {pattern[:100]!r} is not understood (look-around and back-references are not)."
            self._note("pattern", place, english, f"Pola {pattern[:100]!r} tidak dikenali.")
        is_moment = item.get("type") == "datetime"
        low, high = ("min_date", "max_date") if is_moment else ("min", "max")
        bounds = properties if is_moment else validate
        message = validate.get("patternErrorMessage")
        return Rules(
            required=validate.get("required") is True,
            required_if=self._formula(properties.get("required_if"), place, "required_if"),
            min_length=self._dynamic(validate.get("minLength"), place, "minLength"),
            max_length=self._dynamic(validate.get("maxLength"), place, "maxLength"),
            pattern=pattern or None,
            pattern_message=_label(validate, "patternErrorMessage") if isinstance(message, str) and message else None,
            minimum=self._dynamic(bounds.get(low), place, low),
            maximum=self._dynamic(bounds.get(high), place, high),
            validation_type=validate.get("validationType") if isinstance(validate.get("validationType"), str) else None,
            rule=self._formula(properties.get("rule"), place, "rule"),
            rule_message=self._bilingual(properties, "rule_message", place),
        )

    def _choices(self, item: Mapping[str, Any], properties: Mapping[str, str]) -> Choices:
        place = _place(item)
        if properties.get("choices"):
            return Choices(source=properties["choices"])
        if isinstance(item.get("valuesExpression"), str) and item["valuesExpression"]:
            return Choices(expression=self._formula(item["valuesExpression"], place, "valuesExpression"))
        if isinstance(item.get("valuesKey"), str) and item["valuesKey"]:
            return Choices(variable=item["valuesKey"])
        if not isinstance(item.get("values"), list):
            self._note("options", place, "The field has no options.", "Isian ini tidak memiliki pilihan.")
            return Choices(static=())
        return Choices(static=tuple(self._option(value, place) for value in item["values"]))

    def _option(self, value: Any, place: str) -> Option:
        if not isinstance(value, dict) or value.get("value") in (None, ""):
            self._note("options", place, "An option has no value.", "Ada pilihan tanpa nilai.")
            return Option("", Label("", ""))
        label = _label(value, "label")
        return Option(
            value["value"], label if label.en or label.id else Label(str(value["value"]), str(value["value"]))
        )

    def _default(self, item: Mapping[str, Any], properties: Mapping[str, str], place: str) -> Any:
        if "default" in properties:
            return self._dynamic(properties["default"], place, "default")
        return item.get("defaultValue")

    def _condition(self, value: Any, place: str) -> Condition:
        if isinstance(value, str) and value.strip():
            return self._formula(value, place, "readonly") or False
        return value is True

    def _dynamic(self, value: Any, place: str, what: str) -> Any:
        return self._formula(value, place, what) if isinstance(value, str) and value.startswith("=") else value

    def _formula(self, value: Any, place: str, what: str, *, needed: bool = False) -> CompiledExpression | None:
        """Return the expression; the "=" before it may be missing where only FEEL can stand."""
        if isinstance(value, str) and value.strip():
            return self._findings.compiled(value.strip().removeprefix("="), place, what)
        if needed or (value is not None and not isinstance(value, str)):
            self._note("feel", place, f"{what} is no FEEL text.", f"{what} bukan teks FEEL.")
        return None

    def _bilingual(self, item: Mapping[str, Any], name: str, place: str) -> Bilingual:
        def text(key: str) -> Any:
            value = item.get(key)
            source = value if isinstance(value, str) else ""
            return parse_text(source, lambda feel: self._findings.compiled(feel, place, key))

        english, indonesian = text(name), text(f"{name}_id")
        return Bilingual(english or indonesian, indonesian or english)

    def _whole(self, properties: Mapping[str, str], name: str, otherwise: int, place: str) -> int:
        text = properties.get(name, "")
        if text.isascii() and text.isdigit() and len(text) < 4:
            return int(text)
        if text:
            self._note("rows", place, f"{name} {text[:40]!r} is no number.", f"{name} {text[:40]!r} bukan angka.")
        return otherwise

    def _note(self, rule: str, place: str, english: str, indonesian: str) -> None:
        self._findings.note(rule, place, Label(english, indonesian), _CURES[rule])


def _place(item: Mapping[str, Any]) -> str:
    return str(item.get("key") or item.get("path") or item.get("id") or "")[:200]


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _properties(item: Mapping[str, Any]) -> Mapping[str, str]:
    return {str(key): str(value) for key, value in _mapping(item.get("properties")).items() if value is not None}


def _label(item: Mapping[str, Any], name: str) -> Label:
    english, indonesian = str(item.get(name) or ""), str(item.get(f"{name}_id") or "")
    return Label(english or indonesian, indonesian or english)
