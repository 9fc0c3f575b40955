"""What `clause8` prints and answers."""

from __future__ import annotations

import shutil
import socket
import stat
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from engine.store import Database, unit_of_work
from webapp.cli import main
from webapp.cli.environment import read_environment

ROOT = Path(__file__).parents[2]
SCENARIOS = ROOT / "tests/scenarios/bpmn"
CONTENT = ROOT / "tests/faults/content"


@pytest.fixture
def own_database(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSE8_DATABASE_URL", database_url)
    monkeypatch.setenv("CLAUSE8_DATA_DIR", str(tmp_path / "var"))


def clause8(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def last_line(result: Result) -> str:
    return result.output.strip().splitlines()[-1]


# ---- test -----------------------------------------------------------------------------------


def test_a_scenario_that_holds_is_counted() -> None:
    result = clause8("test", SCENARIOS / "xor-02-default.yaml")
    assert (result.exit_code, last_line(result)) == (0, "1 passed, 0 failed")


def test_one_that_does_not_hold_says_where_and_fails_the_run(tmp_path: Path) -> None:
    for name in ("xor-02-default", "flow-01-implicit-split"):
        shutil.copy(SCENARIOS / f"{name}.bpmn", tmp_path)
        shutil.copy(SCENARIOS / f"{name}.yaml", tmp_path)
    broken = tmp_path / "xor-02-default.yaml"
    broken.write_text(broken.read_text().replace("ended: true", "ended: false"))
    result = clause8("test", tmp_path)
    assert (result.exit_code, last_line(result)) == (1, "1 passed, 1 failed")
    assert "expected an instance to run" in result.output


def test_nothing_to_play_is_a_failure(tmp_path: Path) -> None:
    result = clause8("test", tmp_path)
    assert (result.exit_code, last_line(result)) == (1, "0 passed, 0 failed")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("steps: [", "is no YAML"),
        ("steps: []", "a list `steps`"),
        ("steps: [{task: a}]", "does not say what to do"),
        ("bpmn: absent.bpmn\nsteps: [{do: start, process: a}]", "nothing to deploy at absent.bpmn"),
        ("bpmn: own.bpmn\nsteps: [{do: dance}]", "`dance` is no step"),
        ("bpmn: own.bpmn\nsteps: [{do: complete}]", "task is missing"),
        ("bpmn: own.bpmn\nsteps: [{do: start, process: xor02, expect: {smiles: 3}}]", "`smiles` is no expectation"),
    ],
)
def test_a_file_that_is_no_scenario_says_why(tmp_path: Path, text: str, words: str) -> None:
    shutil.copy(SCENARIOS / "xor-02-default.bpmn", tmp_path / "own.bpmn")
    (tmp_path / "own.yaml").write_text(text)
    result = clause8("test", tmp_path / "own.yaml")
    assert (result.exit_code, last_line(result)) == (1, "0 passed, 1 failed")
    assert words in result.output


def test_a_missing_file_is_a_failure(tmp_path: Path) -> None:
    result = clause8("test", tmp_path / "absent.yaml")
    assert (result.exit_code, last_line(result)) == (1, "0 passed, 1 failed")


def test_a_refused_diagram_fails_with_its_findings(tmp_path: Path) -> None:
    shutil.copy(SCENARIOS / "rej-04-two-link-targets.bpmn", tmp_path)
    (tmp_path / "own.yaml").write_text("bpmn: rej-04-two-link-targets.bpmn\nsteps: [{do: start, process: rej04}]")
    result = clause8("test", tmp_path)
    assert (result.exit_code, last_line(result)) == (1, "0 passed, 1 failed")
    assert "refused at deployment" in result.output
    assert "rej-04-two-link-targets.bpmn:" in result.output


# ---- check ----------------------------------------------------------------------------------


def test_sound_content_has_no_errors() -> None:
    result = clause8("check", CONTENT)
    assert (result.exit_code, last_line(result)) == (0, "0 error(s), 0 warning(s)")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('formId="F_count"', 'formId="F_absent"', "no form F_absent"),
        ('<zeebe:formDefinition formId="F_count" bindingType="deployment"/>', "", "has no form"),
        ('candidateGroups="counters"', 'candidateGroups="dancers"', "no group dancers"),
        ("=append(tokens, token)", "=append(tokens,", "FEEL"),
        ("<bpmn:definitions", '<!DOCTYPE x [<!ENTITY a "b">]><bpmn:definitions', "DTD"),
    ],
)
def test_an_error_of_content_names_file_line_and_cure(tmp_path: Path, old: str, new: str, words: str) -> None:
    shutil.copytree(CONTENT, tmp_path, dirs_exist_ok=True)
    diagram = tmp_path / "processes/counting/counting.bpmn"
    diagram.write_text(diagram.read_text().replace(old, new, 1))
    result = clause8("check", tmp_path / "processes/counting")
    assert result.exit_code == 1
    assert f"{diagram}:" in result.output
    assert words in result.output
    assert "error(s), 0 warning(s)" in last_line(result)


def test_a_task_in_the_lane_of_another_group_is_noticed(tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path, dirs_exist_ok=True)
    diagram = tmp_path / "processes/counting/counting.bpmn"
    inside = '<bpmn:lane id="lane" name="Dancers"><bpmn:flowNodeRef>count</bpmn:flowNodeRef></bpmn:lane>'
    start = '<bpmn:startEvent id="begin"/>'
    diagram.write_text(diagram.read_text().replace(start, f'<bpmn:laneSet id="lanes">{inside}</bpmn:laneSet>{start}'))
    assert "stands in the lane Dancers, but is for counters" in clause8("check", diagram).output


