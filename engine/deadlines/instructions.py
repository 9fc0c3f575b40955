"""What an element tells clocks: the text of the properties `clause8:clock` and `clause8:clock.after`.

start response, resolution
start resolution from =received_at
pause resolution user_reply; resume response
pause resolution =wait.reason
retarget resolution
stop resolution
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from engine.errors import InputInvalid
from engine.feel import CompiledExpression, FeelSyntaxError
from engine.feel import compile as compile_feel
from engine.model import ClockVerb, Label

#: Obeyed when the element is entered, before it does its work.
ON_ENTERING = "clause8:clock"
#: Obeyed when the element has done its work and its results are variables.
ON_COMPLETION = "clause8:clock.after"

_NAME = r"[A-Za-z_][\w-]{0,59}"
_STATEMENT = re.compile(
    rf"(?P<verb>[a-z]+)\s+(?P<clocks>{_NAME}(?:\s*,\s*{_NAME})*)(?:\s+(?P<rest>\S.*))?", re.ASCII | re.DOTALL
)
_REASON = re.compile(_NAME, re.ASCII)
_FROM = re.compile(r"from\s*=(?P<feel>.+)", re.DOTALL)
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Instruction:
    """One verb for one clock. `expression` gives the reason of a pause, or since when a clock runs."""

    verb: ClockVerb
    clock: str
    reason: str = ""
    expression: CompiledExpression | None = None


@lru_cache(maxsize=2048)
def parse_instructions(text: str) -> tuple[Instruction, ...]:
    """Return the instructions of a property; raises InputInvalid, which names the statement and an example."""
    if len(text) > _LONGEST:
        raise InputInvalid(Label("The text is too long.", "Teks terlalu panjang."))
    return tuple(
        instruction for statement in _statements(text) if statement.strip() for instruction in _parse(statement.strip())
    )


def _statements(text: str) -> list[str]:
    """Split at semicolons and line ends that are not inside quotes."""
    return re.findall(r'(?:"[^"]*"|[^;\n"])+', text)


def _parse(statement: str) -> list[Instruction]:
    match = _STATEMENT.fullmatch(statement)
    verb = match and next((verb for verb in ClockVerb if verb.value == match["verb"]), None)
    if match is None or verb is None:
        raise _wrong(statement, "start resolution")
    reason, expression = _details(verb, statement, match["rest"] or "")
    return [Instruction(verb, clock.strip(), reason, expression) for clock in match["clocks"].split(",")]


def _details(verb: ClockVerb, statement: str, rest: str) -> tuple[str, CompiledExpression | None]:
    if verb is ClockVerb.PAUSE:
        if rest.startswith("="):
            return "", _compiled(statement, rest[1:])
        if not _REASON.fullmatch(rest):
            raise _wrong(statement, "pause resolution user_reply")
        return rest, None
    if verb is ClockVerb.START and (since := _FROM.fullmatch(rest)):
        return "", _compiled(statement, since["feel"])
    if rest:
        raise _wrong(statement, f"{verb.value} resolution")
    return "", None


def _compiled(statement: str, source: str) -> CompiledExpression:
    try:
        return compile_feel(source)
    except FeelSyntaxError as error:
        raise InputInvalid(
            Label(f"In “{statement}”: {error.label.en}", f"Pada “{statement}”: {error.label.id}")
        ) from error


def _wrong(statement: str, example: str) -> InputInvalid:
    return InputInvalid(
        Label(
            f"“{statement[:80]}” tells a clock nothing. Write for example: {example}",
            f"“{statement[:80]}” tidak dimengerti jam layanan. Tulis misalnya: {example}",
        )
    )
