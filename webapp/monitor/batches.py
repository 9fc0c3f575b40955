"""One operation on many instances: chosen by the list's filters, looked at, started, stopped, told one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import (
    Batches,
    BatchItemState,
    BatchKind,
    BatchPage,
    BatchPlan,
    CommandRejected,
    DiscardBatch,
    InstanceFilters,
    Instances,
    ProcessInstanceState,
    ProposeBatch,
    StartBatch,
    StopBatch,
)
from webapp.access import needs
from webapp.engine_access import actor, engine
from webapp.errors import status_of
from webapp.i18n import full_moment, gettext, mark, words
from webapp.monitor import wording
from webapp.monitor.blueprint import OBSERVERS, OPERATORS, pages
from webapp.monitor.json_input import JsonInputError, read_object
from webapp.monitor.live import page_or_part
from webapp.monitor.selection import STATE_CHOICES, chosen_filters, chosen_keys, read_filter

NO_REASON = mark("Please say why; the audit keeps the reason.")
Answer = str | Response | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of operation is named and explained."""

    title: str
    text: str
    icon: str
    is_danger: bool = False


#: In the order in which they are offered.
KINDS: Mapping[BatchKind, Kind] = {
    BatchKind.RETRY: Kind(
        mark("Retry faults"), mark("Every stuck element of these instances tries again."), "refresh"
    ),
    BatchKind.SUSPEND: Kind(
        mark("Suspend"), mark("Nothing of these instances and of what they called goes on until resumed."),
        "player-pause",
    ),
    BatchKind.RESUME: Kind(
        mark("Resume"), mark("These instances go on. What fell due meanwhile happens at once."), "player-play"
    ),
    BatchKind.MIGRATE: Kind(
        mark("Move to another version"), mark("These instances go on in another version of their process."), "versions"
    ),
    BatchKind.MODIFY: Kind(
        mark("Move tokens"), mark("In each of these instances elements end and others begin."), "route"
    ),
    BatchKind.CANCEL: Kind(
        mark("Cancel"), mark("Everything these instances wait for ends, what they called too. It cannot be undone."),
        "ban", is_danger=True,
    ),
}  # fmt: skip
#: state -> (text, tone of its badge)
STATES = {
    "proposed": (mark("not started"), "amber"),
    "running": (mark("running"), "blue"),
    "stopped": (mark("stopped"), "amber"),
    "finished": (mark("finished"), "green"),
    "discarded": (mark("discarded"), "grey"),
}
ITEM_STATES = {
    BatchItemState.WAITING: (mark("waiting"), "grey"),
    BatchItemState.DONE: (mark("done"), "green"),
    BatchItemState.REFUSED: (mark("refused"), "red"),
}
_FIELDS = {
    "version": mark("Version"),
    "mapping": mark("Mapping plan"),
    "cancel": mark("Ends"),
    "start_before": mark("Goes on before"),
    "variables": mark("Variables"),
    "retries": mark("Tries for the job"),
    "process_id": mark("Process"),
    "states": mark("State"),
    "element_id": mark("At step"),
    "number": mark("Number"),
    "person": mark("Person"),
    "started_before": mark("Started before"),
    "has_fault": mark("Only with a fault"),
    "variable_name": mark("Variable"),
    "variable_values": mark("has the value"),
    "is_oldest_first": mark("Oldest first"),
}
_MOVES: Mapping[str, type[StartBatch | StopBatch | DiscardBatch]] = {
    "start": StartBatch,
    "stop": StopBatch,
    "discard": DiscardBatch,
}
_SHOWN = 10


@pages.get("/batches")
@needs(*OBSERVERS)
def batch_list() -> str | Response:
    """Show operations on many instances, newest first."""
    before = request.args.get("before", type=int)
    page = engine().ask(Batches(actor=actor(), before=before))
    return page_or_part("monitor/batches.html", "monitor/_batches.html", page=page, before=before)


@pages.get("/batches/<int:key>")
@needs(*OBSERVERS)
def batch(key: int) -> str | Response:
    """Show one operation: before it starts what is chosen, then how far it is and what was refused."""
    return _batch_page(key)


