"""Who may import whom: the table of the architecture, and each library in its room."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.architecture.source import Import, imports, imports_of

_VALUES = {"model", "errors"}
_PORTS = {"feel", "forms", "deadlines"} | _VALUES
_ROOMS_BELOW_COMMANDS = {
    "bpmn", "verify", "dmn", "store", "history", "people", "records", "intake", "outbox", "connectors",
    "documents", "files", "keys", "clock", *_PORTS,
}  # fmt: skip

#: Room of `engine` -> rooms it may import; a room may always import itself.
MAY_IMPORT: dict[str, set[str]] = {
    "model": set(),
    "errors": {"model"},
    "keys": {"model"},
    "clock": set(),
    "feel": _VALUES,
    "dmn": {"feel"} | _VALUES,
    "forms": {"feel"} | _VALUES,
    "deadlines": {"feel"} | _VALUES,
    "files": _VALUES,
    "bpmn": {"feel", "dmn"} | _VALUES,
    "verify": {"bpmn", "feel"} | _VALUES,
    "store": _VALUES,
    # What these need from the database are Protocols in their own `ports.py`; commands hand in the store's nouns.
    "history": _PORTS,
    "people": _PORTS,
    "records": _PORTS,
    "intake": _PORTS,
    "outbox": _PORTS,
    "connectors": _PORTS,
    "documents": {"deadlines", "people", "outbox", "records", "intake"} | _VALUES,  # reads each for the room it is for
    # Reads and checks the folders of procedures, without a database.
    "content": {"bpmn", "dmn", "connectors", "people", "outbox", "documents"} | _PORTS,
    "commands": _ROOMS_BELOW_COMMANDS,
    "queries": {"commands"} | _ROOMS_BELOW_COMMANDS,  # the context and the authorisation that commands use too
    "jobs": {"commands", "clock"} | _VALUES,
    "engine": {"commands", "queries", "store", "files", "outbox", "intake", "keys", "clock"}
    | _VALUES,  # puts the rooms together
    "__init__": {"engine", "commands", "queries", "jobs", "clock", "files", "outbox", "intake"} | _VALUES,
    "testing": {"__init__", "engine", "commands", "queries", "content", "store", "clock", "deadlines"} | _VALUES,
}

#: Library -> where it may be imported. A new library gets its room here, by decision.
ONLY_IN: dict[str, tuple[str, ...]] = {
    "SpiffWorkflow": ("engine/bpmn/",),
    "lxml": ("engine/bpmn/", "engine/dmn/"),
    "sqlalchemy": ("engine/store/",),
    "alembic": ("engine/store/",),
    "filetype": ("engine/files/",),
    "minio": ("engine/files/",),
    "urllib3": ("engine/files/",),
    "psycopg": ("engine/store/",),
    "apscheduler": ("engine/jobs/",),
    "procrastinate": ("engine/jobs/",),
    "argon2": ("engine/people/",),
    "openpyxl": ("engine/records/",),
    "regex": ("engine/feel/",),
    "icalendar": ("engine/deadlines/",),
    "holidays": ("engine/deadlines/",),
    "yaml": ("engine/documents.py", "engine/testing/"),
    "orjson": ("engine/",),
    "flask": ("webapp/",),
    "werkzeug": ("webapp/",),
    "jinja2": ("webapp/",),
    "markupsafe": ("webapp/",),
    "babel": ("webapp/",),
    "waitress": ("webapp/",),
    "structlog": ("webapp/",),
    "prometheus_client": ("webapp/",),
    "click": ("webapp/cli/",),
    "webapp": ("webapp/",),
    "engine": ("engine/", "webapp/"),
}

#: What `webapp` may import of the engine: its public faces alone.
_FACES = {"engine", "engine.testing", "engine.content", "engine.jobs"}
#: Only the command line, and the modeller, which plays scenarios and reads content, need more than `engine` itself.
_FACES_BEYOND_ENGINE_FOR = ("webapp/cli", "webapp/modeller")


def room_of(dotted: str) -> str:
    """Return the room of a module or file of the engine: "engine.feel.values" lies in feel."""
    parts = dotted.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def home_of(one: Import) -> str:
    """Return the room of the file that imports."""
    return room_of(".".join(Path(one.file).with_suffix("").parts))


def wrong_rooms(all_imports: Iterable[Import]) -> list[str]:
    """Return the imports inside the engine that the table does not allow."""
    return [
        str(one)
        for one in all_imports
        if one.library == "engine"
        and room_of(one.module) != home_of(one)
        and room_of(one.module) not in MAY_IMPORT.get(home_of(one), set())
    ]


def wrong_libraries(all_imports: Iterable[Import]) -> list[str]:
    """Return the imports of libraries outside their room, or of libraries that have none."""
    return [
        str(one)
        for one in all_imports
        if one.library not in sys.stdlib_module_names and not one.file.startswith(ONLY_IN.get(one.library, ()))
    ]


def wrong_faces(all_imports: Iterable[Import]) -> list[str]:
    """Return the imports of the web application that go around the engine's public names."""
    return [
        str(one)
        for one in all_imports
        if one.library == "engine"
        and one.module not in (_FACES if one.file.startswith(_FACES_BEYOND_ENGINE_FOR) else {"engine"})
    ]


