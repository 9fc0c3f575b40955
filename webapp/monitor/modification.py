"""Move tokens of a running instance by hand, and start an ended one again at an element: looked at first, then done."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import (
    CommandRejected,
    InstancePage,
    InstancePageData,
    ModificationChoices,
    ModificationPreview,
    ModifyProcessInstance,
    RestartProcessInstance,
)
from webapp.access import needs
from webapp.engine_access import actor, engine
from webapp.errors import status_of
from webapp.i18n import gettext, words
from webapp.monitor.batches import NO_REASON
from webapp.monitor.blueprint import OPERATORS, pages
from webapp.monitor.json_input import JsonInputError, read_object
from webapp.monitor.selection import whole_number

Answer = str | Response | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Modification:
    """What the form asks for."""

    cancel: tuple[int, ...] = ()
    start_before: str = ""
    within: int | None = None
    variables: dict[str, Any] = field(default_factory=dict)

    def arguments(self) -> dict[str, Any]:
        """Return the arguments that command and preview share."""
        start = (self.start_before,) if self.start_before else ()
        within = {self.start_before: self.within} if start and self.within else {}
        return {"cancel": self.cancel, "start_before": start, "within": within}

    @property
    def mark(self) -> str:
        """Return a mark of these wishes: only what was looked at is done."""
        text = json.dumps([self.arguments(), self.variables], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@pages.route("/instances/<int:key>/modify", methods=["GET", "POST"])
@needs(*OPERATORS)
def modify_instance(key: int) -> Answer:
    """Offer what can be ended and entered; show what it would do; do it when that was seen."""
    page = _page(key)
    if request.method == "GET":
        wanted = Modification(start_before=request.args.get("element", ""))
        return _form(page, wanted)
    try:
        wanted = _read()
    except JsonInputError as error:
        return _form(page, Modification(), error=error.text, place="variables"), 422
    reason = request.form.get("reason", "").strip()
    try:
        preview = engine().ask(ModificationPreview(process_instance_key=key, actor=actor(), **wanted.arguments()))
        if not (wanted.cancel or wanted.start_before or wanted.variables):
            return _form(page, wanted, error=gettext("Choose what ends or where it goes on.")), 422
        if request.form.get("seen") != wanted.mark:
            return _form(page, wanted, preview=preview)
        if not reason:
            return _form(page, wanted, preview=preview, error=gettext(NO_REASON), place="reason"), 422
        engine().execute(
            ModifyProcessInstance(
                process_instance_key=key,
                variables=wanted.variables,
                reason=reason,
                actor=actor(),
                **wanted.arguments(),
            )
        )
    except CommandRejected as error:
        return _form(page, wanted, error=words(error.label)), status_of(error)
    flash(gettext("The instance was modified."), "success")
    return redirect(url_for("monitor.instance", key=key))


@pages.route("/instances/<int:key>/restart", methods=["GET", "POST"])
@needs(*OPERATORS)
def restart_instance(key: int) -> Answer:
    """Start an ended instance again before an element, with what it knew."""
    page = _page(key)
    if request.method == "GET":
        return _restart_form(page)
    reason = request.form.get("reason", "").strip()
    if not reason:
        return _restart_form(page, gettext(NO_REASON), "reason"), 422
    try:
        started = engine().execute(
            RestartProcessInstance(
                process_instance_key=key,
                start_before=tuple(name for name in request.form.getlist("start_before") if name),
                variables=read_object(request.form.get("variables", "")),
                version=whole_number(request.form.get("to", "")),
                reason=reason,
                actor=actor(),
            )
        )
    except JsonInputError as error:
        return _restart_form(page, error.text, "variables"), 422
    except CommandRejected as error:
        return _restart_form(page, words(error.label)), status_of(error)
    flash(gettext("A new instance goes on from there."), "success")
    return redirect(url_for("monitor.instance", key=started.key))


def _read() -> Modification:
    form = request.form
    start_before = form.get("start_before", "")
    scope = form.get(f"within.{start_before}", type=int)
    return Modification(
        cancel=tuple(sorted(set(form.getlist("cancel", type=int)))),
        start_before=start_before,
        within=scope,
        variables=read_object(form.get("variables", "")),
    )


def _page(key: int) -> InstancePageData:
    page: InstancePageData = engine().ask(InstancePage(process_instance_key=key, actor=actor()))
    return page


def _form(page: InstancePageData, wanted: Modification, preview: Any = None, error: str = "", place: str = "") -> str:
    choices = engine().ask(ModificationChoices(process_instance_key=page.instance.key, actor=actor()))
    facts = {"page": page, "wanted": wanted, "choices": choices, "preview": preview, "error": error, "place": place}
    return render_template("monitor/modify.html", **facts)


def _restart_form(page: InstancePageData, error: str = "", place: str = "") -> str:
    version = whole_number(request.values.get("to", ""))
    choices = engine().ask(
        ModificationChoices(process_instance_key=page.instance.key, is_restart=True, version=version, actor=actor())
    )
    facts = {"page": page, "choices": choices, "version": version, "error": error, "place": place}
    return render_template("monitor/restart.html", **facts)
