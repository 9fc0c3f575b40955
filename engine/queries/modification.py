"""Where tokens of an instance can be put or taken away, and what that would do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from engine.bpmn import ElementInfo
from engine.commands.context import CommandContext
from engine.commands.operate import ModifyProcessInstance
from engine.commands.runtime import InstanceRun, Runtime, require_state
from engine.errors import ProcessDefinitionNotFound, ProcessInstanceNotFound
from engine.model import Actor, ElementInstance, Label, ProcessInstanceState
from engine.queries.element_names import ElementNames
from engine.queries.operators import require_observer
from engine.store.instances import Instances
from engine.store.monitoring import calls, instance_detail
from engine.store.resources import Resources

#: Entered by their own event only.
_NOT_ENTERED = frozenset({"startEvent", "boundaryEvent"})


@dataclass(frozen=True, slots=True)
class LiveToken:
    """An element instance that can be ended."""

    key: int
    element_id: str
    element_type: str
    name: Label
    scope: Label | None  #: name of the sub-process around it


@dataclass(frozen=True, slots=True)
class Enterable:
    """An element before which an instance can be put, and the living scopes to choose from when several live."""

    element_id: str
    element_type: str
    name: Label
    scope: Label | None  #: name of the sub-process around it
    scopes: tuple[tuple[int, Label], ...] = ()


@dataclass(frozen=True, slots=True)
class ModificationChoicesData:
    """What the page for modifying an instance offers; elements in the order of the file."""

    live: tuple[LiveToken, ...]
    elements: tuple[Enterable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModificationChoices:
    """Ask where an instance can be modified; with `version`, where that version of its process can begin.

    Four statements. Raises NotPermitted, ProcessInstanceNotFound, ProcessDefinitionNotFound.
    """

    process_instance_key: int
    actor: Actor
    is_restart: bool = False
    version: int | None = None  #: of a restart; the newest by default

    def run(self, context: CommandContext) -> ModificationChoicesData:
        """Answer."""
        require_observer(context, self.actor)
        work, key = context.work, self.process_instance_key
        head = instance_detail.definition_of(work, key)
        if head is None:
            raise ProcessInstanceNotFound(key)
        names = ElementNames(context)
        own = names.elements(head)
        if self.is_restart:
            target = self._target(context, head)
            return ModificationChoicesData((), tuple(_enterable(names, target, {})))
        found = instance_detail.live_elements(work, key)
        by_key: dict[int, ElementInstance] = {one.key: one for one in found}
        live = tuple(
            LiveToken(
                key=one.key,
                element_id=one.element_id,
                element_type=one.element_type,
                name=names.of(head, one.element_id),
                scope=names.of(head, by_key[one.scope_key].element_id) if one.scope_key in by_key else None,
            )
            for one in found
        )
        scopes: dict[str, list[int]] = {}
        for one in found:
            if one.element_type != "multiInstanceBody" and own.get(one.element_id) and own[one.element_id].inner:
                scopes.setdefault(one.element_id, []).append(one.key)
        return ModificationChoicesData(live, tuple(_enterable(names, head, scopes)))

    def _target(self, context: CommandContext, own: int) -> int:
        process_id = context.definitions.process(context.work, own).definition.process_id
        definition = Resources(context.work).find_definition(process_id, version=self.version)
        if definition is None:
            raise ProcessDefinitionNotFound(f"{process_id} {self.version or ''}".strip())
        return definition.key


def _enterable(names: ElementNames, definition_key: int, scopes: Mapping[str, Sequence[int]]) -> Iterable[Enterable]:
    elements = names.elements(definition_key)
    for element in elements.values():
        around = list(_around(elements, element))
        is_in_dead_loop = any(one.loop is not None and not scopes.get(one.id) for one in around)
        if element.type in _NOT_ENTERED or element.is_event_subprocess or is_in_dead_loop:
            continue
        nearest = next((one for one in around if scopes.get(one.id)), None)
        living = scopes[nearest.id] if nearest else ()
        label = names.of(definition_key, nearest.id) if nearest else None
        yield Enterable(
            element_id=element.id,
            element_type=element.type,
            name=names.of(definition_key, element.id),
            scope=names.of(definition_key, element.scope) if element.scope else None,
            scopes=tuple((key, label) for key in living) if label and len(living) > 1 else (),
        )


def _around(elements: Mapping[str, ElementInfo], element: ElementInfo) -> Iterable[ElementInfo]:
    """Yield the sub-processes around an element, the nearest first."""
    while element.scope is not None:
        element = elements[element.scope]
        yield element


@dataclass(frozen=True, slots=True)
class EnteredElement:
    """What would be entered: the element last, the sub-processes that are entered for it before."""

    path: tuple[Label, ...]
    scope: Label | None  #: the living sub-process around; None: the process itself


@dataclass(frozen=True, slots=True)
class ModificationPreviewData:
    """What a modification would do at once; where the flow leads from there is not foreseen."""

    ended: tuple[LiveToken, ...]
    entered: tuple[EnteredElement, ...]
    called: int  #: running instances that were called from what ends, and end too
    ends_instance: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ModificationPreview:
    """Ask what ModifyProcessInstance with the same arguments would do; raises what it would raise."""

    process_instance_key: int
    actor: Actor
    cancel: Sequence[str | int] = ()
    start_before: Sequence[str] = ()
    within: Mapping[str, int] = field(default_factory=dict)

    def run(self, context: CommandContext) -> ModificationPreviewData:
        """Answer in six statements; nothing is written."""
        require_observer(context, self.actor)
        loaded = Instances(context.work).read(self.process_instance_key)
        if loaded is None:
            raise ProcessInstanceNotFound(self.process_instance_key)
        require_state(loaded.instance, ProcessInstanceState.ACTIVE)
        run = Runtime(context, self.actor).revive(loaded)
        self._command().check(run)
        plan = run.execution.plan_modification(self.cancel, self.start_before, self.within)
        names = ElementNames(context)
        definition_key = loaded.instance.process_definition_key
        live = {key: (element_id, kind, scope) for key, element_id, kind, scope, _ in run.execution.live_elements()}

        def name(key: int) -> Label | None:
            return names.of(definition_key, live[key][0]) if key in live else None

        return ModificationPreviewData(
            ended=tuple(
                LiveToken(key, element_id, kind, names.of(definition_key, element_id), name(scope))
                for key, (element_id, kind, scope) in live.items()
                if key in plan.ended
            ),
            entered=tuple(
                EnteredElement(tuple(names.of(definition_key, one) for one in path), name(scope))
                for scope, path in plan.entered
            ),
            called=_called(context, run, plan.ended),
            ends_instance=plan.ends_instance,
        )

    def _command(self) -> ModifyProcessInstance:
        return ModifyProcessInstance(
            process_instance_key=self.process_instance_key,
            actor=self.actor,
            cancel=self.cancel,
            start_before=self.start_before,
            within=self.within,
        )


def _called(context: CommandContext, run: InstanceRun, ended: frozenset[int]) -> int:
    return len(calls.running_below(context.work, run.key, ended)) if ended else 0
