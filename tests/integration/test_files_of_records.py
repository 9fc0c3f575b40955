"""Files, comments, watchers and ratings of records, on both databases."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from engine import (
    SYSTEM,
    Actor,
    AddAttachment,
    AddComment,
    AddedComment,
    AddUser,
    AttachmentContent,
    Conversation,
    Engine,
    FileRefused,
    FileSettings,
    InputInvalid,
    NotificationsPage,
    NotPermitted,
    RateRecord,
    RecordNotFound,
    RecordPage,
    ResourceFile,
    ResourceNotFound,
    Settings,
    StartProcessInstance,
    Upload,
    User,
    WatchRecord,
)
from engine.clock import MovableClock
from engine.commands.deploy import Deploy
from engine.store import read_only, unit_of_work
from engine.store.tables import attachment, attachment_content, history_entry, record_comment
from engine.testing import Harness
from tests.diagrams import diagram
from tests.diagrams import user_task as a_user_task

TARI, PUTU, ODI = Actor("tari"), Actor("putu"), Actor("odi")
NOTE, PROGRAM = Upload("note.txt", b"hello"), Upload("tool.txt", b"MZ\x90\x00" + b"\0" * 200)
#: Opens a record for Tari, waits for the desk, closes it.
MATTER = diagram(
    "matter",
    '<startEvent id="s"/><serviceTask id="open"><extensionElements><zeebe:taskDefinition type="clause8:record.open"/>'
    '<zeebe:ioMapping><zeebe:input source="MAT" target="type"/><zeebe:input source="A matter" target="title"/>'
    '<zeebe:input source="tari" target="requester"/><zeebe:output source="=record" target="record"/></zeebe:ioMapping>'
    f'</extensionElements></serviceTask>{a_user_task("work", groups="desk")}<serviceTask id="close"><extensionElements>'
    '<zeebe:taskDefinition type="clause8:record.update"/><zeebe:ioMapping>'
    '<zeebe:input source="=record.number" target="number"/><zeebe:input source="=true" target="close"/>'
    '</zeebe:ioMapping></extensionElements></serviceTask><endEvent id="e"/>',
    "s -> open\nopen -> work\nwork -> close\nclose -> e",
)
TEXTS = ResourceFile(
    "canned.yaml",
    b"""kind: canned_texts
texts:
  - {name: {en: Hello, id: Halo}, text: {en: Hello there, id: Halo semua}, types: [MAT], groups: [desk]}
  - {name: {en: Other, id: Lain}, text: {en: x, id: y}, types: [OTH]}
""",
)


class World(Harness):
    """A harness whose files lie in a folder of the test."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.clock = MovableClock()
        self.engine = Engine(Settings(database_url, files=FileSettings(folder=folder)), clock=self.clock)


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    with World(database_url, tmp_path / "files") as made:
        made.engine.execute(Deploy(files=(MATTER, TEXTS), actor=SYSTEM))
        for name, groups in (("tari", ()), ("putu", ("desk",)), ("odi", ())):
            user = User(name, name.title(), "", "en", "", is_active=True, groups=groups)
            made.engine.execute(AddUser(user=user, actor=SYSTEM))
        yield made


@pytest.fixture
def number(world: World) -> str:
    started = world.engine.execute(StartProcessInstance(process_id="matter", actor=SYSTEM))
    assert started.business_id is not None
    return started.business_id


def rows(world: World, table: Any) -> list[Any]:
    with read_only(world.engine.database) as work:
        return list(work.execute(select(table)))


def say(world: World, number: str, by: Actor, body: str = "Hello", **more: Any) -> AddedComment:
    return world.engine.execute(AddComment(number=number, body=body, actor=by, **more))


def page(world: World, number: str, by: Actor) -> Any:
    return world.engine.ask(RecordPage(number=number, actor=by))


def subjects(world: World, of: Actor) -> list[str]:
    return [line.subject.en for line in world.engine.ask(NotificationsPage(actor=of)).lines]


def test_a_comment_and_its_files_are_added_together(world: World, number: str) -> None:
    say(world, number, PUTU, uploads=(NOTE, replace(NOTE, name="../copy.txt")))
    (first, second) = page(world, number, TARI).files
    assert (first.name, second.name) == ("note.txt", "copy.txt")
    assert len({row.sha256 for row in rows(world, attachment)}) == 1
    found = world.engine.ask(AttachmentContent(key=first.key, actor=TARI))
    assert (found.content, found.attachment.media_type) == (b"hello", "text/plain")
    assert "sha256" in str([row.details for row in rows(world, history_entry) if row.action == "file_added"])


def test_the_same_sending_again_adds_nothing(world: World, number: str) -> None:
    first = say(world, number, PUTU, send_id="once", uploads=(NOTE,))
    assert say(world, number, PUTU, send_id="once", uploads=(NOTE,)).key == first.key
    assert (len(rows(world, record_comment)), len(rows(world, attachment))) == (1, 1)


def test_a_file_that_may_not_come_in_is_refused_alone_and_the_record_says_so(world: World, number: str) -> None:
    added = say(world, number, PUTU, uploads=(PROGRAM, NOTE))
    assert [refused.name for refused in added.refused] == ["tool.txt"]
    seen = page(world, number, TARI)
    assert [file.name for file in seen.files] == ["note.txt"]
    assert [event.reason for event in seen.story if event.action == "file_refused"] == ["tool.txt"]


