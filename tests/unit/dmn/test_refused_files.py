"""Malformed and hostile DMN files are refused with place and cure."""

from __future__ import annotations

import pytest

from engine.dmn import parse_decisions
from engine.errors import DefinitionInvalid
from engine.model import Finding
from tests.unit.dmn.files import NAMESPACE, a_decision, a_file, a_literal, a_table

BOMB = b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


def refused(content: bytes) -> list[Finding]:
    with pytest.raises(DefinitionInvalid) as raised:
        parse_decisions(content, "bad.dmn")
    findings = list(raised.value.findings)
    assert all(finding.reason.id and finding.cure.en and finding.cure.id for finding in findings)
    return [finding for finding in findings if finding.is_error]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "xml-syntax"),
        (b"<definitions", "xml-syntax"),
        (b"<other/>", "dmn-root"),
        (BOMB + a_file(), "xml-doctype"),
        ((BOMB.decode() + a_file().decode()).encode("utf-16"), "xml-doctype"),
        (b"<!-- " + b"x" * 10_000_001 + b" -->", "xml-size"),
        (a_file("<a>" * 150 + "</a>" * 150), "xml-depth"),
        (a_file(a_decision(a_literal("1"), requires=["nowhere"])), "dmn-reference"),
        (a_file(a_decision(a_literal("1"), requires=["decision"])), "dmn-circle"),
        (a_file(a_decision(a_literal("1"), type_ref="tNothing")), "dmn-type"),
        (a_file(a_decision(a_literal("1")), a_decision(a_literal("2"))), "dmn-duplicate-id"),
        (a_file(a_decision(a_table("GUESS", ["x"], [("1", "2")]))), "dmn-hit-policy"),
        (a_file(a_decision(a_table("UNIQUE", ["x", "y"], [("1", "2")]))), "dmn-rule-cells"),
        (a_file(a_decision('<functionDefinition kind="Java"/>')), "dmn-function-kind"),
        (
            a_file(a_decision('<literalExpression expressionLanguage="groovy"><text>1</text></literalExpression>')),
            "dmn-language",
        ),
        (
            a_file('<import name="m" namespace="http://nowhere" importType="http://www.omg.org/spec/DMN/"/>'),
            "dmn-import",
        ),
        (a_file(a_decision(a_literal("abs()"))), "feel-call"),
    ],
)
def test_a_bad_file_is_refused(content: bytes, rule: str) -> None:
    assert rule in {finding.rule for finding in refused(content)}


def test_a_syntax_error_names_file_line_element_and_column() -> None:
    table = a_table("UNIQUE", ["x"], [("> 1", '"a"'), ("> > 2", '"b"')])
    (finding,) = refused(a_file(a_decision(table)))
    assert (finding.file, finding.line, finding.element_id) == ("bad.dmn", 4, "r2")
    assert finding.reason.en == "Line 1, column 3: expected a value, but found >"
    assert finding.reason.id == "Baris 1, kolom 3: seharusnya nilai, tetapi ada >"


def test_a_file_of_an_unknown_version_is_refused() -> None:
    content = a_file().replace(NAMESPACE.encode(), b"http://example.org/DMN/99/")
    assert refused(content)[0].rule == "dmn-root"


def test_an_external_entity_is_not_read() -> None:
    content = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + a_file(a_decision(a_literal("1")))
    assert refused(content)[0].rule == "xml-doctype"
