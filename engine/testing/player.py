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
from engine.testing.editing import edit_of
from engine.testing.expectations import Outcome, duration, mismatches, moment, same_json
from engine.testing.harness import Harness
from engine.testing.said import Said
from engine.testing.scenario import ScenarioInvalid, Step
from engine.testing.uploads import with_uploads

#: Names of the scenario format, and what an update of a user task calls them.
_TASK_PROPERTIES = {"due": "due_at", "follow_up": "follow_up_at"}


class StepImpossible(Exception):
    """A step names something that is not there: no such open task, job, fault or instance."""

    def __init__(self, said: Said) -> None:
        self.said = said
        super().__init__(said)


class Player:
    """Does steps, one after the other.

    With `own_instance`, a step means the instance that the last `start` started, or one whose record is linked with
    its record, whatever else runs.
    """

    def __init__(self, path: Path, harness: Harness, bpmn: str | None = None, *, own_instance: bool = False) -> None:
        self._path = path
        self._harness = harness
        self._bpmn = bpmn
        self._has_own_instance = own_instance
        self.started: int | None = None  #: the instance that the last `start` started
        self._is_ignored = False  #: the message of this step was a duplicate

    def play(self, step: Step) -> list[Said]:
        """Do one step and return what does not hold after it."""
        with self._harness.census() as census:
            before = census.open_faults()
        rejection: EngineError | None = None
        self._is_ignored = False
        try:
            self.do(step)
        except EngineError as error:
            rejection = error
        with self._harness.census() as census:
            new_faults = {place: reason for place, reason in census.open_faults().items() if place not in before}
            return mismatches(
                step.expect, census, Outcome(rejection, new_faults, self._harness.clock.now(), self._is_ignored)
            )

    def do(self, step: Step) -> None:
        """Do one step; raises what the engine raises, StepImpossible or ScenarioInvalid."""
        do = _STEPS.get(step.do)
        if do is None:
            raise ScenarioInvalid(self._path, f"{step}: `{step.do}` is no step; known: {', '.join(sorted(_STEPS))}")
        missing = _NEEDED.get(step.do, set()) - step.arguments.keys()
        if missing:
            raise ScenarioInvalid(self._path, f"{step}: {', '.join(sorted(missing))} is missing")
        do(self, step.arguments)

    # ---- steps ------------------------------------------------------------------------------

    def start(self, arguments: Mapping[str, Any]) -> None:
        """Start an instance."""
        process_id, actor = arguments["process"], _by(arguments)
        start: StartByForm | StartProcessInstance
        if "form" in arguments:
            start = StartByForm(process_id=process_id, actor=actor, submitted=self._form(arguments, actor))
        else:
            start = StartProcessInstance(process_id=process_id, actor=actor, variables=arguments.get("vars") or {})
        self.started = self._do(start).key

    def complete(self, arguments: Mapping[str, Any]) -> None:
        """Complete a user task."""
        key = self._task(arguments).key
        actor = _by(arguments)
        if "form" in arguments:
            self._do(CompleteUserTask(user_task_key=key, actor=actor, submitted=self._form(arguments, actor)))
        else:
            self._do(CompleteUserTask(user_task_key=key, actor=actor, variables=arguments.get("vars") or {}))

    def edit(self, arguments: Mapping[str, Any]) -> None:
        """Edit answers of a form of a record."""
        self._do(edit_of(self._harness.engine, arguments, _by(arguments)))

    def _form(self, arguments: Mapping[str, Any], actor: Actor) -> Any:
        return with_uploads(arguments["form"] or {}, self._harness.engine, actor)

    def claim(self, arguments: Mapping[str, Any]) -> None:
        """Claim a user task."""
        self._do(ClaimUserTask(user_task_key=self._task(arguments).key, actor=_by(arguments)))

    def unclaim(self, arguments: Mapping[str, Any]) -> None:
        """Give a user task back."""
        self._do(UnclaimUserTask(user_task_key=self._task(arguments).key, actor=_by(arguments)))

    def assign(self, arguments: Mapping[str, Any]) -> None:
        """Make somebody the assignee, or nobody."""
        key, user = self._task(arguments).key, arguments.get("user")
        self._do(AssignUserTask(user_task_key=key, assignee=user, actor=_by(arguments)))

    def update_task(self, arguments: Mapping[str, Any]) -> None:
        """Change properties of a user task."""
        changes = {_TASK_PROPERTIES.get(name, name): value for name, value in arguments["set"].items()}
        for name in _TASK_PROPERTIES.values():
            if changes.get(name) is not None:
                changes[name] = moment(changes[name])
        self._do(UpdateUserTask(user_task_key=self._task(arguments).key, actor=_by(arguments), changes=changes))

    def message(self, arguments: Mapping[str, Any]) -> None:
        """Publish a message; without time to live something must wait for it."""
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
        self._is_ignored = self._do(published).is_duplicate

    def signal(self, arguments: Mapping[str, Any]) -> None:
        """Broadcast a signal."""
        self._do(BroadcastSignal(name=arguments["name"], actor=SYSTEM, variables=arguments.get("vars") or {}))

    def advance(self, arguments: Mapping[str, Any]) -> None:
        """Move the clock, and let fire what falls due."""
        if "to" in arguments:
            self._harness.advance_to(moment(arguments["to"]))
        else:
            self._harness.advance_to(self._harness.clock.now() + duration(arguments["by"]))

    def set_variables(self, arguments: Mapping[str, Any]) -> None:
        """Set variables of the process."""
        self._do(
            SetVariables(process_instance_key=self._root(arguments), actor=SYSTEM, variables=arguments["vars"] or {})
        )

    def deploy(self, arguments: Mapping[str, Any]) -> None:
        """Deploy a file beside the scenario."""
        name = arguments.get("file") or self._bpmn
        if name is None:
            raise ScenarioInvalid(self._path, "there is no `file` to deploy, and no `bpmn`")
        self._harness.deploy(self._beside(name))

    def complete_job(self, arguments: Mapping[str, Any]) -> None:
        """Complete the oldest job of an element."""
        job = self._job(arguments)
        variables, result = arguments.get("vars") or {}, arguments.get("result")
        self._do(CompleteJob(job_key=job.place.key, actor=SYSTEM, variables=variables, result=result))

    def fail_job(self, arguments: Mapping[str, Any]) -> None:
        """Let the oldest job of an element fail."""
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
        """Take a job and stay silent."""
        job_type, lease = self._job(arguments).type, duration(arguments["timeout"])
        if not self._do(ActivateJobs(type=job_type, worker="scenario", actor=SYSTEM, max_jobs=1, lease=lease)):
            raise StepImpossible(Said("no job of type {} can be handed out", job_type))

    def throw_error(self, arguments: Mapping[str, Any]) -> None:
        """Report a BPMN error from a job or a user task."""
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
        """Retry what is stuck."""
        with self._harness.census() as census:
            faults = list(census.open_faults())
        place = _oldest(faults, arguments["task"], "open fault")
        variables, retries = arguments.get("vars") or {}, arguments.get("retries")
        self._do(ResolveFault(fault_key=place.key, actor=SYSTEM, retries=retries, variables=variables))

    def modify(self, arguments: Mapping[str, Any]) -> None:
        """Move tokens."""
        modified = ModifyProcessInstance(
            process_instance_key=self._root(arguments),
            actor=SYSTEM,
            cancel=tuple(arguments.get("cancel") or ()),
            start_before=tuple(arguments.get("start_before") or ()),
            variables=arguments.get("vars") or {},
        )
        self._do(modified)

    def migrate(self, arguments: Mapping[str, Any]) -> None:
        """Move the instance to the newest version."""
        mapping = arguments.get("mapping") or {}
        self._do(MigrateProcessInstance(process_instance_key=self._root(arguments), actor=SYSTEM, mapping=mapping))

    def suspend(self, arguments: Mapping[str, Any]) -> None:
        """Halt the instance."""
        self._do(SuspendProcessInstance(process_instance_key=self._root(arguments), actor=SYSTEM))

    def resume(self, arguments: Mapping[str, Any]) -> None:
        """Let the instance go on."""
        self._do(ResumeProcessInstance(process_instance_key=self._root(arguments), actor=SYSTEM))

    def cancel_instance(self, arguments: Mapping[str, Any]) -> None:
        """Cancel the instance."""
        self._do(CancelProcessInstance(process_instance_key=self._root(arguments), actor=SYSTEM))

    # ---- finding what a step means ----------------------------------------------------------

    def _do(self, command: Any) -> Any:
        return self._harness.engine.execute(command)

    def _beside(self, name: str) -> Path:
        path = self._path.parent / name
        if not path.is_file():
            raise ScenarioInvalid(self._path, f"there is no file {name} beside it")
        return path

    def _root(self, arguments: Mapping[str, Any]) -> int:
        if self._has_own_instance and self.started is not None:
            return self.started
        with self._harness.census() as census:
            roots = census.roots()
        running = [key for key, is_running in roots.items() if is_running] or list(roots)
        if not running:
            raise StepImpossible(Said("no instance was started"))
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
        if "instance" not in arguments and not self._has_own_instance:
            return places
        root = self._root(arguments)
        if not self._has_own_instance:
            return [place for place in places if place.root_key == root]
        with self._harness.census() as census:
            roots = census.connected_roots(root)
        return [place for place in places if place.root_key in roots]


