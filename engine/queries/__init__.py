"""One file per question: a query is a frozen dataclass that only reads."""

from engine.history import Verification
from engine.queries.absences import AbsencesData, AbsencesPage
from engine.queries.accepts_files import AcceptsFiles
from engine.queries.account_details import AccountDetails, AccountDetailsData, ImportPreview, WhoseReset
from engine.queries.answer_link_page import AnswerLinkData, AnswerLinkPage, LinkAnswer, LinksOfNotifications
from engine.queries.at_a_glance import AtAGlance, Glance
from engine.queries.attachment_content import AttachedFile, AttachmentContent
from engine.queries.batches import Batches, BatchList, BatchPage, BatchPageData
from engine.queries.calendars import (
    CalendarHistory,
    CalendarLine,
    CalendarPage,
    CalendarPageData,
    Calendars,
    CalendarVersion,
    HolidaySource,
    ReadHolidays,
    WhatFallsDue,
)
from engine.queries.call_hierarchy import CalledInstance, CallHierarchy
from engine.queries.catalogue import Catalogue, CatalogueEntry
from engine.queries.clocks import ClocksOfRecord, NearestClocks, ShownClock, Standing
from engine.queries.conversation import Conversation, ConversationData
from engine.queries.dead_letters import DeadLetterLine, DeadLettersPage, UndeliveredMessages
from engine.queries.definition_draft import (
    CompareVersions,
    CompareWithDraft,
    DefinitionDraft,
    DraftData,
    KeptContent,
    Publication,
    PublicationData,
    PublishedDraft,
)
from engine.queries.definitions import (
    DefinitionContent,
    DefinitionLine,
    DefinitionPage,
    DefinitionPageData,
    Definitions,
    DefinitionsPage,
    DeployedContent,
    FileVersion,
)
from engine.queries.deployments import (
    ContentOfFile,
    Deployments,
    DeploymentsPage,
    FileContent,
    FileVersions,
    VersionsOfFile,
)
from engine.queries.diagram import Diagram, DiagramFile
from engine.queries.draft_check import CheckDraft
from engine.queries.edit_form import EditableForm, EditableForms, EditForm, EditFormData, SubmittedEdit
from engine.queries.element_names import ElementNames
from engine.queries.element_statistics import ElementFigures, ElementStatistics, ElementStatisticsData
from engine.queries.entry_page import EntryForm, EntryFormData, EntryPage, EntryPageData
from engine.queries.export_entries import ExportEntries, SheetFormat
from engine.queries.has_people import HasPeople
from engine.queries.held_back import HeldBackContent, HeldBackData, HeldBackFile
from engine.queries.impact import ImpactGraph, ImpactNode, ImpactOf
from engine.queries.import_page import ImportPage, ImportPageData
from engine.queries.inbox import InboxPage, InboxTab
from engine.queries.incoming import IncomingData, IncomingPage
from engine.queries.instance_filters import InstanceFilterChoices, InstanceFilters
from engine.queries.instance_overlay import InstanceOverlay, Lit
from engine.queries.instance_page import InstancePage, InstancePageData, LivePlace, NamedEntry, VariableScope
from engine.queries.instance_replay import InstanceReplay, Replay, ReplayStep
from engine.queries.instances import InstanceLine, Instances, NamedPlace
from engine.queries.migration_preview import (
    MappedElement,
    MigrationPreview,
    MigrationPreviewData,
    MigrationTargets,
    MigrationTargetsData,
    StuckInstance,
    TargetElement,
)
from engine.queries.modeller_choices import ChoicesForModeller, ModellerChoices, PreviewForm
from engine.queries.modification import (
    Enterable,
    EnteredElement,
    LiveToken,
    ModificationChoices,
    ModificationChoicesData,
    ModificationPreview,
    ModificationPreviewData,
)
from engine.queries.my_records import MyRecords, RecordLine
from engine.queries.notifications import NotificationsPage
from engine.queries.open_faults import FaultLine, OpenFaults
from engine.queries.outgoing import DeliveryLine, MailChoice, MyMailChoice, OutgoingData, OutgoingPage
from engine.queries.paging import Page
from engine.queries.people import AccountChoices, AccountPage, People, PeoplePage
from engine.queries.portal_messages import PortalMessage
from engine.queries.process_overview import ProcessLine, ProcessOverview, ProcessOverviewPage
from engine.queries.process_page import ElementLoad, ProcessPage, ProcessPageData
from engine.queries.publishable_messages import NamedReceiver, PublishableMessages, PublishableMessagesPage
from engine.queries.ready import IsReady
from engine.queries.record_conflicts import RecordConflicts, RecordConflictsData
from engine.queries.record_page import PersonInRole, RecordPage, RecordPageData
from engine.queries.record_values import ShownValue
from engine.queries.register_page import RegisterPage, RegisterPageData
from engine.queries.register_words import FieldWords, RegisterWords
from engine.queries.registers import RegisterLine, RegisterOfNumber, RegistersList
from engine.queries.rosters import RosterData, RosterPage
from engine.queries.saved_views import ViewsOfPage
from engine.queries.scenario_plays import FilesToPlay, PlayOfDraft, PlayOfDraftData
from engine.queries.search import Excerpt, FoundRecord, SearchRecords
from engine.queries.shown_form import ShownField, ShownForm, ShownGroup, ShownList, ShownText
from engine.queries.start_form import StartForm, StartFormData
from engine.queries.submitted_entry import SubmittedEntry
from engine.queries.submitted_form import SubmittedForm
from engine.queries.system_figures import ProcessFigures, SystemFigures, SystemFiguresData
from engine.queries.system_health import SystemHealth, SystemHealthPage
from engine.queries.system_history import SystemEntry, SystemHistory, SystemHistoryPage
from engine.queries.timeline import Event, Kind
from engine.queries.try_decision import DecisionInput, TriableDecision, TriableDecisions, TryDecision
from engine.queries.try_expression import InstanceValues, TriedExpression, TryExpression
from engine.queries.user_task_page import TaskPermissions, UserTaskPage, UserTaskPageData
from engine.queries.verify_history import VerifyHistory
from engine.queries.whereabouts import RecordState, Step, Whereabouts
from engine.queries.who_is import WhoIs
from engine.store.monitoring.instance_list import InstanceFilter
from engine.store.monitoring.processes import SCOPE_TYPES, DayCount
from engine.store.workplace.record_details import Relation
from engine.store.workplace.register_lists import EntryFilter

