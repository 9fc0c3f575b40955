"""Diagrams of other tools are deployed and given back byte for byte, or refused with findings; never a traceback."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.bpmn import parse
from engine.errors import DefinitionInvalid
from engine.model import SYSTEM, ResourceFile
from engine.queries import DefinitionContent
from engine.testing import Harness
from tests.integration.foreign_diagrams import DEPLOYED, REFUSED


@pytest.fixture
def harness(database_url: str) -> Iterator[Harness]:
    with Harness(database_url) as made:
        yield made


@pytest.mark.parametrize("name", DEPLOYED)
def test_a_foreign_diagram_runs_and_comes_back_byte_for_byte(harness: Harness, name: str) -> None:
    source = DEPLOYED[name]
    [definition] = harness.deploy(ResourceFile(f"{name}.bpmn", source)).definitions
    stored = harness.engine.ask(DefinitionContent(resource_key=definition.resource_key, actor=SYSTEM))
    assert (stored.name, stored.content) == (f"{name}.bpmn", source)
    harness.start("p")
    assert len(harness.open_tasks()) == 1


def test_the_large_one_is_large() -> None:
    assert len(DEPLOYED["large"]) > 5_000_000


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_run_is_refused_with_findings_that_say_where_why_and_what_to_do(
    harness: Harness, name: str
) -> None:
    source, element_id = REFUSED[name]
    with pytest.raises(DefinitionInvalid) as refused:
        harness.deploy(ResourceFile(f"{name}.bpmn", source))
    errors = [finding for finding in refused.value.findings if finding.is_error]
    assert errors
    for finding in errors:
        assert finding.file == f"{name}.bpmn"
        assert all((finding.reason.en, finding.reason.id, finding.cure.en, finding.cure.id))
    if element_id:
        assert element_id in {finding.element_id for finding in errors}


_SMALL = sorted(name for name in DEPLOYED if len(DEPLOYED[name]) < 100_000)


@settings(max_examples=150)
@given(
    name=st.sampled_from(_SMALL),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=4),
)
def test_damaged_files_cause_findings_and_nothing_else(name: str, cuts: list[tuple[float, int, bytes]]) -> None:
    source = DEPLOYED[name]
    for place, length, inserted in cuts:
        at = int(place * len(source))
        source = source[:at] + inserted + source[at + length :]
    with contextlib.suppress(DefinitionInvalid):
        parse(source, "damaged.bpmn")


_SWAPPED = st.sampled_from(["s", "t", "e", "f1", "f2", "p", "true"])


@settings(max_examples=150)
@given(
    name=st.sampled_from(["vendor-extensions", "pools", "without-prefix"]),
    swaps=st.lists(
        st.tuples(st.sampled_from(["s", "t", "e", "f1", "f2", "p", "true"]), st.text(max_size=6)), max_size=4
    ),
)
def test_any_value_of_an_attribute_causes_findings_and_nothing_else(name: str, swaps: list[tuple[str, str]]) -> None:
    text = DEPLOYED[name].decode()
    for old, new in swaps:
        text = text.replace(f'"{old}"', f'"{new}"', 1)
    with contextlib.suppress(DefinitionInvalid):
        parse(text.encode(errors="replace"), "odd.bpmn")
