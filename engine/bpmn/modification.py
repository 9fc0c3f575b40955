"""Moving tokens by hand: enter elements anywhere, end element instances. Source: Camunda 8, instance modification."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.bpmn.definition import Element
from engine.bpmn.run import Run
from engine.bpmn.spiff import ElementInstance
from engine.bpmn.throwing import end_instance
from engine.errors import ElementNotFound, InputInvalid
from engine.model import Label

#: What to enter inside a scope that is entered too: [spec name, [the same for what is inside]].
Plan = list[list[Any]]


@dataclass(frozen=True, slots=True)
class ModificationPlan:
    """What a modification will do, before it does."""

    ended: frozenset[int]  #: keys of element instances, with what is in them and the scopes that are empty then
    entered: tuple[tuple[int, tuple[str, ...]], ...]  #: key of the living scope, ids of the elements entered in it
    ends_instance: bool  #: nothing lives on


def modify(
    run: Run,
    cancel: Iterable[str | int],
    start_before: Iterable[str],
    variables: Mapping[str, Any],
    within: Mapping[str, int],
) -> None:
    """Enter elements, then end instances; raises ElementNotFound or InputInvalid before anything moves."""
    ended, doomed = _doomed(run, cancel)
    entered = _plan(run, tuple(start_before), doomed, within)
    for name, value in variables.items():
        run.scopes.set_local(run.key, name, value)
    for scope, plan in entered:
        enter_planned(run, scope, plan)
    for instance in ended:
        _end(run, instance)


def plan_modification(
    run: Run, cancel: Iterable[str | int], start_before: Iterable[str], within: Mapping[str, int]
) -> ModificationPlan:
    """Return what `modify` would do; raises what it would raise. Nothing moves."""
    _, doomed = _doomed(run, cancel)
    entered = _plan(run, tuple(start_before), doomed, within)
    ended = _with_emptied(run, doomed, {scope.key for scope, _ in entered})
    return ModificationPlan(
        ended=frozenset(ended - {run.root.key}),
        entered=tuple((scope.key, tuple(_ids(plan))) for scope, plan in entered),
        ends_instance=run.root.key in ended,
    )


def begin(run: Run, start_before: Iterable[str], variables: Mapping[str, Any]) -> None:
    """Let a new instance begin at elements instead of a start event; raises ElementNotFound or InputInvalid."""
    root = run.add(run.key, run.process.spec.start, None)
    for name, value in variables.items():
        run.scopes.set_local(run.key, name, value)
    root.state_data["begin"] = [entry for _, plan in _plan(run, start_before, set(), {}) for entry in plan]
    run.resume(root)


def enter_planned(run: Run, scope: ElementInstance, plan: Plan) -> None:
    """Enter what a plan names inside `scope`."""
    for name, inside in plan:
        run.enter(run.process.spec.spec(name), scope, {"begin": inside} if inside else None)


def _instances(run: Run, target: str | int) -> list[ElementInstance]:
    """Return the instances of an element (of a loop its body), or the one of that key."""
    if isinstance(target, int):
        found = run.tree.find(target)
        live = [found] if found is not None else []
    else:
        live = [item for item in run.tree.live() if item.spec.name == target]
    if not live or run.root in live:
        raise ElementNotFound(target)
    return live


def _doomed(run: Run, cancel: Iterable[str | int]) -> tuple[list[ElementInstance], set[int]]:
    """Return the instances to end, and the keys of them and all that is in them."""
    ended = [instance for target in cancel for instance in _instances(run, target)]
    return ended, {inner.key for instance in ended for inner in instance.subtree()}


def _with_emptied(run: Run, doomed: Collection[int], kept: Collection[int]) -> set[int]:
    """Add the scopes that are empty when `doomed` is gone, inner ones first; `kept` ones get something new."""
    left: dict[int, int] = {}
    for item in run.tree.live():
        if item.scope is not None and item.key not in doomed:
            left[item.scope.key] = left.get(item.scope.key, 0) + 1
    gone = set(doomed)
    waiting = [item for item in run.tree.live() if item.key in doomed]
    while waiting:
        scope = waiting.pop().scope
        if scope is None or scope.key in gone or scope.key in kept or left.get(scope.key):
            continue
        gone.add(scope.key)
        if scope.scope is not None:
            left[scope.scope.key] -= 1
        waiting.append(scope)
    return gone


def _ids(plan: Plan) -> Iterable[str]:
    for name, inside in plan:
        yield name
        yield from _ids(inside)


def _plan(
    run: Run, names: Iterable[str], doomed: set[int], within: Mapping[str, int]
) -> list[tuple[ElementInstance, Plan]]:
    """Return what to enter in which living scope; elements of one scope that must be entered share it."""
    plans: dict[int, tuple[ElementInstance, Plan]] = {}
    for name in names:
        element = run.process.elements.get(name)
        if element is None:
            raise ElementNotFound(name)
        _check_can_be_entered(element)
        path, scope = _path(run, element, doomed, within.get(name))
        plan = plans.setdefault(scope.key, (scope, []))[1]
        for step in path[:-1]:
            inner = next((entry for entry in plan if entry[0] == step), None)
            if inner is None:
                inner = [step, []]
                plan.append(inner)
            plan = inner[1]
        plan.append([path[-1], []])
    return list(plans.values())


def _path(run: Run, element: Element, doomed: set[int], wanted: int | None) -> tuple[list[str], ElementInstance]:
    """Return the sub-processes to enter, the element last, and the living scope around them.

    `wanted` is the key of the scope that is meant when several live.
    """
    path = [element.id]
    scope_id = element.scope
    while scope_id is not None:
        around = run.process.elements[scope_id]
        name = scope_id if around.loop is None else f"{scope_id}#turn"
        living = [item for item in run.tree.live() if item.spec.name == name and item.key not in doomed]
        if len(living) > 1:
            living = [item for item in living if item.key == wanted] or living
        if len(living) > 1:
            raise _ambiguous(element, scope_id, len(living))
        if living:
            return path, living[0]
        if around.loop is not None:
            raise _in_loop(element, scope_id)
        path.insert(0, scope_id)
        scope_id = around.scope
    return path, run.root


def _end(run: Run, instance: ElementInstance) -> None:
    """End an instance, and the scopes around it that are empty then."""
    current: ElementInstance | None = instance
    while current is not None and not current.is_over:
        scope: ElementInstance | None = current.scope
        if scope is None:
            end_instance(run)
            return
        if scope.spec.is_loop:
            scope.state_data["terminated"] += 1
        run.cancel(current)
        current = scope if scope.is_empty else None


def _check_can_be_entered(element: Element) -> None:
    if element.type in ("startEvent", "boundaryEvent") or element.is_event_subprocess:
        raise InputInvalid(
            Label(
                f"{element.id} is entered by its event only. Choose what comes behind it.",
                f"{element.id} hanya dimasuki oleh peristiwanya. Pilih elemen sesudahnya.",
            )
        )


def _ambiguous(element: Element, scope_id: str, count: int) -> InputInvalid:
    return InputInvalid(
        Label(
            f"{element.id} is in {scope_id}, which is active {count} times; it is not clear which one is meant.",
            f"{element.id} berada di {scope_id} yang aktif {count} kali; tidak jelas yang mana.",
        )
    )


def _in_loop(element: Element, scope_id: str) -> InputInvalid:
    return InputInvalid(
        Label(
            f"{element.id} is in the loop {scope_id}, which is not active. Start before the loop instead.",
            f"{element.id} berada di pengulangan {scope_id} yang tidak aktif. Mulai sebelum pengulangan itu.",
        )
    )
