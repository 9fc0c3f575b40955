"""What a record's trouble reaches, and what could bring trouble to it, along links that content says carry trouble."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.model import Actor, RecordLink
from engine.queries.readers import reader_of
from engine.store.records import Records
from engine.store.workplace.readers import Reader
from engine.store.workplace.record_details import visible_record
from engine.store.workplace.record_lists import Referenced, referenced_records

#: Larger graphs are cut; the page says so.
MOST_NODES = 150


@dataclass(frozen=True, slots=True)
class ImpactNode:
    """A record in the graph. `level` 0 is the one asked for, above 0 what it reaches, below 0 what it needs."""

    number: str
    title: str
    type: str
    level: int


@dataclass(frozen=True, slots=True)
class ImpactEdge:
    """Trouble travels from `cause` to `effect`."""

    cause: str
    effect: str
    kind: str


@dataclass(frozen=True, slots=True)
class ImpactGraph:
    """The graph around a record."""

    nodes: tuple[ImpactNode, ...]
    edges: tuple[ImpactEdge, ...]
    is_cut: bool

    @property
    def reached(self) -> tuple[ImpactNode, ...]:
        """Return what the record's trouble reaches, the nearest first."""
        return tuple(node for node in self.nodes if node.level > 0)

    @property
    def needed(self) -> tuple[ImpactNode, ...]:
        """Return what it needs to work, the nearest first."""
        return tuple(sorted((node for node in self.nodes if node.level < 0), key=lambda node: -node.level))


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactOf:
    """Ask for the graph around a record; raises RecordNotFound. Two statements for each step away from it.

    Records that the actor may not see are not in it, nor what lies behind them. Cycles end where they began.
    """

    actor: Actor
    number: str

    def run(self, context: CommandContext) -> ImpactGraph:
        """Answer."""
        reader = reader_of(context, self.actor)
        start = visible_record(context.work, reader, self.number)
        kinds = {key: kind.impact for key, kind in context.definitions.documents(context.work).link_kinds().items()}
        walk = _Walk(context, reader, {key: impact for key, impact in kinds.items() if impact != "none"})
        walk.nodes[start.number] = ImpactNode(start.number, start.title, start.type, 0)
        walk.go(start.number, 1)
        walk.go(start.number, -1)
        numbers = set(walk.nodes)
        edges = {edge for edge in walk.edges if {edge.cause, edge.effect} <= numbers}
        order = sorted(walk.nodes.values(), key=lambda node: (node.level, node.type, node.title, node.number))
        return ImpactGraph(
            tuple(order), tuple(sorted(edges, key=lambda edge: (edge.cause, edge.effect, edge.kind))), walk.is_cut
        )


class _Walk:
    """Breadth first, one direction after the other; a record stands at its shortest distance."""

    def __init__(self, context: CommandContext, reader: Reader, kinds: Mapping[str, str]) -> None:
        self._context = context
        self._reader = reader
        self._kinds = kinds
        self.nodes: dict[str, ImpactNode] = {}
        self.edges: set[ImpactEdge] = set()
        self.is_cut = False

    def go(self, start: str, direction: int) -> None:
        """Add what trouble reaches (1) or what it comes from (-1)."""
        newest, level = {start}, 0
        while newest and self._kinds:
            level += direction
            edges = [self._edge(link) for link in Records(self._context.work).links(newest, list(self._kinds))]
            ends = {
                edge.effect if direction > 0 else edge.cause for edge in edges if self._leaves(edge, newest, direction)
            }
            self.edges.update(edges)
            newest = self._add(ends - set(self.nodes), level)

    def _leaves(self, edge: ImpactEdge, newest: Collection[str], direction: int) -> bool:
        return (edge.cause if direction > 0 else edge.effect) in newest

    def _add(self, numbers: Collection[str], level: int) -> set[str]:
        found = referenced_records(self._context.work, self._reader, numbers) if numbers else {}
        added: set[str] = set()
        for number, other in sorted(found.items()):
            if not other.is_visible:
                continue
            if len(self.nodes) >= MOST_NODES:
                self.is_cut = True
                break
            self.nodes[number] = _node(other, level)
            added.add(number)
        return added

    def _edge(self, link: RecordLink) -> ImpactEdge:
        if self._kinds[link.kind] == "to_start":
            return ImpactEdge(link.to_number, link.from_number, link.kind)
        return ImpactEdge(link.from_number, link.to_number, link.kind)


def _node(other: Referenced, level: int) -> ImpactNode:
    return ImpactNode(other.number, other.title, other.number.partition("-")[0], level)
