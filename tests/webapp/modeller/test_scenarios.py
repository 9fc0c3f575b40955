"""Scenarios are played against a draft in the background: progress, result, coverage, stop, what is refused."""

from __future__ import annotations

import io
import time
from typing import Any

import pytest
from sqlalchemy import func, select

from engine import Actor, FilesToPlay, StartScenarioPlay
from engine.store import read_only
from engine.store.tables import process_instance
from tests.webapp.modeller.conftest import PROCESS, Site, facts
from webapp.modeller.playing import PlayOrder, empty_report, play_in_background

_PASSES = """id: through
name: Straight through
clock: 2030-06-17T03:00:00Z
steps:
- do: start
  process: leave
  expect: {ended: true}
"""
_FAILS = _PASSES.replace("ended: true", "active_user_tasks: {T_ask: 1}").replace("Straight", "Never")
_ENDLESS = (
    """id: endless
clock: 2030-06-17T03:00:00Z
steps:
"""
    + 2000 * "- {do: start, process: leave, expect: {root_instances: 0}}\n"
)


def write(site: Site, name: str, text: str) -> str:
    path = site.content / "processes/leave/scenarios" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return str(path.relative_to(site.content))


def played(site: Site, draft: str) -> str:
    """Wait until the play is done; return the page."""
    for _ in range(200):
        answer = site.client.get(f"{draft}/scenarios/progress")
        if "HX-Refresh" in answer.headers:
            return site.get(f"{draft}/scenarios")
        time.sleep(0.1)
    raise AssertionError("the play never ended")


def upload(site: Site, draft: str, text: str, name: str = "mine.yaml") -> Any:
    return site.post(f"{draft}/scenarios/play", uploaded=(io.BytesIO(text.encode()), name))


def test_scenarios_are_listed_with_the_own_ones_first(site: Site) -> None:
    write(site, "through.yaml", _PASSES)
    write(site, "broken.yaml", "steps: 3")
    page = site.get(f"{site.draft()}/scenarios")
    assert "Straight through" in page
    assert "no scenario that can be read" in page


def test_a_scenario_is_played_and_what_it_went_through_is_painted(site: Site) -> None:
    path = write(site, "through.yaml", _PASSES)
    draft = site.draft()
    assert site.post(f"{draft}/scenarios/play", scenario=path).status_code == 302
    page = played(site, draft)
    assert "1 of 1 scenarios passed" in page
    assert "2 of 2 elements" in page
    painted = facts(site.client.get(f"{draft}/scenarios/coverage"))["elements"]
    assert painted["Start_1"]["completed"] == painted["Flow_1"]["completed"] == 1


def test_nothing_of_a_play_reaches_the_running_system(site: Site) -> None:
    path = write(site, "through.yaml", _PASSES)
    draft = site.draft()
    site.post(f"{draft}/scenarios/play", scenario=path)
    played(site, draft)
    with read_only(site.harness.engine.database) as work:
        assert work.execute(select(func.count()).select_from(process_instance)).scalar_one() == 0


def test_the_draft_is_played_and_not_what_runs(site: Site) -> None:
    path = write(site, "fails.yaml", _FAILS)
    draft = site.draft()
    site.post(f"{draft}/scenarios/play", scenario=path)
    page = played(site, draft)
    assert "1 failed" in page
    assert "expected the user tasks" in page
    assert "T_ask" in page
    changed = PROCESS.content.replace(
        b'<bpmn:endEvent id="End_1">',
        b'<bpmn:userTask id="T_ask" name="Ask"><bpmn:incoming>Flow_2</bpmn:incoming></bpmn:userTask>'
        b'<bpmn:sequenceFlow id="Flow_2" sourceRef="Start_1" targetRef="T_ask" /><bpmn:endEvent id="End_1">',
    )
    site.send("PUT", f"{draft}/content", changed, **{"If-Match": '"1"'})
    assert "changed since" in site.get(f"{draft}/scenarios")
    site.post(f"{draft}/scenarios/play", folder="leave")
    assert "1 of 1 scenarios passed" in played(site, draft)


def test_what_did_not_hold_is_said_in_the_readers_language(site: Site) -> None:
    path = write(site, "fails.yaml", _FAILS)
    draft = site.draft()
    site.post(f"{draft}/scenarios/play", scenario=path)
    played(site, draft)
    site.log_in("ana", "id")
    assert "diharapkan tugas" in site.get(f"{draft}/scenarios")


