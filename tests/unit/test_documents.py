"""Shared documents are read as plain data; what could keep a server busy or stands for nothing is refused."""

from __future__ import annotations

import pytest

from engine.documents import parse_document
from engine.errors import DefinitionInvalid

_BOMB = b"kind: notes\na0: &a0 [x, x]\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (turn, turn, b", ".join([b"*a%d" % (turn - 1)] * 9)) for turn in range(1, 10)
)


def test_a_document_is_the_mapping_that_stands_in_it() -> None:
    assert parse_document(b"kind: notes\nat: 2026-11-24\nlist: [1, yes]\n", "n.yaml")["list"] == [1, True]


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (_BOMB, 3, "alias"),
        (b"kind: notes\na: &a [*a]\n", 2, "alias"),
        (b"kind: notes\na: " + b"[" * 5000, 2, "nested deeper than 50 levels"),
        (b"kind: notes\na: !!python/object/apply:os.system [id]\n", 2, "constructor"),
        (b"kind: notes\nday: 2026-02-30\n", None, "day is out of range"),
        (b"kind: notes\nnumber: " + b"9" * 5000, None, "digits"),
        (b"\xff\xfe\x00", None, "unacceptable character"),
        (b"kind: notes\n" + b"#" * 1_000_000, None, "larger than 1 MB"),
        (b"- kind: notes\n", 1, "of which kind"),
        (b"kind: sod_rules\nrules: 3\n", None, "no list of rules"),
        (b"kind: calendar\nname: cal_office\n", None, "no time zone"),
    ],
)
def test_a_document_that_says_nothing_or_too_much_is_refused(content: bytes, line: int | None, reason: str) -> None:
    with pytest.raises(DefinitionInvalid) as refused:
        parse_document(content, "n.yaml")
    finding = refused.value.findings[0]
    assert finding.line == line
    assert any(reason in found.reason.en for found in refused.value.findings)
