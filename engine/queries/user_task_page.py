"""Everything one user task's page shows: facts, form, what happened so far, who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.commands.authorisation import Permissions, is_candidate, read_permissions, require_candidate
from engine.commands.context import CommandContext
from engine.commands.record_access import reader_for
from engine.commands.segregation import require_deputy_allowed, require_no_conflict
from engine.commands.task_variables import task_cells, task_variables
from engine.errors import NotPermitted, UserTaskNotFound
from engine.forms import Option
from engine.model import Actor, Group, Label, StandIn, UserTask, UserTaskState
from engine.queries.element_names import ElementNames
from engine.queries.facts import facts
from engine.queries.form_view import show_form
from engine.queries.record_values import ShownValue
from engine.queries.shown_form import ShownForm
from engine.queries.timeline import Event, Story, milestones, people_in
from engine.store.choice_lists import ChoiceLists
from engine.store.workplace.places import InstanceOfRecord, instances_below
from engine.store.workplace.record_details import AttachedFile, files_of, history_of, may_see_record
from engine.store.workplace.record_lists import display_names, group_labels
from engine.store.workplace.task_details import TaskDetails, task_details


@dataclass(frozen=True, slots=True)
class TaskPermissions:
    """What the actor may do with the task now; `refusal` says why completing is not among it."""

    claim: bool
    unclaim: bool
    complete: bool
    reassign: bool
    refusal: Label | None
    stand_in: StandIn | None = None  #: for whom the actor, a deputy, would do it


@dataclass(frozen=True, slots=True)
class UserTaskPageData:
    """What a user task's page shows."""

    details: TaskDetails
    groups: tuple[Group, ...]  #: candidate groups
    may: TaskPermissions
    form: ShownForm | None
    facts: tuple[ShownValue, ...]
    story: tuple[Event, ...]  #: what people did so far, oldest first
    names: Mapping[str, str]  #: login name -> display name of everybody the story mentions
    files: tuple[AttachedFile, ...]
    instances: tuple[InstanceOfRecord, ...]
    assignable: tuple[Option, ...]  #: login names of those who could do it; empty when the actor may not reassign

    @property
    def task(self) -> UserTask:
        """Return the task itself."""
        return self.details.task


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskPage:
    """Ask for a user task; `submitted` are values typed but not accepted, shown instead of the draft.

    Raises UserTaskNotFound also when the actor may not see the task: assignee, candidates, who did it,
    administrators, auditors and whoever sees its record do.
    """

    actor: Actor
    user_task_key: int
    submitted: Mapping[str, Any] | None = None
    errors: Mapping[str, Label] | None = None

    def run(self, context: CommandContext) -> UserTaskPageData:
        """Answer with the same number of statements however long the instance has lived."""
        work = context.work
        details = task_details(work, self.user_task_key, self.actor.user)
        permissions = read_permissions(context, self.actor)
        _require_visible(context, permissions, details)
        instances = instances_below(work, details.root_instance_key)
        keys = [instance.key for instance in instances]
        story = Story(ElementNames(context), [details.root_instance_key])
        events = milestones(story.tell(history_of(work, details.record_key, keys)))
        seen = task_variables(context, details)
        variables = {**seen, "current_user": permissions.as_variable()}
        may = _permissions(context, permissions, details, variables)
        return UserTaskPageData(
            details=details,
            groups=tuple(group_labels(work, details.task.candidate_groups).values()),
            may=may,
            form=self._form(context, details, variables),
            facts=_facts(context, permissions, details, variables, instances[0]),
            story=tuple(events),
            names=display_names(work, people_in(events)),
            files=tuple(files_of(work, details.record_key, permissions.user)) if details.record_key else (),
            instances=tuple(instances),
            assignable=_assignable(context, details.task) if may.reassign else (),
        )

    def _form(self, context: CommandContext, details: TaskDetails, variables: Mapping[str, Any]) -> ShownForm | None:
        task = details.task
        is_open = task.state is UserTaskState.CREATED
        if task.form_key is None or not (is_open or self.submitted is not None):
            return None
        typed = self.submitted
        if typed is None and details.draft is not None:
            typed = details.draft.submitted
        form = context.definitions.form(context.work, task.form_key)
        return show_form(context, self.actor, form, variables, submitted=typed, errors=self.errors or {})


