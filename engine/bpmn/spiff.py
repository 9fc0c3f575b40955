"""The only module that knows SpiffWorkflow; the rest of the room speaks of specs, element instances and trees.

What of SpiffWorkflow 3.2.0 is used, and how (see docs/decisions/0006-spiffworkflow.md):

- `BpmnParser` and `ProcessParser`, through their public extension points `PROCESS_PARSER_CLASS`,
  `add_bpmn_xml`, `create_parser`, `get_spec`, `create_spec` and `add_tasks`, turn a validated tree into specs.
- `WorkflowSpec` and `TaskSpec` hold the definition. Of the underscore hooks, which SpiffWorkflow means to be
  overridden, `_run_hook`, `_on_complete_hook` and `_on_cancel` lead to the clean methods below; `_update_hook`
  and `_predict_hook` do nothing, as there is no predicted tree.
- `Workflow` and `Task` are the running state: the Task tree is the tree of scopes, `Task.run`, `Task.complete` and
  `Task.cancel` move a task through its states. `Workflow._task_completed_notify` would scan every waiting task
  after each completion and is therefore empty here; `Workflow._remove_task` takes a finished task out of the tree.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from lxml import etree
from SpiffWorkflow import Workflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.specs import WorkflowSpec
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.definition import Element, given

if TYPE_CHECKING:
    from engine.bpmn.elements.element import ElementSpec
    from engine.bpmn.run import Run


# SpiffWorkflow reports every change of state of every task; our history keeps what is worth keeping.
logging.getLogger("spiff").setLevel(logging.WARNING)


class ProcessSpec(WorkflowSpec):  # type: ignore[misc]
    """The specs of one process by name; never changed after parsing."""

    def spec(self, name: str) -> ElementSpec:
        """Return the spec of that name; KeyError when there is none."""
        found: ElementSpec = self.task_specs[name]
        return found

    @property
    def specs(self) -> dict[str, ElementSpec]:
        """Return all specs by name."""
        found: dict[str, ElementSpec] = self.task_specs
        return found


class ElementHooks(TaskSpec):  # type: ignore[misc]
    """Turns SpiffWorkflow's hooks into three clean methods."""

    def __init__(self, process: ProcessSpec, name: str, element: Element) -> None:
        super().__init__(process, name, description=element.type)
        self.element = element
        self.process = process

    def execute(self, instance: ElementInstance) -> bool:
        """Run until the next wait state; return whether the element instance is done."""
        raise NotImplementedError

    def completed(self, instance: ElementInstance) -> None:
        """React to the end of an element instance that is done."""
        raise NotImplementedError

    def canceled(self, instance: ElementInstance) -> None:
        """React to the end of an element instance that something interrupted."""
        raise NotImplementedError

    def _run_hook(self, my_task: ElementInstance) -> bool | None:
        # None leaves the task STARTED, which is SpiffWorkflow's word for work that goes on outside.
        return True if self.execute(my_task) else None

    def _on_complete_hook(self, my_task: ElementInstance) -> None:
        self.completed(my_task)

    def _on_cancel(self, my_task: ElementInstance) -> None:
        self.canceled(my_task)

    def _update_hook(self, my_task: ElementInstance) -> bool:
        return False

    def _predict_hook(self, my_task: ElementInstance) -> None:
        return None


class InstanceTree(Workflow):  # type: ignore[misc]
    """The live element instances of one process instance, by key."""

    def __init__(self, spec: ProcessSpec, run: Run) -> None:
        super().__init__(spec, deserializing=True)
        self.run = run

    def add(self, key: int, spec: ElementSpec, scope: ElementInstance | None) -> ElementInstance:
        """Return a new element instance inside `scope`; the first one, without scope, is the process itself."""
        instance = ElementInstance(self, spec, scope, state=TaskState.READY, id=key)
        if scope is None:
            self.task_tree = instance
        return instance

    def find(self, key: int) -> ElementInstance | None:
        """Return the live element instance of that key."""
        found: ElementInstance | None = self.tasks.get(key)
        return found

    def forget(self, instance: ElementInstance) -> None:
        """Take a finished element instance out of the tree."""
        if instance.scope is None:
            self.tasks.pop(instance.key)
        else:
            self._remove_task(instance.key)

    def live(self) -> Iterator[ElementInstance]:
        """Yield all element instances, scopes before what is in them."""
        yield from self.tasks.values()

    def _task_completed_notify(self, task: ElementInstance) -> None:
        return None


