"""Variable mappings of an element: in on entering, out on leaving. Source: Camunda 8, variables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.bpmn.definition import VariableMapping
from engine.bpmn.spiff import ElementInstance

if TYPE_CHECKING:
    from engine.bpmn.run import Run


def apply_inputs(run: Run, instance: ElementInstance) -> None:
    """Create the local variables that input mappings describe; a later mapping sees the earlier ones."""
    created: dict[str, Any] = {}
    for mapping in instance.element.inputs:
        _put(created, mapping, run.evaluate.value(mapping.source, instance, created), {})
    for name, value in created.items():
        run.scopes.set_local(instance.key, name, value)


def current_inputs(run: Run, instance: ElementInstance) -> dict[str, Any]:
    """Return what the input mappings would create now, from the variables around the element; nothing is changed."""
    created: dict[str, Any] = {}
    for mapping in instance.element.inputs:
        _put(created, mapping, run.evaluate.value(mapping.source, outer_scope(instance), created), {})
    return created


def apply_outputs(run: Run, instance: ElementInstance) -> None:
    """Hand on what the element's end brought: with output mappings only those, without all of it."""
    result: Mapping[str, Any] = instance.state_data.pop("result", None) or {}
    if not instance.element.outputs:
        run.scopes.propagate(instance, result)
        return
    if any(listener.event == "end" for listener in instance.element.execution_listeners):
        for name, value in result.items():
            run.scopes.set_local(instance.key, name, value)
    run.scopes.propagate(outer_scope(instance), mapped(run, instance, result))


def mapped(run: Run, instance: ElementInstance, result: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the output mappings make of `result` and of the variables that the instance sees."""
    created: dict[str, Any] = {}
    for mapping in instance.element.outputs:
        visible = {**result, **created}
        value = run.evaluate.value(mapping.source, instance, visible)
        _put(created, mapping, value, run.scopes.visible(instance, visible))
    return created


def outer_scope(instance: ElementInstance) -> ElementInstance:
    """Return where the output of an element begins to look for its variables.

    That is the enclosing scope, but the instance itself inside a multi-instance body, whose output element must not
    leak. Source: Camunda 8, multi-instance.
    """
    scope = instance.scope
    return instance if scope is None or scope.spec.is_loop else scope


def _put(created: dict[str, Any], mapping: VariableMapping, value: Any, existing: Mapping[str, Any]) -> None:
    """Set a path: what is beside it in an existing context stays."""
    name, *path = mapping.target
    if not path:
        created[name] = value
        return
    context = created.get(name, existing.get(name))
    root = current = dict(context) if isinstance(context, dict) else {}
    for step in path[:-1]:
        inner = current.get(step)
        current[step] = dict(inner) if isinstance(inner, dict) else {}
        current = current[step]
    current[path[-1]] = value
    created[name] = root