__all__ = [
    "SCOPE_TYPES",
    "AbsencesData",
    "AbsencesPage",
    "AcceptsFiles",
    "AccountChoices",
    "AccountDetails",
    "AccountDetailsData",
    "AccountPage",
    "AnswerLinkData",
    "AnswerLinkPage",
    "AtAGlance",
    "AttachedFile",
    "AttachmentContent",
    "BatchList",
    "BatchPage",
    "BatchPageData",
    "Batches",
    "CalendarHistory",
    "CalendarLine",
    "CalendarPage",
    "CalendarPageData",
    "CalendarVersion",
    "Calendars",
    "CallHierarchy",
    "CalledInstance",
    "Catalogue",
    "CatalogueEntry",
    "CheckDraft",
    "ChoicesForModeller",
    "ClocksOfRecord",
    "CompareVersions",
    "CompareWithDraft",
    "ContentOfFile",
    "Conversation",
    "ConversationData",
    "DayCount",
    "DeadLetterLine",
    "DeadLettersPage",
    "DecisionInput",
    "DefinitionContent",
    "DefinitionDraft",
    "DefinitionLine",
    "DefinitionPage",
    "DefinitionPageData",
    "Definitions",
    "DefinitionsPage",
    "DeliveryLine",
    "DeployedContent",
    "Deployments",
    "DeploymentsPage",
    "Diagram",
    "DiagramFile",
    "DraftData",
    "EditForm",
    "EditFormData",
    "EditableForm",
    "EditableForms",
    "ElementFigures",
    "ElementLoad",
    "ElementNames",
    "ElementStatistics",
    "ElementStatisticsData",
    "Enterable",
    "EnteredElement",
    "EntryFilter",
    "EntryForm",
    "EntryFormData",
    "EntryPage",
    "EntryPageData",
    "Event",
    "Excerpt",
    "ExportEntries",
    "FaultLine",
    "FieldWords",
    "FileContent",
    "FileVersion",
    "FileVersions",
    "FilesToPlay",
    "FoundRecord",
    "Glance",
    "HasPeople",
    "HeldBackContent",
    "HeldBackData",
    "HeldBackFile",
    "HolidaySource",
    "ImpactGraph",
    "ImpactNode",
    "ImpactOf",
    "ImportPage",
    "ImportPageData",
    "ImportPreview",
    "InboxPage",
    "InboxTab",
    "IncomingData",
    "IncomingPage",
    "InstanceFilter",
    "InstanceFilterChoices",
    "InstanceFilters",
    "InstanceLine",
    "InstanceOverlay",
    "InstancePage",
    "InstancePageData",
    "InstanceReplay",
    "InstanceValues",
    "Instances",
    "IsReady",
    "KeptContent",
    "Kind",
    "LinkAnswer",
    "LinksOfNotifications",
    "Lit",
    "LivePlace",
    "LiveToken",
    "MailChoice",
    "MappedElement",
    "MigrationPreview",
    "MigrationPreviewData",
    "MigrationTargets",
    "MigrationTargetsData",
    "ModellerChoices",
    "ModificationChoices",
    "ModificationChoicesData",
    "ModificationPreview",
    "ModificationPreviewData",
    "MyMailChoice",
    "MyRecords",
    "NamedEntry",
    "NamedPlace",
    "NamedReceiver",
    "NearestClocks",
    "NotificationsPage",
    "OpenFaults",
    "OutgoingData",
    "OutgoingPage",
    "Page",
    "People",
    "PeoplePage",
    "PersonInRole",
    "PlayOfDraft",
    "PlayOfDraftData",
    "PortalMessage",
    "PreviewForm",
    "ProcessFigures",
    "ProcessLine",
    "ProcessOverview",
    "ProcessOverviewPage",
    "ProcessPage",
    "ProcessPageData",
    "Publication",
    "PublicationData",
    "PublishableMessages",
    "PublishableMessagesPage",
    "PublishedDraft",
    "ReadHolidays",
    "RecordConflicts",
    "RecordConflictsData",
    "RecordLine",
    "RecordPage",
    "RecordPageData",
    "RecordState",
    "RegisterLine",
    "RegisterOfNumber",
    "RegisterPage",
    "RegisterPageData",
    "RegisterWords",
    "RegistersList",
    "Relation",
    "Replay",
    "ReplayStep",
    "RosterData",
    "RosterPage",
    "SearchRecords",
    "SheetFormat",
    "ShownClock",
    "ShownField",
    "ShownForm",
    "ShownGroup",
    "ShownList",
    "ShownText",
    "ShownValue",
    "Standing",
    "StartForm",
    "StartFormData",
    "Step",
    "StuckInstance",
    "SubmittedEdit",
    "SubmittedEntry",
    "SubmittedForm",
    "SystemEntry",
    "SystemFigures",
    "SystemFiguresData",
    "SystemHealth",
    "SystemHealthPage",
    "SystemHistory",
    "SystemHistoryPage",
    "TargetElement",
    "TaskPermissions",
    "TriableDecision",
    "TriableDecisions",
    "TriedExpression",
    "TryDecision",
    "TryExpression",
    "UndeliveredMessages",
    "UserTaskPage",
    "UserTaskPageData",
    "VariableScope",
    "Verification",
    "VerifyHistory",
    "VersionsOfFile",
    "ViewsOfPage",
    "WhatFallsDue",
    "Whereabouts",
    "WhoIs",
    "WhoseReset",
]
