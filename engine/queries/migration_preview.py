"""What a migration would do, before anything moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engine.bpmn import ElementInfo
from engine.commands.context import CommandContext
from engine.commands.definitions import DeployedProcess
from engine.commands.runtime import InstanceRun, Runtime
from engine.errors import CommandRejected, NotInState, ProcessDefinitionNotFound
from engine.model import Actor, Label, ProcessInstanceState
from engine.queries.element_names import ElementNames
from engine.queries.operators import require_observer
from engine.store.instances import Instances
from engine.store.monitoring import processes
from engine.store.monitoring.instance_list import InstanceFilter, ListedInstance, list_instances
from engine.store.monitoring.processes import DeployedVersion
from engine.store.resources import Resources
from engine.store.variables import VariableRows

#: Each instance is read and moved in memory, which takes some milliseconds.
MOST_CHECKED = 500


@dataclass(frozen=True, slots=True)
class StuckInstance:
    """An instance that cannot move, and why."""

    instance: ListedInstance
    reason: Label


@dataclass(frozen=True, slots=True)
class MappedElement:
    """An element where instances are now, and where they would be; `target_id` is None when nothing fits."""

    element_id: str
    element_type: str
    name: Label
    live: int
    target_id: str | None


@dataclass(frozen=True, slots=True)
class MigrationPreviewData:
    """What would happen to the newest instances that fit."""

    to_version: int
    can_move: int
    cannot_move: tuple[StuckInstance, ...]
    elements: tuple[MappedElement, ...]  #: the fullest first
    source_key: int | None  #: the newest version that instances would leave
    has_more: bool  #: more instances fit than were looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationPreview:
    """Ask what of the instances of a process could move to a version (the newest unless one is named).

    Every instance is moved in memory, as MigrateProcessInstance would; nothing is written. Instances
    that are there already are left out. Raises NotPermitted, ProcessDefinitionNotFound.
    """

    process_id: str
    actor: Actor
    version: int | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    selection: InstanceFilter = field(default_factory=InstanceFilter)
    limit: int = MOST_CHECKED

    def run(self, context: CommandContext) -> MigrationPreviewData:
        """Answer in six statements."""
        require_observer(context, self.actor)
        definition = Resources(context.work).find_definition(self.process_id, version=self.version)
        if definition is None:
            raise ProcessDefinitionNotFound(f"{self.process_id} {self.version or ''}".strip())
        target = context.definitions.deployed(context.work, definition)
        wanted = replace(self.selection, process_id=self.process_id)
        found = list_instances(context.work, wanted, after=None, limit=self.limit + 1)
        elsewhere = [one for one in found[: self.limit] if one.process_definition_key != definition.key]
        live: Counter[tuple[int, str]] = Counter()
        stuck: list[StuckInstance] = []
        keys = [instance.key for instance in elsewhere]
        loaded = Instances(context.work).read_all(keys) if keys else {}
        variables = VariableRows(context.work).of_instances(keys) if keys else {}
        runtime = Runtime(context, self.actor)
        for instance in elsewhere:
            if instance.key not in loaded:  # ended between the statements
                continue
            run = runtime.revive(loaded[instance.key], variables.get(instance.key, {}))
            reason = self._reason(instance, run, target, live)
            if reason is not None:
                stuck.append(StuckInstance(instance, reason))
        return MigrationPreviewData(
            to_version=definition.version,
            can_move=len(elsewhere) - len(stuck),
            cannot_move=tuple(stuck),
            elements=self._elements(ElementNames(context), live, target),
            source_key=max((one.process_definition_key for one in elsewhere), default=None),
            has_more=len(found) > self.limit,
        )

    def _reason(
        self,
        instance: ListedInstance,
        run: InstanceRun,
        target: DeployedProcess,
        live: Counter[tuple[int, str]],
    ) -> Label | None:
        """Return why an instance cannot move, None when it can; count where it is."""
        live.update((instance.process_definition_key, element_id) for element_id in _places(run))
        if instance.state is not ProcessInstanceState.ACTIVE:
            thing, active = Label("process instance", "jalannya proses"), ProcessInstanceState.ACTIVE.value
            return NotInState(thing, instance.number or instance.key, active, instance.state.value).label
        try:
            run.execution.migrate(target.executable, dict(self.mapping))
        except CommandRejected as error:
            return error.label
        return None

    def _elements(
        self, names: ElementNames, live: Counter[tuple[int, str]], target: DeployedProcess
    ) -> tuple[MappedElement, ...]:
        counts: Counter[str] = Counter()
        definition_of: dict[str, int] = {}
        for (definition_key, element_id), count in live.items():
            counts[element_id] += count
            definition_of[element_id] = max(definition_key, definition_of.get(element_id, 0))
        there = target.executable.elements
        return tuple(
            MappedElement(
                element_id=element_id,
                element_type=names.elements(definition_of[element_id])[element_id].type,
                name=names.of(definition_of[element_id], element_id),
                live=count,
                target_id=_target(names.elements(definition_of[element_id])[element_id], self.mapping, there),
            )
            for element_id, count in counts.most_common()
        )


@dataclass(frozen=True, slots=True)
class TargetElement:
    """An element of the version that instances would move to."""

    element_id: str
    element_type: str
    name: Label


@dataclass(frozen=True, slots=True)
class MigrationTargetsData:
    """The versions of a process, and the elements of the one that is chosen."""

    versions: tuple[DeployedVersion, ...]  #: newest first
    chosen: DeployedVersion
    elements: tuple[TargetElement, ...]  #: in the order of the file


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationTargets:
    """Ask where instances of a process can move: its versions, and what is in one (the newest by default).

    Three statements. Raises NotPermitted, ProcessDefinitionNotFound.
    """

    process_id: str
    actor: Actor
    version: int | None = None

    def run(self, context: CommandContext) -> MigrationTargetsData:
        """Answer."""
        require_observer(context, self.actor)
        versions = processes.versions_of(context.work, self.process_id)
        wanted = [one for one in versions if self.version in (None, one.version)]
        if not wanted:
            raise ProcessDefinitionNotFound(f"{self.process_id} {self.version or ''}".strip())
        names = ElementNames(context)
        key = wanted[0].key
        return MigrationTargetsData(
            versions=tuple(versions),
            chosen=wanted[0],
            elements=tuple(
                TargetElement(element_id, element.type, names.of(key, element_id))
                for element_id, element in names.elements(key).items()
            ),
        )


def _places(run: InstanceRun) -> set[str]:
    return {element_id for _, element_id, _, _, _ in run.execution.live_elements()}


def _target(element: ElementInfo, mapping: Mapping[str, str], there: Mapping[str, ElementInfo]) -> str | None:
    target = there.get(mapping.get(element.id, element.id))
    return target.id if target is not None and target.type == element.type else None
