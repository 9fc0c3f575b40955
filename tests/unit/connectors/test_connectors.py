"""What each connector asks of its ports, and what it refuses."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from unittest.mock import Mock, call

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.connectors import CONNECTORS, Ports
from engine.errors import EngineError, InputInvalid
from engine.model import Record, RecordKey
from engine.outbox import Outbox
from engine.people import Directory
from engine.records import Records

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Call:
    """A task's parameters."""

    variables: Mapping[str, Any]


def a_record(number: str = "ORD-2026-000001", /, **fields: Any) -> Record:
    return Record(RecordKey(9), number[:3], number, "Cable", "open", fields, None, False, NOW, NOW, None)


def fake_ports() -> Ports:
    records, people = Mock(spec=Records), Mock(spec=Directory)
    records.open.return_value = records.create.return_value = a_record()
    records.get_many.side_effect = lambda numbers: [a_record(number, cost=5) for number in numbers]
    records.find.return_value = [a_record(colour="red")]
    records.overlaps.return_value = []
    people.members.side_effect = lambda group, on_duty=False: [f"{group}.one", f"{group}.two"]
    people.unit_head_of.return_value = "maya"
    people.eligible.return_value = (["joko"], [("siti", "R-1")])
    return Ports(records, people, Mock(spec=Outbox), Mock(), Mock(), NOW, "siti")


@pytest.fixture
def ports() -> Any:
    return fake_ports()


def run(ports: Ports, connector: str, /, **parameters: Any) -> Mapping[str, Any]:
    return CONNECTORS[f"clause8:{connector}"].run(Call(parameters), ports)


def test_a_record_is_opened_for_the_instance(ports: Any) -> None:
    people = {"owner": "eko", "tester": ["a", "b"]}
    result = run(
        ports, "record.open", type="ORD", title="Cable", requester="andi", people=people,
        fields={"cost": 5}, origin="ASK-1", link_kind="part_of",
    )  # fmt: skip
    assert result == {"record": {"number": "ORD-2026-000001", "key": 9, "type": "ORD", "title": "Cable"}}
    ports.records.open.assert_called_once_with(
        "ORD", "Cable", requester="andi", fields={"cost": 5}, people={"owner": ["eko"], "tester": ["a", "b"]},
        origin="ASK-1", link_kind="part_of",
        entered_by=None,
    )  # fmt: skip
    ports.instance.own.assert_called_once_with(a_record())


def test_a_record_is_changed_and_told(ports: Any) -> None:
    notice = {"template": "closed", "to": ["siti", "group:board", "board.one"], "data": {"title": "Cable"}}
    links = [{"to": "ORD-2", "kind": "duplicates"}]
    fact = {"name": "closed", "value": 1, "dimensions": {"kind": "x"}}
    result = run(
        ports,
        "record.update",
        number="ORD-1",
        state="closed",
        close=True,
        fields=None,
        notify=notice,
        links=links,
        kpi=fact,
    )
    assert result == {}
    ports.records.update.assert_called_once_with("ORD-1", title=None, state="closed", fields={}, people={}, close=True)
    ports.records.link.assert_called_once_with("ORD-1", "ORD-2", "duplicates")
    ports.notices.send.assert_called_once_with(
        "closed", ["siti", "board.one", "board.two"], "ORD-1", {"title": "Cable"}
    )
    ports.kpi.add.assert_called_once_with("closed", 1, "ORD-1", {"kind": "x"}, at=NOW)


def test_plain_records_are_created_one_or_many(ports: Any) -> None:
    assert run(ports, "record.create", type="IMP", title="Better", fields={"a": 1}) == {"number": "ORD-2026-000001"}
    items = [{"title": "a", "fields": {"owner": "eko"}}, {"title": "b"}]
    result = run(ports, "record.create", type="IMP", items=items, link_to="ORD-1", link_kind="raised_from")
    assert result == {"numbers": ["ORD-2026-000001"] * 2}
    assert ports.records.create.call_args_list[1:] == [
        call("IMP", "a", fields={"owner": "eko"}),
        call("IMP", "b", fields=None),
    ]
    assert ports.records.link.call_args_list == [call("ORD-2026-000001", "ORD-1", "raised_from")] * 2
    assert run(ports, "record.create", type="IMP", items=[]) == {"numbers": []}


def test_registers_are_read_by_number_or_by_field(ports: Any) -> None:
    result = run(ports, "register.read", numbers=["SVC-1", "ITM-2", "SVC-1"])
    assert [(record["number"], record["cost"]) for record in result["records"]] == [("SVC-1", 5), ("ITM-2", 5)]
    assert run(ports, "register.read", type="SVC", numbers="SVC-1")["records"][0]["type"] == "SVC"
    assert run(ports, "register.read", type="ORD", where={"colour": "red"})["records"][0]["colour"] == "red"
    assert run(ports, "register.read", numbers=None) == {"records": []}
    with pytest.raises(InputInvalid, match="SVC"):
        run(ports, "register.read", type="SVC", numbers=["ITM-2"])


def test_a_field_cannot_pass_for_the_number_of_its_record(ports: Any) -> None:
    ports.records.find.return_value = [a_record(number="forged", title="forged")]
    found = run(ports, "register.read", type="ORD", where={})["records"][0]
    assert (found["number"], found["title"]) == ("ORD-2026-000001", "Cable")


def test_registers_are_changed_item_by_item(ports: Any) -> None:
    items = [
        {"number": "ITM-1", "fields": {"a": 1}},
        {"number": "ITM-2", "fields": {}},
        {"number": "ITM-1", "fields": {"b": 2}},
    ]
    assert run(ports, "register.update", type="ITM", items=items) == {}
    assert ports.records.update.call_args_list == [call("ITM-1", fields={"a": 1, "b": 2}), call("ITM-2", fields={})]
    with pytest.raises(InputInvalid):
        run(ports, "register.update", type="SVC", items=items)


