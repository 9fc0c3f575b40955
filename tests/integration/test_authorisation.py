"""Every command and query, asked by people who have nothing to do with the matter; a new one must be listed below."""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from engine import (
    SYSTEM,
    Actor,
    AddAttachment,
    BatchKind,
    ChangeUser,
    ClaimUserTask,
    EngineError,
    Label,
    LoadPeople,
    LogIn,
    LoginFailed,
    NotFound,
    NotPermitted,
    PublishMessage,
    ResourceFile,
    ResourceKind,
    SavedView,
    StartByForm,
    StartDefinitionDraft,
    User,
    WhoIs,
    commands,
    queries,
)
from engine.commands.batch_plan import BatchPlan
from engine.testing import Harness, MovableClock
from tests.diagrams import diagram, user_task
from tests.integration import calendar_questions, notice_questions, register_questions
from tests.webapp.people.conftest import CONTENT, JOURNEY, PASSWORD, PEOPLE, START

#: A plain requester of no group, a person whose account was closed, one without an account, one who only reads.
REQUESTER, GONE, NOBODY, AUDITOR = Actor("odi"), Actor("former"), Actor("stranger"), Actor("aulia")
NO_SUCH_KEY = 1


@dataclass
class World:
    """What somebody else does here: a journey of Tari's, whose approval Putu has."""

    harness: Harness
    number: str
    instance: int
    definition: int
    task: int
    file: int
    draft: int
    file_of_diagram: int


