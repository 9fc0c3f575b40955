"""What is planned for the same things at the same time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest

from engine.errors import InputInvalid
from engine.model import Record
from engine.records import Circumstances, Records
from engine.store import Database, unit_of_work
from engine.store.duties import Duties
from engine.store.records import Records as RecordRows

#: server <- application <- report; server <- mail. Nothing depends on the spare.
NEEDS = {"application": ["server"], "report": ["application"], "mail": ["server"], "spare": [], "server": []}


class Silent:
    def append(self, record: Record, action: str, details: Mapping[str, Any]) -> None: ...


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{text}+00:00")


@pytest.fixture
def records(database: Database) -> Iterator[Records]:
    with unit_of_work(database) as work:
        keys = count(1)
        circumstances = Circumstances(moment("01T00:00"), "system", lambda: next(keys), zone=UTC)
        opened = Records(RecordRows(work), Duties(work), Silent(), circumstances)
        for name in NEEDS:
            opened.create("ITM", name, number=name)
        for name, needs in NEEDS.items():
            for needed in needs:
                opened.link(name, needed, "depends_on")
        yield opened


def planned(records: Records, start: str, end: str, refs: Sequence[str], kind: str = "ORD", **people: list[str]) -> str:
    fields = {"start": start, "end": end, "refs": refs}
    return records.open(kind, "Other work", fields=fields, people=people).number


def found(records: Records, refs: Sequence[str], **options: Any) -> list[tuple[str, str, list[str]]]:
    own = records.open("ORD", "Own", people={"owner": ["eko"]}).number
    overlaps = records.overlaps(
        "ORD", own, start_at=moment("10T08:00"), end_at=moment("10T10:00"), refs=refs, **options
    )  # fmt: skip
    return [(clash["number"], clash["cause"], clash["shared"]) for clash in overlaps]


@pytest.mark.parametrize(
    ("start", "end", "meets"),
    [
        ("2026-03-10T09:00:00+00:00", "2026-03-10T11:00:00+00:00", True),
        ("2026-03-10T16:59:00+07:00", "2026-03-10T18:00:00+07:00", True),
        ("2026-03-10T10:00:00Z", "2026-03-10T11:00:00Z", False),
        ("2026-03-10T06:00:00Z", "2026-03-10T08:00:00Z", False),
        ("2026-03-10T09:00:00", "2026-03-10T09:30:00", True),
        ("2026-03-09", "2026-03-10", True),
        ("2026-03-08", "2026-03-09", False),
        ("soon", "later", False),
        ("", None, False),
    ],
)
def test_times_meet(records: Records, start: str, end: str, meets: bool) -> None:
    number = planned(records, start, end, ["server"])
    assert found(records, ["server"]) == ([(number, "same", ["server"])] if meets else [])


@pytest.mark.parametrize(
    ("own", "other", "cause"),
    [
        ("server", "server", "same"),
        ("application", "server", "related"),
        ("server", "report", "related"),
        ("report", "server", "related"),
        ("mail", "application", None),  # both need the server, but neither needs the other
        ("spare", "server", None),
    ],
)
def test_things_that_need_each_other_are_related(records: Records, own: str, other: str, cause: str | None) -> None:
    number = planned(records, "2026-03-10T09:00:00Z", "2026-03-10T09:30:00Z", [other])
    assert found(records, [own]) == ([(number, cause, [other])] if cause else [])


def test_a_circle_of_needs_ends(records: Records) -> None:
    records.link("server", "report", "depends_on")
    number = planned(records, "2026-03-10T09:00:00Z", "2026-03-10T09:30:00Z", ["application"])
    assert found(records, ["server"]) == [(number, "related", ["application"])]


def test_what_is_closed_no_longer_clashes(records: Records) -> None:
    number = planned(records, "2026-03-10T09:00:00Z", "2026-03-10T09:30:00Z", ["server"])
    records.update(number, close=True)
    assert found(records, ["server"]) == []


def test_a_closed_period_without_refs_closes_everything(records: Records) -> None:
    every = planned(records, "2026-03-10", "2026-03-12", [], kind="SHUT")
    server = planned(records, "2026-03-10", "2026-03-12", ["server"], kind="SHUT")
    assert found(records, ["spare"], also=["SHUT"]) == [(every, "blocked", [])]
    assert found(records, ["report"], also=["SHUT"]) == [(every, "blocked", []), (server, "blocked", ["server"])]
    assert found(records, ["server"]) == []


def test_the_same_person_cannot_be_in_two_places(records: Records) -> None:
    number = planned(records, "2026-03-10T09:00:00Z", "2026-03-10T09:30:00Z", ["spare"], owner=["eko"])
    assert found(records, ["server"], roles=["owner"]) == [(number, "person", ["eko"])]
    assert found(records, ["server"]) == []


def test_a_time_that_ends_before_it_begins_is_refused(records: Records) -> None:
    number = records.create("ORD", "Own").number
    with pytest.raises(InputInvalid):
        records.overlaps("ORD", number, start_at=moment("10T10:00"), end_at=moment("10T10:00"), refs=[])
