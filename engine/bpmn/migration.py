"""Going on with another version of the process. Source: Camunda 8, process instance migration.

Keys, variables, open user tasks, jobs, children and timers stay; whoever keeps rows of them renames the elements.
Everything is prepared in a second run; the first is
left untouched when something cannot move.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from engine.bpmn.compensation import Record
from engine.bpmn.definition import Element
from engine.bpmn.elements.waiting import KINDS, arm, close_waits, prepare_all
from engine.bpmn.process import ExecutableProcess
from engine.bpmn.run import Run, Wait
from engine.bpmn.spiff import ElementInstance
from engine.bpmn.state import index
from engine.errors import ElementNotFound, ExecutionFailed, InputInvalid
from engine.model import Label


class _Migration:
    """One migration while it is prepared."""

    def __init__(self, run: Run, target: ExecutableProcess, mapping: Mapping[str, str]) -> None:
        self.run, self.target, self.mapping = run, target, mapping
        self.problems: list[Label] = []
        self.moved = Run(target, run.key, run.context, {})
        self.moved.effects, self.moved.scopes, self.moved.evaluate = run.effects, run.scopes, run.evaluate

    def prepare(self) -> list[tuple[ElementInstance, list[Wait]]]:
        """Build the second tree; return which instances are to wait for what is new."""
        for instance in self.run.tree.live():
            self._move(instance)
        if self.problems:
            raise _impossible(self.problems)
        return [(instance, self._new_waits(instance)) for instance in self.moved.tree.live()]

    def new_id(self, element_id: str) -> str:
        """Return what an element is called in the other version."""
        if element_id == self.run.process.process_id:
            return self.target.process_id
        return self.mapping.get(element_id, element_id)

    def _move(self, instance: ElementInstance) -> None:
        name, mark, part = instance.spec.name.partition("#")
        spec = self.target.spec.specs.get(f"{self.new_id(name)}{mark}{part}")
        if spec is None or spec.element_type != instance.spec.element_type or type(spec) is not type(instance.spec):
            self._problem(instance.element, "is not there with the same type", "tidak ada dengan jenis yang sama")
            return
        scope = instance.scope
        if scope is not None:
            around = self.moved.tree.find(scope.key)
            if around is None:
                return  # the problem is the scope's
            if spec.element.scope != (None if around.scope is None else self._scope_id(around)):
                self._problem(instance.element, "is in another sub-process", "berada di subproses lain")
                return
            moved = self.moved.tree.add(instance.key, spec, around)
        else:
            moved = self.moved.tree.add(instance.key, spec, None)
        moved.state_data = self._translated(instance, spec.element)
        index(self.moved, moved)

    def _scope_id(self, around: ElementInstance) -> str | None:
        """Return the id of the sub-process around; of the body of a loop what is around the loop."""
        return around.element.scope if around.spec.is_loop else around.element.id

    def _translated(self, instance: ElementInstance, element: Element) -> dict[str, Any]:
        """Return a copy of the state that speaks of the other version's elements."""
        data: dict[str, Any] = orjson.loads(orjson.dumps(instance.state_data))
        if "arrived" in data:
            data["arrived"] = self._arrived(instance, element, data["arrived"])
        if "done" in data:
            data["done"] = [self._record(instance, record) for record in data["done"]]
        for wait in data.get("waits", ()):
            name, mark, part = wait["on"].partition("#")
            wait["was"], wait["on"] = wait["on"], f"{self.new_id(name)}{mark}{part}"
        return data

    def _arrived(self, instance: ElementInstance, element: Element, arrived: Mapping[str, int]) -> dict[str, int]:
        by_id = {flow.id: flow.id for flow in element.incoming}
        by_source = {flow.source: flow.id for flow in element.incoming}
        translated: dict[str, int] = {}
        for flow_id, count in arrived.items():
            source = self.new_id(self.run.process.flows[flow_id].source)
            there = by_id.get(flow_id) or by_source.get(source)
            if there is None:
                self._problem(instance.element, f"has no incoming flow {flow_id}", f"tidak punya alur masuk {flow_id}")
            else:
                translated[there] = translated.get(there, 0) + count
        return translated

    def _record(self, instance: ElementInstance, record: Record) -> Record:
        names = ("activity", "handler", "event_subprocess")
        translated: Record = {**record, **{name: self.new_id(record[name]) for name in names if record[name]}}
        for name in names:
            if translated[name] and translated[name] not in self.target.elements:
                self._problem(instance.element, f"needs {record[name]} to be undone", f"memerlukan {record[name]}")
        translated["inside"] = [self._record(instance, inner) for inner in record["inside"]]
        return translated

    def _new_waits(self, instance: ElementInstance) -> list[Wait]:
        """Return the waits for events that the old version did not have on this element."""
        if instance.state_data["stage"] != "active" or "arrived" in instance.state_data:
            return []
        kept = {wait["on"] for wait in instance.state_data.get("waits", ())}
        if "interrupted" in instance.state_data:
            kept |= {start.name for start in instance.spec.event_subprocess_starts()}
        try:
            return prepare_all(self.moved, instance, [s for s in instance.spec.events() if s.name not in kept])
        except ExecutionFailed as error:
            raise InputInvalid(error.reason) from error

    def _problem(self, element: Element, reason: str, alasan: str) -> None:
        there = self.new_id(element.id)
        self.problems.append(Label(f"{element.id} -> {there}: {there} {reason}", f"{element.id} -> {there}: {alasan}"))


def migrate(run: Run, target: ExecutableProcess, mapping: Mapping[str, str]) -> Run:
    """Return the run of the same instance under `target`.

    Raises InputInvalid or ElementNotFound before anything moves.
    """
    for old, new in mapping.items():
        if old not in run.process.elements or new not in target.elements:
            raise ElementNotFound(old if old not in run.process.elements else new)
    migration = _Migration(run, target, mapping)
    prepared = migration.prepare()
    moved = migration.moved
    for instance, waits in prepared:
        _settle_waits(moved, instance)
        arm(moved, instance, waits)
    moved.steps = run.steps
    return moved


def _settle_waits(run: Run, instance: ElementInstance) -> None:
    """End the waits for events that are gone; open those anew whose event has another id."""
    waits: list[Wait] = instance.state_data.get("waits", [])
    events = {spec.name: spec.element.event_kind for spec in instance.spec.events()}
    renamed = []
    for wait in waits:
        was = wait.pop("was")
        if events.get(wait["on"]) == wait["kind"] and was != wait["on"]:
            renamed.append({name: value for name, value in wait.items() if name != "key"})
            wait["on"] = was
    close_waits(run, instance, {wait["on"] for wait in waits if events.get(wait["on"]) != wait["kind"]})
    arm(run, instance, [wait for wait in renamed if wait["kind"] in KINDS])


def _impossible(problems: list[Label]) -> InputInvalid:
    return InputInvalid(
        Label(
            f"The instance cannot be migrated: {'; '.join(problem.en for problem in problems)}.",
            f"Proses tidak dapat dimigrasikan: {'; '.join(problem.id for problem in problems)}.",
        )
    )
