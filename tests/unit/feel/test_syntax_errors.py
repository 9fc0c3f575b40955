"""Every syntax error has its line, column and reason, in both languages."""

from __future__ import annotations

import pytest

from engine.feel import FeelSyntaxError, parse


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ("", 1, 1, "expected a value, but found the end"),
        ("1 +", 1, 4, "expected a value, but found the end"),
        ("a b", 1, 3, "expected an operator or the end, but found b"),
        ("if a then b", 1, 12, "expected else but found the end"),
        ("a =\n  = b", 2, 3, "expected a value, but found ="),
        ("[1, 2", 1, 6, "expected ] but found the end"),
        ('"abc', 1, 1, 'the text that starts here has no closing "'),
        ("a == b", 1, 4, "expected a value, but found ="),
        ("a && b", 1, 3, "expected an operator or the end, but found &"),
        ("then", 1, 1, "expected a value, but found the keyword then"),
        ('@"yesterday"', 1, 1, '@"yesterday" is no date, time or duration'),
        ("1e99999", 1, 1, "the number is too large"),
        ("x\x00", 1, 2, "the character '\\x00' has no meaning here"),
        ("[1..3", 1, 6, "expected ], ) or [ to close the range, but found the end"),
        ("x instance of", 1, 14, "expected a type, but found the end"),
    ],
)
def test_syntax_errors(text: str, line: int, column: int, reason: str) -> None:
    with pytest.raises(FeelSyntaxError) as raised:
        parse(text)
    error = raised.value
    assert (error.line, error.column, str(error.reason)) == (line, column, reason)
    assert error.label.id.startswith(f"Baris {line}, kolom {column}: ")


def test_positions_of_nodes_lead_back_to_the_text() -> None:
    node = parse("1 +\n\n  missing")
    assert "1 +\n\n  missing"[node.right.offset :] == "missing"  # type: ignore[attr-defined]
