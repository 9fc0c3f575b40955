"""Jobs: workers take them, finish them, fail them or report a BPMN error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.runtime import InstanceRun, Runtime
from engine.errors import InputInvalid, JobNotFound
from engine.model import Actor, Job, JobKey, Label
from engine.store.due import JobRows

_MAX_BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivateJobs:
    """Hand out jobs of a type to a worker for the length of a lease; after it they are handed out again."""

    type: str
    worker: str
    actor: Actor
    max_jobs: int = 1
    lease: timedelta = timedelta(minutes=5)

    def run(self, context: CommandContext) -> list[Job]:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_administrator()
        if self.lease <= timedelta():
            raise InputInvalid(Label("A lease must be longer than zero.", "Masa pinjam harus lebih dari nol."))
        limit = max(1, min(self.max_jobs, _MAX_BATCH))
        return JobRows(context.work).activate(self.type, self.worker, context.now, context.now + self.lease, limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteJob:
    """Finish a job with variables; `result` answers a task listener (denied, corrections)."""

    job_key: JobKey | int
    actor: Actor
    variables: Mapping[str, Any] = field(default_factory=dict)
    result: Mapping[str, Any] | None = None

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        runtime, run, job = _open(context, self.actor, self.job_key)
        runtime.note(run, "job_completed", element_id=job.element_id, element_instance_key=job.element_instance_key)
        run.execution.complete_job(job.key, dict(self.variables), self.result)
        runtime.settle()


@dataclass(frozen=True, slots=True, kw_only=True)
class FailJob:
    """Report that a job failed: it is tried again after the back-off, or becomes a Fault without retries."""

    job_key: JobKey | int
    actor: Actor
    retries: int = 0
    back_off: timedelta = timedelta()
    message: str = ""
    variables: Mapping[str, Any] = field(default_factory=dict)

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        runtime, run, job = _open(context, self.actor, self.job_key)
        retries = max(0, self.retries)
        run.execution.fail_job(job.key, retries, self.back_off, self.message, dict(self.variables))
        runtime.settle()


@dataclass(frozen=True, slots=True, kw_only=True)
class ThrowError:
    """Report a BPMN error from a job; the diagram catches it, or it becomes a Fault."""

    job_key: JobKey | int
    code: str
    actor: Actor
    message: str = ""
    variables: Mapping[str, Any] = field(default_factory=dict)

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        runtime, run, job = _open(context, self.actor, self.job_key)
        details = {"code": self.code, "message": self.message}
        runtime.note(run, "error_thrown", element_id=job.element_id, details=details)
        run.execution.throw_error(job.key, self.code, self.message, dict(self.variables))
        runtime.settle()


@dataclass(frozen=True, slots=True, kw_only=True)
class ThrowElementError:
    """Report a BPMN error at a live element instance, a user task for example; administrators may."""

    process_instance_key: int
    element_instance_key: int
    code: str
    actor: Actor
    message: str = ""
    variables: Mapping[str, Any] = field(default_factory=dict)

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_administrator()
        runtime = Runtime(context, self.actor)
        run = runtime.load(self.process_instance_key)
        details = {"code": self.code, "message": self.message}
        runtime.note(run, "error_thrown", element_instance_key=self.element_instance_key, details=details)
        run.execution.throw_error(self.element_instance_key, self.code, self.message, dict(self.variables))
        runtime.settle()


def _open(context: CommandContext, actor: Actor, key: int) -> tuple[Runtime, InstanceRun, Job]:
    read_permissions(context, actor).require_administrator()
    job = JobRows(context.work).get(key)
    if job is None:
        raise JobNotFound(key)
    runtime = Runtime(context, actor)
    return runtime, runtime.load(job.process_instance_key), job
