from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from engine.model import ProcessInstanceState
from engine.store import Database, read_only, tables, unit_of_work
from engine.store.instance_counts import CountChange, InstanceCounts
from engine.store.monitoring import fault_list, instance_detail, people_list, processes, waiting
from engine.store.monitoring.instance_list import InstanceFilter, list_instances, places
from engine.store.workplace.inbox_list import Place
from engine.store.workplace.readers import Reader
from tests.integration.rows import NOW, add, add_instance, add_live, add_process

SARI = Reader("sari", frozenset({"administrator"}), reads_all=True)


def listed(database: Database, wanted: InstanceFilter, after: Place | None = None, limit: int = 100) -> list[int]:
    with read_only(database) as work:
        return [instance.key for instance in list_instances(work, wanted, after=after, limit=limit)]


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    event.listen(database.sql, "before_cursor_execute", note)
    yield statements
    event.remove(database.sql, "before_cursor_execute", note)


@pytest.fixture
def orders(database: Database) -> Database:
    """Twelve running orders, one a day, the newest with the highest key."""
    with unit_of_work(database) as work:
        add_process(work)
        add_process(work, key=2, version=2)
        for key in range(1, 13):
            definition = 1 if key <= 6 else 2
            add_instance(
                work, key, business_id=f"ORD-2030-{key:06}", started_at=NOW - timedelta(days=13 - key),
                process_definition_key=definition, version=definition,
            )  # fmt: skip
            add_live(work, 100 + key, key, process_definition_key=definition)
    return database


def test_instances_are_listed_from_the_newest_start_to_the_oldest(orders: Database) -> None:
    assert listed(orders, InstanceFilter()) == list(range(12, 0, -1))


def test_oldest_first_turns_the_order_around(orders: Database) -> None:
    assert listed(orders, InstanceFilter(is_oldest_first=True)) == list(range(1, 13))


@pytest.mark.parametrize("is_oldest_first", [False, True])
def test_pages_follow_each_other_without_gap_or_double(orders: Database, is_oldest_first: bool) -> None:
    wanted = InstanceFilter(is_oldest_first=is_oldest_first)
    found: list[int] = []
    after = None
    while True:
        with read_only(orders) as work:
            page = list_instances(work, wanted, after=after, limit=5)
        if not page:
            break
        found += [instance.key for instance in page]
        after = Place(page[-1].started_at, page[-1].key)
    assert found == listed(orders, wanted)


def test_instances_of_several_states_are_merged_in_one_order(orders: Database) -> None:
    with unit_of_work(orders) as work:
        add_instance(work, 50, state="completed", started_at=NOW - timedelta(days=3, hours=12), ended_at=NOW)
    every = InstanceFilter(states=tuple(ProcessInstanceState))
    assert listed(orders, every) == [12, 11, 10, 50, *range(9, 0, -1)]


def test_no_state_finds_nothing(orders: Database) -> None:
    assert listed(orders, InstanceFilter(states=())) == []


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (InstanceFilter(process_id="order", version=1), [6, 5, 4, 3, 2, 1]),
        (InstanceFilter(process_id="order", element_id="check", version=2), [12, 11, 10, 9, 8, 7]),
        (InstanceFilter(process_id="refund"), []),
        (InstanceFilter(element_id="pack"), []),
        (InstanceFilter(number="ORD-2030-000004"), [4]),
        (InstanceFilter(number="ORD-2030-00001*"), [12, 11, 10]),
        (InstanceFilter(number="ORD_2030*"), []),
        (InstanceFilter(started_before=NOW - timedelta(days=11)), [2, 1]),
        (InstanceFilter(person="budi"), list(range(12, 0, -1))),
        (InstanceFilter(person="nobody"), []),
        (InstanceFilter(has_fault=True), []),
        (InstanceFilter(variable_name="amount"), []),
    ],
)
def test_each_filter_restricts(orders: Database, wanted: InstanceFilter, found: list[int]) -> None:
    assert listed(orders, wanted) == found


def test_the_one_faulted_instance_is_found(orders: Database) -> None:
    with unit_of_work(orders) as work:
        add(work, tables.fault, {"key": 900, "instance_key": 3, "element_instance_key": 103})
        add(work, tables.fault, {"key": 901, "instance_key": 4, "element_instance_key": 104, "state": "resolved"})
    assert listed(orders, InstanceFilter(has_fault=True)) == [3]
    with read_only(orders) as work:
        assert [place.is_fault for place in places(work, [3])[3]] == [True]


