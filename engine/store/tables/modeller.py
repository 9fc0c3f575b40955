"""What process owners try and decide beside their drafts: scenarios played, content on disk that they declined."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, String, Table, Text

from engine.store.columns import Json, Moment
from engine.store.tables.schema import metadata

#: The newest play of scenarios against a draft; it goes with the draft.
scenario_play = Table(
    "scenario_play",
    metadata,
    Column(
        "draft_key",
        BigInteger,
        ForeignKey("definition_draft.key", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("key", BigInteger, nullable=False),  # of this play; another play of the draft has another
    Column("revision", Integer, nullable=False),  # of the draft, as it was played
    Column("state", String(20), nullable=False),  # PlayState
    Column("started_by", String(200), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),  # the process that plays says that it is alive
    Column("is_stopping", Boolean, nullable=False),
    Column("report", Json, nullable=False),
)

#: Files on disk that people do not want in place of what they published, by the digest of the bytes.
declined_content = Table(
    "declined_content",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("name", String(400), nullable=False),
    Column("declined_by", String(200), nullable=False),
    Column("declined_at", Moment, nullable=False),
    Column("reason", Text, nullable=False),
)
