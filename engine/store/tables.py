"""Every table, as SQLAlchemy Core sees it; `migrations/` builds them.

Keys are the engine's own (`engine/keys.py`), never the database's. Moments are milliseconds in UTC.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.store.columns import Json, Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _key(name: str = "key") -> Column[int]:
    return Column(name, BigInteger, primary_key=True, autoincrement=False)


#: i:<instance key>, r:<record key> or system; both databases must sort it by bytes, daily roots depend on it.
_Stream = String(40).with_variant(String(40, collation="C"), "postgresql")


# ---- definitions ----------------------------------------------------------------------------

deployment = Table(
    "deployment",
    metadata,
    _key(),
    Column("deployed_at", Moment, nullable=False),
    Column("deployed_by", String(200), nullable=False),
    Column("comment", Text, nullable=False, server_default=""),
)

resource = Table(
    "resource",
    metadata,
    _key(),
    Column("deployment_key", BigInteger, ForeignKey("deployment.key"), nullable=False),
    Column("kind", String(20), nullable=False),  # ResourceKind
    Column("name", String(400), nullable=False),  # file name
    Column("resource_id", String(400), nullable=False),  # form id, document name; file name for BPMN and DMN
    Column("version", Integer, nullable=False),
    Column("version_tag", String(200)),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("deployed_at", Moment, nullable=False),
    UniqueConstraint("kind", "resource_id", "version"),
    Index(None, "sha256"),
    Index(None, "deployment_key"),
)

process_definition = Table(
    "process_definition",
    metadata,
    _key(),
    Column("process_id", String(400), nullable=False),
    Column("version", Integer, nullable=False),
    Column("version_tag", String(200)),
    Column("name_en", String(400), nullable=False),
    Column("name_id", String(400), nullable=False),
    Column("deployment_key", BigInteger, ForeignKey("deployment.key"), nullable=False),
    Column("resource_key", BigInteger, ForeignKey("resource.key"), nullable=False),
    Column("properties", Json, nullable=False),
    Column("start_form_id", String(400)),
    Column("starters", Json, nullable=False),
    Column("deployed_at", Moment, nullable=False),
    Column("deployed_by", String(200), nullable=False),
    UniqueConstraint("process_id", "version"),
    Index(None, "deployment_key"),
)

decision_definition = Table(
    "decision_definition",
    metadata,
    _key(),
    Column("decision_id", String(400), nullable=False),
    Column("name", String(400), nullable=False),
    Column("version", Integer, nullable=False),
    Column("version_tag", String(200)),
    Column("deployment_key", BigInteger, ForeignKey("deployment.key"), nullable=False),
    Column("resource_key", BigInteger, ForeignKey("resource.key"), nullable=False),
    UniqueConstraint("decision_id", "version"),
    Index(None, "deployment_key"),
)

#: What process owners are working on; at most one per file, shared by all of them.
definition_draft = Table(
    "definition_draft",
    metadata,
    _key(),
    Column("kind", String(20), nullable=False),  # ResourceKind
    Column("name", String(400), nullable=False),  # file name
    Column("resource_id", String(400), nullable=False),  # as in `resource`
    Column("base_key", BigInteger),  # the deployed file that it began as; NULL: a new one
    Column("content", LargeBinary, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("created_by", String(200), nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", String(200), nullable=False),
    UniqueConstraint("kind", "resource_id"),
)

#: What one person left when another went on with the draft; nothing that was saved is lost by that.
definition_draft_kept = Table(
    "definition_draft_kept",
    metadata,
    Column(
        "draft_key",
        BigInteger,
        ForeignKey("definition_draft.key", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", String(200), nullable=False),
)

# ---- running instances ----------------------------------------------------------------------

process_instance = Table(
    "process_instance",
    metadata,
    _key(),
    Column("process_definition_key", BigInteger, ForeignKey("process_definition.key"), nullable=False),
    Column("process_id", String(400), nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", String(20), nullable=False),  # ProcessInstanceState
    Column("business_id", String(200)),
    Column("record_key", BigInteger),
    Column("parent_instance_key", BigInteger),
    Column("parent_element_instance_key", BigInteger),
    Column("root_instance_key", BigInteger, nullable=False),
    Column("started_by", String(200), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("end_element_ids", Json, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("history_sequence", Integer, nullable=False),  # of stream i:<key>
    Column("history_head", String(64), nullable=False),  # digest of the newest entry of that stream
    Column("bodies_removed_at", Moment),  # retention took variables and details of the history
    Index("ix_process_instance_list", "process_definition_key", "state", "started_at", "key"),
    Index("ix_process_instance_by_process", "process_id", "state", "started_at", "key"),
    Index("ix_process_instance_by_state", "state", "started_at", "key"),
    Index(None, "record_key"),
    Index(None, "business_id"),
    Index(None, "parent_instance_key"),
    Index(None, "root_instance_key"),
    Index(
        "ix_process_instance_retention",
        "process_id",
        "ended_at",
        sqlite_where=text("ended_at IS NOT NULL AND bodies_removed_at IS NULL"),
        postgresql_where=text("ended_at IS NOT NULL AND bodies_removed_at IS NULL"),
    ),
)

#: What a restart needs, apart from the row that lists read; gone when the instance ends.
instance_state = Table(
    "instance_state",
    metadata,
    Column("instance_key", BigInteger, primary_key=True, autoincrement=False),
    Column("state", LargeBinary, nullable=False),  # zlib level 1 of the execution's JSON
)

#: How many instances and faults there are, so that no page counts a table. `day` is a date in UTC
#: (`2030-01-31`) or empty for the total of all time. `slot` (instance key modulo 8) keeps commands
#: that start or end instances of one process from waiting for one row.
instance_count = Table(
    "instance_count",
    metadata,
    Column("process_definition_key", BigInteger, primary_key=True, autoincrement=False),
    Column("day", String(10), primary_key=True),
    Column("slot", Integer, primary_key=True, autoincrement=False),
    Column("process_id", String(400), nullable=False),
    Column("running", Integer, nullable=False),  # active and suspended; only the total's is meaningful
    Column("started", Integer, nullable=False),
    Column("completed", Integer, nullable=False),
    Column("canceled", Integer, nullable=False),
    Column("faults", Integer, nullable=False),  # opened, not: open
    Index(None, "day", "process_id"),
)

variable = Table(
    "variable",
    metadata,
    Column("scope_key", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(400), primary_key=True),
    Column("instance_key", BigInteger, nullable=False),
    Column("value", Json, nullable=False),
    Index(None, "instance_key"),
)

live_element = Table(
    "live_element",
    metadata,
    _key(),
    Column("instance_key", BigInteger, nullable=False),
    Column("process_definition_key", BigInteger, nullable=False),
    Column("element_id", String(400), nullable=False),
    Column("element_type", String(60), nullable=False),
    Column("scope_key", BigInteger, nullable=False),
    Column("entered_at", Moment, nullable=False),
    Index("ix_live_element_count", "process_definition_key", "element_id"),
    Index(None, "instance_key"),
)

user_task = Table(
    "user_task",
    metadata,
    _key(),  # = element instance key
    Column("instance_key", BigInteger, nullable=False),
    Column("process_definition_key", BigInteger, nullable=False),
    Column("process_id", String(400), nullable=False),
    Column("element_id", String(400), nullable=False),
    Column("name_en", String(400), nullable=False),
    Column("name_id", String(400), nullable=False),
    Column("state", String(20), nullable=False),  # UserTaskState
    Column("assignee", String(200)),
    Column("candidate_groups", Json, nullable=False),
    Column("candidate_users", Json, nullable=False),
    Column("due_at", Moment),
    Column("follow_up_at", Moment),
    Column("priority", Integer, nullable=False),
    Column("form_key", BigInteger),
    Column("properties", Json, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("completed_at", Moment),
    Column("completed_by", String(200)),
    Column("revision", Integer, nullable=False),
    Index(None, "instance_key"),
    Index("ix_user_task_done", "completed_by", "completed_at"),
)

#: Open tasks only; one row per person (`u:name`) or group (`g:group`) that may see it in the inbox.
#: Goes with the live element.
task_inbox = Table(
    "task_inbox",
    metadata,
    Column("actor", String(220), primary_key=True),
    Column("due_at", Moment, primary_key=True),  # NEVER where the task has none
    Column(
        "task_key",
        BigInteger,
        ForeignKey("live_element.key", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Index(None, "task_key"),
)

task_draft = Table(
    "task_draft",
    metadata,
    Column(
        "task_key",
        BigInteger,
        ForeignKey("live_element.key", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("user_name", String(200), primary_key=True),
    Column("submitted", Json, nullable=False),
    Column("saved_at", Moment, nullable=False),
)

timer = Table(
    "timer",
    metadata,
    _key(),
    Column("instance_key", BigInteger),  # NULL: timer start event
    Column("process_definition_key", BigInteger, nullable=False),
    Column("element_instance_key", BigInteger),
    Column("element_id", String(400), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("repetitions_left", Integer),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("last_error", Text),
    Index("ix_timer_due", "due_at", "key"),
    Index(None, "instance_key"),
)

job = Table(
    "job",
    metadata,
    _key(),
    Column("kind", String(20), nullable=False),
    Column("type", String(200), nullable=False),
    Column("instance_key", BigInteger, nullable=False),
    Column("process_definition_key", BigInteger, nullable=False),
    Column("element_instance_key", BigInteger, nullable=False),
    Column("element_id", String(400), nullable=False),
    Column("headers", Json, nullable=False),
    Column("retries", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("due_at", Moment, nullable=False),  # back-off: not before
    Column("worker", String(200)),
    Column("deadline_at", Moment),
    Column("last_error", Text),
    Index("ix_job_due", "state", "type", "due_at", "key"),
    Index(None, "instance_key"),
)

message_subscription = Table(
    "message_subscription",
    metadata,
    _key(),
    Column("message_name", String(400), nullable=False),
    Column("correlation_key", String(400), nullable=False),
    Column("instance_key", BigInteger),  # NULL: message start event
    Column("process_id", String(400), nullable=False),
    Column("process_definition_key", BigInteger, nullable=False),
    Column("element_instance_key", BigInteger),
    Column("element_id", String(400), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Index("ix_message_subscription_match", "message_name", "correlation_key", "key"),
    Index(None, "instance_key"),
)

buffered_message = Table(
    "buffered_message",
    metadata,
    _key(),
    Column("name", String(400), nullable=False),
    Column("correlation_key", String(400), nullable=False),
    Column("message_id", String(400)),
    Column("variables", Json, nullable=False),
    Column("published_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index("ix_buffered_message_match", "name", "correlation_key", "key"),
    Index(None, "expires_at"),
    Index(
        "uq_buffered_message_id",
        "name",
        "correlation_key",
        "message_id",
        unique=True,
        sqlite_where=text("message_id IS NOT NULL"),
        postgresql_where=text("message_id IS NOT NULL"),
    ),
)

#: A message is correlated at most once per process. Source: Camunda 8, message correlation.
message_correlation = Table(
    "message_correlation",
    metadata,
    Column("message_key", BigInteger, primary_key=True, autoincrement=False),
    Column("process_id", String(400), primary_key=True),
)

#: One running instance per process and correlation key of its message start event.
message_start = Table(
    "message_start",
    metadata,
    Column("process_id", String(400), primary_key=True),
    Column("correlation_key", String(400), primary_key=True),
    Column("instance_key", BigInteger, nullable=False),
    Index(None, "instance_key"),
)

signal_subscription = Table(
    "signal_subscription",
    metadata,
    _key(),
    Column("signal_name", String(400), nullable=False),
    Column("instance_key", BigInteger),
    Column("process_definition_key", BigInteger, nullable=False),
    Column("element_instance_key", BigInteger),
    Column("element_id", String(400), nullable=False),
    Index("ix_signal_subscription_match", "signal_name", "key"),
    Index(None, "instance_key"),
)

fault = Table(
    "fault",
    metadata,
    _key(),
    Column("instance_key", BigInteger, nullable=False),
    Column("process_definition_key", BigInteger, nullable=False),
    Column("element_instance_key", BigInteger),
    Column("element_id", String(400), nullable=False),
    Column("job_key", BigInteger),
    Column("kind", String(40), nullable=False),
    Column("reason_en", Text, nullable=False),
    Column("reason_id", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("resolved_at", Moment),
    Index("ix_fault_open", "state", "process_definition_key", "element_id"),
    Index(None, "instance_key"),
)

# ---- batch operations -----------------------------------------------------------------------

batch = Table(
    "batch",
    metadata,
    _key(),
    Column("kind", String(20), nullable=False),  # BatchKind
    Column("state", String(20), nullable=False),  # BatchState
    Column("plan", Json, nullable=False),
    Column("selection", Json, nullable=False),
    Column("reason", Text, nullable=False),
    Column("total", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("created_by", String(200), nullable=False),
    Column("started_by", String(200)),  # in whose name the instances are changed
    Column("started_at", Moment),
    Column("ended_at", Moment),
    Index(None, "state"),
)

batch_item = Table(
    "batch_item",
    metadata,
    Column("batch_key", BigInteger, ForeignKey("batch.key"), primary_key=True, autoincrement=False),
    Column("instance_key", BigInteger, primary_key=True, autoincrement=False),
    Column("state", String(20), nullable=False),  # BatchItemState
    Column("problem_en", Text),
    Column("problem_id", Text),
    Column("at", Moment),
    Index(None, "batch_key", "state", "instance_key"),
)

# ---- history --------------------------------------------------------------------------------

history_entry = Table(
    "history_entry",
    metadata,
    Column("stream", _Stream, primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", String(200), nullable=False),
    Column("on_behalf_of", String(200)),
    Column("action", String(60), nullable=False),
    Column("element_id", String(400)),
    Column("element_instance_key", BigInteger),
    Column("process_definition_key", BigInteger),
    Column("details", Json, nullable=False),
    Column("digest", String(64), nullable=False),
    Index("ix_history_entry_element", "process_definition_key", "element_id", "action", "at"),
    Index(None, "at"),
)

#: Heads of the streams that are not a process instance's (those keep theirs in their own row).
stream_head = Table(
    "stream_head",
    metadata,
    Column("stream", _Stream, primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("head", String(64), nullable=False),
)

#: One row a day: the digest over all stream heads, so that a vanished stream is noticed.
daily_root = Table(
    "daily_root",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("root", String(64), nullable=False),
    Column("streams", Integer, nullable=False),
    Column("computed_at", Moment, nullable=False),
)

# ---- records --------------------------------------------------------------------------------

record = Table(
    "record",
    metadata,
    _key(),
    Column("type", String(20), nullable=False),
    Column("number", String(60), nullable=False, unique=True),
    Column("title", String(1000), nullable=False),
    Column("state", String(60), nullable=False),
    Column("fields", Json, nullable=False),
    Column("requester", String(200)),
    Column("is_restricted", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("revision", Integer, nullable=False),
    Index("ix_record_list", "type", "created_at", "key"),
    Index("ix_record_requester", "requester", "created_at", "key"),
)

record_number = Table(
    "record_number",
    metadata,
    Column("prefix", String(20), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

record_person = Table(
    "record_person",
    metadata,
    Column("record_key", BigInteger, primary_key=True, autoincrement=False),
    Column("role", String(60), primary_key=True),
    Column("user_name", String(200), primary_key=True),
    Index(None, "user_name", "record_key"),
)

record_link = Table(
    "record_link",
    metadata,
    Column("from_key", BigInteger, primary_key=True, autoincrement=False),
    Column("to_key", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(40), primary_key=True),
    Column("created_at", Moment, nullable=False),
    Column("created_by", String(200), nullable=False),
    Index(None, "to_key"),
)

record_comment = Table(
    "record_comment",
    metadata,
    _key(),
    Column("record_key", BigInteger, nullable=False),
    Column("author", String(200), nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index(None, "record_key", "created_at"),
)

attachment = Table(
    "attachment",
    metadata,
    _key(),
    Column("record_key", BigInteger),  # NULL until the form that carries it is completed
    Column("name", String(400), nullable=False),
    Column("media_type", String(200), nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("uploaded_by", String(200), nullable=False),
    Column("uploaded_at", Moment, nullable=False),
    Index(None, "record_key"),
)

attachment_content = Table(
    "attachment_content",
    metadata,
    Column("attachment_key", BigInteger, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)

duty = Table(
    "duty",
    metadata,
    Column("record_key", BigInteger, primary_key=True, autoincrement=False),
    Column("duty", String(60), primary_key=True),
    Column("user_name", String(200), primary_key=True),
    Column("since", Moment, nullable=False),
)

kpi_fact = Table(
    "kpi_fact",
    metadata,
    _key(),
    Column("name", String(200), nullable=False),
    Column("value", Json, nullable=False),
    Column("record_number", String(60)),
    Column("dimensions", Json, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "name", "at"),
)

# ---- people ---------------------------------------------------------------------------------

user_account = Table(
    "user_account",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("display_name", String(400), nullable=False),
    Column("email", String(400), nullable=False),
    Column("language", String(2), nullable=False),
    Column("unit", String(200), nullable=False),
    Column("password_hash", String(400)),
    Column("is_active", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
)

group_account = Table(
    "group_account",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("label_en", String(400), nullable=False),
    Column("label_id", String(400), nullable=False),
)

membership = Table(
    "membership",
    metadata,
    Column("user_name", String(200), primary_key=True),
    Column("group_name", String(200), primary_key=True),
    Index(None, "group_name"),
)

unit = Table(
    "unit",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("label_en", String(400), nullable=False),
    Column("label_id", String(400), nullable=False),
    Column("head", String(200)),
)

login_attempt = Table(
    "login_attempt",
    metadata,
    Column("subject", String(400), primary_key=True),  # `name:...` or `address:...`
    Column("failures", Integer, nullable=False),
    Column("last_at", Moment, nullable=False),
)

login_session = Table(
    "login_session",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    Column("user_name", String(200), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index(None, "expires_at"),
)

notification = Table(
    "notification",
    metadata,
    _key(),
    Column("user_name", String(200), nullable=False),
    Column("subject_en", Text, nullable=False),
    Column("subject_id", Text, nullable=False),
    Column("body_en", Text, nullable=False),
    Column("body_id", Text, nullable=False),
    Column("record_number", String(60)),
    Column("created_at", Moment, nullable=False),
    Column("read_at", Moment),
    Index(None, "user_name", "created_at"),
)