def test_an_instance_is_found_by_the_value_of_a_variable(orders: Database) -> None:
    with unit_of_work(orders) as work:
        add(work, tables.variable,
            {"scope_key": 5, "instance_key": 5, "name": "amount", "value": 42},
            {"scope_key": 6, "instance_key": 6, "name": "amount", "value": "42"},
            {"scope_key": 107, "instance_key": 7, "name": "amount", "value": 7})  # fmt: skip
    assert listed(orders, InstanceFilter(variable_name="amount", variable_values=(42, "42"))) == [6, 5]
    assert listed(orders, InstanceFilter(variable_name="amount", variable_values=(42,))) == [5]
    assert listed(orders, InstanceFilter(variable_name="amount")) == [7, 6, 5]


def test_null_is_a_value_like_others(orders: Database) -> None:
    with unit_of_work(orders) as work:
        add(work, tables.variable, {"scope_key": 5, "instance_key": 5, "name": "amount", "value": None},
            {"scope_key": 6, "instance_key": 6, "name": "amount", "value": 1})  # fmt: skip
    assert listed(orders, InstanceFilter(variable_name="amount", variable_values=(None,))) == [5]


def test_a_search_by_value_does_not_tell_what_a_restricted_record_holds(orders: Database) -> None:
    with unit_of_work(orders) as work:
        add(work, tables.record, {"key": 70, "number": "ORD-2030-000099", "is_restricted": True})
        add_instance(work, 60, record_key=70)
        add(work, tables.variable, {"scope_key": 60, "instance_key": 60, "name": "secret", "value": 1})
    assert listed(orders, InstanceFilter(variable_name="secret")) == []


def test_a_person_is_found_by_open_tasks_and_by_records(orders: Database) -> None:
    with unit_of_work(orders) as work:
        add(work, tables.task_inbox, {"actor": "u:rina", "due_at": NOW, "task_key": 108})
        add(work, tables.record, {"key": 70, "number": "ORD-2030-000099"})
        add(work, tables.record_person, {"record_key": 70, "role": "tester", "user_name": "rina"})
        add_instance(work, 60, record_key=70, started_at=NOW)
    assert listed(orders, InstanceFilter(person="rina")) == [60, 8]


def test_a_called_instance_shows_the_number_of_its_root(orders: Database) -> None:
    with unit_of_work(orders) as work:
        add_instance(work, 60, root_instance_key=4, parent_instance_key=4, started_at=NOW)
    with read_only(orders) as work:
        line = list_instances(work, InstanceFilter(number="ORD-2030-000004"), after=None, limit=5)[0]
    assert (line.key, line.number, line.is_child) == (60, "ORD-2030-000004", True)


@pytest.mark.parametrize("table", ["process_instance", "live_element"])
def test_lists_never_scan_a_table(orders: Database, table: str) -> None:
    """The plan of the plain list and of the one by element uses the list's indexes."""
    if not orders.is_sqlite:
        pytest.skip("PostgreSQL scans tables of a dozen rows whatever the index")
    with counted(orders) as statements:
        listed(orders, InstanceFilter(process_id="order", version=2, element_id="check"))
        listed(orders, InstanceFilter())
    with read_only(orders) as work:
        for statement in statements:
            values = tuple("1" for _ in range(statement.count("?")))
            plan = work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            assert not [step[3] for step in plan if step[3] == f"SCAN {table}"], plan


# ---- counters ---------------------------------------------------------------------------------


def test_counters_add_up_over_slots_days_and_versions(database: Database) -> None:
    with unit_of_work(database) as work:
        add_process(work)
        add_process(work, key=2, version=2)
        counts = InstanceCounts(work)
        yesterday = NOW - timedelta(days=1)
        counts.add([CountChange(key, 1, "order", running=1, started=1) for key in range(20)], yesterday)
        counts.add([CountChange(key, 2, "order", running=1, started=1) for key in range(20, 23)], NOW)
        counts.add([CountChange(key, 1, "order", running=-1, completed=1) for key in range(5)], NOW)
        counts.add([CountChange(9, 1, "order", faults=2)], NOW)
        counts.add([], NOW)
    with read_only(database) as work:
        days = {count.on: count for count in processes.day_counts(work, date(2030, 1, 1))}
        one_version = processes.day_counts(work, date(2030, 1, 1), definition_key=2)
        running = processes.running_counts(work)["order"]
        versions = processes.versions_of(work, "order")
    assert (days[date(2030, 6, 16)].started, days[date(2030, 6, 17)].started) == (20, 3)
    assert (days[date(2030, 6, 17)].completed, days[date(2030, 6, 17)].faults) == (5, 2)
    assert [count.started for count in one_version] == [3]
    assert (running.running, running.versions) == (18, 2)
    assert [(version.version, version.running, version.started) for version in versions] == [(2, 3, 3), (1, 15, 20)]


def test_a_process_without_counters_counts_zero(database: Database) -> None:
    with unit_of_work(database) as work:
        add_process(work)
    with read_only(database) as work:
        assert [version.running for version in processes.newest_versions(work)] == [0]
        assert processes.running_counts(work) == {}


