"""Why a value became null or a text was refused: one sentence in both languages."""

from __future__ import annotations

from engine.model import Label

from .indonesian import INDONESIAN


class Reason(str):
    """The English sentence; `label` has both. Made from a template with {} and what stands there.

    An argument that is a Reason itself is translated too.
    """

    template: str
    arguments: tuple[object, ...]

    def __new__(cls, template: str, *arguments: object) -> Reason:
        """Fill the template."""
        reason = super().__new__(cls, template.format(*arguments) if arguments else template)
        reason.template = template
        reason.arguments = arguments
        return reason

    @property
    def label(self) -> Label:
        """The sentence in English and Bahasa Indonesia."""
        template = INDONESIAN.get(self.template, self.template)
        arguments = [part.label.id if isinstance(part, Reason) else part for part in self.arguments]
        return Label(str(self), template.format(*arguments) if arguments else template)


_ARITHMETIC = {
    "DivisionByZero": "division by zero",
    "DivisionUndefined": "division by zero",
    "Overflow": "the number is too large",
}


def reason_of(error: Exception) -> Reason:
    """Return the reason of a ValueError made from a template, or of an arithmetic error of the decimal module."""
    if isinstance(error, ArithmeticError):
        return Reason(_ARITHMETIC.get(type(error).__name__, "there is no such number"))
    template, *arguments = error.args or ("there is no such value",)
    if isinstance(template, Reason):
        return template
    return Reason(str(template), *arguments)