def test_a_draft_that_cannot_be_deployed_says_so(site: Site) -> None:
    path = write(site, "through.yaml", _PASSES)
    draft = site.draft()
    site.send("PUT", f"{draft}/content", b"<broken", **{"If-Match": '"1"'})
    site.post(f"{draft}/scenarios/play", scenario=path)
    assert "no well-formed XML" in played(site, draft)


_REFUSED = {
    "reads-accounts": (_PASSES.replace("steps:", "people: ../../../../../../etc/passwd\nsteps:"), "not beside it"),
    "deploys-a-folder": (_PASSES.replace("steps:", "deploy: [/etc]\nsteps:"), "not beside it"),
    "deploys-a-file": (_PASSES.replace("do: start", "do: deploy\n  file: /etc/passwd"), "not beside it"),
    "runs-python": ("!!python/object/apply:os.system ['true']", "is no YAML"),
    "nests-deeply": ("[" * 5000, "is no YAML"),
    "no-steps": ("steps: 1", "expected a mapping"),
    "unknown-step": (_PASSES.replace("do: start", "do: nonsense"), "is no step"),
    "wrong-type": (_PASSES.replace("process: leave", "process: 3"), "3"),
}


def test_a_scenario_that_cannot_or_must_not_be_played_fails_in_words_and_the_others_go_on(site: Site) -> None:
    paths = {name: write(site, f"{name}.yaml", text) for name, (text, _) in _REFUSED.items()}
    paths["through"] = write(site, "through.yaml", _PASSES)
    draft = site.draft()
    key = int(draft.rpartition("/")[2])
    files = site.harness.engine.ask(FilesToPlay(draft_key=key, actor=Actor("ana")))
    report = empty_report([(path, name) for name, path in paths.items()])
    play_key = site.harness.engine.execute(StartScenarioPlay(draft_key=key, report=report, actor=Actor("ana")))
    order = PlayOrder(key, play_key, files, list(paths.values()), site.content)
    play_in_background(site.harness.engine, order, report).join()
    results = {one["name"]: one for one in report["scenarios"]}
    assert results.pop("through")["state"] == "passed"
    for name, one in results.items():
        assert one["state"] == "failed", name
        assert _REFUSED[name][1] in one["problems"][0]["en"], name


def test_an_uploaded_scenario_is_played(site: Site) -> None:
    draft = site.draft()
    assert upload(site, draft, _PASSES).status_code == 302
    assert "1 of 1 scenarios passed" in played(site, draft)


def test_a_name_that_leads_elsewhere_stays_in_the_folder_of_the_play(site: Site) -> None:
    draft = site.draft()
    upload(site, draft, _PASSES, name="..\\..\\..\\evil.yaml")
    assert "evil" in played(site, draft)
    assert not list(site.content.parent.rglob("evil*"))


def test_too_large_a_file_and_nothing_chosen_are_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = site.draft()
    monkeypatch.setattr("webapp.modeller.scenarios._MOST_UPLOADED_BYTES", 1000)
    upload(site, draft, "#" * 1001)
    assert "larger than 1 MB" in site.get(f"{draft}/scenarios")
    site.post(f"{draft}/scenarios/play")
    assert "Choose at least one" in site.get(f"{draft}/scenarios")
    site.post(f"{draft}/scenarios/play", scenario="../../etc/passwd")
    assert "Choose at least one" in site.get(f"{draft}/scenarios")


def test_a_play_is_stopped_and_only_one_runs(site: Site) -> None:
    draft = site.draft()
    write(site, "through.yaml", _PASSES)
    upload(site, draft, _ENDLESS.replace("root_instances: 0", "faults: {}"))
    site.post(f"{draft}/scenarios/play", folder="leave")
    assert "being played already" in site.get(f"{draft}/scenarios")
    site.post(f"{draft}/scenarios/stop")
    assert "stopped" in played(site, draft)


def test_only_editors_play(site: Site) -> None:
    draft = site.draft()
    site.log_in("eko")
    assert site.client.get(f"{draft}/scenarios").status_code == 403
    assert site.post(f"{draft}/scenarios/play", folder="leave").status_code == 403
    assert site.post(f"{draft}/scenarios/stop").status_code == 403
