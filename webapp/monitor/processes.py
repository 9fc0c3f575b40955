"""All processes, and one process: diagram with live counts, charts, versions."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, jsonify, render_template, request, url_for

from engine import (
    DayCount,
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

_NEWEST = 6


@pages.get("/")
@needs(*OBSERVERS)
def overview() -> str:
    """Show all processes, what happened lately and what is stuck."""
    page = engine().ask(ProcessOverview(actor=actor()))
    faults = engine().ask(OpenFaults(actor=actor()))
    return render_template(
        "monitor/overview.html",
        page=page,
        faults=faults.lines[:5],
        chart=_started_and_finished(page.days),
        sparks=_sparks(page.days),
        line_sparks={line.newest.process_id: sparkline([day.started for day in line.days]) for line in page.lines},
    )


@pages.get("/processes/<process_id>")
@needs(*OBSERVERS)
def process(process_id: str) -> str:
    """Show one process: where its instances are, what happened lately, its versions."""
    version = request.args.get("version", type=int)
    page = engine().ask(ProcessPage(process_id=process_id, version=version, actor=actor()))
    newest = engine().ask(
        Instances(actor=actor(), wanted=InstanceFilter(process_id=process_id, version=version), limit=_NEWEST)
    )
    return render_template(
        "monitor/process.html",
        page=page,
        version=version,
        newest=newest,
        chart=_started_and_finished(page.days),
        sparks=_sparks(page.days),
        overlay_url=url_for("monitor.process_overlay", process_id=process_id, version=version),
        element_link=url_for("monitor.instance_list", process=process_id, version=version, element="ELEMENT").replace(
            "ELEMENT", "{element}"
        ),
    )


@pages.get("/processes/<process_id>/overlay.json")
@needs(*OBSERVERS)
def process_overlay(process_id: str) -> Response:
    """Answer what the viewer paints into the diagram."""
    version = request.args.get("version", type=int)
    page: ProcessPageData = engine().ask(ProcessPage(process_id=process_id, version=version, actor=actor()))
    elements = {
        load.element_id: {"active": max(0, load.live - load.faults), "faults": load.faults} for load in page.loads
    }
    return jsonify(elements=elements)


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