def test_who_may_not_write_stores_no_bytes(world: World, number: str, tmp_path: Path) -> None:
    with pytest.raises(RecordNotFound):
        say(world, number, ODI, uploads=(NOTE,))
    with pytest.raises(NotPermitted):
        world.engine.execute(AddAttachment(name="a.txt", content=b"x", actor=Actor("stranger")))
    assert not (tmp_path / "files").exists()


def test_an_internal_comment_and_its_files_are_not_for_the_requester(world: World, number: str) -> None:
    say(world, number, PUTU, body="Between us", is_internal=True, uploads=(NOTE,))
    assert page(world, number, TARI).comments == ()
    assert page(world, number, TARI).files == ()
    assert "Between us" not in str(page(world, number, TARI))
    (comment,) = page(world, number, PUTU).comments
    assert comment.is_internal
    (file,) = page(world, number, PUTU).files
    with pytest.raises(ResourceNotFound):
        world.engine.ask(AttachmentContent(key=file.key, actor=TARI))
    with pytest.raises(NotPermitted):
        say(world, number, TARI, is_internal=True)
    assert subjects(world, TARI) == []


def test_a_form_is_not_filled_with_what_may_not_come_in(world: World) -> None:
    with pytest.raises(FileRefused):
        world.engine.execute(AddAttachment(name=PROGRAM.name, content=PROGRAM.content, actor=TARI))
    assert rows(world, attachment) == []


def test_files_of_forms_that_nobody_completed_go_and_their_bytes_after_them(world: World, tmp_path: Path) -> None:
    stored = world.engine.execute(AddAttachment(name="a.txt", content=b"loose", actor=TARI))
    world.engine.tidy_files()
    assert len(rows(world, attachment)) == 1
    world.advance(days=8)
    world.engine.tidy_files()
    assert rows(world, attachment) == []
    assert world.engine.files.storage.has(stored.sha256)  # young bytes may be named any moment
    (path,) = (tmp_path / "files").glob("??/??/*")

    os.utime(path, (0, 0))
    world.engine.tidy_files()
    assert not world.engine.files.storage.has(stored.sha256)


def test_old_bytes_that_a_record_names_stay(world: World, number: str, tmp_path: Path) -> None:

    say(world, number, PUTU, uploads=(NOTE,))
    (path,) = (tmp_path / "files").glob("??/??/*")
    os.utime(path, (0, 0))
    world.engine.tidy_files()
    assert path.exists()


def test_bytes_that_lie_in_the_database_move_out(world: World, number: str, tmp_path: Path) -> None:
    say(world, number, PUTU, uploads=(NOTE,))
    (row,) = rows(world, attachment)
    world.engine.files.storage.remove(row.sha256)
    with unit_of_work(world.engine.database) as work:
        work.execute(insert(attachment_content), {"attachment_key": row.key, "content": b"hello"})
    assert world.engine.ask(AttachmentContent(key=row.key, actor=TARI)).content == b"hello"
    world.engine.tidy_files()
    assert rows(world, attachment_content) == []
    assert world.engine.ask(AttachmentContent(key=row.key, actor=TARI)).content == b"hello"


def test_watchers_hear_of_comments_and_new_states_until_they_stop(world: World, number: str) -> None:
    world.engine.execute(WatchRecord(number=number, actor=PUTU))
    say(world, number, TARI, body="Is it done?")
    world.complete("work")
    assert subjects(world, PUTU) == [f"{number} is now: closed", f"{number}: a comment of Tari"]
    assert world.engine.ask(Conversation(number=number, actor=PUTU)).watchers == ("Putu",)
    world.engine.execute(WatchRecord(number=number, actor=PUTU, watch=False))
    say(world, number, TARI, body="Thanks")
    assert len(subjects(world, PUTU)) == 2
    with pytest.raises(RecordNotFound):
        world.engine.execute(WatchRecord(number=number, actor=ODI))


def test_the_requester_rates_a_closed_record_and_may_change_it(world: World, number: str) -> None:
    with pytest.raises(NotPermitted):
        world.engine.execute(RateRecord(number=number, stars=5, actor=TARI))
    world.complete("work")
    for stars in (0, 6):
        with pytest.raises(InputInvalid):
            world.engine.execute(RateRecord(number=number, stars=stars, actor=TARI))
    with pytest.raises(NotPermitted):
        world.engine.execute(RateRecord(number=number, stars=5, actor=PUTU))
    world.engine.execute(RateRecord(number=number, stars=5, actor=TARI))
    world.engine.execute(RateRecord(number=number, stars=4, words="Late", actor=TARI))
    rating = world.engine.ask(Conversation(number=number, actor=PUTU)).rating
    assert rating is not None
    assert (rating.stars, rating.words) == (4, "Late")


def test_canned_texts_are_for_their_groups_and_types(world: World, number: str) -> None:
    assert [one.text.id for one in world.engine.ask(Conversation(number=number, actor=PUTU)).canned] == ["Halo semua"]
    assert world.engine.ask(Conversation(number=number, actor=TARI)).canned == ()
