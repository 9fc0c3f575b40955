"""Records of a confidential register are confidential, whoever makes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count

import pytest

from engine.records import Circumstances, NewEntry, Records
from engine.store import Database, unit_of_work
from engine.store.duties import Duties
from engine.store.records import Records as RecordRows

from .test_records import Noted

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture
def records(database: Database) -> Iterator[Records]:
    keys = count(1)
    with unit_of_work(database) as work:
        circumstances = Circumstances(NOW, "siti", lambda: next(keys), is_confidential=lambda kind: kind == "SEC")
        yield Records(RecordRows(work), Duties(work), Noted(), circumstances)


@pytest.mark.parametrize(("kind", "is_restricted"), [("SEC", True), ("ORD", False)])
def test_the_register_decides_for_procedures_too(records: Records, kind: str, is_restricted: bool) -> None:
    made = [
        records.open(kind, "A leak"),
        records.create(kind, "A leak"),
        *records.create_many(kind, [NewEntry("A leak")]),
    ]
    assert [record.is_restricted for record in made] == [is_restricted] * 3
