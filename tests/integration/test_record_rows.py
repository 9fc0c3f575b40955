"""Records, their numbers, people and links on a real database."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.errors import AlreadyExists, RecordNotFound
from engine.model import Record, RecordKey, RecordLink
from engine.store import Database, unit_of_work
from engine.store.duties import Duties
from engine.store.records import Records

NOW = datetime(2030, 1, 1, 8, tzinfo=UTC)


def a_record(number: str = "CHG-2030-000001", **changes: Any) -> Record:
    key = RecordKey(int(number.rpartition("-")[2]))
    new = Record(key, number.partition("-")[0], number, "Ganti kabel", "open", {}, "budi", False, NOW, NOW, None)
    return replace(new, **changes)


def store(database: Database, *records: Record) -> None:
    with unit_of_work(database) as work:
        for record in records:
            Records(work).add(record)


def test_a_record_comes_back_as_it_was_stored(database: Database) -> None:
    new = a_record(fields={"services": ["SVC-1"], "cost": 1.5, "note": None})
    store(database, new)
    with unit_of_work(database) as work:
        changed = replace(new, title="Ganti dua kabel", closed_at=NOW, fields={"cost": 2})
        assert Records(work).get(new.number) == new
        Records(work).save(changed)
        assert Records(work).get(new.number) == changed


def test_a_number_is_taken_once(database: Database) -> None:
    store(database, a_record())
    with unit_of_work(database) as work:
        with pytest.raises(AlreadyExists):
            Records(work).add(a_record(key=RecordKey(77)))
        assert Records(work).get("CHG-2030-000001").key == 1


def test_an_unknown_record_is_refused(database: Database) -> None:
    with unit_of_work(database) as work:
        with pytest.raises(RecordNotFound):
            Records(work).get("CHG-2030-000404")
        with pytest.raises(RecordNotFound):
            Records(work).save(a_record())
        with pytest.raises(RecordNotFound):
            Records(work).add_link(RecordLink("CHG-1", "CHG-2", "part_of"), by="budi", at=NOW)
        with pytest.raises(RecordNotFound):
            Duties(work).add("CHG-1", "vote", "budi", at=NOW)


def test_numbers_have_no_gaps_and_no_doubles_when_many_ask_at_once(database: Database) -> None:
    given: list[int] = []

    def ask(rolls_back: bool) -> None:
        try:
            with unit_of_work(database) as work:
                number = Records(work).next_number("CHG", 2030)
                if rolls_back:
                    raise TimeoutError
            given.append(number)
        except TimeoutError:
            pass

    threads = [threading.Thread(target=ask, args=(index % 3 == 0,)) for index in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == list(range(1, 17))


def test_each_year_and_prefix_counts_from_one(database: Database) -> None:
    with unit_of_work(database) as work:
        numbers = [
            Records(work).next_number(*place) for place in (("CHG", 2030), ("CHG", 2030), ("CHG", 2031), ("INC", 2030))
        ]
    assert numbers == [1, 2, 1, 1]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ({}, [1, 2, 3]),
        ({"status": "active"}, [1, 2]),
        ({"refs": "SVC-1"}, [1, 3]),
        ({"refs": "SVC-1", "status": "active"}, [1]),
        ({"rank": 1}, [1]),
        ({"rank": 1.0}, [1]),
        ({"rank": True}, [3]),
        ({"rank": "1"}, []),
        ({"rank": None}, [2]),
        ({"refs": ["SVC-2"]}, [2]),
        ({"window": {"from": "08:00", "to": "09:00"}}, [3]),
        ({"window": {"from": "08:00"}}, []),
        ({"status') OR 1=1 --": "x"}, []),
        ({'"status"': "active"}, []),
        ({"absent": "x"}, []),
    ],
)
def test_records_are_found_by_their_fields(database: Database, where: dict[str, Any], found: list[int]) -> None:
    store(
        database,
        a_record("CI-2030-000001", fields={"status": "active", "refs": ["SVC-1", "SVC-2"], "rank": 1}),
        a_record("CI-2030-000002", fields={"status": "active", "refs": ["SVC-2"]}),
        a_record("CI-2030-000003", fields={"refs": "SVC-1", "rank": True, "window": {"from": "08:00", "to": "09:00"}}),
        a_record("SVC-2030-000004", fields={"status": "active"}),
    )
    with unit_of_work(database) as work:
        assert [record.key for record in Records(work).find("CI", where)] == found


def test_open_and_closed_records_are_told_apart(database: Database) -> None:
    store(database, a_record("CHG-2030-000001"), a_record("CHG-2030-000002", closed_at=NOW))
    with unit_of_work(database) as work:
        records = Records(work)
        assert [record.key for record in records.find("CHG", {}, is_open=True)] == [1]
        assert [record.key for record in records.find("CHG", {}, is_open=False)] == [2]
        assert [record.key for record in records.find(None, {}, limit=1)] == [1]


def test_people_of_a_role_are_replaced_and_links_are_seen_from_both_sides(database: Database) -> None:
    store(database, a_record("CHG-2030-000001"), a_record("CHG-2030-000002"))
    link = RecordLink("CHG-2030-000001", "CHG-2030-000002", "part_of")
    with unit_of_work(database) as work:
        records = Records(work)
        records.set_people(RecordKey(1), "implementer", ["budi", "sari", "budi"])
        records.set_people(RecordKey(1), "implementer", ["sari"])
        records.set_people(RecordKey(1), "tester", ["wati"])
        records.add_link(link, by="budi", at=NOW)
        records.add_link(link, by="sari", at=NOW)
        assert records.people(RecordKey(1)) == {"implementer": ["sari"], "tester": ["wati"]}
        for number in ("CHG-2030-000001", "CHG-2030-000002"):
            assert records.links([number], ["part_of", "affects"]) == [link]
        assert records.links(["CHG-2030-000001"], ["affects"]) == []


def test_a_duty_is_noted_once(database: Database) -> None:
    store(database, a_record("CHG-2030-000001"))
    with unit_of_work(database) as work:
        for user in ("budi", "budi", "sari"):
            Duties(work).add("CHG-2030-000001", "vote", user, at=NOW)
        assert [(duty.duty, duty.user) for duty in Duties(work).of(["CHG-2030-000001"])] == [
            ("vote", "budi"),
            ("vote", "sari"),
        ]
