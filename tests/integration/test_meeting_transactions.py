"""Transactions that meet: what one is writing, the other must not miss."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import pytest

from engine import SYSTEM, Deploy, PublishMessage
from engine.commands.context import CommandContext
from engine.testing import Harness
from tests.diagrams import diagram

_MESSAGE = (
    '<bpmn:message id="M" name="paid"><bpmn:extensionElements><zeebe:subscription correlationKey="=number"/>'
    "</bpmn:extensionElements></bpmn:message>"
)
_WAITING = diagram(
    "waiting",
    '<startEvent id="s"/><intermediateCatchEvent id="wait"><messageEventDefinition id="d" messageRef="M"/>'
    '</intermediateCatchEvent><endEvent id="e"/>',
    "s -> wait\nwait -> e",
    _MESSAGE,
)


@dataclass
class Slow:
    """A command that stays in its transaction for a while after its work."""

    command: PublishMessage
    worked: threading.Event

    def run(self, context: CommandContext) -> None:
        self.command.run(context)
        self.worked.set()
        time.sleep(0.4)


def test_a_message_and_who_begins_to_wait_for_it_meet(database_url: str) -> None:
    with Harness(database_url) as harness, ThreadPoolExecutor() as pool:
        harness.engine.execute(Deploy(files=(_WAITING,), actor=SYSTEM))
        message = PublishMessage(name="paid", correlation_key="7", actor=SYSTEM, time_to_live=timedelta(days=1))
        worked = threading.Event()
        published = pool.submit(harness.engine.execute, Slow(message, worked))
        assert worked.wait(10)
        started = harness.start("waiting", number="7")
        published.result()
        with harness.census() as census:
            assert not census.roots()[started.key], "the instance still waits for a message that was published"


@pytest.mark.parametrize("turn", range(3))
def test_servers_that_deploy_together_give_versions_one_after_the_other(database_url: str, turn: int) -> None:
    files = [diagram("waiting", '<startEvent id="s"/><endEvent id="e"/>', f"s -> e\n<!-- {turn} -->") for _ in range(4)]
    changed = [type(file)(file.name, file.content + b"\n" * number) for number, file in enumerate(files)]
    with Harness(database_url) as harness, ThreadPoolExecutor() as pool:
        deployed = pool.map(lambda file: harness.engine.execute(Deploy(files=(file,), actor=SYSTEM)), changed)
        assert sorted(one.definitions[0].version for one in deployed) == [1, 2, 3, 4]
