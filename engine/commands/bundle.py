"""Which files are published together: what binds to its own deployment must be in it.

A diagram that binds a form to its deployment sees that form's change only when it is deployed with
it; so a changed form takes along the diagrams that bind it, and each diagram all that it binds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.bpmn import ExecutableProcess
from engine.bpmn import parse as parse_bpmn
from engine.commands.context import CommandContext
from engine.dmn import parse_decisions
from engine.errors import DefinitionInvalid
from engine.model import Binding, ProcessDefinition, ResourceKind
from engine.store.monitoring import deployment_list
from engine.store.resources import Resources

_Place = tuple[ResourceKind, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be published."""

    kind: ResourceKind
    resource_id: str
    name: str
    content: bytes

    @property
    def place(self) -> _Place:
        """Return what tells it from other files."""
        return self.kind, self.resource_id


@dataclass(frozen=True, slots=True)
class _Bound:
    """What processes bind to their own deployment, by id."""

    forms: frozenset[str]
    decisions: frozenset[str]
    processes: frozenset[str]


def bundle(context: CommandContext, changed: Sequence[Candidate]) -> list[Candidate]:
    """Return the changed files and those that must be deployed with them, changed ones first.

    Files that cannot be read bind nothing; deploying them is refused anyway.
    """
    collecting = _Collecting(context, changed)
    collecting.take_users_along(changed)
    return collecting.complete()


def with_its_own_bindings(context: CommandContext, diagram: Candidate, deployment_key: int) -> list[Candidate]:
    """Return an old diagram with what it was bound to in its deployment; what is newer elsewhere stays as it is."""
    collecting = _Collecting(context, [diagram])
    for kind, resource_id in _bound_files(context, bound_by(_processes(diagram)), deployment_key):
        resources = Resources(context.work)
        stored = resources.find(kind, resource_id, Binding.DEPLOYMENT, deployment_key, None)
        if stored is not None:
            collecting.add(Candidate(kind, resource_id, stored.name, resources.content(stored.key) or b""))
    return collecting.complete()


def bound_by(processes: Iterable[ExecutableProcess]) -> _Bound:
    """Return what these processes bind to their own deployment."""
    elements = [element for process in processes for element in process.elements.values()]
    tasks = [element.user_task for element in elements if element.user_task]
    decisions = [element.called_decision for element in elements if element.called_decision]
    called = [element.called_process for element in elements if element.called_process]
    return _Bound(
        frozenset(task.form_id for task in tasks if task.form_id and task.form_binding is Binding.DEPLOYMENT),
        frozenset(one.id.constant for one in decisions if one.id.constant and one.binding is Binding.DEPLOYMENT),
        frozenset(one.id.constant for one in called if one.id.constant and one.binding is Binding.DEPLOYMENT),
    )


class _Collecting:
    """The files so far."""

    def __init__(self, context: CommandContext, first: Iterable[Candidate]) -> None:
        self._context = context
        self._resources = Resources(context.work)
        self._files = {one.place: one for one in first}

    def add(self, file: Candidate) -> None:
        """Take a file in, unless it is there."""
        self._files.setdefault(file.place, file)

    def take_users_along(self, changed: Iterable[Candidate]) -> None:
        """Take in the running diagrams that bind a changed form or decision."""
        forms = {one.resource_id for one in changed if one.kind is ResourceKind.FORM}
        decisions = {name for one in changed if one.kind is ResourceKind.DMN for name in _decision_ids(one)}
        if not forms and not decisions:
            return
        for definition in self._resources.newest_definitions():
            bound = bound_by([self._context.definitions.deployed(self._context.work, definition).executable])
            if bound.forms & forms or bound.decisions & decisions:
                self._add_diagram(definition)

    def complete(self) -> list[Candidate]:
        """Return all files, with what the diagrams among them bind."""
        todo = [file for file in self._files.values() if file.kind is ResourceKind.BPMN]
        while todo:
            bound = bound_by(_processes(todo.pop()))
            here = {name for file in self._files.values() for name in _decision_ids(file)}
            for kind, resource_id in _bound_files(self._context, bound, None, known_decisions=here):
                self._add_newest(kind, resource_id)
            for definition in self._resources.newest_definitions(sorted(bound.processes)) if bound.processes else ():
                if (ResourceKind.BPMN, definition.resource_name) not in self._files:
                    todo.append(self._add_diagram(definition))
        return list(self._files.values())

    def _add_diagram(self, definition: ProcessDefinition) -> Candidate:
        content = self._resources.content(definition.resource_key) or b""
        diagram = Candidate(ResourceKind.BPMN, definition.resource_name, definition.resource_name, content)
        self.add(diagram)
        return diagram

    def _add_newest(self, kind: ResourceKind, resource_id: str) -> None:
        if (kind, resource_id) in self._files:
            return
        stored = self._resources.newest(kind, [resource_id]).get(resource_id)
        if stored is not None:
            self.add(Candidate(kind, resource_id, stored.name, self._resources.content(stored.key) or b""))


def _bound_files(
    context: CommandContext, bound: _Bound, deployment_key: int | None, *, known_decisions: Iterable[str] = ()
) -> Iterator[_Place]:
    """Yield the files that hold what is bound; decisions are looked for in a deployment, or among the newest."""
    yield from ((ResourceKind.FORM, form_id) for form_id in sorted(bound.forms))
    binding = Binding.LATEST if deployment_key is None else Binding.DEPLOYMENT
    for decision_id in sorted(bound.decisions.difference(known_decisions)):
        key = Resources(context.work).find_decision(decision_id, binding, deployment_key or 0, None)
        file = deployment_list.file(context.work, key) if key is not None else None
        if file is not None:
            yield ResourceKind.DMN, file.resource_id


def _processes(diagram: Candidate) -> Sequence[ExecutableProcess]:
    try:
        return parse_bpmn(diagram.content, diagram.name).processes
    except DefinitionInvalid:
        return ()


def _decision_ids(file: Candidate) -> list[str]:
    if file.kind is not ResourceKind.DMN:
        return []
    try:
        return [decision.element_id for decision in parse_decisions(file.content, file.name).decisions]
    except DefinitionInvalid:
        return []
