"""Random block-structured processes run to their end, whatever order the work is done in."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.features.notation import bpmn, script
from tests.features.player import Player


@dataclass
class Drawing:
    """A diagram under construction, and how often each user task must be done."""

    lines: list[str] = field(default_factory=list)
    nodes: list[str] = field(default_factory=list)
    number: int = 0

    def name(self, kind: str) -> str:
        self.number += 1
        return f"{kind}{self.number}"

    def flow(self, source: str, target: str, condition: str = "") -> None:
        self.lines.append(f"{source} -> {target}" + (f" if {condition}" if condition else ""))


Composition = Callable[[list[object], Drawing, str], tuple[str, int]]

#: A block is a user task, a script, or a composition of blocks.
_BLOCKS = st.recursive(
    st.sampled_from(["user", "script"]),
    lambda inner: st.one_of(
        st.tuples(st.just("sequence"), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(st.just("parallel"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("choice"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("inclusive"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("loop"), st.lists(inner, min_size=1, max_size=1)),
        st.tuples(st.just("scope"), st.lists(inner, min_size=1, max_size=1)),
        st.tuples(st.just("turns"), st.lists(inner, min_size=1, max_size=1)),
    ),
    max_leaves=8,
)


def draw(block: object, drawing: Drawing, entry: str) -> tuple[str, int]:
    """Add a block behind `entry`; return its last node and how many user tasks one run of it does."""
    if block == "user":
        return _leaf(drawing, entry, "user")
    if block == "script":
        return _leaf(drawing, entry, "script")
    assert isinstance(block, tuple)
    kind, blocks = block
    return _COMPOSITIONS[kind](blocks, drawing, entry)


def _leaf(drawing: Drawing, entry: str, kind: str) -> tuple[str, int]:
    name = drawing.name("n")
    node = f"<user {name}>" if kind == "user" else script(name, "done + 1", "done")
    drawing.nodes.append(node)
    drawing.flow(entry, name)
    return name, 1 if kind == "user" else 0


def _sequence(blocks: list[object], drawing: Drawing, entry: str) -> tuple[str, int]:
    total = 0
    for block in blocks:
        entry, count = draw(block, drawing, entry)
        total += count
    return entry, total


def _split(tag: str, chosen: int | None) -> Composition:
    def compose(blocks: list[object], drawing: Drawing, entry: str) -> tuple[str, int]:
        fork, join = drawing.name("f"), drawing.name("j")
        drawing.nodes += [f"<{tag} {fork}>", f"<{tag} {join}>"]
        drawing.flow(entry, fork)
        total = 0
        for place, block in enumerate(blocks):
            head = drawing.name("h")
            drawing.nodes.append(f"<task {head}>")
            takes = chosen is None or place <= chosen
            drawing.flow(fork, head, "" if chosen is None else ("true" if takes else "false"))
            last, count = draw(block, drawing, head)
            drawing.flow(last, join)
            first_only = tag == "xor"
            total += count if takes and not (first_only and place) else 0
        return join, total

    return compose


def _loop(blocks: list[object], drawing: Drawing, entry: str) -> tuple[str, int]:
    """Do the block twice, counted in a sub-process of its own so that parallel turns do not share the counter."""
    name, start, top, plus, again, out = (drawing.name(kind) for kind in "sbtpxo")
    inner = Drawing(number=drawing.number)
    inner.flow(start, top)
    last, count = draw(blocks[0], inner, top)
    drawing.number = inner.number
    inner.nodes += [f"<xor {top}>", f"<xor {again}>", script(plus, "turn + 1", "turn"), f"<task {out}>"]
    inner.flow(last, plus)
    inner.flow(plus, again)
    inner.flow(again, top, "turn < 2")
    inner.flow(again, out, "turn >= 2")
    mapping = '<zeebe:ioMapping><zeebe:input source="= 0" target="turn"/></zeebe:ioMapping>'
    extensions = f"<extensionElements>{mapping}</extensionElements>"
    _enclose(drawing, entry, name, start, inner, rest=extensions)
    return name, 2 * count


def _scope(blocks: list[object], drawing: Drawing, entry: str, loop: str = "") -> tuple[str, int]:
    name, start = drawing.name("s"), drawing.name("b")
    inner = Drawing(number=drawing.number)
    _, count = draw(blocks[0], inner, start)
    drawing.number = inner.number
    _enclose(drawing, entry, name, start, inner, rest=loop)
    return name, count


def _enclose(drawing: Drawing, entry: str, name: str, start: str, inner: Drawing, *, rest: str) -> None:
    body = f'<startEvent id="{start}"/>' + " ".join(inner.nodes) + "\n" + "\n".join(inner.lines) + "\n"
    drawing.nodes.append(f'<subProcess id="{name}">{rest}{body}</subProcess>')
    drawing.flow(entry, name)


def _turns(blocks: list[object], drawing: Drawing, entry: str) -> tuple[str, int]:
    loop = (
        "<multiInstanceLoopCharacteristics><extensionElements>"
        '<zeebe:loopCharacteristics inputCollection="= [1, 2]" inputElement="item"/>'
        "</extensionElements></multiInstanceLoopCharacteristics>"
    )
    name, count = _scope(blocks, drawing, entry, loop)
    return name, 2 * count


_COMPOSITIONS: dict[str, Composition] = {
    "sequence": _sequence,
    "parallel": _split("and", None),
    "choice": _split("xor", 0),
    "inclusive": _split("or", 1),
    "loop": _loop,
    "scope": _scope,
    "turns": _turns,
}


def play(source: bytes, seed: int, reloads: bool) -> tuple[Player, int]:
    """Do every open task in a random order; return the player and how many were done."""
    player, order, done = Player(reloads), random.Random(seed), 0
    player.deploy(source)
    instance = player.start("p", {"done": 0})
    while player.open_tasks:
        key = order.choice(sorted(player.open_tasks))
        player.command(instance, "complete_user_task", key, {})
        done += 1
        assert done < 10_000
    return player, done


@settings(max_examples=60)
@given(_BLOCKS, st.integers(0, 3))
def test_every_block_structured_process_comes_to_its_end(block: object, seed: int) -> None:
    drawing = Drawing()
    last, expected = draw(block, drawing, "start")
    drawing.flow(last, "finish")
    body = "<start start> <end finish> " + " ".join(drawing.nodes) + "\n" + "\n".join(drawing.lines) + "\n"
    endings = []
    for reloads, order in ((False, seed), (True, seed), (False, seed + 100)):
        player, done = play(bpmn(body), order, reloads)
        (instance,) = player.instances.values()
        endings.append(instance.variables[instance.key])
        assert player.faults == {}
        assert instance.is_ended
        assert done == expected
        assert player.completed["finish"] == 1
    assert endings == [endings[0]] * 3
