"""What an entry's trouble reaches and what it needs, drawn as a graph with a list beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template

from engine import EntryPage, ImpactGraph, ImpactNode, ImpactOf
from webapp.access import PERSON, needs
from webapp.engine_access import actor, engine
from webapp.registers.blueprint import pages

_BOX_WIDTH, _BOX_HEIGHT = 176, 44
_COLUMN, _ROW, _MARGIN = 236, 58, 12
_LONGEST = 24


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
    """Place the records: what is needed on the left, what is reached on the right."""
    levels = sorted({node.level for node in graph.nodes})
    columns = {level: _sorted_column(graph, level) for level in levels}
    tallest = max(len(column) for column in columns.values())
    height = tallest * _ROW + _MARGIN
    boxes: dict[str, Box] = {}
    for place, level in enumerate(levels):
        top = (height - len(columns[level]) * _ROW) // 2 + (_ROW - _BOX_HEIGHT) // 2
        for row, node in enumerate(columns[level]):
            boxes[node.number] = Box(node, _MARGIN + place * _COLUMN, top + row * _ROW)
    lines = [_line(boxes[edge.cause], boxes[edge.effect]) for edge in graph.edges]
    width = 2 * _MARGIN + (len(levels) - 1) * _COLUMN + _BOX_WIDTH
    return Drawing(width, height, tuple(boxes.values()), tuple(dict.fromkeys(lines)))


def _sorted_column(graph: ImpactGraph, level: int) -> Sequence[ImpactNode]:
    return [node for node in graph.nodes if node.level == level]


def _line(cause: Box, effect: Box) -> str:
    """Return a curve from cause to effect; within a column, and backwards in a cycle, it bows out."""
    start_y, end_y = cause.y + _BOX_HEIGHT // 2, effect.y + _BOX_HEIGHT // 2
    if effect.x > cause.x:
        start, end = cause.x + _BOX_WIDTH, effect.x
        bend = (end - start) // 2
        return f"M{start} {start_y}C{start + bend} {start_y} {end - bend} {end_y} {end} {end_y}"
    start, end = cause.x + _BOX_WIDTH, effect.x + _BOX_WIDTH
    bow = max(start, end) + 34
    return f"M{start} {start_y}C{bow} {start_y} {bow} {end_y} {end} {end_y}"
