"""Plays a scenario against a real engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from engine.commands.assign_user_task import AssignUserTask, UpdateUserTask
from engine.commands.claim_user_task import ClaimUserTask, UnclaimUserTask
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.jobs import ActivateJobs, CompleteJob, FailJob, ThrowElementError, ThrowError
from engine.commands.operate import (
    CancelProcessInstance,
    MigrateProcessInstance,
    ModifyProcessInstance,
    ResumeProcessInstance,
    SetVariables,
    SuspendProcessInstance,
)
from engine.commands.publish_message import BroadcastSignal, CorrelateMessage, PublishMessage
from engine.commands.resolve_fault import ResolveFault
from engine.commands.start_process_instance import StartByForm, StartProcessInstance
from engine.errors import EngineError
from engine.model import SYSTEM, Actor
from engine.store.census import Place, WaitingJob
from engine.testing.expectations import Outcome, duration, mismatches, moment, same_json
from engine.testing.harness import Harness
from engine.testing.scenario import Scenario, ScenarioInvalid, Step

#: Names of the scenario format, and what an update of a user task calls them.
_TASK_PROPERTIES = {"due": "due_at", "follow_up": "follow_up_at"}


class StepImpossible(Exception):
    """A step names something that is not there: no such open task, job, fault or instance."""


def play(scenario: Scenario, harness: Harness, *, forgets: bool = False) -> list[str]:
    """Play the steps; return what did not hold at the first step where something did not, else nothing.

    The scenario's diagram, content and people must be there (`prepare`). With `forgets`, everything
    parsed is dropped between any two steps, as a restart does.
    """
    player = _Player(scenario, harness)
    for step in scenario.steps:
        if forgets:
            harness.forget()
        try:
            problems = player.play(step)
        except StepImpossible as error:
            problems = [str(error)]
        if problems:
            return [f"{step}: {problem}" for problem in problems]
    return []


class _Player:
    def __init__(self, scenario: Scenario, harness: Harness) -> None:
        self._scenario = scenario
        self._harness = harness

    def play(self, step: Step) -> list[str]:
        """Do one step and return what does not hold after it."""
        do = _STEPS.get(step.do)
        if do is None:
            raise ScenarioInvalid(
                self._scenario.path, f"{step}: `{step.do}` is no step; known: {', '.join(sorted(_STEPS))}"
            )
        with self._harness.census() as census:
            before = census.open_faults()
        rejection: EngineError | None = None
        try:
            do(self, step.arguments)
        except EngineError as error:
            rejection = error
        except KeyError as error:
            raise ScenarioInvalid(self._scenario.path, f"{step}: {error} is missing") from error
        with self._harness.census() as census:
            new_faults = {place: reason for place, reason in census.open_faults().items() if place not in before}
            return mismatches(step.expect, census, Outcome(rejection, new_faults, self._harness.clock.now()))

    # ---- steps ------------------------------------------------------------------------------

    def start(self, arguments: Mapping[str, Any]) -> None:
        if "form" in arguments:
            self._do(
                StartByForm(process_id=arguments["process"], actor=_by(arguments), submitted=arguments["form"] or {})
            )
        else:
            variables = arguments.get("vars") or {}
            self._do(StartProcessInstance(process_id=arguments["process"], actor=_by(arguments), variables=variables))

    def complete(self, arguments: Mapping[str, Any]) -> None:
        key = self._task(arguments).key
        actor = _by(arguments)
        if "form" in arguments:
            self._do(CompleteUserTask(user_task_key=key, actor=actor, submitted=arguments["form"] or {}))
        else:
            self._do(CompleteUserTask(user_task_key=key, actor=actor, variables=arguments.get("vars") or {}))

    def claim(self, arguments: Mapping[str, Any]) -> None:
        self._do(ClaimUserTask(user_task_key=self._task(arguments).key, actor=_by(arguments)))

    def unclaim(self, arguments: Mapping[str, Any]) -> None:
        self._do(UnclaimUserTask(user_task_key=self._task(arguments).key, actor=_by(arguments)))

    def assign(self, arguments: Mapping[str, Any]) -> None:
        key, user = self._task(arguments).key, arguments.get("user")
        self._do(AssignUserTask(user_task_key=key, assignee=user, actor=_by(arguments)))

    def update_task(self, arguments: Mapping[str, Any]) -> None:
        changes = {_TASK_PROPERTIES.get(name, name): value for name, value in arguments["set"].items()}
        for name in _TASK_PROPERTIES.values():
            if changes.get(name) is not None:
                changes[name] = moment(changes[name])
        self._do(UpdateUserTask(user_task_key=self._task(arguments).key, actor=_by(arguments), changes=changes))

    def message(self, arguments: Mapping[str, Any]) -> None:
        name, key, variables = arguments["name"], str(arguments.get("key") or ""), arguments.get("vars") or {}
        if "ttl" not in arguments and "id" not in arguments:
            self._do(CorrelateMessage(name=name, actor=SYSTEM, correlation_key=key, variables=variables))
            return
        published = PublishMessage(
            name=name,
            actor=SYSTEM,
            correlation_key=key,
            variables=variables,
            time_to_live=duration(arguments.get("ttl") or "PT0S"),
            message_id=arguments.get("id"),
        )
        self._do(published)

    def signal(self, arguments: Mapping[str, Any]) -> None:
        self._do(BroadcastSignal(name=arguments["name"], actor=SYSTEM, variables=arguments.get("vars") or {}))

    def advance(self, arguments: Mapping[str, Any]) -> None:
        if "to" in arguments:
            self._harness.advance_to(moment(arguments["to"]))
        else:
            self._harness.advance_to(self._harness.clock.now() + duration(arguments["by"]))

    def set_variables(self, arguments: Mapping[str, Any]) -> None:
        self._do(
            SetVariables(process_instance_key=self._root(arguments), actor=SYSTEM, variables=arguments["vars"] or {})
        )

    def deploy(self, arguments: Mapping[str, Any]) -> None:
        name = arguments.get("file") or self._scenario.bpmn
        if name is None:
            raise ScenarioInvalid(self._scenario.path, "there is no `file` to deploy, and no `bpmn`")
        self._harness.deploy(self._beside(name))

    def complete_job(self, arguments: Mapping[str, Any]) -> None:
        job = self._job(arguments)
        variables, result = arguments.get("vars") or {}, arguments.get("result")
        self._do(CompleteJob(job_key=job.place.key, actor=SYSTEM, variables=variables, result=result))

    def fail_job(self, arguments: Mapping[str, Any]) -> None:
        failed = FailJob(
            job_key=self._job(arguments).place.key,
            actor=SYSTEM,
            retries=arguments.get("retries", 0),
            back_off=duration(arguments.get("back_off") or "PT0S"),
            message=arguments.get("message", ""),
            variables=arguments.get("vars") or {},
        )
        self._do(failed)

    def activate_job(self, arguments: Mapping[str, Any]) -> None:
        job_type, lease = self._job(arguments).type, duration(arguments["timeout"])
        if not self._do(ActivateJobs(type=job_type, worker="scenario", actor=SYSTEM, max_jobs=1, lease=lease)):
            raise StepImpossible(f"no job of type {job_type} can be handed out")

    def throw_error(self, arguments: Mapping[str, Any]) -> None:
        code, variables = arguments["code"], arguments.get("vars") or {}
        job = next((job for job in self._jobs() if job.place.element_id == arguments["task"]), None)
        if job is not None:
            self._do(ThrowError(job_key=job.place.key, code=code, actor=SYSTEM, variables=variables))
            return
        task = self._task(arguments)
        thrown = ThrowElementError(
            process_instance_key=task.instance_key,
            element_instance_key=task.key,
            code=code,
            actor=SYSTEM,
            variables=variables,
        )
        self._do(thrown)

    def resolve_fault(self, arguments: Mapping[str, Any]) -> None:
        with self._harness.census() as census:
            faults = list(census.open_faults())
        place = _oldest(faults, arguments["task"], "open fault")
        variables, retries = arguments.get("vars") or {}, arguments.get("retries")
        self._do(ResolveFault(fault_key=place.key, actor=SYSTEM, retries=retries, variables=variables))

    def modify(self, arguments: Mapping[str, Any]) -> None:
        modified = ModifyProcessInstance(
            process_instance_key=self._root(arguments),
            actor=SYSTEM,
            cancel=tuple(arguments.get("cancel") or ()),
            start_before=tuple(arguments.get("start_before") or ()),
            variables=arguments.get("vars") or {},
        )
        self._do(modified)

    def migrate(self, arguments: Mapping[str, Any]) -> None:
        mapping = arguments.get("mapping") or {}
        self._do(MigrateProcessInstance(process_instance_key=self._root(arguments), actor=SYSTEM, mapping=mapping))

    def suspend(self, arguments: Mapping[str, Any]) -> None:
        self._do(SuspendProcessInstance(process_instance_key=self._root(arguments), actor=SYSTEM))

    def resume(self, arguments: Mapping[str, Any]) -> None:
        self._do(ResumeProcessInstance(process_instance_key=self._root(arguments), actor=SYSTEM))

    def cancel_instance(self, arguments: Mapping[str, Any]) -> None:
        self._do(CancelProcessInstance(process_instance_key=self._root(arguments), actor=SYSTEM))

    # ---- finding what a step means ----------------------------------------------------------

    def _do(self, command: Any) -> Any:
        return self._harness.engine.execute(command)

    def _beside(self, name: str) -> Path:
        path = self._scenario.path.parent / name
        if not path.is_file():
            raise ScenarioInvalid(self._scenario.path, f"there is no file {name} beside it")
        return path

    def _root(self, arguments: Mapping[str, Any]) -> int:
        with self._harness.census() as census:
            roots = census.roots()
        running = [key for key, is_running in roots.items() if is_running] or list(roots)
        if not running:
            raise StepImpossible("no instance was started")
        return running[0] if arguments.get("instance") == "first" else running[-1]

    def _task(self, arguments: Mapping[str, Any]) -> Place:
        wanted = arguments.get("where") or {}
        with self._harness.census() as census:
            tasks = [task for task in census.open_user_tasks() if task.element_id == arguments["task"]]
            if not tasks:
                # The engine itself shall say that nothing of it is open any more.
                tasks = census.ended_user_tasks(arguments["task"])
            elif wanted:
                tasks = [task for task in tasks if _has(census.visible_variables(task.key), wanted)]
        return _oldest(self._of_instance(tasks, arguments), arguments["task"], "open user task", wanted)

    def _job(self, arguments: Mapping[str, Any]) -> WaitingJob:
        jobs = {job.place: job for job in self._jobs()}
        places = self._of_instance(list(jobs), arguments)
        return jobs[_oldest(places, arguments["task"], "job")]

    def _jobs(self) -> list[WaitingJob]:
        with self._harness.census() as census:
            return census.jobs(self._harness.clock.now())

    def _of_instance(self, places: list[Place], arguments: Mapping[str, Any]) -> list[Place]:
        if "instance" not in arguments:
            return places
        root = self._root(arguments)
        return [place for place in places if place.root_key == root]


def _by(arguments: Mapping[str, Any]) -> Actor:
    user = arguments.get("by")
    return Actor(str(user)) if user else SYSTEM


def _has(variables: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all(same_json(value, variables.get(name)) for name, value in wanted.items())


def _oldest(places: list[Place], element_id: str, what: str, where: Mapping[str, Any] | None = None) -> Place:
    found = next((place for place in places if place.element_id == element_id), None)
    if found is None:
        condition = f" where {dict(where)}" if where else ""
        raise StepImpossible(f"there is no {what} of {element_id}{condition}")
    return found


_STEPS: Mapping[str, Callable[[_Player, Mapping[str, Any]], None]] = {
    "start": _Player.start,
    "complete": _Player.complete,
    "claim": _Player.claim,
    "unclaim": _Player.unclaim,
    "assign": _Player.assign,
    "unassign": _Player.assign,
    "update_task": _Player.update_task,
    "message": _Player.message,
    "signal": _Player.signal,
    "advance": _Player.advance,
    "set_variables": _Player.set_variables,
    "deploy": _Player.deploy,
    "deploy_version": _Player.deploy,
    "complete_job": _Player.complete_job,
    "fail_job": _Player.fail_job,
    "activate_job": _Player.activate_job,
    "throw_error": _Player.throw_error,
    "resolve_fault": _Player.resolve_fault,
    "modify": _Player.modify,
    "migrate": _Player.migrate,
    "suspend": _Player.suspend,
    "resume": _Player.resume,
    "cancel_instance": _Player.cancel_instance,
}
