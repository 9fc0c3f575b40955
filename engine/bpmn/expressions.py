"""Text of a diagram that is a constant or, after "=", a FEEL expression. Source: Camunda 8, expressions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from engine import feel
from engine.bpmn.feel_functions import BUILT_IN
from engine.errors import ExecutionFailed
from engine.model import Label

Functions = Mapping[str, Callable[..., Any]]

#: The kind of the fault when an expression gives no usable value (Camunda 8: EXTRACT_VALUE_ERROR).
EXTRACT_VALUE_ERROR = "extract_value_error"

_NAME = re.compile(r"^\s*([^\W\d]\w*)\s*(\.\s*[^\W\d]\w*\s*)*$")


class Expression:
    """A constant, or compiled FEEL; immutable, shared by threads."""

    __slots__ = ("_compiled", "_constant", "text")

    def __init__(self, text: str) -> None:
        """Compile `text`; raises feel.FeelSyntaxError."""
        self.text = text
        # A blank in place of the "=" keeps the columns of what is reported.
        self._compiled = feel.compile(text.replace("=", " ", 1)) if text.lstrip().startswith("=") else None
        self._constant = None if self._compiled else text

    @property
    def is_feel(self) -> bool:
        """Return whether the text starts with "="."""
        return self._compiled is not None

    @property
    def constant(self) -> str | None:
        """Return the text of a constant, None for FEEL."""
        return self._constant

    @property
    def variable_name(self) -> str | None:
        """Return the first name when the FEEL is no more than a name or a path of names."""
        match = _NAME.match(self.text.lstrip()[1:]) if self.is_feel else None
        return match.group(1) if match else None

    @property
    def findings(self) -> tuple[tuple[int, int, feel.Reason], ...]:
        """Return what of the FEEL can never work: line, column, reason."""
        return self._compiled.findings if self._compiled else ()

    @property
    def names(self) -> frozenset[str]:
        """Return the names of the variables that the FEEL reads."""
        return self._compiled.names if self._compiled else frozenset()

    def value(self, variables: Mapping[str, Any], now: datetime, functions: Functions) -> Any:
        """Return the value as JSON: dates and durations are ISO 8601 text. Raises feel.FeelError."""
        if self._compiled is None:
            return self._constant
        return feel.to_json(self._compiled(variables, now=now, functions={**BUILT_IN, **functions}))

    def reasons(self, variables: Mapping[str, Any], now: datetime, functions: Functions) -> list[Label]:
        """Return why parts of the expression became null."""
        if self._compiled is None:
            return []
        return [
            reason.label
            for reason in self._compiled.explain(variables, now=now, functions={**BUILT_IN, **functions})[1]
        ]


def failed(
    element_id: str, what: Label, expression: Expression, found: Any, reasons: Sequence[Label] = ()
) -> ExecutionFailed:
    """Return the error that an expression gave no usable value: expected `what`, but `found`."""
    why = f" ({'; '.join(reason.en for reason in reasons[:3])})" if reasons else ""
    sebab = f" ({'; '.join(reason.id for reason in reasons[:3])})" if reasons else ""
    return ExecutionFailed(
        element_id,
        EXTRACT_VALUE_ERROR,
        Label(
            f"Expected {what.en} from the expression {expression.text!r}, but it gave {shown(found)}{why}. "
            "Mend the variables, then resolve the fault.",
            f"Ekspresi {expression.text!r} seharusnya memberi {what.id}, tetapi menghasilkan {shown(found)}{sebab}. "
            "Perbaiki variabel, lalu selesaikan gangguan.",
        ),
    )


def shown(value: Any) -> str:
    """Return a short text of a value for messages."""
    text = "null" if value is None else repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
