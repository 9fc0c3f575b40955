"""Scenario files played against a draft: which, how far, what did not hold, and what was gone through."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Response, current_app, flash, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from engine import (
    CommandRejected,
    DefinitionDraft,
    FilesToPlay,
    PlayOfDraft,
    PlayOfDraftData,
    PlayState,
    StartScenarioPlay,
    StopScenarioPlay,
)
from webapp.access import needs
from webapp.engine_access import actor, engine
from webapp.i18n import gettext, words
from webapp.modeller.blueprint import EDITORS, pages
from webapp.modeller.playing import PlayOrder, empty_report, play_in_background
from webapp.modeller.scenario_files import ScenarioFile, folder_of, scenario_files
from webapp.security import allow_inline_styles

_MOST_UPLOADED_BYTES = 1_000_000


@pages.get("/drafts/<int:key>/scenarios")
@needs(*EDITORS)
def scenarios(key: int) -> str:
    """Show the scenarios that can be played against a draft, and what the last play found."""
    allow_inline_styles()
    data = engine().ask(DefinitionDraft(draft_key=key, actor=actor()))
    found = _play(key)
    files = scenario_files(_content(), data.draft.name)
    results = {one["path"]: one for one in found.play.report["scenarios"]} if found.play else {}
    return render_template(
        "modeller/scenarios.html",
        draft=data.draft,
        own_folder=folder_of(_content(), data.draft.name),
        files=files,
        results=results,
        found=found,
        totals=_totals(found),
    )


@pages.post("/drafts/<int:key>/scenarios/play")
@needs(*EDITORS)
def play_scenarios(key: int) -> Answer:
    """Begin to play the chosen scenarios, all of them, or an uploaded one."""
    data = engine().ask(DefinitionDraft(draft_key=key, actor=actor()))
    chosen = _chosen(scenario_files(_content(), data.draft.name))
    place = f"processes/{folder_of(_content(), data.draft.name)}/scenarios"
    uploaded = _uploaded(place)
    if uploaded is None:
        flash(gettext("The file is larger than 1 MB, which no scenario is."), "danger")
        return redirect(url_for("modeller.scenarios", key=key))
    listed = [(one.path, one.name) for one in chosen] + [(path, Path(path).name) for path in uploaded]
    if not listed:
        flash(gettext("Choose at least one scenario."), "warning")
        return redirect(url_for("modeller.scenarios", key=key))
    try:
        _begin(key, listed, uploaded)
    except CommandRejected as error:
        flash(words(error.label), "warning")
    return redirect(url_for("modeller.scenarios", key=key))


@pages.post("/drafts/<int:key>/scenarios/stop")
@needs(*EDITORS)
def stop_scenarios(key: int) -> Answer:
    """End what is played."""
    engine().execute(StopScenarioPlay(draft_key=key, actor=actor()))
    return redirect(url_for("modeller.scenarios", key=key))


@pages.get("/drafts/<int:key>/scenarios/progress")
@needs(*EDITORS)
def scenario_progress(key: int) -> Response:
    """Answer how far the play is, as a part of the page; when it is done, the page is loaded again."""
    found = _play(key)
    answer = make_response(render_template("modeller/_progress.html", key=key, found=found, totals=_totals(found)))
    if not found.is_running:
        answer.headers["HX-Refresh"] = "true"
    return answer


@pages.get("/drafts/<int:key>/scenarios/coverage")
@needs(*EDITORS)
def scenario_coverage(key: int) -> Response:
    """Answer what the play went through and where it failed, as the diagram viewer paints it."""
    found = _play(key)
    report: Mapping[str, Any] = found.play.report if found.play else {"coverage": {}, "scenarios": []}
    elements: dict[str, dict[str, Any]] = {}
    for process_id in found.elements:
        for element_id, count in report["coverage"].get(process_id, {}).items():
            elements[element_id] = {"completed": count}
    for scenario in report["scenarios"]:
        for element_id in scenario["elements"]:
            known = elements.setdefault(element_id, {})
            known["faults"] = known.get("faults", 0) + 1
    return jsonify(elements=elements)


def _begin(key: int, listed: list[tuple[str, str]], uploaded: Mapping[str, bytes]) -> None:
    files = engine().ask(FilesToPlay(draft_key=key, actor=actor()))
    report = empty_report(listed)
    play_key = engine().execute(StartScenarioPlay(draft_key=key, report=report, actor=actor()))
    order = PlayOrder(key, play_key, files, [path for path, _ in listed], _content(), uploaded)
    play_in_background(engine(), order, report)


def _chosen(files: list[ScenarioFile]) -> list[ScenarioFile]:
    wanted = set(request.form.getlist("scenario"))
    folders = set(request.form.getlist("folder"))
    return [one for one in files if one.path in wanted or one.folder in folders]


def _uploaded(place: str) -> dict[str, bytes] | None:
    """Return path -> text of an uploaded scenario; None when it is far too large."""
    file = request.files.get("uploaded")
    if file is None or not file.filename:
        return {}
    text = file.read(_MOST_UPLOADED_BYTES + 1)
    file.close()
    if len(text) > _MOST_UPLOADED_BYTES:
        return None
    name = Path(file.filename.replace("\\", "/")).name
    return {f"{place}/{Path(name).stem[:100]} (uploaded).yaml": text}


def _play(key: int) -> PlayOfDraftData:
    return engine().ask(PlayOfDraft(draft_key=key, actor=actor()))


def _totals(found: PlayOfDraftData) -> dict[str, int]:
    """Return how many scenarios are in each state, and in all."""
    scenarios = found.play.report["scenarios"] if found.play else []
    states = ("waiting", "playing", "passed", "failed")
    totals = {state: sum(one["state"] == state for one in scenarios) for state in states}
    totals["all"] = len(scenarios)
    totals["done"] = totals["passed"] + totals["failed"]
    totals["elements"] = sum(len(listed) for listed in found.elements.values())
    totals["covered"] = _covered(found)
    totals["is_broken"] = int(found.play is not None and _is_broken(found))
    return totals


def _covered(found: PlayOfDraftData) -> int:
    """Return how many elements of the draft were gone through."""
    coverage: Mapping[str, Any] = found.play.report["coverage"] if found.play else {}
    return sum(
        element_id in coverage.get(process_id, {})
        for process_id, listed in found.elements.items()
        for element_id in listed
    )


def _is_broken(found: PlayOfDraftData) -> bool:
    """Return whether the process of the play ended before its work."""
    state = found.play.state if found.play else PlayState.FINISHED
    return state is PlayState.FAILED or (state is PlayState.RUNNING and not found.is_running)


def _content() -> Path | None:
    folder: Path | None = current_app.extensions["web_settings"].content_folder
    return folder