@pytest.mark.parametrize("name", ["notes.txt", "broken.form", "broken.yaml", "absent.dmn"])
def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path, name: str) -> None:
    if not name.startswith("absent"):
        (tmp_path / name).write_bytes(b"\xff{[")
    result = clause8("check", tmp_path / name)
    assert result.exit_code == 1
    assert name in result.output


# ---- deploy, user, audit --------------------------------------------------------------------


@pytest.mark.usefixtures("own_database")
def test_a_refused_file_keeps_the_others_out() -> None:
    good, bad = SCENARIOS / "xor-02-default.bpmn", SCENARIOS / "rej-04-two-link-targets.bpmn"
    refused = clause8("deploy", good, bad)
    assert refused.exit_code == 1
    assert "rej-04-two-link-targets.bpmn:" in refused.output
    assert "xor02 version 1" in clause8("deploy", good).output
    assert "unchanged" in clause8("deploy", good).output


@pytest.mark.usefixtures("own_database")
def test_an_added_person_is_told_and_a_second_one_of_that_name_refused() -> None:
    arguments = ("user", "add", "budi.santoso", "--group", "administrator", "--password", "kuda benar baterai")
    assert clause8(*arguments).exit_code == 0
    again = clause8(*arguments)
    assert again.exit_code == 1
    assert "exists already" in again.output


@pytest.mark.usefixtures("own_database")
def test_the_audit_names_what_was_altered(database_url: str) -> None:
    clause8("deploy", SCENARIOS / "xor-02-default.bpmn")
    assert last_line(clause8("audit", "verify")) == "The history is whole."
    database = Database(database_url)
    with unit_of_work(database) as work:
        work.execute(text("UPDATE history_entry SET actor = 'nobody' WHERE stream = 'system' AND sequence = 1"))
    database.close()
    result = clause8("audit", "verify")
    assert result.exit_code == 1
    assert "BROKEN system entry 1" in result.output


# ---- settings -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"CLAUSE8_ENV": "production", "CLAUSE8_TEST_CLOCK": "1"}, "refused when CLAUSE8_ENV=production"),
        ({"CLAUSE8_ENV": "prod"}, "expected development or production"),
        ({"PORT": "80a"}, "expected a number from 0 to 65535"),
        ({"PORT": "70000"}, "expected a number from 0 to 65535"),
        ({"CLAUSE8_TEST_CLOCK": "maybe"}, "expected 1 or 0"),
    ],
)
def test_a_setting_without_meaning_is_refused(settings: dict[str, str], words: str) -> None:
    with pytest.raises(click.UsageError, match=words):
        read_environment(settings)


def test_production_has_neither_demonstration_nor_plain_cookies() -> None:
    environment = read_environment({"CLAUSE8_ENV": "production"})
    assert (environment.has_demonstration, environment.is_secure, environment.has_test_clock) == (False, True, False)


def test_the_key_of_cookies_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    environment = read_environment({"CLAUSE8_DATA_DIR": str(tmp_path)})
    key = environment.web_settings().secret_key
    assert len(key) > 32
    assert read_environment({"CLAUSE8_DATA_DIR": str(tmp_path)}).web_settings().secret_key == key
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"CLAUSE8_DATABASE_URL": "mysql://budi:rahasia@host/x"}, "expected sqlite:///path"),
        ({"CLAUSE8_DATABASE_URL": "postgresql+psycopg://budi:rahasia@host:abc/x"}, "expected sqlite:///path"),
        ({"CLAUSE8_TIME_ZONE": "Mars/Olympus"}, "expected a name such as Asia/Jakarta"),
        ({"CLAUSE8_CONTENT_DIR": "/nowhere"}, "expected a folder that holds processes/"),
    ],
)
def test_a_setting_that_leads_nowhere_is_named_with_its_cure_and_without_passwords(
    settings: dict[str, str], words: str
) -> None:
    with pytest.raises(click.UsageError, match=words) as refused:
        read_environment(settings)
    assert next(iter(settings)) in refused.value.message
    assert "rahasia" not in refused.value.message


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    environment = read_environment({"CLAUSE8_DATA_DIR": str(tmp_path / "file/var")})
    with pytest.raises(click.UsageError, match="CLAUSE8_DATA_DIR"):
        environment.engine_settings()


@pytest.mark.parametrize("url", ["postgresql+psycopg://budi:rahasia@127.0.0.1:1/x", "sqlite:///{}/notes.txt"])
def test_a_database_that_cannot_be_used_is_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    (tmp_path / "notes.txt").write_text("no database, but a text of some length")
    monkeypatch.setenv("CLAUSE8_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CLAUSE8_DATABASE_URL", url.format(tmp_path))
    result = clause8("audit", "verify")
    assert result.exit_code == 1
    assert "does CLAUSE8_DATABASE_URL name it?" in result.output
    assert "rahasia" not in result.output


def test_a_port_that_is_taken_is_told_with_its_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        settings = {"PORT": port, "CLAUSE8_DATA_DIR": str(tmp_path), "CLAUSE8_DEMO": "0"}
        for name, value in (settings | {"CLAUSE8_CONTENT_DIR": str(CONTENT)}).items():
            monkeypatch.setenv(name, value)
        result = clause8("serve")
    assert result.exit_code == 1
    assert f"Cannot listen on 127.0.0.1:{port}" in result.output


@pytest.mark.usefixtures("own_database")
def test_a_group_that_nothing_names_is_told() -> None:
    arguments = (
        "user",
        "add",
        "budi",
        "--group",
        "administrator",
        "--group",
        "adminstrator",
        "--password",
        "kuda benar",
    )
    result = clause8(*arguments)
    assert result.exit_code == 0
    assert "names the group adminstrator;" in result.output
