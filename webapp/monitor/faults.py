"""Everything that is stuck; one or many can be tried again."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import CommandRejected, OpenFaults, ProcessOverview, ResolveFault
from webapp.access import needs
from webapp.engine_access import actor, engine
from webapp.i18n import gettext, ngettext, words
from webapp.monitor.blueprint import OBSERVERS, OPERATORS, pages
from webapp.monitor.live import page_or_part

_MAX_AT_ONCE = 100
_MAX_COMPLAINTS = 5


@pages.get("/faults")
@needs(*OBSERVERS)
def fault_list() -> str | Response:
    """Show open faults, the oldest first."""
    return page_or_part("monitor/faults.html", "monitor/_faults.html", **_facts())


@pages.post("/faults")
@needs(*OPERATORS)
def retry_faults() -> Response | tuple[str, int]:
    """Retry every chosen fault, each in a transaction of its own."""
    keys = request.form.getlist("fault", type=int)[:_MAX_AT_ONCE]
    reason = request.form.get("reason", "").strip()
    if not keys:
        return _fault_page(gettext("Choose at least one fault.")), 422
    if not reason:
        return _fault_page(gettext("Please say why; the audit keeps the reason.")), 422
    refused = [complaint for complaint in (_retry(key, reason) for key in keys) if complaint]
    done = len(keys) - len(refused)
    if done:
        text = ngettext("%(num)s element was tried again.", "%(num)s elements were tried again.", done)
        flash(text % {"num": done}, "success")
    for complaint in refused[:_MAX_COMPLAINTS]:
        flash(complaint, "warning")
    return redirect(url_for("monitor.fault_list", process=request.form.get("process") or None))


def _retry(key: int, reason: str) -> str:
    try:
        engine().execute(ResolveFault(fault_key=key, actor=actor(), reason=reason))
    except CommandRejected as error:
        return words(error.label)
    return ""


def _fault_page(error: str) -> str:
    return render_template("monitor/faults.html", **_facts(error))


def _facts(error: str = "") -> dict[str, Any]:
    process_id, kind, after = (request.values.get(name, "") for name in ("process", "kind", "after"))
    page = engine().ask(OpenFaults(actor=actor(), process_id=process_id, kind=kind, after=after or None))
    overview = engine().ask(ProcessOverview(actor=actor()))
    return {
        "page": page,
        "processes": [line for line in overview.lines if line.open_faults],
        "process_id": process_id,
        "after": after,
        "error": error,
        "chosen": request.form.getlist("fault", type=int),
    }