def test_live_elements_and_faults_are_counted_by_element(orders: Database) -> None:
    with unit_of_work(orders) as work:
        add_live(work, 500, 1, element_id="pack")
        add(work, tables.fault, {"key": 900, "instance_key": 1, "element_id": "pack", "element_instance_key": 500})
    with read_only(orders) as work:
        assert processes.live_counts(work, [1]) == {"check": 6, "pack": 1}
        assert processes.live_counts(work, [1, 2]) == {"check": 12, "pack": 1}
        assert processes.fault_counts(work, [1]) == {"pack": 1}
        assert processes.open_fault_counts(work) == {"order": 1}


def test_scopes_are_not_counted_beside_what_they_hold(orders: Database) -> None:
    with unit_of_work(orders) as work:
        add_live(work, 500, 1, element_id="many", element_type="multiInstanceBody")
        add_live(work, 501, 1, element_id="many")
        add_live(work, 502, 1, element_id="part", element_type="subProcess")
    with read_only(orders) as work:
        assert processes.live_counts(work, [1]) == {"check": 6, "many": 1}


def test_durations_are_those_of_finished_instances(orders: Database) -> None:
    with unit_of_work(orders) as work:
        add_instance(work, 60, state="completed", started_at=NOW - timedelta(hours=5), ended_at=NOW)
        add_instance(work, 61, state="canceled", started_at=NOW - timedelta(hours=9), ended_at=NOW)
    with read_only(orders) as work:
        assert processes.newest_durations(work, "order", [1]) == [timedelta(hours=5)]


# ---- one instance -----------------------------------------------------------------------------


def test_the_head_of_an_instance_names_people_process_and_record(orders: Database) -> None:
    with unit_of_work(orders) as work:
        add(work, tables.user_account, {"name": "budi"})
        add(work, tables.record, {"key": 70, "number": "ORD-2030-000099"})
        add_instance(work, 60, record_key=70, business_id="ORD-2030-000099")
        add_instance(work, 61, root_instance_key=60, parent_instance_key=60)
    with read_only(orders) as work:
        head = instance_detail.head(work, 61, SARI)
        assert head is not None
        assert (head.number, head.record_number, head.record_title) == ("ORD-2030-000099", "ORD-2030-000099", "A title")
        assert (head.started_by_name, head.process_name.id, head.is_restricted) == ("Budi Santoso", "Pesanan", False)
        assert instance_detail.head(work, 404, SARI) is None


def test_a_restricted_record_hides_its_title_from_operators(orders: Database) -> None:
    with unit_of_work(orders) as work:
        add(work, tables.record, {"key": 70, "number": "ORD-2030-000099", "is_restricted": True})
        add_instance(work, 60, record_key=70)
    with read_only(orders) as work:
        hidden = instance_detail.head(work, 60, SARI)
        own = instance_detail.head(work, 60, Reader("budi", frozenset()))
    assert hidden is not None
    assert own is not None
    assert (hidden.is_restricted, hidden.record_title) == (True, "")
    assert (own.is_restricted, own.record_title) == (False, "A title")


def test_everything_that_belongs_to_an_instance_is_read(orders: Database) -> None:
    with unit_of_work(orders) as work:
        add(work, tables.timer, {"key": 201, "instance_key": 1, "due_at": NOW + timedelta(days=2)},
            {"key": 202, "instance_key": 1})  # fmt: skip
        add(work, tables.job, {"key": 301, "instance_key": 1, "element_instance_key": 101})
        add(work, tables.message_subscription, {"key": 401, "instance_key": 1, "element_instance_key": 101})
        add(
            work,
            tables.signal_subscription,
            {"key": 501, "signal_name": "stop", "instance_key": 1, "process_definition_key": 1, "element_id": "s"},
        )
        add(work, tables.buffered_message, {"key": 601}, {"key": 602, "expires_at": NOW - timedelta(seconds=1)})
        add(work, tables.user_task, {"key": 101, "instance_key": 1, "assignee": "budi"})
        add(work, tables.fault, {"key": 701, "instance_key": 1, "element_instance_key": 101})
        add_instance(work, 60, root_instance_key=1, parent_instance_key=1)
        add(work, tables.history_entry,
            {"stream": "i:1", "sequence": 1, "element_id": "begin", "details": {"flows": ["f1"]}},
            {"stream": "i:1", "sequence": 2, "action": "element_entered", "element_id": "check"})  # fmt: skip
    with read_only(orders) as work:
        assert [timer.key for timer in instance_detail.timers(work, 1)] == [202, 201]
        assert [job.key for job in instance_detail.jobs(work, 1)] == [301]
        assert [wait.key for wait in instance_detail.message_waits(work, 1)] == [401]
        assert [wait.signal_name for wait in instance_detail.signal_waits(work, 1)] == ["stop"]
        assert [message.key for message in instance_detail.buffered_for(work, ["paid"], ["ORD-1"], NOW)] == [601]
        assert [task.assignee_name for task in instance_detail.user_tasks(work, 1)] == ["budi"]
        assert [fault.key for fault in instance_detail.open_faults(work, 1)] == [701]
        assert [related.key for related in instance_detail.relatives(work, 1, None)] == [60]
        assert [related.key for related in instance_detail.relatives(work, 60, 1)] == [1]
        assert [entry.sequence for entry in instance_detail.history(work, 1, before=None, limit=9)] == [2, 1]
        assert [entry.sequence for entry in instance_detail.history(work, 1, before=2, limit=9)] == [1]
        assert instance_detail.trail(work, 1) == {"begin", "f1"}