@pages.post("/batches/<int:key>/<any(start, stop, discard):move>")
@needs(*OPERATORS)
def move_batch(key: int, move: str) -> Answer:
    """Start, stop or discard it."""
    try:
        engine().execute(_MOVES[move](batch_key=key, actor=actor()))
    except CommandRejected as error:
        page = _batch_page(key, error=words(error.label))
        return (page, status_of(error)) if isinstance(page, str) else page
    return redirect(url_for("monitor.batch", key=key))


@pages.get("/batches/new")
@needs(*OPERATORS)
def new_batch() -> Answer:
    """Ask what is to be done to the chosen instances; a migration has a page of its own."""
    kind = _kind()
    if kind is BatchKind.MIGRATE:
        chosen, keys = chosen_filters(request.args), chosen_keys(request.args)
        return redirect(url_for("monitor.migration", key=keys, **chosen))
    return _ask(kind)


@pages.post("/batches/new")
@needs(*OPERATORS)
def propose_batch() -> Answer:
    """Choose the instances; nothing happens to them until the batch is started."""
    kind, reason = _kind(), request.form.get("reason", "").strip()
    if not reason:
        return _ask(kind, gettext(NO_REASON), "reason"), 422
    try:
        plan = _read_plan(kind)
    except JsonInputError as error:
        return _ask(kind, error.text, "variables"), 422
    selection = read_filter(chosen_filters(request.form), chosen_keys(request.form))
    try:
        proposed = engine().execute(ProposeBatch(plan=plan, selection=selection, reason=reason, actor=actor()))
    except CommandRejected as error:
        return _ask(kind, words(error.label)), status_of(error)
    return redirect(url_for("monitor.batch", key=proposed.key))


def _kind() -> BatchKind:
    wanted = request.values.get("kind", "")
    return next((kind for kind in BatchKind if kind.value == wanted), BatchKind.RETRY)


def _read_plan(kind: BatchKind) -> BatchPlan:
    form = request.form
    return BatchPlan(
        kind=kind,
        cancel=tuple(name for name in form.getlist("cancel") if name),
        start_before=tuple(name for name in form.getlist("start_before") if name),
        variables=read_object(form.get("variables", "")),
        retries=form.get("retries", type=int),
    )


def _ask(kind: BatchKind, error: str = "", place: str = "") -> str:
    chosen, keys = chosen_filters(request.values), chosen_keys(request.values)
    found = engine().ask(Instances(actor=actor(), wanted=read_filter(chosen, keys), limit=_SHOWN))
    return render_template(
        "monitor/new_batch.html",
        kind=kind,
        kinds=KINDS,
        chosen=chosen,
        keys=keys,
        found=found,
        choices=engine().ask(InstanceFilters(actor=actor(), process_id=chosen.get("process", ""))),
        state_choices=STATE_CHOICES,
        error=error,
        place=place,
    )


def _batch_page(key: int, error: str = "") -> str | Response:
    wanted = request.args.get("state", "")
    state = next((one for one in BatchItemState if one.value == wanted), None)
    after = request.args.get("after", 0, type=int)
    page = engine().ask(BatchPage(batch_key=key, actor=actor(), state=state, after=after))
    facts = {"page": page, "kinds": KINDS, "state": state, "after": after, "error": error}
    return page_or_part("monitor/batch.html", "monitor/_batch.html", **facts)


def plan_word(name: str) -> str:
    """Return what a field of a plan or of a selection is called."""
    return gettext(_FIELDS.get(name, name))


def plan_value(name: str, value: Any) -> str:
    """Return a field's value as a person reads it."""
    if name == "states":
        return ", ".join(gettext(wording.STATES[ProcessInstanceState(state)][0]) for state in value)
    if value is True:
        return gettext("yes")
    if name == "started_before":
        return full_moment(datetime.fromisoformat(value))
    if isinstance(value, dict):
        return ", ".join(f"{key} → {wording.as_json(one)}" for key, one in value.items())
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def for_templates() -> dict[str, Any]:
    """Return what the templates of batches call."""
    words_of = {"plan_word": plan_word, "plan_value": plan_value}
    return {"batch_kinds": KINDS, "batch_states": STATES, "item_states": ITEM_STATES, **words_of}
