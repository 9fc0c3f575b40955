"""DMN files in a few words: name only what a test is about."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def a_file(*elements: str, namespace: str = "http://example.org/model") -> bytes:
    """Return definitions around elements."""
    inside = "\n".join(elements)
    attributes = f'xmlns="{NAMESPACE}" id="file" name="file" namespace="{namespace}"'
    return f"<definitions {attributes}>\n{inside}\n</definitions>".encode()


def a_decision(logic: str, *, name: str = "decision", requires: Sequence[str] = (), type_ref: str = "") -> str:
    """Return a decision whose id is its name; `requires` are ids of decisions, or of input data written as "in:id"."""
    links = "".join(
        f'<informationRequirement><requiredInput href="#{other[3:]}"/></informationRequirement>'
        if other.startswith("in:")
        else f'<informationRequirement><requiredDecision href="#{other}"/></informationRequirement>'
        for other in requires
    )
    typed = f' typeRef="{type_ref}"' if type_ref else ""
    return f'<decision id="{name}" name="{name}"><variable name="{name}"{typed}/>{links}{logic}</decision>'


def an_input(name: str, type_ref: str = "") -> str:
    """Return input data whose id is its name."""
    typed = f' typeRef="{type_ref}"' if type_ref else ""
    return f'<inputData id="{name}" name="{name}"><variable name="{name}"{typed}/></inputData>'


def a_literal(text: str) -> str:
    """Return a literal expression."""
    return f"<literalExpression><text>{escape(text)}</text></literalExpression>"


def a_table(
    hit_policy: str,
    inputs: Sequence[str],
    rules: Sequence[Sequence[str]],
    *,
    aggregation: str = "",
    outputs: Sequence[str] = ("result",),
    output_values: str = "",
    default: str = "",
) -> str:
    """Return a decision table. Inputs are "expression:type"; rules are cells, outputs last; rule ids are r1, r2 ..."""
    clauses = "".join(_input(number, *clause.partition(":")[::2]) for number, clause in enumerate(inputs, 1))
    extras = (f"<outputValues><text>{escape(output_values)}</text></outputValues>" if output_values else "") + (
        f"<defaultOutputEntry><text>{escape(default)}</text></defaultOutputEntry>" if default else ""
    )
    results = "".join(_output(name, extras) for name in outputs)
    rows = "".join(_rule(number, cells, len(inputs)) for number, cells in enumerate(rules, 1))
    aggregated = f' aggregation="{aggregation}"' if aggregation else ""
    return f'<decisionTable id="table" hitPolicy="{hit_policy}"{aggregated}>{clauses}{results}{rows}</decisionTable>'


def _input(number: int, expression: str, type_ref: str) -> str:
    typed = f' typeRef="{type_ref}"' if type_ref else ""
    text = f"<inputExpression{typed}><text>{escape(expression)}</text></inputExpression>"
    return f'<input id="i{number}" label={quoteattr(expression)}>{text}</input>'


def _output(clause: str, extras: str) -> str:
    name, _, type_ref = clause.partition(":")
    typed = f' typeRef="{type_ref}"' if type_ref else ""
    return f'<output name="{name}" label="{name}"{typed}>{extras}</output>'


def _rule(number: int, cells: Sequence[str], conditions: int) -> str:
    texts = [f"<text>{escape(cell)}</text>" for cell in cells]
    entries = "".join(f"<inputEntry>{text}</inputEntry>" for text in texts[:conditions])
    results = "".join(f"<outputEntry>{text}</outputEntry>" for text in texts[conditions:])
    return f'\n<rule id="r{number}">{entries}{results}</rule>'
