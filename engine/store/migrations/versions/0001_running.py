"""Definitions and running instances."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "buffered_message",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("correlation_key", sa.String(length=400), nullable=False),
        sa.Column("message_id", sa.String(length=400), nullable=True),
        sa.Column("variables", sa.Text(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_buffered_message")),
    )
    op.create_index(op.f("ix_buffered_message_expires_at"), "buffered_message", ["expires_at"], unique=False)
    op.create_index("ix_buffered_message_match", "buffered_message", ["name", "correlation_key", "key"], unique=False)
    op.create_index(
        "uq_buffered_message_id",
        "buffered_message",
        ["name", "correlation_key", "message_id"],
        unique=True,
        sqlite_where=sa.text("message_id IS NOT NULL"),
        postgresql_where=sa.text("message_id IS NOT NULL"),
    )
    op.create_table(
        "deployment",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("deployed_at", sa.BigInteger(), nullable=False),
        sa.Column("deployed_by", sa.String(length=200), nullable=False),
        sa.Column("comment", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_deployment")),
    )
    op.create_table(
        "fault",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=False),
        sa.Column("process_definition_key", sa.BigInteger(), nullable=False),
        sa.Column("element_instance_key", sa.BigInteger(), nullable=True),
        sa.Column("element_id", sa.String(length=400), nullable=False),
        sa.Column("job_key", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("reason_id", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("resolved_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_fault")),
    )
    op.create_index(op.f("ix_fault_instance_key"), "fault", ["instance_key"], unique=False)
    op.create_index("ix_fault_open", "fault", ["state", "process_definition_key", "element_id"], unique=False)
    op.create_table(
        "instance_count",
        sa.Column("process_definition_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("process_id", sa.String(length=400), nullable=False),
        sa.Column("running", sa.Integer(), nullable=False),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column("completed", sa.Integer(), nullable=False),
        sa.Column("canceled", sa.Integer(), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("process_definition_key", "day", "slot", name=op.f("pk_instance_count")),
    )
    op.create_index(op.f("ix_instance_count_day_process_id"), "instance_count", ["day", "process_id"], unique=False)
    op.create_table(
        "instance_state",
        sa.Column("instance_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("instance_key", name=op.f("pk_instance_state")),
    )
    op.create_table(
        "job",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("type", sa.String(length=200), nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=False),
        sa.Column("process_definition_key", sa.BigInteger(), nullable=False),
        sa.Column("element_instance_key", sa.BigInteger(), nullable=False),
        sa.Column("element_id", sa.String(length=400), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("retries", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("worker", sa.String(length=200), nullable=True),
        sa.Column("deadline_at", sa.BigInteger(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_job")),
    )
    op.create_index("ix_job_due", "job", ["state", "type", "due_at", "key"], unique=False)
    op.create_index(op.f("ix_job_instance_key"), "job", ["instance_key"], unique=False)
    op.create_table(
        "live_element",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=False),
        sa.Column("process_definition_key", sa.BigInteger(), nullable=False),
        sa.Column("element_id", sa.String(length=400), nullable=False),
        sa.Column("element_type", sa.String(length=60), nullable=False),
        sa.Column("scope_key", sa.BigInteger(), nullable=False),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_live_element")),
    )
    op.create_index("ix_live_element_count", "live_element", ["process_definition_key", "element_id"], unique=False)
    op.create_index(op.f("ix_live_element_instance_key"), "live_element", ["instance_key"], unique=False)
    op.create_table(
        "message_correlation",
        sa.Column("message_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("process_id", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("message_key", "process_id", name=op.f("pk_message_correlation")),
    )
    op.create_table(
        "message_start",
        sa.Column("process_id", sa.String(length=400), nullable=False),
        sa.Column("correlation_key", sa.String(length=400), nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("process_id", "correlation_key", name=op.f("pk_message_start")),
    )
    op.create_index(op.f("ix_message_start_instance_key"), "message_start", ["instance_key"], unique=False)
    op.create_table(
        "message_subscription",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_name", sa.String(length=400), nullable=False),
        sa.Column("correlation_key", sa.String(length=400), nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=True),
        sa.Column("process_id", sa.String(length=400), nullable=False),
        sa.Column("process_definition_key", sa.BigInteger(), nullable=False),
        sa.Column("element_instance_key", sa.BigInteger(), nullable=True),
        sa.Column("element_id", sa.String(length=400), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_message_subscription")),
    )
    op.create_index(
        op.f("ix_message_subscription_instance_key"), "message_subscription", ["instance_key"], unique=False
    )
    op.create_index(
        "ix_message_subscription_match",
        "message_subscription",
        ["message_name", "correlation_key", "key"],
        unique=False,
    )
    op.create_table(
        "signal_subscription",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("signal_name", sa.String(length=400), nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=True),
        sa.Column("process_definition_key", sa.BigInteger(), nullable=False),
        sa.Column("element_instance_key", sa.BigInteger(), nullable=True),
        sa.Column("element_id", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_signal_subscription")),
    )
    op.create_index(op.f("ix_signal_subscription_instance_key"), "signal_subscription", ["instance_key"], unique=False)
    op.create_index("ix_signal_subscription_match", "signal_subscription", ["signal_name", "key"], unique=False)
    op.create_table(
        "timer",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=True),
        sa.Column("process_definition_key", sa.BigInteger(), nullable=False),
        sa.Column("element_instance_key", sa.BigInteger(), nullable=True),
        sa.Column("element_id", sa.String(length=400), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("repetitions_left", sa.Integer(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_timer")),
    )
    op.create_index("ix_timer_due", "timer", ["due_at", "key"], unique=False)
    op.create_index(op.f("ix_timer_instance_key"), "timer", ["instance_key"], unique=False)
    op.create_table(
        "user_task",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=False),
        sa.Column("process_definition_key", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.String(length=400), nullable=False),
        sa.Column("element_id", sa.String(length=400), nullable=False),
        sa.Column("name_en", sa.String(length=400), nullable=False),
        sa.Column("name_id", sa.String(length=400), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("assignee", sa.String(length=200), nullable=True),
        sa.Column("candidate_groups", sa.Text(), nullable=False),
        sa.Column("candidate_users", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("follow_up_at", sa.BigInteger(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.BigInteger(), nullable=True),
        sa.Column("properties", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("completed_at", sa.BigInteger(), nullable=True),
        sa.Column("completed_by", sa.String(length=200), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_user_task")),
    )
    op.create_index("ix_user_task_done", "user_task", ["completed_by", "completed_at"], unique=False)
    op.create_index(op.f("ix_user_task_instance_key"), "user_task", ["instance_key"], unique=False)
    op.create_table(
        "variable",
        sa.Column("scope_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scope_key", "name", name=op.f("pk_variable")),
    )
    op.create_index(op.f("ix_variable_instance_key"), "variable", ["instance_key"], unique=False)
    op.create_table(
        "resource",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("deployment_key", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("resource_id", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("version_tag", sa.String(length=200), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("deployed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["deployment_key"], ["deployment.key"], name=op.f("fk_resource_deployment_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_resource")),
        sa.UniqueConstraint("kind", "resource_id", "version", name=op.f("uq_resource_kind_resource_id_version")),
    )
    op.create_index(op.f("ix_resource_deployment_key"), "resource", ["deployment_key"], unique=False)
    op.create_index(op.f("ix_resource_sha256"), "resource", ["sha256"], unique=False)
    op.create_table(
        "task_draft",
        sa.Column("task_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("submitted", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_key"], ["live_element.key"], name=op.f("fk_task_draft_task_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("task_key", "user_name", name=op.f("pk_task_draft")),
    )
    op.create_table(
        "task_inbox",
        sa.Column("actor", sa.String(length=220), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("task_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["task_key"], ["live_element.key"], name=op.f("fk_task_inbox_task_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("actor", "due_at", "task_key", name=op.f("pk_task_inbox")),
    )
    op.create_index(op.f("ix_task_inbox_task_key"), "task_inbox", ["task_key"], unique=False)
    op.create_table(
        "decision_definition",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("decision_id", sa.String(length=400), nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("version_tag", sa.String(length=200), nullable=True),
        sa.Column("deployment_key", sa.BigInteger(), nullable=False),
        sa.Column("resource_key", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_key"], ["deployment.key"], name=op.f("fk_decision_definition_deployment_key")
        ),
        sa.ForeignKeyConstraint(["resource_key"], ["resource.key"], name=op.f("fk_decision_definition_resource_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_decision_definition")),
        sa.UniqueConstraint("decision_id", "version", name=op.f("uq_decision_definition_decision_id_version")),
    )
    op.create_index(
        op.f("ix_decision_definition_deployment_key"), "decision_definition", ["deployment_key"], unique=False
    )
    op.create_table(
        "process_definition",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("process_id", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("version_tag", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=400), nullable=False),
        sa.Column("name_id", sa.String(length=400), nullable=False),
        sa.Column("deployment_key", sa.BigInteger(), nullable=False),
        sa.Column("resource_key", sa.BigInteger(), nullable=False),
        sa.Column("properties", sa.Text(), nullable=False),
        sa.Column("start_form_id", sa.String(length=400), nullable=True),
        sa.Column("starters", sa.Text(), nullable=False),
        sa.Column("deployed_at", sa.BigInteger(), nullable=False),
        sa.Column("deployed_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_key"], ["deployment.key"], name=op.f("fk_process_definition_deployment_key")
        ),
        sa.ForeignKeyConstraint(["resource_key"], ["resource.key"], name=op.f("fk_process_definition_resource_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_process_definition")),
        sa.UniqueConstraint("process_id", "version", name=op.f("uq_process_definition_process_id_version")),
    )
    op.create_index(
        op.f("ix_process_definition_deployment_key"), "process_definition", ["deployment_key"], unique=False
    )
    op.create_table(
        "process_instance",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("process_definition_key", sa.BigInteger(), nullable=False),
        sa.Column("process_id", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("business_id", sa.String(length=200), nullable=True),
        sa.Column("record_key", sa.BigInteger(), nullable=True),
        sa.Column("parent_instance_key", sa.BigInteger(), nullable=True),
        sa.Column("parent_element_instance_key", sa.BigInteger(), nullable=True),
        sa.Column("root_instance_key", sa.BigInteger(), nullable=False),
        sa.Column("started_by", sa.String(length=200), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("end_element_ids", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("history_sequence", sa.Integer(), nullable=False),
        sa.Column("history_head", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_definition_key"],
            ["process_definition.key"],
            name=op.f("fk_process_instance_process_definition_key"),
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_process_instance")),
    )
    op.create_index(op.f("ix_process_instance_business_id"), "process_instance", ["business_id"], unique=False)
    op.create_index(
        "ix_process_instance_by_process", "process_instance", ["process_id", "state", "started_at", "key"], unique=False
    )
    op.create_index("ix_process_instance_by_state", "process_instance", ["state", "started_at", "key"], unique=False)
    op.create_index(
        "ix_process_instance_list",
        "process_instance",
        ["process_definition_key", "state", "started_at", "key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_process_instance_parent_instance_key"), "process_instance", ["parent_instance_key"], unique=False
    )
    op.create_index(op.f("ix_process_instance_record_key"), "process_instance", ["record_key"], unique=False)
    op.create_index(
        op.f("ix_process_instance_root_instance_key"), "process_instance", ["root_instance_key"], unique=False
    )
