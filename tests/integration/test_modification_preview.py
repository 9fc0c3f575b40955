"""What a modification would do is told before it does, and where a scope lives several times one is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from engine.commands import ModifyProcessInstance, SuspendProcessInstance
from engine.errors import ElementNotFound, InputInvalid, NotInState
from engine.model import SYSTEM, ResourceFile
from engine.queries import (
    InstancePage,
    InstanceReplay,
    ModificationChoices,
    ModificationChoicesData,
    ModificationPreview,
    ModificationPreviewData,
)
from engine.testing import Harness
from tests.diagrams import diagram, user_task

_MANY = (
    "<multiInstanceLoopCharacteristics><extensionElements>"
    '<zeebe:loopCharacteristics inputCollection="= [1, 2]" inputElement="item"/>'
    "</extensionElements></multiInstanceLoopCharacteristics>"
)


def visits() -> ResourceFile:
    """Prepare, then two visits side by side with two tasks each, then report."""
    inside = f'<startEvent id="is"/>{user_task("look")}{user_task("write")}<endEvent id="ie"/>'
    flows = "".join(
        f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>'
        for a, b in (("is", "look"), ("look", "write"), ("write", "ie"))
    )
    return diagram(
        "visits",
        f'<startEvent id="s"/>{user_task("prepare")}<subProcess id="visit" name="Visit">{inside}{flows}{_MANY}'
        f'</subProcess>{user_task("report")}<endEvent id="e"/>',
        "s -> prepare\nprepare -> visit\nvisit -> report\nreport -> e",
    )


@pytest.fixture
def harness(database_url: str) -> Iterator[Harness]:
    with Harness(database_url) as made:
        made.deploy(visits())
        yield made


def preview(harness: Harness, key: int, **wishes: Any) -> ModificationPreviewData:
    found: ModificationPreviewData = harness.engine.ask(
        ModificationPreview(process_instance_key=key, actor=SYSTEM, **wishes)
    )
    return found


def choices(harness: Harness, key: int, **wishes: Any) -> ModificationChoicesData:
    found: ModificationChoicesData = harness.engine.ask(
        ModificationChoices(process_instance_key=key, actor=SYSTEM, **wishes)
    )
    return found


def places(harness: Harness, key: int) -> list[str]:
    page = harness.engine.ask(InstancePage(process_instance_key=key, actor=SYSTEM))
    return sorted(place.element_id for place in page.places)


def visiting(harness: Harness) -> int:
    key: int = harness.start("visits").key
    harness.complete("prepare")
    return key


def test_a_preview_names_what_begins_and_ends_and_changes_nothing(harness: Harness) -> None:
    key = harness.start("visits").key
    before = places(harness, key)
    told = preview(harness, key, cancel=("prepare",), start_before=("report",))
    assert [token.element_id for token in told.ended] == ["prepare"]
    assert [entered.path[-1].en for entered in told.entered] == ["report"]
    assert (told.ends_instance, told.called, places(harness, key)) == (False, 0, before)


def test_scopes_that_would_be_empty_end_too(harness: Harness) -> None:
    key = visiting(harness)
    told = preview(harness, key, cancel=("look",), start_before=("report",))
    assert sorted({token.element_id for token in told.ended}) == ["look", "visit"]
    assert not told.ends_instance
    assert preview(harness, key, cancel=("visit",)).ends_instance


def test_where_a_scope_lives_twice_one_is_chosen(harness: Harness) -> None:
    key = visiting(harness)
    [write] = [one for one in choices(harness, key).elements if one.element_id == "write"]
    (first, label), (second, _) = write.scopes
    assert (first != second, label.en) == (True, "Visit")
    with pytest.raises(InputInvalid):
        preview(harness, key, start_before=("write",))
    assert preview(harness, key, start_before=("write",), within={"write": second}).entered[0].scope == label
    command = ModifyProcessInstance(
        process_instance_key=key, start_before=("write",), within={"write": second}, actor=SYSTEM, reason="forgotten"
    )
    harness.engine.execute(command)
    page = harness.engine.ask(InstancePage(process_instance_key=key, actor=SYSTEM))
    assert [place.element_id for place in page.places].count("write") == 1
    living = {token.key: token for token in choices(harness, key).live}
    [written] = [token for token in living.values() if token.element_id == "write"]
    assert written.scope == label


def test_elements_that_only_their_event_enters_are_not_offered(harness: Harness) -> None:
    key = harness.start("visits").key
    offered = {one.element_id for one in choices(harness, key).elements}
    assert {"prepare", "report", "visit"} <= offered
    # Inside a loop that does not live there is no turn to enter.
    assert not {"s", "is", "look", "write"} & offered
    assert {one.element_id for one in choices(harness, key, is_restart=True).elements} == offered


def test_a_preview_refuses_what_the_command_would_refuse(harness: Harness) -> None:
    key = harness.start("visits").key
    with pytest.raises(ElementNotFound):
        preview(harness, key, start_before=("nowhere",))
    with pytest.raises(InputInvalid):
        preview(harness, key, start_before=("s",))
    with pytest.raises(ElementNotFound):
        preview(harness, key, cancel=(404,))


def test_a_preview_of_what_is_suspended_says_so(harness: Harness) -> None:
    key = harness.start("visits").key
    harness.engine.execute(SuspendProcessInstance(process_instance_key=key, actor=SYSTEM))
    with pytest.raises(NotInState):
        preview(harness, key, cancel=("prepare",))


def test_a_replay_tells_every_move_oldest_first(harness: Harness) -> None:
    key = visiting(harness)
    replay = harness.engine.ask(InstanceReplay(process_instance_key=key, actor=SYSTEM))
    moves = [(step.action, step.element_id) for step in replay.steps]
    assert moves[:4] == [
        ("element_completed", "s"),
        ("element_entered", "prepare"),
        ("element_completed", "prepare"),
        ("element_entered", "visit"),
    ]
    assert replay.steps[2].flows == ("f1",)
    assert not replay.has_more