def _facts(
    context: CommandContext,
    permissions: Permissions,
    details: TaskDetails,
    variables: Mapping[str, Any],
    root: InstanceOfRecord,
) -> tuple[ShownValue, ...]:
    """Return the diagram's facts without those that the head of the page says already."""
    task = details.task
    # A called process speaks of what the calling one asked for: the options of both are known.
    keys = [task.process_definition_key, root.process_definition_key]
    deployments = [context.definitions.process(context.work, key).definition.deployment_key for key in keys]
    found = facts(context, reader_for(context, permissions), details.properties, variables, deployments)
    said = {task.title, task.business_id, f"{task.business_id} {task.title}"}
    return tuple(fact for fact in found if not (isinstance(fact.value, str) and fact.value in said))


def visible_task(context: CommandContext, actor: Actor, user_task_key: int) -> TaskDetails:
    """Return a user task that the actor may see; raises UserTaskNotFound also when there is one for others."""
    details = task_details(context.work, user_task_key, actor.user)
    _require_visible(context, read_permissions(context, actor), details)
    return details


def _require_visible(context: CommandContext, permissions: Permissions, details: TaskDetails) -> None:
    permissions.require_active()
    task = details.task
    if permissions.user == task.completed_by or is_candidate(permissions, task_cells(task)):
        return
    if details.record_key is not None and may_see_record(
        context.work, reader_for(context, permissions), details.record_key
    ):
        return
    if details.record_key is None and permissions.reads_all:
        return
    try:
        require_candidate(context, permissions, task_cells(task))
    except NotPermitted:
        raise UserTaskNotFound(task.key) from None


def _permissions(
    context: CommandContext, permissions: Permissions, details: TaskDetails, variables: Mapping[str, Any]
) -> TaskPermissions:
    task = details.task
    if task.state is not UserTaskState.CREATED:
        return TaskPermissions(claim=False, unclaim=False, complete=False, reassign=False, refusal=None)
    refusal, stand_in = _capacity(context, permissions, details, variables)
    mine = task.assignee == permissions.user
    can_work = refusal is None and task.assignee in (None, permissions.user, stand_in.user if stand_in else None)
    return TaskPermissions(
        claim=can_work and task.assignee is None,
        unclaim=mine and bool(task.candidate_groups or task.candidate_users),
        complete=can_work,
        reassign=mine or permissions.is_administrator,
        refusal=refusal,
        stand_in=stand_in,
    )


def _capacity(
    context: CommandContext, permissions: Permissions, details: TaskDetails, variables: Mapping[str, Any]
) -> tuple[Label | None, StandIn | None]:
    """Return (why the actor may not work on it, for whom the actor would)."""
    actor, properties = Actor(permissions.user), details.properties
    stand_in = None
    try:
        # First what no reassignment would change.
        require_no_conflict(context, actor, details.record_key, properties)
        stand_in = require_candidate(context, permissions, task_cells(details.task))
        if stand_in is not None:
            require_no_conflict(context, actor, details.record_key, properties, stand_in)
            require_deputy_allowed(context, stand_in, properties, variables)
    except NotPermitted as error:
        return error.label, stand_in
    return None, stand_in


def _assignable(context: CommandContext, task: UserTask) -> tuple[Option, ...]:
    """Return the members of the candidate groups, or everybody where there are none; one statement."""
    found = ChoiceLists(context.work, context.now).people(list(task.candidate_groups))
    return tuple(Option(name, label) for name, label in found if name != task.assignee)
