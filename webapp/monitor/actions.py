"""What an administrator does to an instance. Each action is a page that says what will happen and asks why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import (
    CancelProcessInstance,
    CommandRejected,
    FireTimer,
    InstancePage,
    InstancePageData,
    RescheduleTimer,
    ResolveFault,
    ResumeProcessInstance,
    SetVariables,
    SuspendProcessInstance,
)
from webapp.access import needs
from webapp.engine_access import actor, engine
from webapp.errors import status_of
from webapp.i18n import gettext, mark, words
from webapp.monitor.blueprint import OPERATORS, pages
from webapp.monitor.json_input import JsonInputError, read_object, read_value
from webapp.monitor.moments import MomentInputError, read_moment

ENDPOINTS = tuple(f"monitor.{name}" for name in ("instance_action", "set_variable", "fire_timer", "reschedule_timer"))
_NO_REASON = mark("Please say why; the audit keeps the reason.")
Answer = str | Response | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Action:
    """How an action is asked for, and what is said when it was done."""

    title: str
    text: str
    button: str
    done: str
    is_danger: bool = False


_INSTANCE_ACTIONS: dict[str, tuple[Action, Callable[..., Any]]] = {
    "cancel": (
        Action(
            mark("Cancel instance"),
            mark("Everything this instance waits for ends at once: tasks leave the inboxes, timers and messages are "
                 "forgotten, called instances are canceled too. This cannot be undone."),
            mark("Cancel instance"),
            mark("The instance was canceled."),
            is_danger=True,
        ),
        CancelProcessInstance,
    ),
    "suspend": (
        Action(
            mark("Suspend instance"),
            mark("Until it is resumed nothing of this instance goes on: tasks cannot be completed, timers wait, "
                 "messages are kept."),
            mark("Suspend instance"),
            mark("The instance is suspended."),
        ),
        SuspendProcessInstance,
    ),
    "resume": (
        Action(
            mark("Resume instance"),
            mark("The instance goes on. What fell due meanwhile happens at once."),
            mark("Resume instance"),
            mark("The instance goes on."),
        ),
        ResumeProcessInstance,
    ),
}  # fmt: skip
_SET_VARIABLE = Action(
    mark("Change variable"),
    mark("Expressions that are evaluated from now on see the new value. The old value stays in the history."),
    mark("Save variable"),
    mark("The variable was changed."),
)
_FIRE_TIMER = Action(
    mark("Fire timer now"),
    mark("The instance goes on as if the time had come."),
    mark("Fire timer"),
    mark("The timer fired."),
)
_RESCHEDULE_TIMER = Action(
    mark("Reschedule timer"),
    mark("The timer fires at another time."),
    mark("Reschedule timer"),
    mark("The timer was rescheduled."),
)
_RETRY_FAULT = Action(
    mark("Retry"),
    mark("The element tries again in its instance. If it fails again, a new fault opens."),
    mark("Retry"),
    mark("The element was tried again."),
)


@pages.route("/instances/<int:key>/<any(cancel, suspend, resume):name>", methods=["GET", "POST"])
@needs(*OPERATORS)
def instance_action(key: int, name: str) -> Answer:
    """Cancel, suspend or resume an instance."""
    action, command = _INSTANCE_ACTIONS[name]

    def carry_out(reason: str) -> None:
        engine().execute(command(process_instance_key=key, actor=actor(), reason=reason))

    return _answer(_page(key), action, carry_out)


@pages.route("/instances/<int:key>/variables", methods=["GET", "POST"])
@needs(*OPERATORS)
def set_variable(key: int) -> Answer:
    """Change or add one variable of a scope."""
    page = _page(key)
    name, scope_key = request.values.get("name", "").strip(), request.values.get("scope", key, type=int)

    def carry_out(reason: str) -> None:
        if not name:
            raise JsonInputError(gettext("The variable needs a name."))
        value = read_value(request.form.get("value", ""))
        command = SetVariables(
            process_instance_key=key,
            scope_key=scope_key,
            variables={name: value},
            local=True,
            actor=actor(),
            reason=reason,
        )
        engine().execute(command)

    return _answer(
        page,
        _SET_VARIABLE,
        carry_out,
        fields="variable",
        name=name,
        scope_key=scope_key,
        old=_value(page, scope_key, name),
    )


@pages.route("/instances/<int:key>/timers/<int:timer_key>/fire", methods=["GET", "POST"])
@needs(*OPERATORS)
def fire_timer(key: int, timer_key: int) -> Answer:
    """Fire a timer before its time."""

    def carry_out(reason: str) -> None:
        engine().execute(FireTimer(timer_key=timer_key, actor=actor(), reason=reason))

    return _answer(_page(key), _FIRE_TIMER, carry_out, timer_key=timer_key)


@pages.route("/instances/<int:key>/timers/<int:timer_key>/reschedule", methods=["GET", "POST"])
@needs(*OPERATORS)
def reschedule_timer(key: int, timer_key: int) -> Answer:
    """Let a timer fire at another time."""

    def carry_out(reason: str) -> None:
        due_at = read_moment(request.form.get("due_at", ""))
        engine().execute(RescheduleTimer(timer_key=timer_key, due_at=due_at, actor=actor(), reason=reason))

    return _answer(_page(key), _RESCHEDULE_TIMER, carry_out, fields="timer", timer_key=timer_key)


@pages.route("/instances/<int:key>/faults/<int:fault_key>", methods=["GET", "POST"])
@needs(*OPERATORS)
def repair_fault(key: int, fault_key: int) -> Answer:
    """Let a stuck element try again, with changed variables if need be."""
    page = _page(key)
    fault = next((fault for fault in page.faults if fault.key == fault_key), None)

    def carry_out(reason: str) -> None:
        command = ResolveFault(
            fault_key=fault_key,
            actor=actor(),
            reason=reason,
            retries=request.form.get("retries", type=int),
            variables=read_object(request.form.get("variables", "")),
        )
        engine().execute(command)

    return _answer(page, _RETRY_FAULT, carry_out, fields="fault", fault=fault, fault_key=fault_key)


def _answer(page: InstancePageData, action: Action, carry_out: Callable[[str], None], **facts: Any) -> Answer:
    """Show the page of an action, or do it and go back to the instance."""
    if request.method == "GET":
        return _ask(page, action, **facts)
    reason = request.form.get("reason", "").strip()
    if not reason:
        return _ask(page, action, error=gettext(_NO_REASON), place="reason", **facts), 422
    try:
        carry_out(reason)
    except (JsonInputError, MomentInputError) as error:
        return _ask(page, action, error=error.text, place="value", **facts), 422
    except CommandRejected as error:
        return _ask(page, action, error=words(error.label), **facts), status_of(error)
    flash(gettext(action.done), "success")
    return redirect(url_for("monitor.instance", key=page.instance.key))


def _ask(page: InstancePageData, action: Action, error: str = "", place: str = "", **facts: Any) -> str:
    return render_template("monitor/action.html", page=page, action=action, error=error, place=place, **facts)


def _page(key: int) -> InstancePageData:
    page: InstancePageData = engine().ask(InstancePage(process_instance_key=key, actor=actor()))
    return page


def _value(page: InstancePageData, scope_key: int, name: str) -> Any:
    owned = (variable for scope in page.scopes if scope.key == scope_key for variable in scope.variables)
    return next((variable.value for variable in owned if variable.name == name), None)