# ---- across instances -------------------------------------------------------------------------


def test_faults_are_listed_from_the_oldest_with_their_number(orders: Database) -> None:
    with unit_of_work(orders) as work:
        add(work, tables.fault,
            {"key": 702, "instance_key": 2, "opened_at": NOW - timedelta(hours=3)},
            {"key": 701, "instance_key": 1, "kind": "job"},
            {"key": 703, "instance_key": 3, "state": "resolved"})  # fmt: skip
    with read_only(orders) as work:
        found = fault_list.list_faults(work, after=None, limit=9)
        assert [(line.fault.key, line.number) for line in found] == [(702, "ORD-2030-000002"), (701, "ORD-2030-000001")]
        after = Place(found[0].fault.opened_at, found[0].fault.key)
        assert [line.fault.key for line in fault_list.list_faults(work, after=after, limit=9)] == [701]
        assert [line.fault.key for line in fault_list.list_faults(work, kind="job", after=None, limit=9)] == [701]
        assert fault_list.list_faults(work, process_id="refund", after=None, limit=9) == []


def test_receivers_are_found_by_name_key_and_number(orders: Database) -> None:
    with unit_of_work(orders) as work:
        add(work, tables.message_subscription,
            {"key": 401, "instance_key": 1, "element_instance_key": 101},
            {"key": 402, "message_name": "ordered", "correlation_key": ""})  # fmt: skip

    def found(search: str) -> list[int]:
        with read_only(orders) as work:
            return [receiver.key for receiver in waiting.receivers(work, search=search, limit=9)]

    assert found("") == [402, 401]
    assert found("PAI") == [401]
    assert found("ord-1") == [401]
    assert found("2030-000001") == [401]
    assert found("%") == []


def test_the_backlog_names_what_is_due_and_what_comes_next(orders: Database) -> None:
    with unit_of_work(orders) as work:
        for key, minutes in ((201, -90), (202, -5), (203, 15)):
            add(work, tables.timer, {"key": key, "due_at": NOW + timedelta(minutes=minutes)})
    with read_only(orders) as work:
        backlog = waiting.timer_backlog(work, NOW)
        cut = waiting.timer_backlog(work, NOW, look_at=1)
    assert (backlog.due, backlog.more, backlog.oldest_due_at) == (2, False, NOW - timedelta(minutes=90))
    assert backlog.next_due_at == NOW + timedelta(minutes=15)
    assert (cut.due, cut.more) == (1, True)


@pytest.fixture
def people(database: Database) -> Callable[..., list[str]]:
    with unit_of_work(database) as work:
        add(work, tables.group_account, {"name": "administrator"}, {"name": "workers"})
        add(work, tables.user_account, {"name": "budi"}, {"name": "sari", "display_name": "Sari Wijaya"},
            {"name": "tono", "display_name": "Tono Hadi", "is_active": False})  # fmt: skip
        add(work, tables.membership, {"user_name": "sari", "group_name": "administrator"},
            {"user_name": "tono", "group_name": "administrator"})  # fmt: skip

    def names(**wanted: Any) -> list[str]:
        with read_only(database) as work:
            return [account.user.name for account in people_list.list_accounts(work, now=NOW, limit=9, **wanted)]

    return names


def test_people_are_found_by_name_group_and_state(people: Callable[..., list[str]]) -> None:
    assert people() == ["budi", "sari", "tono"]
    assert people(search="WIJ") == ["sari"]
    assert people(group="administrator") == ["sari", "tono"]
    assert people(is_active=False) == ["tono"]
    assert people(after="budi") == ["sari", "tono"]


@pytest.mark.usefixtures("people")
def test_groups_count_their_active_members(database: Database) -> None:
    with read_only(database) as work:
        sizes = {size.group.name: size.members for size in people_list.list_groups(work, NOW)}
        account = people_list.account(work, "sari", NOW)
    assert sizes == {"administrator": 1, "workers": 0}
    assert account is not None
    assert account.user.groups == ("administrator",)
