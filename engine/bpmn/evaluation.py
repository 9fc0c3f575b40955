"""Expressions inside a running instance: the value an element needs, or the Fault that says why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import feel
from engine.bpmn.context import ExecutionContext
from engine.bpmn.definition import given
from engine.bpmn.expressions import EXTRACT_VALUE_ERROR, Expression, failed
from engine.bpmn.scopes import Scopes
from engine.bpmn.spiff import ElementInstance
from engine.errors import ExecutionFailed
from engine.model import Label

_TRUTH = Label("true or false", "true atau false")
_TEXT = Label("a text", "teks")
_NUMBER = Label("a whole number", "bilangan bulat")
_KEY = Label("a text or a number", "teks atau bilangan")
_LIST = Label("a list", "daftar")
_NAMES = Label("a text or a list of texts", "teks atau daftar teks")


class Evaluator:
    """Evaluates for one run. `first` are values that hide variables of the same name."""

    def __init__(self, scopes: Scopes, context: ExecutionContext) -> None:
        self._scopes = scopes
        self._context = context

    def value(self, expression: Expression, instance: ElementInstance, first: Mapping[str, Any] | None = None) -> Any:
        """Return the value as JSON; raises ExecutionFailed when the evaluation fails."""
        if expression.constant is not None:
            return expression.constant
        visible = self._scopes.visible(instance, first)
        try:
            return expression.value(visible, self._context.now, self._context.functions)
        except feel.FeelError as error:
            raise ExecutionFailed(
                instance.element.id,
                EXTRACT_VALUE_ERROR,
                Label(
                    f"The expression {expression.text!r} failed: {error.label.en}",
                    f"Ekspresi {expression.text!r} gagal: {error.label.id}",
                ),
            ) from error

    def failed(self, instance: ElementInstance, what: Label, expression: Expression, found: Any) -> ExecutionFailed:
        """Return the error that an expression gave something else than `what`, and why."""
        try:
            visible = self._scopes.visible(instance)
            reasons = expression.reasons(visible, self._context.now, self._context.functions)
        except feel.FeelError:
            reasons = []
        return failed(instance.element.id, what, expression, found, reasons)

    def truth(self, expression: Expression, instance: ElementInstance, first: Mapping[str, Any] | None = None) -> bool:
        """Return true or false; anything else fails."""
        value = self.value(expression, instance, first)
        if not isinstance(value, bool):
            raise self.failed(instance, _TRUTH, expression, value)
        return value

    def text(self, expression: Expression, instance: ElementInstance, what: Label = _TEXT) -> str:
        """Return a text that is not empty."""
        value = self.value(expression, instance)
        if not isinstance(value, str) or not value:
            raise self.failed(instance, what, expression, value)
        return value

    def optional_text(self, expression: Expression | None, instance: ElementInstance) -> str | None:
        """Return a text, None for null, an empty text and where there is no expression."""
        value = self.value(expression, instance) if expression is not None else None
        if value is None or value == "":
            return None
        if expression is not None and not isinstance(value, str):
            raise self.failed(instance, _TEXT, expression, value)
        return str(value)

    def whole_number(self, expression: Expression | None, instance: ElementInstance, default: int = 0) -> int:
        """Return an integer that is not negative; constants are read as text."""
        value = self.value(expression, instance) if expression is not None else default
        if isinstance(value, str) and value.strip().isdecimal():
            value = int(value)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if expression is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
            raise self.failed(instance, _NUMBER, expression, value)
        return int(value)

    def items(self, expression: Expression, instance: ElementInstance) -> list[Any]:
        """Return a list."""
        value = self.value(expression, instance)
        if not isinstance(value, list):
            raise self.failed(instance, _LIST, expression, value)
        return value

    def names(self, expression: Expression | None, instance: ElementInstance) -> tuple[str, ...]:
        """Return texts: a list, or comma-separated text; null gives none."""
        value = self.value(expression, instance) if expression is not None else None
        if isinstance(value, str):
            value = [part.strip() for part in value.split(",")]
        if expression is not None and value is not None:
            if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
                raise self.failed(instance, _NAMES, expression, value)
            return tuple(name for name in value if name)
        return ()

    def correlation_keys(self, expression: Expression | None, instance: ElementInstance) -> list[str]:
        """Return the keys of a thrown message: one per item of a list; without expression the empty key."""
        value = self.value(expression, instance) if expression is not None else ""
        values = value if isinstance(value, list) else [value]
        return [self._key(expression, item, instance) for item in values]

    def correlation_key(self, expression: Expression | None, instance: ElementInstance) -> str:
        """Return the key a subscription waits for."""
        value = self.value(expression, instance) if expression is not None else ""
        return self._key(expression, value, instance)

    def _key(self, expression: Expression | None, value: Any, instance: ElementInstance) -> str:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, str):
            return value
        raise self.failed(instance, _KEY, given(expression), value)