@pytest.fixture(scope="module")
def world(sqlite_template: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Give one database for all: who is refused changes nothing, and what others may do harms no later question."""
    url = sqlite_template.copy_to(tmp_path_factory.mktemp("authorisation"))
    with Harness(url, clock=MovableClock(START)) as harness:
        harness.deploy(*sorted(CONTENT.iterdir()))
        engine = harness.engine
        engine.execute(LoadPeople(document=PEOPLE, actor=SYSTEM, password=PASSWORD))
        engine.execute(LoadPeople(document={"people": [{"name": "former"}]}, actor=SYSTEM, password=PASSWORD))
        gone = User("former", "Former", "", "en", "", is_active=False, groups=("administrator", "approvers"))
        engine.execute(ChangeUser(user=gone, actor=SYSTEM))
        started = engine.execute(StartByForm(process_id="travel", actor=Actor("tari"), submitted=JOURNEY))
        task = harness.open_task("T_approve").key
        engine.execute(ClaimUserTask(user_task_key=task, actor=Actor("putu")))
        file = engine.execute(
            AddAttachment(name="a.txt", content=b"x", actor=Actor("tari"), number=started.business_id)
        )
        draft = engine.execute(StartDefinitionDraft(kind=ResourceKind.BPMN, resource_id="travel.bpmn", actor=SYSTEM))
        diagram = engine.ask(
            queries.DefinitionPage(kind=ResourceKind.BPMN, resource_id="travel.bpmn", actor=SYSTEM)
        ).versions[0]
        yield World(
            harness,
            started.business_id or "",
            started.key,
            started.process_definition_key,
            task,
            file.key,
            draft,
            diagram.file.key,
        )


Asking = Callable[[World, Actor], Any]

_SOMEBODY = User("somebody", "Somebody", "", "en", "", is_active=True, groups=("administrator",))
_DOCUMENT = ResourceFile("notes.yaml", b"kind: notes")

#: Refused with NotPermitted, whatever they name: they need a role.
FORBIDDEN: Mapping[str, Asking] = {
    **calendar_questions.FORBIDDEN,
    **notice_questions.FORBIDDEN,
    "AccountChoices": lambda w, a: queries.AccountChoices(actor=a),
    "AccountPage": lambda w, a: queries.AccountPage(name="tari", actor=a),
    "ActivateJobs": lambda w, a: commands.ActivateJobs(type="x", worker="w", actor=a),
    "AddUser": lambda w, a: commands.AddUser(user=_SOMEBODY, actor=a),
    "AssignUserTask": lambda w, a: commands.AssignUserTask(user_task_key=w.task, assignee=a.user, actor=a),
    "BatchPage": lambda w, a: queries.BatchPage(batch_key=NO_SUCH_KEY, actor=a),
    "Batches": lambda w, a: queries.Batches(actor=a),
    "BroadcastSignal": lambda w, a: commands.BroadcastSignal(name="s", actor=a),
    "CallHierarchy": lambda w, a: queries.CallHierarchy(process_instance_key=w.instance, actor=a),
    "CancelProcessInstance": lambda w, a: commands.CancelProcessInstance(process_instance_key=w.instance, actor=a),
    "ChangeUser": lambda w, a: commands.ChangeUser(user=_SOMEBODY, actor=a),
    "DeclineContent": lambda w, a: commands.DeclineContent(file=ResourceFile("x.form", b"{}"), reason="r", actor=a),
    "FilesToPlay": lambda w, a: queries.FilesToPlay(draft_key=w.draft, actor=a),
    "HeldBackContent": lambda w, a: queries.HeldBackContent(folders=(), actor=a),
    "InstanceValues": lambda w, a: queries.InstanceValues(name=str(w.instance), actor=a),
    "PlayOfDraft": lambda w, a: queries.PlayOfDraft(draft_key=w.draft, actor=a),
    "StartScenarioPlay": lambda w, a: commands.StartScenarioPlay(draft_key=w.draft, report={}, actor=a),
    "StopScenarioPlay": lambda w, a: commands.StopScenarioPlay(draft_key=w.draft, actor=a),
    "TryExpression": lambda w, a: queries.TryExpression(expression="1", variables={}, actor=a),
    "CheckDraft": lambda w, a: queries.CheckDraft(draft_key=w.draft, actor=a),
    "ChoicesForModeller": lambda w, a: queries.ChoicesForModeller(actor=a),
    "ClaimUserTask": lambda w, a: commands.ClaimUserTask(user_task_key=w.task, actor=a),
    "CompareVersions": lambda w, a: queries.CompareVersions(
        kind=ResourceKind.BPMN, before_key=w.file_of_diagram, after_key=w.file_of_diagram, actor=a
    ),
    "CompareWithDraft": lambda w, a: queries.CompareWithDraft(draft_key=w.draft, content=b"", actor=a),
    "CompleteJob": lambda w, a: commands.CompleteJob(job_key=NO_SUCH_KEY, actor=a),
    "CompleteUserTask": lambda w, a: commands.CompleteUserTask(user_task_key=w.task, actor=a, variables={}),
    "ContentOfFile": lambda w, a: queries.ContentOfFile(resource_key=w.file_of_diagram, actor=a),
    "CorrelateMessage": lambda w, a: commands.CorrelateMessage(name="m", actor=a),
    "DefinitionContent": lambda w, a: queries.DefinitionContent(resource_key=w.file_of_diagram, actor=a),
    "DefinitionDraft": lambda w, a: queries.DefinitionDraft(draft_key=w.draft, actor=a),
    "DefinitionPage": lambda w, a: queries.DefinitionPage(kind=ResourceKind.BPMN, resource_id="travel.bpmn", actor=a),
    "Definitions": lambda w, a: queries.Definitions(actor=a),
    "Deploy": lambda w, a: commands.Deploy(files=(_DOCUMENT,), actor=a),
    "Deployments": lambda w, a: queries.Deployments(actor=a),
    "DiscardBatch": lambda w, a: commands.DiscardBatch(batch_key=NO_SUCH_KEY, actor=a),
    "DiscardDeadLetter": lambda w, a: commands.DiscardDeadLetter(key=NO_SUCH_KEY, reason="r", actor=a),
    "DiscardDefinitionDraft": lambda w, a: commands.DiscardDefinitionDraft(draft_key=w.draft, revision=1, actor=a),
    "DraftFile": lambda w, a: commands.DraftFile(file=ResourceFile("a.form", b"{}"), actor=a),
    "ElementStatistics": lambda w, a: queries.ElementStatistics(process_id="travel", actor=a),
    "EvaluateConditions": lambda w, a: commands.EvaluateConditions(actor=a),
    "FailJob": lambda w, a: commands.FailJob(job_key=NO_SUCH_KEY, actor=a),
    "FireTimer": lambda w, a: commands.FireTimer(timer_key=NO_SUCH_KEY, actor=a),
    "InstanceFilters": lambda w, a: queries.InstanceFilters(actor=a),
    "InstancePage": lambda w, a: queries.InstancePage(process_instance_key=w.instance, actor=a),
    "InstanceReplay": lambda w, a: queries.InstanceReplay(process_instance_key=w.instance, actor=a),
    "Instances": lambda w, a: queries.Instances(actor=a),
    "KeptContent": lambda w, a: queries.KeptContent(draft_key=w.draft, revision=1, actor=a),
    "LoadPeople": lambda w, a: commands.LoadPeople(document={}, actor=a),
    "MigrateProcessInstance": lambda w, a: commands.MigrateProcessInstance(process_instance_key=w.instance, actor=a),
    "MigrationPreview": lambda w, a: queries.MigrationPreview(process_id="travel", actor=a),
    "MigrationTargets": lambda w, a: queries.MigrationTargets(process_id="travel", actor=a),
    "ModificationChoices": lambda w, a: queries.ModificationChoices(process_instance_key=w.instance, actor=a),
    "ModificationPreview": lambda w, a: queries.ModificationPreview(process_instance_key=w.instance, actor=a),
    "ModifyProcessInstance": lambda w, a: commands.ModifyProcessInstance(process_instance_key=w.instance, actor=a),
    "OpenFaults": lambda w, a: queries.OpenFaults(actor=a),
    "People": lambda w, a: queries.People(actor=a),
    "PreviewForm": lambda w, a: queries.PreviewForm(content=b"{}", actor=a),
    "ProcessOverview": lambda w, a: queries.ProcessOverview(actor=a),
    "ProcessPage": lambda w, a: queries.ProcessPage(process_id="travel", actor=a),
    "ProposeBatch": lambda w, a: commands.ProposeBatch(plan=BatchPlan(kind=BatchKind.CANCEL), actor=a),
    "Publication": lambda w, a: queries.Publication(draft_key=w.draft, actor=a),
    "PublishAgain": lambda w, a: commands.PublishAgain(resource_key=w.file_of_diagram, comment="c", actor=a),
    "PublishDeadLetter": lambda w, a: commands.PublishDeadLetter(
        key=NO_SUCH_KEY, correlation_key="", reason="r", actor=a
    ),
    "PublishDrafts": lambda w, a: commands.PublishDrafts(drafts={}, comment="c", actor=a),
    "PublishMessage": lambda w, a: PublishMessage(name="Journey_withdrawn", correlation_key=w.number, actor=a),
    "PublishProposal": lambda w, a: commands.PublishProposal(key=NO_SUCH_KEY, words="w", actor=a),
    "PublishableMessages": lambda w, a: queries.PublishableMessages(actor=a),
    "RescheduleTimer": lambda w, a: commands.RescheduleTimer(timer_key=NO_SUCH_KEY, due_at=START, actor=a),
    "ResolveFault": lambda w, a: commands.ResolveFault(fault_key=NO_SUCH_KEY, actor=a),
    "RestartProcessInstance": lambda w, a: commands.RestartProcessInstance(
        process_instance_key=w.instance, start_before=("T_approve",), actor=a
    ),
    "RestoreKeptDraft": lambda w, a: commands.RestoreKeptDraft(draft_key=w.draft, kept_revision=1, actor=a),
    "ResumeProcessInstance": lambda w, a: commands.ResumeProcessInstance(process_instance_key=w.instance, actor=a),
    "RetryFaults": lambda w, a: commands.RetryFaults(process_instance_key=w.instance, actor=a),
    "SaveDefinitionDraft": lambda w, a: commands.SaveDefinitionDraft(
        draft_key=w.draft, content=b"", revision=1, actor=a
    ),
    "SaveDraft": lambda w, a: commands.SaveDraft(user_task_key=w.task, actor=a, submitted={}),
    "SetVariables": lambda w, a: commands.SetVariables(
        process_instance_key=w.instance, actor=a, variables={"class": "first"}
    ),
    "StartBatch": lambda w, a: commands.StartBatch(batch_key=NO_SUCH_KEY, actor=a),
    "StartByForm": lambda w, a: StartByForm(process_id="travel", actor=a, submitted=JOURNEY),
    "StartDefinitionDraft": lambda w, a: StartDefinitionDraft(
        kind=ResourceKind.BPMN, resource_id="travel.bpmn", actor=a
    ),
    "StartForm": lambda w, a: queries.StartForm(actor=a, process_id="travel"),
    "StartProcessInstance": lambda w, a: commands.StartProcessInstance(process_id="travel", actor=a),
    "StopBatch": lambda w, a: commands.StopBatch(batch_key=NO_SUCH_KEY, actor=a),
    "SubmittedForm": lambda w, a: queries.SubmittedForm(actor=a, pairs=[], process_id="travel"),
    "SuspendProcessInstance": lambda w, a: commands.SuspendProcessInstance(process_instance_key=w.instance, actor=a),
    "SystemFigures": lambda w, a: queries.SystemFigures(actor=a),
    "SystemHealth": lambda w, a: queries.SystemHealth(actor=a),
    "SystemHistory": lambda w, a: queries.SystemHistory(actor=a),
    "ThrowElementError": lambda w, a: commands.ThrowElementError(
        process_instance_key=w.instance, element_instance_key=w.task, code="c", actor=a
    ),
    "ThrowError": lambda w, a: commands.ThrowError(job_key=NO_SUCH_KEY, code="c", actor=a),
    "TriableDecisions": lambda w, a: queries.TriableDecisions(content=b"", actor=a),
    "TryDecision": lambda w, a: queries.TryDecision(content=b"", decision_id="d", variables={}, actor=a),
    "UndeliveredMessages": lambda w, a: queries.UndeliveredMessages(actor=a),
    "UnclaimUserTask": lambda w, a: commands.UnclaimUserTask(user_task_key=w.task, actor=a),
    "UpdateUserTask": lambda w, a: commands.UpdateUserTask(user_task_key=w.task, actor=a, changes={"priority": 1}),
    "VerifyHistory": lambda w, a: queries.VerifyHistory(actor=a, anchors_folder=Path("absent")),
    "VersionsOfFile": lambda w, a: queries.VersionsOfFile(kind="bpmn", resource_id="travel.bpmn", actor=a),
    "AccountDetails": lambda w, a: queries.AccountDetails(name="tari", actor=a),
    "CreatePasswordReset": lambda w, a: commands.CreatePasswordReset(name="tari", actor=a),
    "EndSessions": lambda w, a: commands.EndSessions(user="tari", actor=a),
    "EnterAbsence": lambda w, a: commands.EnterAbsence(
        user="tari", deputy=a.user, from_at=START, until_at=START, actor=a
    ),
    "ImportPeople": lambda w, a: commands.ImportPeople(text="name", actor=a),
    "ImportPreview": lambda w, a: queries.ImportPreview(text="name", actor=a),
    "PlanShifts": lambda w, a: commands.PlanShifts(
        group="g", people=(), first_day=START.date(), days_each=1, turns=1, actor=a
    ),
    "RemoveShifts": lambda w, a: commands.RemoveShifts(group="g", keys=(), actor=a),
    "SetMembership": lambda w, a: commands.SetMembership(user="tari", group="administrator", actor=a),
}
#: Refused as if there were no such thing: who may not see it does not learn that it is there.
HIDDEN: Mapping[str, Asking] = {
    **calendar_questions.HIDDEN,
    **register_questions.HIDDEN,
    "AddComment": lambda w, a: commands.AddComment(number=w.number, body="hello", actor=a),
    "AttachmentContent": lambda w, a: queries.AttachmentContent(key=w.file, actor=a),
    "Conversation": lambda w, a: queries.Conversation(number=w.number, actor=a),
    "EditForm": lambda w, a: queries.EditForm(number=w.number, element_id="s", actor=a),
    "EditRecord": lambda w, a: commands.EditRecord(
        number=w.number, element_id="s", submitted={}, seen="", reason="r", actor=a
    ),
    "EditableForms": lambda w, a: queries.EditableForms(number=w.number, actor=a),
    "InstanceOverlay": lambda w, a: queries.InstanceOverlay(actor=a, process_instance_key=w.instance),
    "RateRecord": lambda w, a: commands.RateRecord(number=w.number, stars=5, actor=a),
    "RecordPage": lambda w, a: queries.RecordPage(actor=a, number=w.number),
    "RemoveView": lambda w, a: commands.RemoveView(page="instances", name="of nobody", actor=a),
    "SendRecordMessage": lambda w, a: commands.SendRecordMessage(number=w.number, name="Journey_withdrawn", actor=a),
    "SubmittedEdit": lambda w, a: queries.SubmittedEdit(number=w.number, element_id="s", pairs=[], actor=a),
    "WatchRecord": lambda w, a: commands.WatchRecord(number=w.number, actor=a),
    "UserTaskPage": lambda w, a: queries.UserTaskPage(actor=a, user_task_key=w.task),
    "EndAbsence": lambda w, a: commands.EndAbsence(key=NO_SUCH_KEY, actor=a),
    "RecordConflicts": lambda w, a: queries.RecordConflicts(number=w.number, actor=a),
}
#: For everybody with an active account: one's own things, and what is no secret.
OPEN: Mapping[str, Asking] = {
    **calendar_questions.OPEN,
    **notice_questions.OPEN,
    **register_questions.OPEN,
    "AcceptsFiles": lambda w, a: queries.AcceptsFiles(user_task_key=w.task, actor=a),
    "AddAttachment": lambda w, a: AddAttachment(name="n", content=b"x", actor=a),
    "AtAGlance": lambda w, a: queries.AtAGlance(actor=a),
    "Catalogue": lambda w, a: queries.Catalogue(actor=a),
    "ChangeLanguage": lambda w, a: commands.ChangeLanguage(language="en", actor=a),
    "ChangePassword": lambda w, a: commands.ChangePassword(old=PASSWORD, new=PASSWORD, actor=a),
    "Diagram": lambda w, a: queries.Diagram(process_definition_key=w.definition, actor=a),
    "InboxPage": lambda w, a: queries.InboxPage(actor=a, tab=queries.InboxTab.GROUPS),
    "MarkNotificationsRead": lambda w, a: commands.MarkNotificationsRead(actor=a),
    "MyRecords": lambda w, a: queries.MyRecords(actor=a),
    "NotificationsPage": lambda w, a: queries.NotificationsPage(actor=a),
    "SaveView": lambda w, a: commands.SaveView(view=SavedView("instances", "mine", "", is_default=False), actor=a),
    "SearchRecords": lambda w, a: queries.SearchRecords(actor=a, text="Makassar"),
    "ViewsOfPage": lambda w, a: queries.ViewsOfPage(page="instances", actor=a),
    "AbsencesPage": lambda w, a: queries.AbsencesPage(actor=a),
    "LinksOfNotifications": lambda w, a: queries.LinksOfNotifications(keys=(), actor=a),
    "RosterPage": lambda w, a: queries.RosterPage(actor=a),
}
#: Asked before anybody is known, or by the server itself; no page hands them on to a person.
WITHOUT_ACTOR = notice_questions.WITHOUT_ACTOR | frozenset(
    {"AnchorHistory", "AnswerByLink", "AnswerLinkPage", "DeployContent", "HasPeople", "IsReady", "LogIn", "LogOut",
     "NearestClocks", "NoteLinkRefusal", "NoteScenarioPlay", "ResetPassword", "WhoIs", "WhoseReset"}
)  # fmt: skip
#: What auditors may ask of all that a plain requester may not.
FOR_AUDITORS = calendar_questions.FOR_AUDITORS | notice_questions.FOR_AUDITORS
FOR_AUDITORS |= register_questions.FOR_AUDITORS | frozenset(
    {
        "AttachmentContent", "BatchPage", "Batches", "CallHierarchy", "CompareVersions", "ElementStatistics",
        "MigrationPreview", "MigrationTargets", "ContentOfFile", "DefinitionContent", "DefinitionPage", "Definitions",
        "Deployments", "Conversation", "EditableForms", "HeldBackContent", "InstanceFilters", "InstanceOverlay",
        "InstancePage", "InstanceValues", "InstanceReplay", "Instances", "ModificationChoices", "ModificationPreview",
        "OpenFaults", "People", "ProcessOverview", "ProcessPage", "PublishableMessages", "RecordConflicts",
        "RecordPage", "SystemFigures", "SystemHealth", "SystemHistory", "UndeliveredMessages", "UserTaskPage",
        "VerifyHistory", "VersionsOfFile",
    }
)  # fmt: skip


def ask(world: World, asking: Asking, actor: Actor) -> Any:
    """Execute the command or ask the query."""
    asked, engine = asking(world, actor), world.harness.engine
    return engine.execute(asked) if hasattr(commands, type(asked).__name__) else engine.ask(asked)


def test_every_command_and_query_is_classified() -> None:
    exported = {
        name
        for room in (commands, queries)
        for name in room.__all__
        if inspect.isclass(getattr(room, name)) and hasattr(getattr(room, name), "run")
    }
    assert exported == FORBIDDEN.keys() | HIDDEN.keys() | OPEN.keys() | WITHOUT_ACTOR


@pytest.mark.parametrize("name", sorted(FORBIDDEN))
def test_a_requester_is_refused_what_needs_a_role(world: World, name: str) -> None:
    with pytest.raises(NotPermitted):
        ask(world, FORBIDDEN[name], REQUESTER)


@pytest.mark.parametrize("name", sorted(HIDDEN))
def test_a_requester_does_not_learn_of_what_belongs_to_others(world: World, name: str) -> None:
    with pytest.raises(NotFound):
        ask(world, HIDDEN[name], REQUESTER)


@pytest.mark.parametrize("name", sorted(OPEN))
def test_everybody_active_is_answered(world: World, name: str) -> None:
    ask(world, OPEN[name], REQUESTER)


@pytest.mark.parametrize("actor", [GONE, NOBODY], ids=["deactivated", "unknown"])
@pytest.mark.parametrize("name", sorted({**FORBIDDEN, **HIDDEN, **OPEN}))
def test_who_has_no_active_account_is_refused_everything(world: World, name: str, actor: Actor) -> None:
    with pytest.raises((NotPermitted, NotFound)):
        ask(world, {**FORBIDDEN, **HIDDEN, **OPEN}[name], actor)


@pytest.mark.parametrize("name", sorted({**FORBIDDEN, **HIDDEN}))
def test_an_auditor_reads_and_changes_nothing(world: World, name: str) -> None:
    asking = {**FORBIDDEN, **HIDDEN}[name]
    if name not in FOR_AUDITORS:
        with pytest.raises((NotPermitted, NotFound)):
            ask(world, asking, AUDITOR)
        return
    with contextlib.suppress(NotFound):  # of what is named only to be refused
        ask(world, asking, AUDITOR)


def test_the_lists_of_a_requester_hold_nothing_of_others(world: World) -> None:
    engine = world.harness.engine
    assert engine.ask(queries.SearchRecords(actor=REQUESTER, text="Makassar")) == ()
    assert engine.ask(queries.SearchRecords(actor=REQUESTER, text=world.number)) == ()
    assert engine.ask(queries.MyRecords(actor=REQUESTER, is_open=None)).lines == ()
    assert all(not engine.ask(queries.InboxPage(actor=REQUESTER, tab=tab)).lines for tab in queries.InboxTab)


def test_a_closed_account_neither_logs_in_nor_goes_on(world: World) -> None:
    engine = world.harness.engine
    with pytest.raises(LoginFailed):
        engine.execute(LogIn(name="former", password=PASSWORD, address="here"))
    token, user = engine.execute(LogIn(name="tari", password=PASSWORD, address="here", lifetime=timedelta(hours=1)))
    assert engine.ask(WhoIs(token=token)) == user
    engine.execute(ChangeUser(user=_closed(user), actor=SYSTEM))
    assert engine.ask(WhoIs(token=token)) is None
    engine.execute(ChangeUser(user=user, actor=SYSTEM))
    assert engine.ask(WhoIs(token=token)) is None


def test_a_process_that_asks_nobody_is_started_by_administrators_alone(world: World) -> None:
    engine, flows = world.harness.engine, "s -> work\nwork -> e"
    elements = '<startEvent id="s"/>' + user_task("work", groups="approvers") + '<endEvent id="e"/>'
    engine.execute(commands.Deploy(files=(diagram("called", elements, flows),), actor=SYSTEM))
    with pytest.raises(NotPermitted):
        engine.execute(StartByForm(process_id="called", actor=Actor("putu"), submitted={}))
    with pytest.raises(NotPermitted):
        engine.execute(commands.StartProcessInstance(process_id="called", actor=Actor("putu")))
    with pytest.raises(NotPermitted):
        engine.ask(queries.StartForm(actor=Actor("putu"), process_id="called"))
    assert engine.execute(commands.StartProcessInstance(process_id="called", actor=Actor("adi"))).key


def test_shared_documents_are_not_changed_by_process_owners(world: World) -> None:
    engine = world.harness.engine
    owner = User("owner", "Owner", "", "en", "", is_active=True, groups=("process_owner",))
    engine.execute(commands.AddUser(user=owner, actor=SYSTEM))
    rules = ResourceFile("sod_rules.yaml", b"kind: sod_rules\nrules: []")
    with pytest.raises(NotPermitted):
        engine.execute(commands.Deploy(files=(rules,), actor=Actor("owner")))


def test_a_refusal_says_in_both_languages_why(world: World) -> None:
    with pytest.raises(EngineError) as refused:
        ask(world, FORBIDDEN["People"], REQUESTER)
    assert isinstance(refused.value.label, Label)
    assert refused.value.text("id") != refused.value.text("en")


def _closed(user: User) -> User:
    return User(user.name, user.display_name, user.email, user.language, user.unit, is_active=False, groups=user.groups)
