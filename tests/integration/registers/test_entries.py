"""Entries of registers: added, changed, listed, sorted, linked, many at once."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from engine import (
    Actor,
    AddAttachment,
    AttachmentContent,
    CommandRejected,
    EditEntries,
    EntryFilter,
    EntryForm,
    EntryPage,
    FormRejected,
    ImpactOf,
    InputInvalid,
    LinkRecords,
    NotPermitted,
    PreviewEdit,
    RecordNotFound,
    RegisterNotFound,
    RegisterPage,
    RegistersList,
    SaveEntry,
    StaleRevision,
    SystemHistory,
    UnlinkRecords,
    VerifyHistory,
)
from engine.testing import Harness
from tests.integration.registers.conftest import ADMIN, GUEST, KEEPER, WATCHER, add


def page(house: Harness, kind: str = "THG", *, by: Actor = KEEPER, **asked: Any) -> Any:
    wanted = EntryFilter(kind, **asked.pop("wanted", {}))
    return house.engine.ask(RegisterPage(actor=by, type=kind, wanted=wanted, **asked))


def titles(house: Harness, **asked: Any) -> list[str]:
    return [line.record.title for line in page(house, **asked).lines]


def test_an_entry_is_added_and_changed_with_its_revisions_in_the_audit_chain(house: Harness) -> None:
    number = add(house, title="Lamp", colour="red")
    house.engine.execute(
        SaveEntry(type="THG", number=number, submitted={"title": "Old lamp", "colour": "blue"}, actor=KEEPER)
    )
    found = house.engine.ask(EntryPage(actor=GUEST, type="THG", number=number))
    assert (found.record.title, found.record.fields["colour"], found.may_write) == ("Old lamp", "blue", False)
    newest = found.revisions[0]
    assert newest.by == "Keke Rahayu"
    changed = {change.label.en: (change.before.value, change.after.value) for change in newest.changes}
    assert changed == {"Title": ("Lamp", "Old lamp"), "Colour": ("red", "blue")}


def test_what_the_form_refuses_is_not_written(house: Harness) -> None:
    with pytest.raises(FormRejected) as refused:
        add(house, title="", colour="green", weight="-1")
    assert set(refused.value.errors) == {"title", "colour", "weight"}
    assert titles(house) == []


def test_who_saw_an_older_version_does_not_overwrite_a_newer_one(house: Harness) -> None:
    number = add(house, title="Lamp")
    mark = house.engine.ask(EntryForm(actor=KEEPER, type="THG", number=number)).mark
    house.advance(minutes=1)
    save = SaveEntry(type="THG", number=number, submitted={"title": "Mine"}, actor=KEEPER, mark=mark)
    house.engine.execute(save)
    with pytest.raises(StaleRevision):
        house.engine.execute(save)


def test_readers_read_and_only_keepers_write(house: Harness) -> None:
    number = add(house, title="Lamp")
    with pytest.raises(NotPermitted):
        add(house, by=GUEST, title="Mine")
    with pytest.raises(NotPermitted):
        house.engine.execute(EditEntries(type="THG", numbers=[number], field="title", value="x", actor=GUEST))
    with pytest.raises(RegisterNotFound):
        add(house, "SEC", by=KEEPER, title="Peek")
    with pytest.raises(RegisterNotFound):
        page(house, "XXX")
    assert [line.register.type for line in house.engine.ask(RegistersList(actor=GUEST))] == ["PLC", "THG"]


def test_a_final_state_closes_and_another_one_opens_again(house: Harness) -> None:
    number = add(house, title="Lamp")
    for state, is_closed in (("gone", True), ("open", False)):
        house.engine.execute(
            SaveEntry(type="THG", number=number, submitted={"title": "Lamp"}, actor=KEEPER, state=state)
        )
        found = house.engine.ask(EntryPage(actor=KEEPER, type="THG", number=number)).record
        assert (found.state, found.closed_at is not None) == (state, is_closed)
    with pytest.raises(InputInvalid):
        house.engine.execute(
            SaveEntry(type="THG", number=number, submitted={"title": "Lamp"}, actor=KEEPER, state="nowhere")
        )


@pytest.mark.parametrize("sort", ["number", "title", "-title", "colour", "-weight", "owner", "state", "-updated_at"])
def test_every_page_of_every_order_shows_each_entry_once(house: Harness, sort: str) -> None:
    names = ["zebra", "Álamo", "alang", "Beta", "ñandú", "10", "9", "éclair", "Zulu", "alang"]
    for place, name in enumerate(names):
        extra: dict[str, Any] = {"weight": str(place % 3)} if place % 2 else {"colour": "blue" if place % 4 else "red"}
        add(house, title=name, owner="wira" if place % 3 else "adi", **extra)
    seen: list[str] = []
    after = None
    while True:
        found = page(house, sort=sort, after=after, size=3, language="en")
        seen += [line.record.number for line in found.lines]
        after = found.next
        if after is None:
            break
    assert sorted(seen) == sorted(set(seen))
    assert len(seen) == len(names)


def test_texts_are_sorted_as_readers_sort_them(house: Harness) -> None:
    for name in ("zebra", "Éclair", "apel", "Bambu", "ember"):
        add(house, title=name)
    for language in ("id", "en"):
        assert titles(house, sort="title", language=language) == ["apel", "Bambu", "Éclair", "ember", "zebra"]


@pytest.mark.parametrize("after", ["x", "W10=", "bnVsbA==", "WyJhIiwgInIiXQ==", "e30="])
def test_a_place_that_does_not_exist_is_refused(house: Harness, after: str) -> None:
    with pytest.raises(InputInvalid):
        page(house, after=after)


@pytest.mark.parametrize("sort", ["nothing", "story; drop table record", "-", "$.x"])
def test_a_column_that_the_list_does_not_have_is_refused(house: Harness, sort: str) -> None:
    with pytest.raises(InputInvalid):
        page(house, sort=sort)


def test_a_list_is_narrowed_by_field_state_and_words(house: Harness) -> None:
    add(house, title="Red lamp", colour="red")
    add(house, title="Blue lamp", colour="blue")
    add(house, title="Blue chair", colour="blue", state="gone")
    assert titles(house, wanted={"fields": {"colour": "blue"}}) == ["Blue lamp", "Blue chair"]
    assert titles(house, wanted={"state": "gone"}) == ["Blue chair"]
    assert titles(house, wanted={"is_open": True, "text": "lam"}) == ["Red lamp", "Blue lamp"]
    assert titles(house, wanted={"fields": {"colour') OR 1=1 --": "x"}}) == []


def test_many_entries_change_together_or_not_at_all(house: Harness) -> None:
    numbers = [add(house, title=f"Lamp {place}", colour="red") for place in range(3)]
    edit = EditEntries(type="THG", numbers=numbers, field="colour", value="blue", actor=KEEPER)
    assert [(one.before, one.after) for one in house.engine.ask(PreviewEdit(edit=edit))] == [("red", "blue")] * 3
    assert house.engine.execute(edit) == 3
    assert house.engine.execute(edit) == 0
    for wrong in (
        {"field": "colour", "value": "green"},
        {"field": "secret", "value": 1},
        {"field": "weight", "value": "x"},
    ):
        with pytest.raises(InputInvalid):
            house.engine.execute(EditEntries(type="THG", numbers=numbers, actor=KEEPER, **wrong))
    with pytest.raises(RecordNotFound):
        house.engine.execute(
            EditEntries(type="THG", numbers=[*numbers, "THG-2000-000001"], field="colour", value="red", actor=KEEPER)
        )
    assert {line.record.fields["colour"] for line in page(house).lines} == {"blue"}


# ---- links and impact -----------------------------------------------------------------------


def test_fields_keep_links_and_links_show_from_both_ends(house: Harness) -> None:
    room = add(house, "PLC", title="Room")
    lamp = add(house, title="Lamp", places=[room])
    shown = house.engine.ask(EntryPage(actor=GUEST, type="PLC", number=room))
    assert [(link.relation.number, link.label.en) for link in shown.links] == [(lamp, "has")]
    assert [other.number for other in shown.used_by] == [lamp]
    house.engine.execute(SaveEntry(type="THG", number=lamp, submitted={"title": "Lamp", "places": []}, actor=KEEPER))
    shown = house.engine.ask(EntryPage(actor=GUEST, type="PLC", number=room))
    assert (shown.links, shown.used_by) == ((), ())


def test_people_link_what_they_keep_by_kinds_that_content_knows(house: Harness) -> None:
    lamp, plug = add(house, title="Lamp"), add(house, title="Plug")
    house.engine.execute(LinkRecords(number=lamp, to_number=plug, kind="needs", actor=KEEPER))
    house.engine.execute(UnlinkRecords(number=lamp, to_number=plug, kind="needs", actor=KEEPER))
    refused: list[tuple[dict[str, Any], type[CommandRejected]]] = [
        ({"to_number": lamp, "kind": "needs"}, InputInvalid),
        ({"to_number": plug, "kind": "marries"}, InputInvalid),
        ({"to_number": "THG-2000-000001", "kind": "needs"}, RecordNotFound),
        ({"to_number": plug, "kind": "needs", "actor": GUEST}, NotPermitted),
    ]
    for asked, error in refused:
        with pytest.raises(error):
            house.engine.execute(LinkRecords(**{"number": lamp, "actor": KEEPER, **asked}))
    with pytest.raises(InputInvalid):
        house.engine.execute(UnlinkRecords(number=lamp, to_number=plug, kind="needs", actor=KEEPER))


def test_an_entry_does_not_name_itself(house: Harness) -> None:
    lamp = add(house, title="Lamp")
    with pytest.raises(FormRejected) as refused:
        house.engine.execute(
            SaveEntry(type="THG", number=lamp, submitted={"title": "Lamp", "needs": [lamp]}, actor=KEEPER)
        )
    assert list(refused.value.errors) == ["needs"]


def test_the_impact_graph_follows_trouble_and_ends_where_a_cycle_closes(house: Harness) -> None:
    room = add(house, "PLC", title="Room")
    plug = add(house, title="Plug")
    lamp = add(house, title="Lamp", needs=[plug], places=[room])
    clock = add(house, title="Clock", needs=[lamp])
    house.engine.execute(
        SaveEntry(type="THG", number=plug, submitted={"title": "Plug", "needs": [clock]}, actor=KEEPER)
    )
    secret = add(house, "SEC", by=WATCHER, title="Hidden", places=[room])
    graph = house.engine.ask(ImpactOf(actor=GUEST, number=plug))
    levels = {node.number: node.level for node in graph.nodes}
    assert levels == {plug: 0, lamp: 1, clock: 2, room: 2}
    assert {(edge.cause, edge.effect) for edge in graph.edges} == {
        (plug, lamp),
        (lamp, clock),
        (clock, plug),
        (lamp, room),
    }
    assert secret not in levels
    assert secret in {node.number for node in house.engine.ask(ImpactOf(actor=WATCHER, number=room)).nodes}


# ---- numbers --------------------------------------------------------------------------------


def test_numbers_are_given_once_when_many_add_at_the_same_time(house: Harness) -> None:
    given: list[str] = []
    refused: list[CommandRejected] = []

    def work(place: int) -> None:
        for turn in range(4):
            try:
                given.append(add(house, title="" if turn == 2 else f"Thing {place} {turn}"))
            except FormRejected as error:
                refused.append(error)

    threads = [threading.Thread(target=work, args=(place,)) for place in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    year = house.clock.now().year
    assert len(refused) == 6
    assert sorted(given) == [f"THG-{year}-{number:06d}" for number in range(1, 19)]
    assert "numbers_skipped" not in str(house.engine.ask(SystemHistory(actor=ADMIN)))


def test_a_closed_entry_loses_its_body_after_its_retention_and_the_chain_still_verifies(
    house: Harness, tmp_path: Path
) -> None:
    number = add(house, "PLC", title="Home of somebody")
    lamp = add(house, title="Lamp of somebody", story="private", state="gone")
    kept = add(house, title="Lamp in use", story="private")
    house.advance(days=364)
    assert house.engine.remove_old_bodies() == 0
    house.advance(days=3)
    assert house.engine.remove_old_bodies() == 1
    assert house.engine.remove_old_bodies() == 0
    found = house.engine.ask(EntryPage(actor=KEEPER, type="THG", number=lamp))
    assert (found.record.title, found.record.fields) == (lamp, {})
    assert "private" not in str(found.revisions)
    assert {line.record.number for line in page(house).lines} == {lamp, kept}
    assert page(house, "PLC").lines[0].record.number == number
    assert house.engine.ask(VerifyHistory(actor=ADMIN, anchors_folder=tmp_path)).is_clean


def test_files_belong_to_the_entry_and_stay_when_somebody_else_changes_it(house: Harness) -> None:
    file = house.engine.execute(AddAttachment(name="a.txt", content=b"text", actor=KEEPER))
    number = add(house, title="Lamp", papers=[str(file.key)])
    other = SaveEntry(type="THG", number=number, submitted={"title": "Lamp 2", "papers": [str(file.key)]}, actor=ADMIN)
    house.engine.execute(other)
    record = house.engine.ask(EntryPage(actor=GUEST, type="THG", number=number)).record
    assert [one["name"] for one in record.fields["papers"]] == ["a.txt"]
    assert house.engine.ask(AttachmentContent(key=file.key, actor=GUEST)).content == b"text"
