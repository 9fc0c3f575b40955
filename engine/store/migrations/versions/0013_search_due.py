"""Records whose tasks changed, so that the index of words learns who may read them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "search_due",
        sa.Column("root_instance_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("root_instance_key", name="pk_search_due"),
    )
