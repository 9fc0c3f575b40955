"""Files that were damaged or written another way: refused with place and cure, or read; never a traceback."""

from __future__ import annotations

import contextlib
import copy
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from engine.dmn import parse_decisions
from engine.errors import DefinitionInvalid
from engine.feel import FeelError, to_json
from tests.unit.dmn.files import NAMESPACE, a_decision, a_file, a_literal, a_table, an_input

ROOT = Path(__file__).resolve().parents[3]
BOXES = """<context><contextEntry><variable name="a b" typeRef="tLevel"/>{one}</contextEntry>
<contextEntry>{one}</contextEntry></context>
|<list>{one}{one}</list>
|<relation><column name="c" typeRef="number"/><row>{one}</row></relation>
|<functionDefinition><formalParameter name="p" typeRef="number"/>{one}</functionDefinition>
|<invocation>{one}<binding><parameter name="p"/>{one}</binding></invocation>
|<conditional><if>{one}</if><then>{one}</then><else>{one}</else></conditional>
|<filter><in>{one}</in><match>{one}</match></filter>
|<for iteratorVariable="i"><in>{one}</in><return>{one}</return></for>
|<some iteratorVariable="i"><in>{one}</in><satisfies>{one}</satisfies></some>""".format(one=a_literal("1")).split("|")
EVERYTHING = a_file(
    '<itemDefinition name="tLevel"><typeRef>string</typeRef><allowedValues><text>"a", "b"</text></allowedValues>'
    "</itemDefinition>",
    '<itemDefinition name="tPair"><itemComponent name="one"><typeRef>tLevel</typeRef></itemComponent></itemDefinition>',
    an_input("x", "tLevel"),
    *(a_decision(box, name=f"d{number}", requires=["in:x"]) for number, box in enumerate(BOXES)),
    a_decision(a_table("PRIORITY", ["x:tLevel"], [('"a"', "1")], output_values="1, 2"), requires=["in:x", "d0"]),
    '<businessKnowledgeModel id="k" name="k"><variable name="k"/><encapsulatedLogic><formalParameter name="p"/>'
    + a_literal("p + 1")
    + "</encapsulatedLogic></businessKnowledgeModel>",
    '<decisionService id="s" name="s"><outputDecision href="#d1"/><inputData href="#x"/></decisionService>',
)
FILES = [EVERYTHING, *(path.read_bytes() for path in sorted(ROOT.glob("processes/**/*.dmn"))[:6])]
WRONG = [
    "",
    "#",
    "#nowhere",
    "feel:",
    "a.b",
    "((",
    '"',
    "1..",
    "tNothing",
    "COLLECT",
    "9" * 50,
    "\u2603",
    "list<",
    "Java",
]


def damage(root: etree._Element, random: Random) -> None:
    """Do one of what goes wrong with files: something is lost, repeated, misplaced or not what it should be."""
    elements = list(root.iter("*"))
    element = random.choice(elements)
    attribute = random.choice([*map(str, element.attrib), "id"])
    change = random.randrange(6)
    if change == 0 and element is not root:
        element.getparent().remove(element)  # type: ignore[union-attr]
    elif change == 1:
        if attribute in element.attrib:
            del element.attrib[attribute]
    elif change == 2:
        element.set(attribute, random.choice(WRONG))
    elif change == 3:
        element.text = random.choice(WRONG)
    elif change == 4:
        random.choice(elements).append(copy.deepcopy(element))
    else:
        element.tag = random.choice(elements).tag


@given(st.sampled_from(FILES), st.integers(0, 2**32), st.integers(1, 4), st.booleans())
def test_a_damaged_file_is_refused_or_can_be_used(content: bytes, seed: int, times: int, is_strict: bool) -> None:
    random, root = Random(seed), etree.fromstring(content)
    for _ in range(times):
        damage(root, random)
    try:
        definitions = parse_decisions(etree.tostring(root), "bad.dmn", strict=is_strict)
    except DefinitionInvalid as refusal:
        errors = [finding for finding in refusal.findings if finding.is_error]
        assert errors
        assert all(each.line and each.reason.id and each.cure.en and each.cure.id for each in errors)
        return
    definitions.analyze()
    for decision in definitions.decisions:
        with contextlib.suppress(FeelError):
            to_json(definitions.evaluate(decision.element_id, {"x": "a"}).to_json())


@given(st.sampled_from(FILES), st.floats(0, 1, exclude_max=True))
def test_a_truncated_file_is_refused_with_the_line_where_it_ends(content: bytes, share: float) -> None:
    with pytest.raises(DefinitionInvalid) as raised:
        parse_decisions(content.rstrip()[: int(share * len(content.rstrip()))], "bad.dmn")
    (finding,) = raised.value.findings
    assert finding.rule == "xml-syntax"
    assert finding.line is not None or not share


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "iso-8859-1"])
@pytest.mark.parametrize("prefix", ["", "dmn:", "semantic:"])
@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    ],
)
def test_a_file_means_the_same_however_it_is_written(encoding: str, prefix: str, namespace: str) -> None:
    declared = f'xmlns{":" + prefix[:-1] if prefix else ""}="{namespace}"'
    text = a_file(an_input("x"), a_decision(a_literal('"caf\u00e9 " + x'), requires=["in:x"])).decode()
    text = text.replace(f'xmlns="{NAMESPACE}"', declared)
    text = text.replace("</", "\0").replace("<", "<" + prefix).replace("\0", "</" + prefix)
    name = "utf-8" if encoding == "utf-8-sig" else encoding.removesuffix("-le")
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    content = f'{mark}<?xml version="1.0" encoding="{name}"?>\n{text}'.encode(encoding)
    assert parse_decisions(content, "t.dmn").evaluate("decision", {"x": "tubruk"}).value == "caf\u00e9 tubruk"


def test_elements_without_an_id_are_kept_apart() -> None:
    text = a_file(a_decision(a_literal("1"), name="one"), a_decision(a_literal("2"), name="two")).decode()
    definitions = parse_decisions(text.replace('id="one"', "").replace('id="two"', "").encode(), "t.dmn")
    assert [to_json(definitions.evaluate(name, {}).value) for name in ("one", "two")] == [1, 2]
