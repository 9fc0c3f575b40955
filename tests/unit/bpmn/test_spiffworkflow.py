"""SpiffWorkflow stays in one module, as it came."""

from __future__ import annotations

import ast
from pathlib import Path

import SpiffWorkflow
from SpiffWorkflow.task import Task

from engine.bpmn import parse
from engine.bpmn.spiff import ElementHooks, ElementInstance, InstanceTree, ProcessSpec
from tests.features.notation import bpmn

ROOM = Path(__file__).parents[3] / "engine" / "bpmn"
#: SpiffWorkflow's private names that its subclasses may override or call, as the decision record says.
HOOKS = {"_run_hook", "_on_complete_hook", "_on_cancel", "_update_hook", "_predict_hook"}
USED = {"_task_completed_notify", "_remove_task", "_children"}


def modules() -> dict[str, ast.Module]:
    return {path.name: ast.parse(path.read_text()) for path in ROOM.rglob("*.py")}


def test_one_module_imports_spiffworkflow() -> None:
    importing = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("SpiffWorkflow"))
        or (isinstance(node, ast.Import) and any(alias.name.startswith("SpiffWorkflow") for alias in node.names))
    }
    assert importing == {"spiff.py"}


def test_private_names_of_spiffworkflow_are_the_documented_ones() -> None:
    theirs = {
        name for cls in (Task, *ElementHooks.__mro__, *InstanceTree.__mro__, *ProcessSpec.__mro__) for name in vars(cls)
    }
    theirs |= {"_children", "_parent", "_state"}
    found: dict[str, set[str]] = {}
    for name, tree in modules().items():
        for node in ast.walk(tree):
            private = node.attr if isinstance(node, ast.Attribute) else getattr(node, "name", "")
            if (
                isinstance(private, str)
                and private.startswith("_")
                and not private.startswith("__")
                and private in theirs
            ):
                found.setdefault(name, set()).add(private)
    assert found == {"spiff.py": HOOKS | USED}


def test_nothing_of_spiffworkflow_is_replaced() -> None:
    for cls in (Task, *ElementHooks.__mro__[1:], *InstanceTree.__mro__[1:], *ProcessSpec.__mro__[1:]):
        own = [value for value in vars(cls).values() if callable(value) and hasattr(value, "__code__")]
        home = Path(SpiffWorkflow.__file__).parent
        if cls.__module__.startswith("SpiffWorkflow"):
            assert all(Path(value.__code__.co_filename).is_relative_to(home) for value in own)


def test_spiffworkflow_holds_definition_and_state() -> None:
    (process,) = parse(bpmn("<start s> <user a> <end e>\ns -> a\na -> e\n"), "test.bpmn").processes
    assert [spec.name for spec in process.spec.spec("a").outputs] == ["e"]
    assert issubclass(ElementInstance, Task)