def wrong_page_groups(all_imports: Iterable[Import], groups: set[str]) -> list[str]:
    """Return the imports of one page group by another."""
    return [
        str(one)
        for one in all_imports
        if one.library == "webapp"
        and (group := Path(one.file).parts[1]) in groups
        and (other := room_of(one.module)) in groups
        and other != group
    ]


def room_graph(all_imports: Iterable[Import]) -> Mapping[str, set[str]]:
    """Return room -> rooms it imports."""
    graph: dict[str, set[str]] = {}
    for one in all_imports:
        if one.library == "engine" and room_of(one.module) != home_of(one):
            graph.setdefault(home_of(one), set()).add(room_of(one.module))
    return graph


def _one_import(source: str, file: str) -> list[Import]:
    return list(imports_of(source, Path(file)))


def test_rooms_import_only_what_the_table_allows() -> None:
    assert wrong_rooms(imports("engine")) == []


def test_every_room_stands_in_the_table() -> None:
    assert {home_of(one) for one in imports("engine")} <= set(MAY_IMPORT)


def test_each_library_stays_in_its_room() -> None:
    assert wrong_libraries(imports("engine", "webapp")) == []


def test_the_web_application_imports_only_the_public_names_of_the_engine() -> None:
    assert wrong_faces(imports("webapp")) == []


def test_page_groups_do_not_import_each_other() -> None:
    groups = {Path(one.file).parts[1] for one in imports("webapp") if Path(one.file).name == "views.py"}
    assert wrong_page_groups(imports("webapp"), groups) == []


def test_rooms_form_no_cycle() -> None:
    list(TopologicalSorter(room_graph(imports("engine"))).static_order())


def test_nothing_of_the_product_imports_its_test_harness_except_who_plays_scenarios() -> None:
    users = [one for one in imports("engine", "webapp") if one.module.startswith("engine.testing")]
    assert [str(one) for one in users if not one.file.startswith(("engine/testing/", *_FACES_BEYOND_ENGINE_FOR))] == []


@pytest.mark.parametrize(
    ("source", "file"),
    [
        ("from engine.store import Database", "engine/feel/lexer.py"),
        ("from engine import store", "engine/bpmn/parse.py"),
        ("from ..store import tables", "engine/forms/check.py"),
        ("def late():\n    import engine.people.ports", "engine/records/numbers.py"),
        ("from engine.queries.inbox import InboxPage", "engine/commands/deploy.py"),
    ],
)
def test_an_import_from_a_forbidden_room_is_noticed(source: str, file: str) -> None:
    assert wrong_rooms(_one_import(source, file))


def test_a_library_outside_its_room_is_noticed() -> None:
    assert wrong_libraries(_one_import("import sqlalchemy.orm", "engine/commands/deploy.py"))
    assert wrong_libraries(_one_import("from requests import get", "webapp/cli.py"))
    assert not wrong_libraries(_one_import("from sqlalchemy import select", "engine/store/jobs.py"))


def test_a_way_around_the_public_names_is_noticed() -> None:
    assert wrong_faces(_one_import("from engine.model import Label", "webapp/inbox/views.py"))
    assert wrong_faces(_one_import("from engine.testing import Harness", "webapp/inbox/views.py"))
    assert not wrong_faces(_one_import("from engine.testing import Harness", "webapp/cli.py"))


def test_a_page_group_that_imports_another_is_noticed() -> None:
    groups = {"inbox", "monitor"}
    assert wrong_page_groups(_one_import("from webapp.monitor import views", "webapp/inbox/views.py"), groups)
    assert not wrong_page_groups(_one_import("from webapp.forms import rendering", "webapp/inbox/views.py"), groups)


def test_a_cycle_is_noticed() -> None:
    one, other = (
        _one_import("import engine.dmn", "engine/feel/a.py"),
        _one_import("import engine.feel", "engine/dmn/b.py"),
    )
    with pytest.raises(CycleError):
        list(TopologicalSorter(room_graph([*one, *other])).static_order())
