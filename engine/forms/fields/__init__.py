"""The field types: one family a file, and which family a component type belongs to."""

from __future__ import annotations

from collections.abc import Mapping

from engine.forms.fields.choice import ChoiceKind, ChoicesKind
from engine.forms.fields.kind import Kind
from engine.forms.fields.moment import MomentKind
from engine.forms.fields.number import NumberKind
from engine.forms.fields.other import CheckboxKind, ComputedKind, FileKind
from engine.forms.fields.text import TextKind

_TEXT, _ONE, _SEVERAL = TextKind(), ChoiceKind(), ChoicesKind()

KINDS: Mapping[str, Kind] = {
    "textfield": _TEXT,
    "textarea": _TEXT,
    "number": NumberKind(),
    "datetime": MomentKind(),
    "expression": ComputedKind(),
    "filepicker": FileKind(),
    "checkbox": CheckboxKind(),
    "checklist": _SEVERAL,
    "taglist": _SEVERAL,
    "radio": _ONE,
    "select": _ONE,
}
