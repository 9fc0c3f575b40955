"""Random diagrams with every kind of interruption: reloading before each command changes nothing."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.features.notation import boundary, bpmn, event_subprocess, message, script, service, timer
from tests.features.player import Player

DECLARATIONS = (
    '<signal id="S" name="stop"/><error id="E" errorCode="e"/><escalation id="X" escalationCode="x"/>' + message("M")
)
SIGNAL = '<signalEventDefinition signalRef="S"/>'
LOOP = (
    '<multiInstanceLoopCharacteristics isSequential="{}"><extensionElements>'
    '<zeebe:loopCharacteristics inputCollection="= [1, 2, 3]" inputElement="i" '
    'outputCollection="out" outputElement="= i"/>'
    "</extensionElements><completionCondition>= numberOfCompletedInstances &gt;= 2</completionCondition>"
    "</multiInstanceLoopCharacteristics>"
)
_COUNT = "n + 1"


class Sketch:
    """Draws one scope after the other; every name is used once."""

    def __init__(self, choices: random.Random) -> None:
        self.choices = choices
        self.number = 0

    def name(self) -> str:
        self.number += 1
        return f"x{self.number}"

    def scope(self, depth: int) -> str:
        """Return the inside of a process or sub-process."""
        start, fork, join, end = (self.name() for _ in range(4))
        parts = [f"<start {start}> <and {fork}> <{self.choices.choice(['and', 'or', 'xor'])} {join}> <end {end}>"]
        parts += [f"{start} -> {fork}", f"{join} -> {end}"]
        for _ in range(2):
            head = self.name()
            parts += [self.activity(head, depth), f"{fork} -> {head}", f"{head} -> {join}", self.edge(head)]
        if depth and self.choices.random() < 0.4:
            parts.append(self.handler(depth))
        return "\n".join(parts) + "\n"

    def activity(self, name: str, depth: int) -> str:
        """Return something that waits or goes through."""
        loop = self.choices.choice(["", "", LOOP.format("true"), LOOP.format("false")])
        kind = self.choices.choice(["user", "user", "job", "receive", "sub", "sub", "ends"])
        if kind == "sub" and depth:
            return f'<subProcess id="{name}">{loop}{self.scope(depth - 1)}</subProcess>'
        if kind == "ends" and depth:
            return f'<subProcess id="{name}">{self.thrower()}</subProcess>'
        if kind == "job":
            return service(name)
        if kind == "receive":
            return f'<receiveTask id="{name}" messageRef="M"/>'
        return f'<userTask id="{name}">{loop}</userTask>'

    def thrower(self) -> str:
        """Return the inside of a sub-process that throws after some work."""
        start, work, end = (self.name() for _ in range(3))
        definition = self.choices.choice([
            '<errorEventDefinition errorRef="E"/>',
            '<escalationEventDefinition escalationRef="X"/>',
            "<terminateEventDefinition/>",
            SIGNAL,
        ])  # fmt: skip
        elements = f'<start {start}> <user {work}> <endEvent id="{end}">{definition}</endEvent>'
        return f"{elements}\n{start} -> {work}\n{work} -> {end}\n"

    def edge(self, host: str) -> str:
        """Return a boundary event with a follower, or nothing."""
        event, after = self.name(), self.name()
        definition, flag = self.choices.choice([
            (timer("duration", "PT2H"), True),
            (timer("cycle", "R3/PT1H"), False),
            (SIGNAL, self.choices.random() < 0.5),
            ("<errorEventDefinition/>", True),
            ('<messageEventDefinition messageRef="M"/>', False),
            ("<conditionalEventDefinition><condition>= n &gt; 4</condition></conditionalEventDefinition>", True),
            ("", True),
        ])  # fmt: skip
        if not definition:
            return ""
        follower = script(after, _COUNT, "n") if flag else f"<user {after}>"
        return f"{boundary(event, host, definition, interrupting=flag)} {follower}\n{event} -> {after}"

    def handler(self, depth: int) -> str:
        """Return an event sub-process."""
        name, task = self.name(), self.name()
        definition = self.choices.choice([SIGNAL, "<errorEventDefinition/>", "<escalationEventDefinition/>"])
        flag = "error" in definition or self.choices.random() < 0.5
        return event_subprocess(name, definition, f"<user {task}>\n{name}_start -> {task}\n", interrupting=flag)


def act(player: Player, what: int) -> None:
    """Do the `what`-th of the things that can be done now."""
    tasks, jobs = sorted(player.open_tasks), sorted(player.jobs)
    choice = what % (len(tasks) + len(jobs) + 3)
    if choice < len(tasks):
        player.command(player.user_tasks[tasks[choice]][0], "complete_user_task", tasks[choice], {"n": what % 7})
    elif choice < len(tasks) + len(jobs):
        key = jobs[choice - len(tasks)]
        player.command(player.jobs[key]["instance"], "complete_job", key, {"done": what})
    elif choice == len(tasks) + len(jobs):
        player.advance(timedelta(hours=1))
    elif choice == len(tasks) + len(jobs) + 1:
        player.broadcast("stop", {"s": what})
    else:
        player.publish("M", "k", {"m": what})
    player.settle()


def picture(player: Player) -> dict[str, Any]:
    """Return everything that can be seen from outside."""
    (instance,) = player.instances.values()
    return {
        "live": instance.live,
        "variables": instance.variables,
        "open": (player.open_tasks, player.timers, sorted(player.jobs), sorted(player.subscriptions)),
        "signals": player.signals.keys(),
        "faults": {key: fault.reason.en for key, (_, fault) in player.faults.items()},
        "counts": (player.completed, player.canceled),
        "ended": instance.is_ended,
    }


@settings(max_examples=80)
@given(st.integers(0, 1_000_000), st.lists(st.integers(0, 10_000), max_size=25))
def test_reloading_changes_nothing(seed: int, steps: list[int]) -> None:
    source = bpmn(Sketch(random.Random(seed)).scope(3), DECLARATIONS)
    players = [Player(reloads=False), Player(reloads=True)]
    for player in players:
        player.deploy(source)
        player.start("p", {"k": "k", "n": 0})
        player.settle()
    for step in steps:
        if picture(players[0])["ended"]:
            break
        for player in players:
            act(player, step)
        assert picture(players[0]) == picture(players[1])
    for player in players:
        (instance,) = player.instances.values()
        if not instance.is_ended:
            player.command(instance, "cancel")
        left = (player.open_tasks, player.timers, player.jobs, player.subscriptions, player.signals, player.faults)
        assert left == ({}, {}, {}, {}, {}, {})
