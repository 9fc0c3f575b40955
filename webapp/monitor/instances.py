"""Lists of process instances, and one of them with everything that belongs to it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Response, jsonify, render_template, request, url_for

from engine import (
    SCOPE_TYPES,
    InstanceFilter,
    InstanceFilters,
    InstancePage,
    InstancePageData,
    InstanceRevision,
    Instances,
    ProcessInstanceState,
)
from webapp.access import needs
from webapp.clock import now
from webapp.engine_access import actor, engine
from webapp.i18n import mark
from webapp.monitor.blueprint import OBSERVERS, pages

_RUNNING = (ProcessInstanceState.ACTIVE, ProcessInstanceState.SUSPENDED)
_ENDED = (ProcessInstanceState.COMPLETED, ProcessInstanceState.CANCELED)

#: value of the filter -> (text, states)
STATE_CHOICES: Mapping[str, tuple[str, tuple[ProcessInstanceState, ...]]] = {
    "": (mark("Running"), _RUNNING),
    "suspended": (mark("Suspended"), (ProcessInstanceState.SUSPENDED,)),
    "ended": (mark("Ended"), _ENDED),
    "completed": (mark("Completed"), (ProcessInstanceState.COMPLETED,)),
    "canceled": (mark("Canceled"), (ProcessInstanceState.CANCELED,)),
    "all": (mark("All states"), tuple(ProcessInstanceState)),
}
#: Fields of the filter form, all optional.
FIELDS = ("process", "version", "state", "element", "number", "person", "days", "fault", "variable", "value", "order")
_MAX_DAYS = 36_500


@pages.get("/instances")
@needs(*OBSERVERS)
def instance_list() -> str:
    """Show process instances that fit the filters, page by page."""
    chosen = {name: request.args[name].strip() for name in FIELDS if request.args.get(name, "").strip()}
    after = request.args.get("after")
    page = engine().ask(Instances(actor=actor(), wanted=read_filter(chosen), after=after))
    return render_template(
        "monitor/instances.html",
        page=page,
        after=after,
        chosen=chosen,
        choices=engine().ask(InstanceFilters(actor=actor(), process_id=chosen.get("process", ""))),
        state_choices=STATE_CHOICES,
    )


@pages.get("/instances/<int:key>")
@needs(*OBSERVERS)
def instance(key: int) -> str:
    """Show one instance: diagram, variables, what it waits for, faults, history."""
    before = request.args.get("before", type=int)
    page = engine().ask(InstancePage(process_instance_key=key, actor=actor(), history_before=before))
    return render_template(
        "monitor/instance.html",
        page=page,
        before=before,
        overlay_url=url_for("monitor.instance_overlay", key=key),
    )


@pages.get("/instances/<int:key>/changes")
@needs(*OBSERVERS)
def instance_changes(key: int) -> str | tuple[str, int]:
    """Answer a hint when the instance moved on since revision `since`; nothing otherwise. Asked by htmx."""
    revision = engine().ask(InstanceRevision(process_instance_key=key, actor=actor()))
    if revision == request.args.get("since", type=int):
        return "", 204
    return render_template("monitor/_changed.html", key=key)


@pages.get("/instances/<int:key>/overlay.json")
@needs(*OBSERVERS)
def instance_overlay(key: int) -> Response:
    """Answer what the viewer paints into the diagram of one instance."""
    page = engine().ask(InstancePage(process_instance_key=key, actor=actor()))
    return jsonify(elements=overlay_of(page))


def read_filter(chosen: Mapping[str, str]) -> InstanceFilter:
    """Return the filter that the fields of the form mean; what makes no sense finds nothing or everything."""
    days = _whole_number(chosen.get("days", ""))
    return InstanceFilter(
        process_id=chosen.get("process", ""),
        version=_whole_number(chosen.get("version", "")),
        states=STATE_CHOICES.get(chosen.get("state", ""), STATE_CHOICES[""])[1],
        element_id=chosen.get("element", ""),
        number=chosen.get("number", ""),
        person=chosen.get("person", ""),
        started_before=now() - timedelta(days=min(days, _MAX_DAYS)) if days is not None else None,
        has_fault="fault" in chosen,
        variable_name=chosen.get("variable", ""),
        variable_values=variable_values(chosen.get("value", "")),
        is_oldest_first=chosen.get("order") == "oldest",
    )


def variable_values(text: str) -> tuple[Any, ...]:
    """Return what a typed value may mean: the text itself, and the JSON value that it spells."""
    if not text:
        return ()
    try:
        value = json.loads(text)
    except ValueError:
        return (text,)
    return (value, text) if not isinstance(value, str) else (value,)


def overlay_of(page: InstancePageData) -> dict[str, dict[str, object]]:
    """Return element id -> what to paint: live, faulted, passed."""
    live = Counter(place.element_id for place in page.places if place.element_type not in SCOPE_TYPES)
    stuck = Counter(fault.element_id for fault in page.faults)
    elements: dict[str, dict[str, object]] = {element_id: {"state": "completed"} for element_id in page.passed}
    for element_id in live.keys() | stuck.keys():
        going = max(0, live[element_id] - stuck[element_id])
        elements[element_id] = {"active": going, "faults": stuck[element_id], "state": "active"}
    return elements


def _whole_number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= 9 else None