def test_the_time_is_widened_by_the_buffer(ports: Any) -> None:
    run(
        ports, "register.overlaps", type="ORD", number="ORD-1", refs=["ITM-1"], buffer="PT2H", start_field="begins",
        **{"from": "2026-03-10T08:00:00+07:00", "to": "2026-03-10T10:00:00+07:00"},
    )  # fmt: skip
    ports.records.overlaps.assert_called_once_with(
        "ORD",
        "ORD-1",
        start_at=datetime(2026, 3, 9, 23, tzinfo=UTC),
        end_at=datetime(2026, 3, 10, 5, tzinfo=UTC),
        refs=["ITM-1"],
        fields=["begins", "end", "refs"],
        also=("FRZ",),
        roles=[],
    )


def test_people_are_found(ports: Any) -> None:
    assert run(ports, "people.eligible", groups=["board"], users=None, rules=["R-1"], number="ORD-1") == {
        "eligible": ["joko"],
        "removed": [{"user": "siti", "rule": "R-1"}],
    }
    assert run(ports, "people.of", group="board") == {"users": ["board.one", "board.two"]}
    assert run(ports, "people.of", unit_head_of="joko") == {"users": ["maya"]}
    ports.people.unit_head_of.return_value = None
    assert run(ports, "people.of", unit_head_of="joko") == {"users": []}


def test_links_duties_notices_and_facts(ports: Any) -> None:
    run(ports, "record.link", **{"from": "ORD-1", "to": "ORD-2", "kind": "part_of"})
    run(ports, "duty", number="ORD-1", duty="test", users="eko")
    run(ports, "notify", template="late", to=[], number=None, data=None)
    run(ports, "kpi", name="closed", value=2.5, number="ORD-1", dimensions=None)
    ports.records.link.assert_called_once_with("ORD-1", "ORD-2", "part_of")
    ports.records.add_duty.assert_called_once_with("ORD-1", "test", ["eko"])
    ports.notices.send.assert_called_once_with("late", [], None, {})
    ports.kpi.add.assert_called_once_with("closed", 2.5, "ORD-1", {}, at=NOW)


def test_the_same_content_gives_the_same_hash(ports: Any) -> None:
    one = run(ports, "snapshot", value={"a": 1, "b": [True, None, "ü"]})["hash"]
    assert one == run(ports, "snapshot", value={"b": [True, None, "ü"], "a": 1})["hash"]
    assert one != run(ports, "snapshot", value={"a": 1, "b": [True, None, "u"]})["hash"]
    assert (
        run(ports, "snapshot", value=None)["hash"] == "74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b"
    )


def test_a_snapshot_may_tell_people_about_its_record(ports: Any) -> None:
    notice = {"template": "asked", "to": "group:board", "data": {}}
    run(ports, "snapshot", value={"number": "ORD-1"}, notify=notice)
    ports.notices.send.assert_called_once_with("asked", ["board.one", "board.two"], "ORD-1", {})


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        ("record.open", {"title": "x"}),
        ("record.open", {"type": "ORD", "title": 5}),
        ("record.open", {"type": "ORD", "title": "x", "people": {"owner": {"a": 1}}}),
        ("record.open", {"type": "ORD", "title": "x", "fields": "many"}),
        ("record.update", {"number": None}),
        ("record.update", {"number": "ORD-1", "close": "yes"}),
        ("record.update", {"number": "ORD-1", "notify": "everybody"}),
        ("record.update", {"number": "ORD-1", "notify": {"to": ["siti"]}}),
        ("record.create", {"type": "IMP", "items": [{"fields": {}}]}),
        ("record.create", {"type": "IMP", "items": [{"title": "x", "fields": 5}]}),
        ("record.create", {"type": "IMP", "items": [{"title": "x"}] * 1_001}),
        ("register.read", {"where": {"a": 1}}),
        ("register.read", {"numbers": [1, 2]}),
        ("register.update", {"type": "ITM", "items": [{"number": "ITM-1"}]}),
        ("register.overlaps", {"type": "ORD", "number": "ORD-1", "from": "tomorrow", "to": "2026-03-10T10:00:00Z"}),
        ("register.overlaps", {"type": "ORD", "number": "ORD-1", "from": "2026-03-10T10:00:00", "to": "2026-03-10"}),
        ("people.of", {}),
        ("duty", {"number": "ORD-1", "users": ["eko"]}),
        ("notify", {"to": ["siti"]}),
        ("notify", {"to": {"a": 1}, "template": "x"}),
        ("kpi", {"value": 1}),
        ("record.link", {"from": "ORD-1", "to": "ORD-2"}),
    ],
)
def test_nonsense_is_refused_with_the_name_of_the_parameter(ports: Any, kind: str, parameters: dict[str, Any]) -> None:
    with pytest.raises(InputInvalid) as refused:
        run(ports, kind, **parameters)
    assert "parameter" in refused.value.label.en
    assert "parameter" in refused.value.label.id


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("to", "title", "fields", "template")), inner)
    ),
    max_leaves=6,
)
NAMES = (
    "type title number fields people origin notify kpi links items from to refs buffer users groups value duty".split()
)


@given(st.sampled_from(sorted(CONNECTORS)), st.dictionaries(st.sampled_from(NAMES), values, max_size=6))
def test_any_parameters_give_a_result_or_a_clear_refusal(kind: str, parameters: dict[str, Any]) -> None:
    with suppress(EngineError):
        assert isinstance(CONNECTORS[kind].run(Call(parameters), fake_ports()), dict)
