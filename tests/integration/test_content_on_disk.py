"""Content on disk is deployed once, and never over what people published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine import (
    SYSTEM,
    Actor,
    AddUser,
    DeclineContent,
    Deploy,
    DeployContent,
    Engine,
    HeldBackContent,
    LoadPeople,
    ResourceFile,
    ResourceKind,
    Settings,
    User,
)
from engine.commands.deploy_content import ContentDeployment
from engine.errors import DefinitionInvalid, InputInvalid, NotPermitted
from engine.store import read_only
from engine.store.people import People
from engine.store.resources import Resources

DIAGRAM = (Path(__file__).parents[1] / "scenarios/bpmn/xor-02-default.bpmn").read_bytes()
OWNER = User("wulan", "Wulan", "", "id", "", is_active=True, groups=("process_owner",))


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = Engine(Settings(database_url=database_url))
    engine.execute(AddUser(user=OWNER, actor=SYSTEM))
    yield engine
    engine.close()


def diagram(name: str) -> ResourceFile:
    return ResourceFile("own.bpmn", DIAGRAM.replace(b'name="xor02"', f'name="{name}"'.encode()))


def from_disk(engine: Engine, *files: ResourceFile) -> ContentDeployment:
    return engine.execute(DeployContent(files=files))


def version(engine: Engine) -> int:
    with read_only(engine.database) as work:
        found = Resources(work).find_definition("xor02")
    return found.version if found else 0


def test_the_same_content_is_deployed_once(engine: Engine) -> None:
    assert from_disk(engine, diagram("one")).deployment is not None
    assert from_disk(engine, diagram("one")).deployment is None
    assert from_disk(engine, diagram("two")).deployment is not None
    assert version(engine) == 2
    assert from_disk(engine, diagram("one")).deployment is None, "an older file must not come back by itself"


def test_what_a_person_published_is_not_overwritten(engine: Engine) -> None:
    from_disk(engine, diagram("one"))
    engine.execute(Deploy(files=(diagram("published"),), actor=Actor("wulan")))
    held = from_disk(engine, diagram("two"))
    assert (held.deployment, held.held_back) == (None, ("own.bpmn",))
    assert version(engine) == 2
    assert from_disk(engine, diagram("published")).held_back == ()


def test_invalid_content_is_refused_whole(engine: Engine) -> None:
    with pytest.raises(DefinitionInvalid):
        from_disk(engine, diagram("one"), ResourceFile("bad.form", b"{"))
    assert version(engine) == 0


def test_people_of_a_document_are_added_and_existing_ones_left_alone(engine: Engine) -> None:
    document = {
        "people": [{"name": "wulan", "groups": ["administrator"]}, {"name": "budi", "unit": "it", "groups": ["desk"]}],
        "units": [{"name": "it", "en": "IT", "id": "TI", "head": "wulan"}],
    }
    added = engine.execute(LoadPeople(document=document, actor=SYSTEM, password="kuda benar baterai"))
    assert [user.name for user in added] == ["budi"]
    assert engine.execute(LoadPeople(document=document, actor=SYSTEM)) == []
    with read_only(engine.database) as work:
        assert People(work, engine.clock.now()).get("wulan").groups == ("process_owner",)
        assert People(work, engine.clock.now()).unit_head("it") == "wulan"
        assert People(work, engine.clock.now()).password_hash("budi")


@pytest.mark.parametrize("person", [{}, {"name": " "}, "budi", {"name": "budi", "language": "fr"}])
def test_an_entry_without_meaning_is_refused(engine: Engine, person: object) -> None:
    with pytest.raises(InputInvalid):
        engine.execute(LoadPeople(document={"people": [person]}, actor=SYSTEM))


def test_a_new_file_of_the_folder_leaves_what_people_published_beside_it(engine: Engine) -> None:
    other = ResourceFile("other.bpmn", DIAGRAM.replace(b"xor02", b"other"))
    from_disk(engine, diagram("one"))
    engine.execute(Deploy(files=(diagram("published"),), actor=Actor("wulan")))
    assert from_disk(engine, diagram("one"), other).deployment is not None
    with read_only(engine.database) as work:
        newest = Resources(work).newest(ResourceKind.BPMN, ["own.bpmn"])["own.bpmn"]
        assert b'name="published"' in (Resources(work).content(newest.key) or b"")


def test_held_back_files_are_told_with_their_difference_until_somebody_decides(engine: Engine) -> None:
    from_disk(engine, diagram("one"))
    engine.execute(Deploy(files=(diagram("published"),), actor=Actor("wulan")))
    [held] = engine.ask(HeldBackContent(folders=[(diagram("two"),)], actor=Actor("wulan"))).files
    [change] = held.changes
    assert (held.published_by, change.before, change.after) == ("wulan", "published", "two")
    with pytest.raises(InputInvalid):
        engine.execute(DeclineContent(file=diagram("two"), reason=" ", actor=Actor("wulan")))
    engine.execute(DeclineContent(file=diagram("two"), reason="ours is newer", actor=Actor("wulan")))
    assert engine.ask(HeldBackContent(folders=[(diagram("two"),)], actor=Actor("wulan"))).files == ()
    assert from_disk(engine, diagram("two")).held_back == ()
    assert version(engine) == 2
    assert from_disk(engine, diagram("three")).held_back == ("own.bpmn",)


def test_nobody_but_readers_of_definitions_sees_what_is_held_back(engine: Engine) -> None:
    engine.execute(AddUser(user=replace(OWNER, name="budi", groups=()), actor=SYSTEM))
    with pytest.raises(NotPermitted):
        engine.ask(HeldBackContent(folders=[(diagram("two"),)], actor=Actor("budi")))
    with pytest.raises(NotPermitted):
        engine.execute(DeclineContent(file=diagram("two"), reason="no", actor=Actor("budi")))
