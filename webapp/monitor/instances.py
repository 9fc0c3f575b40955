"""Lists of process instances, and one of them with everything that belongs to it."""

from __future__ import annotations

from collections import Counter

from flask import Response, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from engine import (
    SCOPE_TYPES,
    CallHierarchy,
    InstanceFilters,
    InstancePage,
    InstancePageData,
    InstanceReplay,
    Instances,
    ReplayStep,
)
from webapp.access import may, needs
from webapp.engine_access import actor, engine
from webapp.i18n import full_moment, words
from webapp.monitor import saved_views, wording
from webapp.monitor.batches import KINDS
from webapp.monitor.blueprint import OBSERVERS, pages
from webapp.monitor.live import page_or_part
from webapp.monitor.selection import STATE_CHOICES, chosen_filters, read_filter

#: Who may search by what variables hold.
_READERS = ("administrator", "auditor")


@pages.get("/instances")
@needs(*OBSERVERS)
def instance_list() -> str | AnyResponse:
    """Show process instances that fit the filters, page by page; at first what the person's default view says."""
    views = saved_views.views()
    chosen = chosen_filters(request.args)
    default = next((view for view in views if view.is_default), None)
    if default and not request.args and (filters := saved_views.filters_of(default)):
        return redirect(url_for("monitor.instance_list", **filters))
    if not may(*_READERS):
        chosen = {name: text for name, text in chosen.items() if name not in ("variable", "value")}
    after = request.args.get("after")
    return page_or_part(
        "monitor/instances.html",
        "monitor/_instances.html",
        page=engine().ask(Instances(actor=actor(), wanted=read_filter(chosen), after=after)),
        after=after,
        chosen=chosen,
        choices=engine().ask(InstanceFilters(actor=actor(), process_id=chosen.get("process", ""))),
        state_choices=STATE_CHOICES,
        kinds=KINDS,
        views=[(view, saved_views.filters_of(view)) for view in views],
    )


@pages.get("/instances/<int:key>")
@needs(*OBSERVERS)
def instance(key: int) -> str | AnyResponse:
    """Show one instance: diagram, variables, what it waits for, faults, history."""
    before = request.args.get("before", type=int)
    page: InstancePageData = engine().ask(InstancePage(process_instance_key=key, actor=actor(), history_before=before))
    has_family = page.instance.parent_instance_key is not None or page.children
    return page_or_part(
        "monitor/instance.html",
        "monitor/_instance.html",
        page=page,
        before=before,
        overlay_url=url_for("monitor.instance_overlay", key=key),
        family=engine().ask(CallHierarchy(process_instance_key=key, actor=actor())) if has_family else (),
    )


@pages.get("/instances/<int:key>/overlay.json")
@needs(*OBSERVERS)
def instance_overlay(key: int) -> Response:
    """Answer what the viewer paints into the diagram of one instance."""
    page = engine().ask(InstancePage(process_instance_key=key, actor=actor()))
    newest = next((named.entry.element_id for named in page.history if named.entry.element_id), None)
    return jsonify(elements=overlay_of(page), focus=newest)


@pages.get("/instances/<int:key>/steps.json")
@needs(*OBSERVERS)
def instance_steps(key: int) -> Response:
    """Answer the moves of an instance, oldest first, for the replay on its diagram."""
    found = engine().ask(InstanceReplay(process_instance_key=key, actor=actor()))
    return jsonify(steps=[_step(step) for step in found.steps], has_more=found.has_more)


def overlay_of(page: InstancePageData) -> dict[str, dict[str, object]]:
    """Return element id -> what to paint: live, faulted, passed."""
    live = Counter(place.element_id for place in page.places if place.element_type not in SCOPE_TYPES)
    stuck = Counter(fault.element_id for fault in page.faults)
    elements: dict[str, dict[str, object]] = {element_id: {"state": "completed"} for element_id in page.passed}
    for element_id in live.keys() | stuck.keys():
        going = max(0, live[element_id] - stuck[element_id])
        elements[element_id] = {"active": going, "faults": stuck[element_id], "state": "active"}
    return elements


def _step(step: ReplayStep) -> dict[str, object]:
    texts = (full_moment(step.at), words(step.name) if step.name else "", wording.action(step.action)[0])
    return {
        "action": step.action,
        "element": step.element_id,
        # Keys have more digits than a number of JavaScript holds.
        "instance": str(step.element_instance_key),
        "flows": step.flows,
        "text": " · ".join(text for text in texts if text),
    }
