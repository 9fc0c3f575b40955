"""One file per verb: a command is a frozen dataclass that runs in one transaction."""

from engine.commands.absences import EndAbsence, EnterAbsence
from engine.commands.accounts import AddUser, ChangeLanguage, ChangePassword, ChangeUser
from engine.commands.add_comment import AddAttachment, AddComment, AddedComment
from engine.commands.alert_sources import AddAlertSource, Credentials, NewSource, SwitchAlertSource
from engine.commands.anchor_history import AnchorHistory
from engine.commands.answer_by_link import AnswerByLink, NoteLinkRefusal
from engine.commands.assign_user_task import AssignUserTask, UpdateUserTask
from engine.commands.attaching import Upload
from engine.commands.batch_plan import BatchPlan
from engine.commands.batches import DiscardBatch, ProposeBatch, StartBatch, StopBatch
from engine.commands.claim_user_task import ClaimUserTask, UnclaimUserTask
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.correlation import Published
from engine.commands.dead_letters import DiscardDeadLetter, PublishDeadLetter, PublishProposal
from engine.commands.decline_content import DeclineContent
from engine.commands.deliveries import ChooseMailPace, DiscardDelivery, RetryDeliveries
from engine.commands.deploy import Deploy, Deployment
from engine.commands.deploy_content import ContentDeployment, DeployContent
from engine.commands.edit_record import Edited, EditRecord
from engine.commands.end_sessions import EndSessions
from engine.commands.entry_links import LinkRecords, UnlinkRecords
from engine.commands.evaluate_conditions import EvaluateConditions
from engine.commands.import_entries import ApplyImport, DropImport, UploadEntries
from engine.commands.import_people import ImportPeople, ImportStep, PlannedPerson
from engine.commands.jobs import ActivateJobs, CompleteJob, FailJob, ThrowElementError, ThrowError
from engine.commands.load_people import LoadPeople
from engine.commands.log_in import LogIn, LogOut
from engine.commands.mark_notifications_read import MarkNotificationsRead
from engine.commands.memberships import SetMembership
from engine.commands.operate import (
    CancelProcessInstance,
    MigrateProcessInstance,
    ModifyProcessInstance,
    ResumeProcessInstance,
    SetVariables,
    SuspendProcessInstance,
)
from engine.commands.parked_mails import DiscardMail, ReleaseMail
from engine.commands.password_resets import CreatePasswordReset, ResetPassword
from engine.commands.publish_drafts import PublishAgain, PublishDrafts, SeenDraft
from engine.commands.publish_message import BroadcastSignal, CorrelateMessage, PublishMessage
from engine.commands.rate_record import RateRecord
from engine.commands.receive_mail import ReceiveMail
from engine.commands.report_alert import ReportAlert
from engine.commands.resolve_fault import ResolveFault, RetryFaults
from engine.commands.restart import RestartProcessInstance
from engine.commands.rosters import PlanShifts, RemoveShifts
from engine.commands.save_calendar import SaveCalendar
from engine.commands.save_definition_draft import DiscardDefinitionDraft, RestoreKeptDraft, SaveDefinitionDraft
from engine.commands.save_draft import SaveDraft
from engine.commands.save_entry import EditEntries, EntryEdit, PreviewEdit, SaveEntry
from engine.commands.saved_views import RemoveView, SaveView
from engine.commands.scenario_plays import NoteScenarioPlay, StartScenarioPlay, StopScenarioPlay
from engine.commands.send_record_message import SendRecordMessage
from engine.commands.start_definition_draft import DraftFile, StartDefinitionDraft
from engine.commands.start_process_instance import StartByForm, StartProcessInstance
from engine.commands.timers import FireTimer, RescheduleTimer
from engine.commands.watching import WatchRecord
from engine.commands.webhooks import AddWebhook, SwitchWebhook

__all__ = [
    "ActivateJobs",
    "AddAlertSource",
    "AddAttachment",
    "AddComment",
    "AddUser",
    "AddWebhook",
    "AddedComment",
    "AnchorHistory",
    "AnswerByLink",
    "ApplyImport",
    "AssignUserTask",
    "BatchPlan",
    "BroadcastSignal",
    "CancelProcessInstance",
    "ChangeLanguage",
    "ChangePassword",
    "ChangeUser",
    "ChooseMailPace",
    "ClaimUserTask",
    "CompleteJob",
    "CompleteUserTask",
    "ContentDeployment",
    "CorrelateMessage",
    "CreatePasswordReset",
    "Credentials",
    "DeclineContent",
    "Deploy",
    "DeployContent",
    "Deployment",
    "DiscardBatch",
    "DiscardDeadLetter",
    "DiscardDefinitionDraft",
    "DiscardDelivery",
    "DiscardMail",
    "DraftFile",
    "DropImport",
    "EditEntries",
    "EditRecord",
    "Edited",
    "EndAbsence",
    "EndSessions",
    "EnterAbsence",
    "EntryEdit",
    "EvaluateConditions",
    "FailJob",
    "FireTimer",
    "ImportPeople",
    "ImportStep",
    "LinkRecords",
    "LoadPeople",
    "LogIn",
    "LogOut",
    "MarkNotificationsRead",
    "MigrateProcessInstance",
    "ModifyProcessInstance",
    "NewSource",
    "NoteLinkRefusal",
    "NoteScenarioPlay",
    "PlanShifts",
    "PlannedPerson",
    "PreviewEdit",
    "ProposeBatch",
    "PublishAgain",
    "PublishDeadLetter",
    "PublishDrafts",
    "PublishMessage",
    "PublishProposal",
    "Published",
    "RateRecord",
    "ReceiveMail",
    "ReleaseMail",
    "RemoveShifts",
    "RemoveView",
    "ReportAlert",
    "RescheduleTimer",
    "ResetPassword",
    "ResolveFault",
    "RestartProcessInstance",
    "RestoreKeptDraft",
    "ResumeProcessInstance",
    "RetryDeliveries",
    "RetryFaults",
    "SaveCalendar",
    "SaveDefinitionDraft",
    "SaveDraft",
    "SaveEntry",
    "SaveView",
    "SeenDraft",
    "SendRecordMessage",
    "SetMembership",
    "SetVariables",
    "StartBatch",
    "StartByForm",
    "StartDefinitionDraft",
    "StartProcessInstance",
    "StartScenarioPlay",
    "StopBatch",
    "StopScenarioPlay",
    "SuspendProcessInstance",
    "SwitchAlertSource",
    "SwitchWebhook",
    "ThrowElementError",
    "ThrowError",
    "UnclaimUserTask",
    "UnlinkRecords",
    "UpdateUserTask",
    "Upload",
    "UploadEntries",
    "WatchRecord",
]
