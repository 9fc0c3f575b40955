"""The metadata that every table joins, and the columns that many share."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, MetaData, String

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: i:<instance key>, r:<record key> or system; both databases must sort it by bytes, daily roots depend on it.
Stream = String(40).with_variant(String(40, collation="C"), "postgresql")


def key_column(name: str = "key") -> Column[int]:
    """Return the primary key of a table whose keys the engine makes (`engine/keys.py`)."""
    return Column(name, BigInteger, primary_key=True, autoincrement=False)
