"""Numbered records, their people, links, comments and attachments."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, String, Table, Text, false, text

from engine.store.columns import Json, Moment
from engine.store.tables.schema import key_column, metadata

record = Table(
    "record",
    metadata,
    key_column(),
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
    Index("ix_record_register", "type", "number"),
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
    key_column(),
    Column("record_key", BigInteger, nullable=False),
    Column("author", String(200), nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("is_internal", Boolean, nullable=False, server_default=false()),  # the requester does not see it
    Column("send_id", String(60)),  # made by the page: what is sent again is not added again
    Index(None, "record_key", "created_at"),
    Index(
        "uq_record_comment_send_id",
        "record_key",
        "author",
        "send_id",
        unique=True,
        sqlite_where=text("send_id IS NOT NULL"),
        postgresql_where=text("send_id IS NOT NULL"),
    ),
)

#: Who is told of every comment and change of state.
record_watcher = Table(
    "record_watcher",
    metadata,
    Column("record_key", BigInteger, primary_key=True, autoincrement=False),
    Column("user_name", String(200), primary_key=True),
    Column("since", Moment, nullable=False),
)

#: How satisfied the requester of a closed record is.
record_rating = Table(
    "record_rating",
    metadata,
    Column("record_key", BigInteger, primary_key=True, autoincrement=False),
    Column("user_name", String(200), nullable=False),
    Column("stars", Integer, nullable=False),  # 1 to 5
    Column("words", Text, nullable=False),
    Column("rated_at", Moment, nullable=False),
)

attachment = Table(
    "attachment",
    metadata,
    key_column(),
    Column("record_key", BigInteger),  # NULL until the form that carries it is completed
    Column("name", String(400), nullable=False),
    Column("media_type", String(200), nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("uploaded_by", String(200), nullable=False),
    Column("uploaded_at", Moment, nullable=False),
    Column("is_internal", Boolean, nullable=False, server_default=false()),  # of an internal comment
    Index(None, "record_key"),
    Index("ix_attachment_sha256", "sha256"),
    Index(
        "ix_attachment_loose",
        "uploaded_at",
        sqlite_where=text("record_key IS NULL"),
        postgresql_where=text("record_key IS NULL"),
    ),
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

register_import = Table(
    "register_import",
    metadata,
    key_column(),
    Column("type", String(20), nullable=False),
    Column("user_name", String(200), nullable=False),
    Column("file_name", String(400), nullable=False),
    Column("state", String(20), nullable=False),
    Column("total", Integer, nullable=False),
    Column("checked", Integer, nullable=False),
    Column("wrong", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("applied_at", Moment),
    Index(None, "state"),
    Index(None, "user_name", "created_at"),
)

register_import_chunk = Table(
    "register_import_chunk",
    metadata,
    Column("import_key", BigInteger, primary_key=True, autoincrement=False),
    Column("first", Integer, primary_key=True, autoincrement=False),  # place of its first row, from 0
    Column("rows", Json, nullable=False),  # as read, then as they will be written
    Column("is_checked", Boolean, nullable=False),
)

#: Root instances whose user tasks changed since the words of their record were written; the pump does it.
search_due = Table(
    "search_due", metadata, Column("root_instance_key", BigInteger, primary_key=True, autoincrement=False)
)
