"""All processes, and one process: diagram with live counts or with where the time goes, charts, versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from math import ceil, sqrt

from flask import Response, jsonify, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from engine import (
    SCOPE_TYPES,
    DayCount,
    ElementFigures,
    ElementStatistics,
    ElementStatisticsData,
    InstanceFilter,
    Instances,
    OpenFaults,
    ProcessOverview,
    ProcessPage,
    ProcessPageData,
)
from webapp.access import needs
from webapp.engine_access import actor, engine
from webapp.monitor.blueprint import OBSERVERS, pages
from webapp.monitor.charts import BarChart, bar_chart, sparkline
from webapp.monitor.live import page_or_part
from webapp.monitor.wording import span

_NEWEST = 6
_HOTTEST = 5
#: What the diagram can be painted by -> the figure of an element.
_HEATS = {"total": "total", "median": "median", "p95": "p95"}


@pages.get("/")
@needs(*OBSERVERS)
def overview() -> str | AnyResponse:
    """Show all processes, what happened lately and what is stuck."""
    page = engine().ask(ProcessOverview(actor=actor()))
    faults = engine().ask(OpenFaults(actor=actor()))
    return page_or_part(
        "monitor/overview.html",
        "monitor/_overview.html",
        page=page,
        faults=faults.lines[:5],
        chart=_started_and_finished(page.days),
        sparks=_sparks(page.days),
        line_sparks={line.newest.process_id: sparkline([day.started for day in line.days]) for line in page.lines},
    )


@pages.get("/processes/<process_id>")
@needs(*OBSERVERS)
def process(process_id: str) -> str | AnyResponse:
    """Show one process: where its instances are or where the time goes, what happened lately, its versions."""
    version, heat = request.args.get("version", type=int), _heat()
    page = engine().ask(ProcessPage(process_id=process_id, version=version, actor=actor()))
    statistics = _statistics(process_id, version) if heat else None
    newest = engine().ask(
        Instances(actor=actor(), wanted=InstanceFilter(process_id=process_id, version=version), limit=_NEWEST)
    )
    return page_or_part(
        "monitor/process.html",
        "monitor/_process.html",
        page=page,
        version=version,
        newest=newest,
        heat=heat,
        levels=_levels(statistics.elements, heat) if statistics else {},
        statistics=replace(statistics, elements=_most_first(statistics.elements, heat)) if statistics else None,
        chart=_started_and_finished(page.days),
        sparks=_sparks(page.days),
        overlay_url=url_for("monitor.process_overlay", process_id=process_id, version=version, heat=heat or None),
        element_link=url_for("monitor.instance_list", process=process_id, version=version, element="ELEMENT").replace(
            "ELEMENT", "{element}"
        ),
    )


@pages.get("/processes/<process_id>/overlay.json")
@needs(*OBSERVERS)
def process_overlay(process_id: str) -> Response:
    """Answer what the viewer paints into the diagram."""
    version, heat = request.args.get("version", type=int), _heat()
    if heat:
        painted = _painted(_statistics(process_id, version).elements, heat)
        hottest = max(painted, key=lambda element_id: painted[element_id].level, default=None)
        return jsonify(elements={}, heat={name: asdict(one) for name, one in painted.items()}, focus=hottest)
    page: ProcessPageData = engine().ask(ProcessPage(process_id=process_id, version=version, actor=actor()))
    elements = {
        load.element_id: {"active": max(0, load.live - load.faults), "faults": load.faults} for load in page.loads
    }
    return jsonify(elements=elements)


def _heat() -> str:
    return _HEATS.get(request.args.get("heat", ""), "")


def _statistics(process_id: str, version: int | None) -> ElementStatisticsData:
    found: ElementStatisticsData = engine().ask(
        ElementStatistics(process_id=process_id, version=version, actor=actor())
    )
    return found


def _figure(element: ElementFigures, heat: str) -> timedelta:
    figure: timedelta | None = getattr(element, _HEATS[heat])
    return figure or timedelta()


def _levels(elements: Sequence[ElementFigures], heat: str) -> dict[str, int]:
    """Return 1 (little) to 5 (most) for each element that took time; the root spreads what is far below the longest.

    A sub-process only holds what takes its time.
    """
    inner = [one for one in elements if one.element_type not in SCOPE_TYPES]
    most = max((_figure(one, heat) for one in inner), default=timedelta())
    if not most:
        return {}
    shares = {one.element_id: _figure(one, heat) / most for one in inner}
    return {element_id: ceil(_HOTTEST * sqrt(share)) for element_id, share in shares.items() if share > 0}


def _most_first(elements: Sequence[ElementFigures], heat: str) -> tuple[ElementFigures, ...]:
    return tuple(sorted(elements, key=lambda one: _figure(one, heat), reverse=True))


@dataclass(frozen=True, slots=True)
class Heat:
    """What the viewer paints at an element."""

    level: int  #: 1 (little) to 5 (most)
    text: str


def _painted(elements: Sequence[ElementFigures], heat: str) -> dict[str, Heat]:
    """Return element id -> what the viewer paints there."""
    levels = _levels(elements, heat)
    took = {one.element_id: span(_figure(one, heat)) for one in elements}
    return {element_id: Heat(level, took[element_id]) for element_id, level in levels.items()}


def _started_and_finished(days: Sequence[DayCount]) -> BarChart:
    return bar_chart([day.on for day in days], [[day.started for day in days], [day.ended for day in days]])


def _sparks(days: Sequence[DayCount]) -> dict[str, object]:
    growth, running = 0, []
    for day in days:
        growth += day.started - day.ended
        running.append(growth)
    return {
        "running": sparkline(running),
        "started": sparkline([day.started for day in days]),
        "ended": sparkline([day.ended for day in days]),
        "faults": sparkline([day.faults for day in days]),
    }
