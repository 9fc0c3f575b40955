"""Accounts, groups, units and log-in."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table

from engine.store.columns import Moment
from engine.store.tables.schema import key_column, metadata

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
    Column("from_at", Moment),  # NULL: since ever
    Column("until_at", Moment),  # the first moment after it; NULL: for good
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
    Column("address", String(200)),
    Column("device", String(400)),
    Index(None, "expires_at"),
    Index(None, "user_name"),
)

#: One link each that lets a person choose a password; gone when used.
password_reset = Table(
    "password_reset",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    Column("user_name", String(200), nullable=False),
    Column("created_by", String(200), nullable=False),
    Column("expires_at", Moment, nullable=False),
)

#: Who is away, and who stands in meanwhile.
absence = Table(
    "absence",
    metadata,
    key_column(),
    Column("user_name", String(200), nullable=False),
    Column("deputy", String(200), nullable=False),
    Column("from_at", Moment, nullable=False),
    Column("until_at", Moment, nullable=False),
    Column("note", String(400), nullable=False),
    Column("entered_by", String(200), nullable=False),
    Column("entered_at", Moment, nullable=False),
    Index(None, "until_at"),
    Index(None, "user_name", "until_at"),
)

#: Who of a group is on duty, and when.
shift = Table(
    "shift",
    metadata,
    key_column(),
    Column("group_name", String(200), nullable=False),
    Column("user_name", String(200), nullable=False),
    Column("from_at", Moment, nullable=False),
    Column("until_at", Moment, nullable=False),
    Index(None, "group_name", "until_at"),
)

#: A link of a notification by which one person may answer one user task; its token is signed, never stored.
answer_link = Table(
    "answer_link",
    metadata,
    key_column(),
    Column("task_key", BigInteger, nullable=False),
    Column("user_name", String(200), nullable=False),
    Column("notification_key", BigInteger, nullable=False),
    Column("seal", String(200), nullable=False),  # of what was asked; another one voids the link
    Column("issued_at", Moment, nullable=False),
    Column("used_at", Moment),
    Index(None, "task_key"),
    Index(None, "notification_key"),
)
