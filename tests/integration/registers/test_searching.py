"""Search over all records: what is found, by whom, and that nothing of what others may not see shows."""

from __future__ import annotations

from typing import Any

import pytest

from engine import (
    Actor,
    EntryFilter,
    EntryForm,
    EntryPage,
    ExportEntries,
    RecordNotFound,
    RegisterNotFound,
    RegisterPage,
    ResourceFile,
    SaveEntry,
    SearchRecords,
    SheetFormat,
    ShownField,
)
from engine.commands.choices import read_source
from engine.store import unit_of_work
from engine.store.record_search import refresh_everything
from engine.testing import Harness
from tests.integration.registers.conftest import ADMIN, GUEST, KEEPER, WATCHER, add


def found(house: Harness, text: str, by: Actor = GUEST) -> list[str]:
    return [one.line.record.title for one in house.engine.ask(SearchRecords(actor=by, text=text))]


_FINDS = ("lampu", "LAM", "meja lampu", "pecah", "éclair", "eclair", "kebijakan-kebijakan")
_FINDS_NOTHING = ("lampu kursi", "ampu", "l", "", "   ")


def test_every_word_begins_a_word_of_the_record(house: Harness) -> None:
    add(house, title="Lampu meja", story="Pernah PECAH; éclair, kebijakan-kebijakan")
    assert {text: found(house, text) for text in _FINDS} == {text: ["Lampu meja"] for text in _FINDS}
    assert {text: found(house, text) for text in _FINDS_NOTHING} == {text: [] for text in _FINDS_NOTHING}


def test_a_number_finds_its_record_and_those_that_name_it(house: Harness) -> None:
    room = add(house, "PLC", title="Room")
    add(house, title="Lamp", places=[room])
    assert found(house, room) == ["Lamp", "Room"]
    assert found(house, room[:12]) == ["Room"]


_HOSTILE = (
    *('"', "'", "''", '"lamp', "lamp*", "*", "lamp OR", "AND", "NOT lamp", "NEAR(lamp plug)", "words: lamp", "lamp^"),
    *("{lamp}", "readers:r", "lamp:*", "lamp & ! plug", "lamp | ()", "\\", "\\'", "lamp <-> plug", "%", "_", "--"),
    *("; DROP TABLE record", "\x00lamp", "lamp\x00", "😀", "日本", "ﬁ", "a" * 5000, "lamp " * 500, "\ud800"),
)


def test_no_text_is_more_than_words(house: Harness) -> None:
    add(house, title="Lamp")
    for text in _HOSTILE:
        assert found(house, text) in ([], ["Lamp"]), text
        page = RegisterPage(actor=GUEST, type="THG", wanted=EntryFilter("THG", text=text))
        assert len(house.engine.ask(page).lines) <= 1, text


def test_the_index_follows_what_is_written(house: Harness) -> None:
    number = add(house, title="Lamp", story="green")
    house.engine.execute(
        SaveEntry(type="THG", number=number, submitted={"title": "Chair", "story": "yellow"}, actor=KEEPER)
    )
    assert [found(house, word) for word in ("lamp", "green", "chair", "yellow")] == [[], [], ["Chair"], ["Chair"]]
    with unit_of_work(house.engine.database) as work:
        refresh_everything(work)
    assert found(house, "chair yellow") == ["Chair"]


def test_restricted_records_show_nowhere(house: Harness) -> None:
    room = add(house, "PLC", title="Room")
    secret = add(house, "SEC", by=WATCHER, title="Password of the room", places=[room])
    assert found(house, "password", WATCHER) == ["Password of the room"]
    for stranger in (GUEST, KEEPER, ADMIN):
        assert found(house, "password", stranger) == []
        assert found(house, secret, stranger) == []
        assert found(house, room, stranger) == ["Room"]
        shown = house.engine.ask(EntryPage(actor=stranger, type="PLC", number=room))
        assert (shown.links, shown.used_by) == ((), ())
        with pytest.raises(RegisterNotFound):
            house.engine.ask(RegisterPage(actor=stranger, type="SEC", wanted=EntryFilter("SEC")))
        with pytest.raises(RegisterNotFound):
            house.engine.ask(
                ExportEntries(actor=stranger, type="SEC", wanted=EntryFilter("SEC"), format=SheetFormat.CSV)
            )
        with pytest.raises((RecordNotFound, RegisterNotFound)):
            house.engine.ask(EntryPage(actor=stranger, type="PLC", number=secret))


_PROCESS = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
    targetNamespace="t" id="d">
  <process id="ask" isExecutable="true">
    <startEvent id="s"><outgoing>f1</outgoing></startEvent>
    <sequenceFlow id="f1" sourceRef="s" targetRef="open"/>
    <serviceTask id="open">
      <extensionElements>
        <zeebe:taskDefinition type="clause8:record.open"/>
        <zeebe:ioMapping>
          <zeebe:input source="=&quot;ASK&quot;" target="type"/>
          <zeebe:input source="=&quot;Purple request&quot;" target="title"/>
        </zeebe:ioMapping>
      </extensionElements>
      <incoming>f1</incoming><outgoing>f2</outgoing>
    </serviceTask>
    <sequenceFlow id="f2" sourceRef="open" targetRef="do"/>
    <userTask id="do">
      <extensionElements><zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="watchers"/></extensionElements>
      <incoming>f2</incoming><outgoing>f3</outgoing>
    </userTask>
    <sequenceFlow id="f3" sourceRef="do" targetRef="e"/>
    <endEvent id="e"><incoming>f3</incoming></endEvent>
  </process>
</definitions>"""


def test_who_gets_a_task_of_a_record_finds_it_from_then_on(house: Harness) -> None:
    house.deploy(ResourceFile("ask.bpmn", _PROCESS))
    house.start("ask", by="adi")
    house.engine.run_due_work()
    assert found(house, "purple", GUEST) == []
    assert found(house, "purple", WATCHER) == ["Purple request"]
    assert found(house, "purple", KEEPER) == []
    assert found(house, "purple", ADMIN) == ["Purple request"]


def test_what_was_found_is_marked_in_title_and_field(house: Harness) -> None:
    add(house, title="Lampu Méja", story="Di sudut ruang rapat besar, dekat jendela")
    one = house.engine.ask(SearchRecords(actor=GUEST, text="meja jendela"))[0]
    assert one.title.pieces == (("Lampu ", False), ("Méja", True))
    assert one.where is not None
    assert one.where.en == "Story"
    assert ("jendela", True) in (one.excerpt.pieces if one.excerpt else ())


# ---- choices --------------------------------------------------------------------------------


def _needs(house: Harness, **submitted: Any) -> ShownField:
    form = house.engine.ask(EntryForm(actor=KEEPER, type="THG", submitted=submitted or None)).form
    return next(item for item in form.items if isinstance(item, ShownField) and item.name == "needs")


def test_long_lists_of_choices_are_searched_and_keep_what_was_chosen(house: Harness) -> None:
    numbers = [add(house, title=f"Thing {place:03d}") for place in range(204)] + [add(house, title="Zoo, last of all")]
    field = _needs(house)
    assert (len(field.options), field.find) == (200, "register:THG")
    last = numbers[-1]
    assert last not in {option.value for option in field.options}
    searched = _needs(house, _find={"register:THG": "last of"}, needs=[numbers[3]])
    assert {option.value for option in searched.options} == {numbers[3], last}
    # What stands beyond the list may be chosen all the same.
    assert add(house, title="Last", needs=[last])


def test_choices_are_narrowed_by_field_and_state() -> None:
    assert read_source("THG?colour=red&state=open") == ("THG", {"colour": "red", "state": "open"})
