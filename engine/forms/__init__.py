"""Forms: form-js JSON read once, values checked against it, a view for any renderer. Draws nothing."""

from engine.forms.answers import Answer, answers
from engine.forms.changes import FieldChange, changes, merged
from engine.forms.check import Checked, Examination, check, examine
from engine.forms.components import (
    Button,
    Choices,
    Component,
    Display,
    DynamicList,
    Field,
    Form,
    Group,
    Layout,
    Option,
    Rules,
)
from engine.forms.decode import decode
from engine.forms.difference import compare_forms
from engine.forms.reading import parse_form
from engine.forms.start import initial_values

__all__ = [
    "Answer",
    "Button",
    "Checked",
    "Choices",
    "Component",
    "Display",
    "DynamicList",
    "Examination",
    "Field",
    "FieldChange",
    "Form",
    "Group",
    "Layout",
    "Option",
    "Rules",
    "answers",
    "changes",
    "check",
    "compare_forms",
    "decode",
    "examine",
    "initial_values",
    "merged",
    "parse_form",
]
