"""Collects what is wrong with a form file while it is read."""

from __future__ import annotations

from collections.abc import Collection

from engine.feel import CompiledExpression, FeelError
from engine.feel import compile as compile_feel
from engine.model import Finding, Label


class Findings:
    """Findings of one file; `functions` are the host functions that its expressions may call."""

    def __init__(self, file_name: str, functions: Collection[str]) -> None:
        self.file_name = file_name
        self.functions = tuple(functions)
        self.found: list[Finding] = []

    def note(self, rule: str, place: str, reason: Label, cure: Label, *, line: int | None = None) -> None:
        """Add an error; `place` is the key or id of a component."""
        self.found.append(Finding(self.file_name, line, place or None, reason, cure, rule=f"form.{rule}"))

    def compiled(self, text: str, place: str, what: str) -> CompiledExpression | None:
        """Return the compiled FEEL text; None, with a finding, when it cannot work."""
        try:
            expression = compile_feel(text, functions=self.functions)
        except FeelError as error:
            self._note_feel(place, what, error.label)
            return None
        for line, column, reason in expression.findings:
            self._note_feel(place, what, _placed(line, column, reason.label))
        return None if expression.findings else expression

    def _note_feel(self, place: str, what: str, reason: Label) -> None:
        self.note(
            "feel",
            place,
            Label(
                f"{what} is not a FEEL expression that can work. {reason.en}",
                f"{what} bukan ekspresi FEEL yang dapat bekerja. {reason.id}",
            ),
            Label("Correct the expression.", "Perbaiki ekspresinya."),
        )


def _placed(line: int, column: int, reason: Label) -> Label:
    return Label(f"Line {line}, column {column}: {reason.en}", f"Baris {line}, kolom {column}: {reason.id}")
