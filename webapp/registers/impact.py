"""What an entry's trouble reaches and what it needs, drawn as a graph with a list beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template

from engine import EntryPage, ImpactGraph, ImpactNode, ImpactOf
from webapp.access import PERSON, needs
from webapp.engine_access import actor, engine
from webapp.registers.blueprint import pages

_BOX_WIDTH, _BOX_HEIGHT = 172, 44
_COLUMN, _ROW, _MARGIN = 212, 58, 12
#: Wide drawings are shrunk to fit, while their words can still be read.
_FITTING, _SMALLEST = 1_100, 0.75
#: What a line within a column, or back to the left, needs beside the boxes.
_BOW = 36
_LONGEST = 22


@dataclass(frozen=True, slots=True)
class Box:
    """A record's place in the drawing, in pixels."""

    node: ImpactNode
    x: int
    y: int

    @property
    def text(self) -> str:
        """Return as much of the title as fits."""
        title = self.node.title
        return title if len(title) <= _LONGEST else title[: _LONGEST - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes in columns, one for each step away from the record asked for, and lines between them."""

    width: int
    height: int
    shown_width: int
    shown_height: int
    boxes: tuple[Box, ...]
    lines: tuple[str, ...]  #: of SVG paths


@pages.get("/registers/<record_type>/<number>/impact")
@needs(PERSON)
def impact(record_type: str, number: str) -> str:
    """Show the graph around an entry."""
    page = engine().ask(EntryPage(actor=actor(), type=record_type, number=number))
    graph = engine().ask(ImpactOf(actor=actor(), number=number))
    return render_template("registers/impact.html", page=page, graph=graph, drawing=draw(graph))


def draw(graph: ImpactGraph) -> Drawing:
    """Place the records: what is needed on the left, what is reached on the right, each behind all that leads to it."""
    places = _columns(graph)
    columns = {
        place: [node for node in graph.nodes if places[node.number] == place] for place in sorted(set(places.values()))
    }
    height = max(len(column) for column in columns.values()) * _ROW + _MARGIN
    boxes: dict[str, Box] = {}
    for index, column in enumerate(columns.values()):
        top = (height - len(column) * _ROW) // 2 + (_ROW - _BOX_HEIGHT) // 2
        for row, node in enumerate(column):
            boxes[node.number] = Box(node, _MARGIN + index * _COLUMN, top + row * _ROW)
    lines = [_line(boxes[edge.cause], boxes[edge.effect]) for edge in graph.edges]
    width = 2 * _MARGIN + (len(columns) - 1) * _COLUMN + _BOX_WIDTH + _BOW
    scale = max(_SMALLEST, min(1.0, _FITTING / width))
    return Drawing(
        width, height, int(width * scale), int(height * scale), tuple(boxes.values()), tuple(dict.fromkeys(lines))
    )


def _columns(graph: ImpactGraph) -> dict[str, int]:
    """Return number -> column: the longest way from the record asked for, on the side where the record stands.

    Longer ways than there are records go in circles: the edges of a cycle push nothing further.
    """
    places = {node.number: node.level for node in graph.nodes}
    for side in (1, -1):
        members = {node.number for node in graph.nodes if node.level * side > 0}
        inside = [edge for edge in graph.edges if edge.cause in members and edge.effect in members]
        pairs = [(edge.cause, edge.effect) if side > 0 else (edge.effect, edge.cause) for edge in inside]
        straight = _without_cycles(pairs)
        for _ in members:
            moves = {end: places[start] + side for start, end in straight if places[end] * side <= places[start] * side}
            if not moves:
                break
            places.update(moves)
    return places


def _without_cycles(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the pairs without those that lead back to where a walk came from."""
    following: dict[str, list[str]] = {}
    for start, end in pairs:
        following.setdefault(start, []).append(end)
    kept: list[tuple[str, str]] = []
    done: set[str] = set()
    for root, ends in following.items():
        path, waiting = [root], [iter([] if root in done else ends)]
        while waiting:
            for end in waiting[-1]:
                if end in path:
                    continue
                kept.append((path[-1], end))
                if end not in done:
                    path.append(end)
                    waiting.append(iter(following.get(end, [])))
                    break
            else:
                done.add(path.pop())
                waiting.pop()
    return kept


def _line(cause: Box, effect: Box) -> str:
    """Return a curve from cause to effect; within a column, and backwards in a cycle, it bows out."""
    start_y, end_y = cause.y + _BOX_HEIGHT // 2, effect.y + _BOX_HEIGHT // 2
    if effect.x > cause.x:
        start, end = cause.x + _BOX_WIDTH, effect.x
        bend = (end - start) // 2
        return f"M{start} {start_y}C{start + bend} {start_y} {end - bend} {end_y} {end} {end_y}"
    start, end = cause.x + _BOX_WIDTH, effect.x + _BOX_WIDTH
    bow = max(start, end) + _BOW - 2
    return f"M{start} {start_y}C{bow} {start_y} {bow} {end_y} {end} {end_y}"
