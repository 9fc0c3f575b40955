"""Writes docs/bpmn-coverage.md: `python -m tests.features.coverage`.

Every piece of BPMN is a smallest diagram with an element `x`. It is deployed and played to its end; what
the page says is what happened. `tests/features/test_coverage.py` fails when the page says anything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import groupby
from pathlib import Path

from engine.bpmn import Element, ExecutableProcess, parse
from engine.errors import DefinitionInvalid
from engine.model import Finding
from tests.features.coverage_pieces import DECLARATIONS, PIECES, Piece
from tests.features.notation import definitions, process
from tests.features.player import Player

PAGE = Path(__file__).parents[2] / "docs/bpmn-coverage.md"
_SCENARIOS = Path(__file__).parents[1] / "scenarios/bpmn"
_MOST_STEPS = 40
_SHOWN_SCENARIOS = 4
_CRON_BLANKS = 5
_HEAD = """# What of BPMN runs · Bagian BPMN yang berjalan

Every element and kind of event, as a modeller for Camunda 8 draws it. **Runs**: a smallest diagram with it was
deployed and played to its end, kept in memory and reloaded before every step. **Refused**: a diagram with it is not
deployed; the reason and the cure stand beside it. The names beside what runs are the scenarios of
`tests/scenarios/bpmn` that use it; they are played on both databases.

Setiap elemen dan jenis peristiwa, sebagaimana digambar untuk Camunda 8. **Runs** (berjalan): diagram terkecil dengannya
diterapkan dan dijalankan sampai selesai. **Refused** (ditolak): diagram dengannya tidak diterapkan; alasan dan caranya
ada di sampingnya.

This page is written by `python -m tests.features.coverage`; a test fails when it is out of date.
"""


@dataclass(frozen=True)
class Outcome:
    """What became of a piece: it ran, or was refused with a finding."""

    refusal: Finding | None = None


def source_of(piece: Piece) -> bytes:
    """Return the file of a piece."""
    return definitions(DECLARATIONS + process(piece.body) + piece.beside)


def outcome_of(piece: Piece, *, reloads: bool = False) -> Outcome:
    """Deploy and play a piece; AssertionError when it neither runs to its end nor is refused."""
    player = Player(reloads)
    player.decisions["D"] = 1
    try:
        player.deploy(source_of(piece))
    except DefinitionInvalid as error:
        return Outcome(error.findings[0])
    _begin(player, piece)
    for _ in range(_MOST_STEPS):
        player.settle()
        if all(instance.is_ended for instance in player.instances.values()):
            break
        _step(player)
    faults = [fault.reason.en for _, fault in player.faults.values()]
    assert faults == [], f"{piece.name.en}: {faults}"
    assert player.instances, f"{piece.name.en} does not start"
    assert all(instance.is_ended for instance in player.instances.values()), f"{piece.name.en} does not end"
    assert player.completed[piece.reached] or player.canceled[piece.reached], f"{piece.name.en} is not reached"
    return Outcome()


def _begin(player: Player, piece: Piece) -> None:
    if piece.start == "message":
        player.publish("M", "", {"k": "k"})
    elif piece.start == "signal":
        player.broadcast("S", {})
    else:
        player.start("p", {"k": "k", "n": 0, "items": [1, 2]}, piece.start or None)


def _step(player: Player) -> None:
    """Let everything happen that something waits for: events first, so that they find their hosts at work."""
    if not player.publish("M", "k", {"m": 1}):
        player.broadcast("S", {})
        player.advance(timedelta(days=1))
    for key, job in list(player.jobs.items()):
        if key in player.jobs:
            player.command(job["instance"], "complete_job", key, {"n": 9})
            player.settle()
    for key in list(player.open_tasks):
        if key in player.open_tasks:
            player.command(player.user_tasks[key][0], "complete_user_task", key, {"n": 9})
            player.settle()


# ---- which scenarios use what ---------------------------------------------------------------


def signature(element: Element, of: ExecutableProcess) -> tuple[object, ...]:
    """Return what makes two elements the same piece of BPMN."""
    around = of.elements.get(element.scope or "")
    starts_handler = element.type == "startEvent" and around is not None and around.is_event_subprocess
    interrupts = element.is_interrupting if starts_handler or element.type == "boundaryEvent" else True
    loop = (element.loop.kind, element.loop.cardinality is not None) if element.loop else None
    binding = element.called_process.binding if element.called_process else None
    works_by = (element.job is not None, element.script is not None, element.called_decision is not None)
    means = (element.form_id is not None and element.type == "startEvent", *works_by, binding, loop)
    return (element.type, _event_kind(element), starts_handler, interrupts, element.is_event_subprocess, *means)


def _event_kind(element: Element) -> str:
    event = element.event
    if event is None:
        return "none"
    if event.timer is not None:
        is_cron = event.timer.kind == "cycle" and event.timer.value.text.count(" ") == _CRON_BLANKS
        return "cron" if is_cron else event.timer.kind
    return f"any {event.kind}" if event.kind in ("error", "escalation") and event.code is None else event.kind


@cache
def scenarios() -> dict[tuple[object, ...], list[str]]:
    """Return the names of the scenarios by what they use."""
    found: dict[tuple[object, ...], list[str]] = {}
    for path in sorted(_SCENARIOS.glob("*.bpmn")):
        for used in set(_used(path)):
            found.setdefault(used, []).append(path.stem)
    return found


def _used(path: Path) -> Iterator[tuple[object, ...]]:
    try:
        processes = parse(path.read_bytes(), path.name).processes
    except DefinitionInvalid:
        return
    for one in processes:
        yield from (signature(element, one) for element in one.elements.values())


def _scenarios_of(piece: Piece) -> str:
    if not piece.searched:
        return ""
    processes = parse(source_of(piece), "piece.bpmn").processes
    one = next(one for one in processes if piece.searched in one.elements)
    names = scenarios().get(signature(one.elements[piece.searched], one), [])
    rest = f" and {len(names) - _SHOWN_SCENARIOS} more" if len(names) > _SHOWN_SCENARIOS else ""
    return ", ".join(f"`{name}`" for name in names[:_SHOWN_SCENARIOS]) + rest


# ---- the page -------------------------------------------------------------------------------


def page() -> str:
    """Return the page as it should be."""
    lines = [_HEAD]
    outcomes = [(piece, outcome_of(piece)) for piece in PIECES]
    running = sum(outcome.refusal is None for _, outcome in outcomes)
    lines.append(f"**{running} run, {len(outcomes) - running} are refused.**\n")
    for group, rows in groupby(outcomes, key=lambda row: row[0].group):
        lines += [f"## {group}\n", "| Element | Elemen | Status | |", "|---|---|---|---|"]
        lines += [_row(piece, outcome) for piece, outcome in rows]
        lines.append("")
    return "\n".join(lines)


def _row(piece: Piece, outcome: Outcome) -> str:
    finding = outcome.refusal
    if finding is None:
        status, remark = "runs", _scenarios_of(piece)
    else:
        status, remark = "**refused**", f"{finding.reason.en} {finding.cure.en} · {finding.reason.id} {finding.cure.id}"
    return f"| {piece.name.en} | {piece.name.id} | {status} | {remark} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
