"""Records and their rules on a real database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from itertools import count
from typing import Any

import pytest

from engine.errors import AlreadyExists, InputInvalid, RecordNotFound
from engine.model import Duty, Record, RecordLink
from engine.records import Circumstances, Records
from engine.store import Database, unit_of_work
from engine.store.duties import Duties
from engine.store.records import Records as RecordRows
from engine.store.unit_of_work import UnitOfWork

#: New Year in Jakarta; in UTC it is still the old year.
NOW = datetime(2025, 12, 31, 18, tzinfo=UTC)
JAKARTA = timezone(timedelta(hours=7))


class Noted:
    """A journal in memory."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, str, Mapping[str, Any]]] = []

    def append(self, record: Record, action: str, details: Mapping[str, Any]) -> None:
        self.entries.append((record.number, action, details))


@pytest.fixture
def work(database: Database) -> Iterator[UnitOfWork]:
    with unit_of_work(database) as opened:
        yield opened


@pytest.fixture
def journal() -> Noted:
    return Noted()


def records_of(
    work: UnitOfWork, journal: Noted, *, actor: str = "siti", now: datetime = NOW, first: int = 1
) -> Records:
    keys = count(first)
    circumstances = Circumstances(now, actor, lambda: next(keys), zone=JAKARTA)
    return Records(RecordRows(work), Duties(work), journal, circumstances)


@pytest.fixture
def records(work: UnitOfWork, journal: Noted) -> Records:
    return records_of(work, journal)


def test_a_record_gets_the_next_number_of_its_type_and_year(records: Records) -> None:
    numbers = [records.open(kind, "Cable").number for kind in ("ORD", "ORD", "BOX")]
    assert numbers == ["ORD-2026-000001", "ORD-2026-000002", "BOX-2026-000001"]


def test_who_asks_and_who_enters_it_for_somebody_have_asked(records: Records, work: UnitOfWork) -> None:
    record = records.open(
        "ORD",
        " Replace \n the cable ",
        requester="andi",
        fields={"cost": 5},
        people={"owner": ["eko"]},
        entered_by="siti",
    )
    assert (record.title, record.state, record.requester, record.fields) == (
        "Replace the cable",
        "open",
        "andi",
        {"cost": 5},
    )
    assert RecordRows(work).people(record.key) == {"owner": ["eko"]}
    assert {(duty.duty, duty.user) for duty in Duties(work).of([record.number])} == {
        ("request", "andi"),
        ("request", "siti"),
    }


def test_who_enters_it_for_nobody_asks(records: Records, work: UnitOfWork) -> None:
    record = records.open("ORD", "Cable", entered_by="siti")
    assert record.requester == "siti"
    assert [(duty.duty, duty.user) for duty in Duties(work).of([record.number])] == [("request", "siti")]


def test_a_step_in_another_process_is_no_request(records: Records, work: UnitOfWork) -> None:
    record = records.open("ORD", "Cable")
    assert record.requester is None
    assert Duties(work).of([record.number]) == []


def test_an_origin_is_linked(records: Records, work: UnitOfWork, journal: Noted) -> None:
    origin = records.create("BOX", "Old box")
    record = records.open("ORD", "Cable", origin=origin.number)
    assert RecordRows(work).links([record.number], ["raised_from"]) == [
        RecordLink(record.number, origin.number, "raised_from")
    ]
    assert [number for number, action, _ in journal.entries if action == "record_linked"] == [
        record.number,
        origin.number,
    ]
    with pytest.raises(RecordNotFound):
        records.open("ORD", "Cable", origin="BOX-2026-000404")


@pytest.mark.parametrize(("kind", "title"), [("", "x"), ("ord", "x"), ("ORD-1", "x"), ("ORD", "  "), ("ORD", "")])
def test_a_record_without_sense_is_refused(records: Records, kind: str, title: str) -> None:
    with pytest.raises(InputInvalid):
        records.open(kind, title)


def test_an_entry_may_bring_its_number_but_not_twice(records: Records) -> None:
    assert records.create("BOX", "Shelf", number="BOX-2019-000007").requester is None
    with pytest.raises(AlreadyExists):
        records.create("BOX", "Shelf", number="BOX-2019-000007")


def test_the_journal_keeps_old_and_new_of_what_changed(records: Records, journal: Noted) -> None:
    number = records.open("ORD", "Cable", fields={"cost": 5, "colour": "red"}).number
    journal.entries.clear()
    changed = records.update(number, state="planned", fields={"cost": 6, "colour": "red", "when": None})
    assert changed.fields == {"cost": 6, "colour": "red", "when": None}
    changes = {"state": ["open", "planned"], "fields.cost": [5, 6], "fields.when": [None, None]}
    assert journal.entries == [(number, "record_updated", {"changes": changes, "people": {}})]
    records.update(number, state="planned", fields={"cost": 6})
    assert len(journal.entries) == 1


def test_a_record_is_closed_once_and_may_still_be_completed(work: UnitOfWork, journal: Noted) -> None:
    number = records_of(work, journal).open("ORD", "Cable").number
    assert records_of(work, journal).update(number, close=True).state == "closed"
    later = records_of(work, journal, now=NOW + timedelta(days=1))
    again = later.update(number, state="rejected", fields={"why": "x"}, close=True)
    assert (again.state, again.closed_at, again.updated_at) == ("rejected", NOW, NOW + timedelta(days=1))
    assert RecordRows(work).get(number) == again


def test_duties_are_noted_once(records: Records, work: UnitOfWork) -> None:
    number = records.create("ORD", "Cable").number
    records.add_duty(number, "test", ["eko", "eko"])
    records.add_duty(number, "test", [])
    assert Duties(work).of([number]) == [Duty(number, "test", "eko")]
    with pytest.raises(RecordNotFound):
        records.add_duty("ORD-2026-000404", "test", ["eko"])


@pytest.mark.parametrize(("to", "kind"), [("ORD-2026-000001", "part_of"), ("BOX-2026-000001", " ")])
def test_a_link_to_itself_or_of_no_kind_is_refused(records: Records, to: str, kind: str) -> None:
    records.create("ORD", "Cable")
    with pytest.raises(InputInvalid):
        records.link("ORD-2026-000001", to, kind)


def test_many_are_read_in_the_order_asked(records: Records) -> None:
    numbers = [records.create("ORD", title).number for title in "abc"]
    assert [record.title for record in records.get_many([numbers[2], numbers[0]])] == ["c", "a"]
    assert records.get_many([]) == []
    with pytest.raises(RecordNotFound):
        records.get_many(["ORD-2026-000404"])