class ElementInstance(Task):  # type: ignore[misc]
    """An entered element that has not been left. `data` is what a reload must bring back: JSON only."""

    @property
    def key(self) -> int:
        """Return its key, which is also the key of its variable scope."""
        key: int = self.id
        return key

    @property
    def spec(self) -> ElementSpec:
        """Return what it is an instance of."""
        spec: ElementSpec = self.task_spec
        return spec

    @property
    def element(self) -> Element:
        """Return the element of the diagram."""
        element: Element = self.task_spec.element
        return element

    @property
    def scope(self) -> ElementInstance | None:
        """Return the enclosing instance: sub-process, multi-instance body or process."""
        scope: ElementInstance | None = self.parent
        return scope

    @property
    def around(self) -> ElementInstance:
        """Return the enclosing instance of what is not the process itself."""
        return given(self.scope)

    @property
    def inside(self) -> list[ElementInstance]:
        """Return the live instances directly inside it."""
        inside: list[ElementInstance] = self.children
        return inside

    @property
    def inside_count(self) -> int:
        """Return how many live instances are directly inside it."""
        return len(self._children)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing lives inside it."""
        return not self._children

    @property
    def state_data(self) -> dict[str, Any]:
        """Return the run-time state of the element."""
        data: dict[str, Any] = self.internal_data
        return data

    @state_data.setter
    def state_data(self, data: dict[str, Any]) -> None:
        self.internal_data = data

    @property
    def is_over(self) -> bool:
        """Return whether it was completed or canceled: it is in the tree no more."""
        tasks: dict[int, ElementInstance] = self.workflow.tasks
        return tasks.get(self.key) is not self

    def proceed(self) -> None:
        """Let SpiffWorkflow run it."""
        self.run()

    def scopes(self) -> Iterator[ElementInstance]:
        """Yield it and the instances around it, outward."""
        current: ElementInstance | None = self
        while current is not None:
            yield current
            current = current.scope

    def subtree(self) -> list[ElementInstance]:
        """Return it and everything inside, scopes before what is in them."""
        found = [self]
        for instance in found:
            found.extend(instance.inside)
        return found


class _ElementParser(ProcessParser):  # type: ignore[misc]
    """Makes the specs of one process from its validated elements."""

    spec: ProcessSpec | None

    def get_spec(self) -> ProcessSpec:
        if self.spec is None:
            self.spec = self.create_spec()
            self.add_tasks()
        return self.spec

    def create_spec(self) -> ProcessSpec:
        return ProcessSpec(name=self.bpmn_id, filename=self.filename)

    def add_tasks(self) -> None:
        process = given(self.spec)
        self.parser.add_specs(self.bpmn_id, process)
        for spec in process.specs.values():
            for flow in spec.element.outgoing if spec.has_flows else ():
                spec.connect(process.spec(flow.target))


class DiagramParser(BpmnParser):  # type: ignore[misc]
    """SpiffWorkflow's parser, fed with our hardened tree and our specs."""

    PROCESS_PARSER_CLASS = _ElementParser

    def __init__(self, add_specs: Callable[[str, ProcessSpec], None]) -> None:
        super().__init__()
        self.add_specs = add_specs

    def add_bpmn_xml(self, bpmn: etree._Element, filename: str | None = None) -> None:
        """Take one process element."""
        self.create_parser(bpmn, filename)


def build_spec(
    process: etree._Element, file_name: str, process_id: str, add_specs: Callable[[str, ProcessSpec], None]
) -> ProcessSpec:
    """Return the specs of a validated process; `add_specs` creates them inside the given process spec."""
    parser = DiagramParser(add_specs)
    parser.add_bpmn_xml(process, file_name)
    spec: ProcessSpec = parser.get_spec(process_id)
    return spec
