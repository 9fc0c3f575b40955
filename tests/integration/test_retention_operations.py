"""Ended instances lose their bodies after the period of their process, and the audit chain still verifies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from engine.commands.anchor_history import AnchorHistory
from engine.commands.assign_user_task import AssignUserTask
from engine.commands.remove_bodies import RemoveBodies
from engine.errors import DefinitionInvalid
from engine.model import SYSTEM, ResourceFile
from engine.queries import InstancePage, VerifyHistory
from engine.store import read_only, unit_of_work
from engine.store.tables import history_entry, process_instance, variable
from engine.testing import Harness
from tests.diagrams import diagram, user_task


def kept_for(period: str) -> ResourceFile:
    properties = f'<zeebe:properties><zeebe:property name="clause8:retention" value="{period}"/></zeebe:properties>'
    return diagram(
        "caller",
        '<startEvent id="s"/><callActivity id="call"><extensionElements><zeebe:calledElement processId="called"/>'
        f'</extensionElements></callActivity>{user_task("check")}<endEvent id="e"/>',
        "s -> call\ncall -> check\ncheck -> e",
        properties=f"<bpmn:extensionElements>{properties}</bpmn:extensionElements>" if period else "",
    )


CALLED = diagram("called", f'<startEvent id="s"/>{user_task("inner")}<endEvent id="e"/>', "s -> inner\ninner -> e")
SECRET = "Rahasia-9182"


@pytest.fixture
def harness(database_url: str) -> Iterator[Harness]:
    with Harness(database_url) as made:
        yield made


def ended(harness: Harness) -> int:
    """Let an instance with a secret go from start to end."""
    key = harness.start("caller", secret=SECRET).key
    harness.complete("inner", told=SECRET)
    task = harness.open_task("check").key
    harness.engine.execute(AssignUserTask(user_task_key=task, assignee="ana", actor=SYSTEM, reason=SECRET))
    harness.complete("check", answer=SECRET)
    return key


def everything(harness: Harness) -> str:
    with read_only(harness.engine.database) as work:
        tables = (variable, history_entry)
        return "\n".join(str(tuple(row)) for table in tables for row in work.execute(select(table)))


def column(harness: Harness, wanted: Any) -> list[Any]:
    with read_only(harness.engine.database) as work:
        return list(work.execute(select(wanted).order_by(wanted.table.c.key)).scalars())


def test_bodies_go_after_the_period_and_not_before(harness: Harness, tmp_path: Path) -> None:
    harness.deploy(CALLED, kept_for("P30D"))
    key = ended(harness)
    harness.advance(days=29)
    assert harness.engine.remove_old_bodies() == 0
    assert SECRET in everything(harness)
    harness.engine.execute(AnchorHistory(folder=tmp_path))
    harness.advance(days=2)
    assert harness.engine.remove_old_bodies() == 1
    assert SECRET not in everything(harness)
    assert harness.engine.remove_old_bodies() == 0
    harness.advance(days=2)
    harness.engine.execute(AnchorHistory(folder=tmp_path))
    verification = harness.engine.ask(VerifyHistory(actor=SYSTEM, anchors_folder=tmp_path))
    assert verification.breaks == []
    assert verification.days > 0
    page = harness.engine.ask(InstancePage(process_instance_key=key, actor=SYSTEM))
    assert {"call", "check", "e"} <= page.passed
    assert "redacted" not in str([entry.entry.details for entry in page.history])
    assert all(not scope.variables for scope in page.scopes)


def test_what_was_altered_after_the_bodies_went_is_noticed(harness: Harness, tmp_path: Path) -> None:
    harness.deploy(CALLED, kept_for("P1D"))
    ended(harness)
    harness.advance(days=2)
    harness.engine.remove_old_bodies()
    with unit_of_work(harness.engine.database) as work:
        mine = history_entry.c.action == "variables_changed"
        work.execute(history_entry.update().where(mine).values(details={"changes": "redacted:" + "0" * 64}))
    assert harness.engine.ask(VerifyHistory(actor=SYSTEM, anchors_folder=tmp_path)).breaks != []


@pytest.mark.parametrize("period", ["", "P9999Y"])
def test_without_a_period_nothing_is_removed(harness: Harness, period: str) -> None:
    harness.deploy(CALLED, kept_for(period))
    ended(harness)
    harness.advance(days=4000)
    assert harness.engine.remove_old_bodies() == 0
    assert SECRET in everything(harness)


@pytest.mark.parametrize("period", ["soon", "-P1D", "5 years"])
def test_a_period_that_is_none_is_refused_at_deployment(harness: Harness, period: str) -> None:
    with pytest.raises(DefinitionInvalid) as refused:
        harness.deploy(CALLED, kept_for(period))
    [finding] = refused.value.findings
    assert (finding.element_id, finding.rule) == ("caller", "retention")
    assert period in finding.reason.id


def test_the_newest_version_decides_and_running_instances_keep_all(harness: Harness) -> None:
    harness.deploy(CALLED, kept_for(""))
    ended(harness)
    running = harness.start("caller", secret="still needed").key
    harness.deploy(kept_for("P1Y"))
    harness.advance(days=366)
    assert harness.engine.remove_old_bodies() == 1
    assert harness.engine.execute(RemoveBodies(process_instance_key=running)) == 0
    removed = column(harness, process_instance.c.bodies_removed_at)
    assert [moment is None for moment in removed] == [False, False, True, True]
    assert "still needed" in everything(harness)
