"""Deployed files, what they define, and drafts of them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from engine.store.columns import Json, Moment
from engine.store.tables.schema import key_column, metadata

deployment = Table(
    "deployment",
    metadata,
    key_column(),
    Column("deployed_at", Moment, nullable=False),
    Column("deployed_by", String(200), nullable=False),
    Column("comment", Text, nullable=False, server_default=""),
)

resource = Table(
    "resource",
    metadata,
    key_column(),
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
    key_column(),
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
    key_column(),
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
    key_column(),
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
