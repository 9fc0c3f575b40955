"""The engine enters every element as often as a small token game on the same diagram does."""

from __future__ import annotations

from collections import Counter, deque

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.bpmn import Element, ExecutableProcess, Flow
from tests.features.notation import bpmn
from tests.features.test_random_processes import _BLOCKS, Drawing, draw, play

_JOINS = ("parallelGateway", "inclusiveGateway")


class Game:
    """Tokens in one scope of a process: a second, naive reading of BPMN for diagrams whose conditions are known."""

    def __init__(self, process: ExecutableProcess, scope: str | None) -> None:
        self.process = process
        self.nodes = {one.id: one for one in process.elements.values() if one.scope == scope}
        self.done: Counter[str] = Counter()
        self.ready = deque(one.id for one in self.nodes.values() if one.type == "startEvent")
        self.arrived: dict[str, Counter[str]] = {}
        self.turn = 0

    def play(self) -> Counter[str]:
        """Move tokens until none is left; return how often each element was done."""
        while self.ready or self.open_joins():
            if self.ready:
                self.run(self.nodes[self.ready.popleft()])
        assert not any(self.arrived.values()), "a token was left behind"
        return self.done

    def run(self, node: Element) -> None:
        """Do an element and send tokens along the flows it takes."""
        times = 2 if node.loop else 1
        self.done[node.id] += times
        self.turn += node.script is not None and node.script.result_variable == "turn"
        if node.type == "subProcess":
            for _ in range(times):
                self.done += Game(self.process, node.id).play()
        for flow in self.taken(node):
            target = self.nodes[flow.target]
            if target.type in _JOINS and len(target.incoming) > 1:
                self.arrived.setdefault(target.id, Counter())[flow.id] += 1
            else:
                self.ready.append(target.id)

    def taken(self, node: Element) -> list[Flow]:
        """Return the flows that a token leaves along."""
        chosen = [flow for flow in node.outgoing if self.holds(flow)]
        return chosen[:1] if node.type == "exclusiveGateway" else chosen

    def holds(self, flow: Flow) -> bool:
        """Return whether a flow's condition is true; there are four that the drawings use."""
        text = flow.condition.text.removeprefix("=").strip() if flow.condition else "true"
        return {"true": True, "false": False, "turn < 2": self.turn < 2, "turn >= 2": self.turn >= 2}[text]

    def open_joins(self) -> bool:
        """Let joins go on that have all they wait for; return whether one did."""
        for name, tokens in self.arrived.items():
            node = self.nodes[name]
            is_full = len(+tokens) == len(node.incoming)
            if +tokens and (is_full or (node.type == "inclusiveGateway" and not self.comes_more(name))):
                self.arrived[name] = tokens - Counter(flow for flow in tokens if tokens[flow])
                self.ready.append(name)
                return True
        return False

    def comes_more(self, name: str) -> bool:
        """Return whether a token that waits at another join can still get here."""
        seen: set[str] = set()
        ahead = [other for other, tokens in self.arrived.items() if +tokens and other != name]
        while ahead:
            current = ahead.pop()
            if current == name:
                return True
            if current not in seen:
                seen.add(current)
                ahead += [flow.target for flow in self.nodes[current].outgoing]
        return False


@settings(max_examples=80)
@given(_BLOCKS, st.integers(0, 3))
def test_no_token_is_lost_or_made(block: object, seed: int) -> None:
    drawing = Drawing()
    last, _ = draw(block, drawing, "start")
    drawing.flow(last, "finish")
    body = "<start start> <end finish> " + " ".join(drawing.nodes) + "\n" + "\n".join(drawing.lines) + "\n"
    player, _ = play(bpmn(body), seed, seed % 2 == 1)
    (process,) = player.processes["p"]
    assert player.completed - Counter(p=1) == Game(process, None).play()
    assert not +player.canceled
