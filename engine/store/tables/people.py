"""Accounts, groups, units and log-in."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table

from engine.store.columns import Moment
from engine.store.tables.schema import metadata

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