def _by(arguments: Mapping[str, Any]) -> Actor:
    user = arguments.get("by")
    return Actor(str(user)) if user else SYSTEM


def _has(variables: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all(same_json(value, variables.get(name)) for name, value in wanted.items())


def _oldest(places: list[Place], element_id: str, what: str, where: Mapping[str, Any] | None = None) -> Place:
    found = next((place for place in places if place.element_id == element_id), None)
    if found is None:
        condition = f" where {dict(where)}" if where else ""
        raise StepImpossible(Said("there is no {} of {}{}", what, element_id, condition, elements=(element_id,)))
    return found


_STEPS: Mapping[str, Callable[[Player, Mapping[str, Any]], None]] = {
    "start": Player.start,
    "complete": Player.complete,
    "edit": Player.edit,
    "claim": Player.claim,
    "unclaim": Player.unclaim,
    "assign": Player.assign,
    "unassign": Player.assign,
    "update_task": Player.update_task,
    "message": Player.message,
    "signal": Player.signal,
    "advance": Player.advance,
    "set_variables": Player.set_variables,
    "deploy": Player.deploy,
    "deploy_version": Player.deploy,
    "complete_job": Player.complete_job,
    "fail_job": Player.fail_job,
    "activate_job": Player.activate_job,
    "throw_error": Player.throw_error,
    "resolve_fault": Player.resolve_fault,
    "modify": Player.modify,
    "migrate": Player.migrate,
    "suspend": Player.suspend,
    "resume": Player.resume,
    "cancel_instance": Player.cancel_instance,
}

#: Arguments without which a step means nothing.
_NEEDED: Mapping[str, set[str]] = {
    "start": {"process"},
    "edit": {"record", "element", "form"},
    "update_task": {"task", "set"},
    "message": {"name"},
    "signal": {"name"},
    "set_variables": {"vars"},
    "deploy_version": {"file"},
    "activate_job": {"task", "timeout"},
    "throw_error": {"task", "code"},
} | {
    name: {"task"}
    for name in (
        "complete",
        "claim",
        "unclaim",
        "assign",
        "unassign",
        "complete_job",
        "fail_job",
        "resolve_fault",
    )
}
