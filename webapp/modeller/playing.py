"""Plays scenarios in the background: a process of its own in a folder of its own, watched by a thread."""

from __future__ import annotations

import json
import logging
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine import Engine, EngineError, NoteScenarioPlay, PlayState, ResourceFile

log = logging.getLogger(__name__)

_LONGEST_SECONDS = 900
#: One step, with all that falls due in it, is done in a moment; a silence is an endless loop.
_LONGEST_SILENCE_SECONDS = 60
_BETWEEN_NOTES_SECONDS = 0.4
_COMMAND = [sys.executable, "-P", "-m", "engine.testing.draft_play"]


@dataclass(frozen=True, slots=True)
class PlayOrder:
    """What is to be played: scenarios by their path in the content folder, and one that was uploaded."""

    draft_key: int
    play_key: int
    files: Sequence[ResourceFile]
    scenarios: Sequence[str]
    content: Path | None
    uploaded: Mapping[str, bytes] = field(default_factory=dict)  #: path -> text


def empty_report(scenarios: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the report of a play that begins, of (path, name) of each scenario."""
    waiting = {"state": "waiting", "step": 0, "steps": 0, "problems": [], "elements": [], "failed_step": None}
    return {"scenarios": [{"path": path, "name": name} | waiting for path, name in scenarios], "coverage": {}}


def play_in_background(engine: Engine, order: PlayOrder, report: dict[str, Any]) -> threading.Thread:
    """Begin to play; the thread writes down how far it is, and ends by itself."""
    thread = threading.Thread(target=_play, args=(engine, order, report), name="draft play", daemon=True)
    thread.start()
    return thread


def _play(engine: Engine, order: PlayOrder, report: dict[str, Any]) -> None:
    try:
        with tempfile.TemporaryDirectory(prefix="clause8-play-") as name:
            state = _watch(engine, order, report, _set_out(order, Path(name)))
        _note(engine, order, report, state)
    except (EngineError, OSError):
        # The draft is gone, or the disk is full: the page says after a while that nobody plays.
        log.exception("play failed", extra={"action": "play_failed", "draft_key": order.draft_key})


def _set_out(order: PlayOrder, folder: Path) -> dict[str, Any]:
    """Write everything that the play reads into its folder; return what it is told."""
    if order.content is not None:
        shutil.copytree(order.content / "processes", folder / "processes", symlinks=False)
    for path, text in order.uploaded.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text)
    names = []
    for number, file in enumerate(order.files):
        # Two files may have one name; what they are is told by what is in them.
        place = folder / "files" / str(number) / Path(file.name).name
        place.parent.mkdir(parents=True)
        place.write_bytes(file.content)
        names.append(str(place.relative_to(folder)))
    return {"folder": str(folder), "files": names, "scenarios": list(order.scenarios)}


def _watch(engine: Engine, order: PlayOrder, report: dict[str, Any], told: Mapping[str, Any]) -> PlayState:
    # It knows no setting of this server: no database, no mail.
    surroundings = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ}
    with subprocess.Popen(  # noqa: S603 - nothing in the command comes from a person
        _COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=told["folder"],
        env=surroundings,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            return _follow(engine, order, report, process, told)
        finally:
            process.kill()


def _follow(
    engine: Engine, order: PlayOrder, report: dict[str, Any], process: subprocess.Popen[str], told: Mapping[str, Any]
) -> PlayState:
    lines = _lines_of(process, told)
    began = heard = noted = time.monotonic()
    while True:
        try:
            line = lines.get(timeout=_BETWEEN_NOTES_SECONDS)
        except queue.Empty:
            line = ""
        now = time.monotonic()
        if line is None:
            return PlayState.FINISHED if process.wait() == 0 else PlayState.FAILED
        if line:
            _take(report, json.loads(line))
            heard = now
        if now - noted >= _BETWEEN_NOTES_SECONDS:
            noted = now
            if not _note(engine, order, report, PlayState.RUNNING):
                return PlayState.STOPPED
        if now - heard > _LONGEST_SILENCE_SECONDS or now - began > _LONGEST_SECONDS:
            return PlayState.FAILED


def _lines_of(process: subprocess.Popen[str], told: Mapping[str, Any]) -> queue.Queue[str | None]:
    """Tell the process what to do; return its lines as they come, None at the end."""
    lines: queue.Queue[str | None] = queue.Queue()
    stdin, stdout = process.stdin, process.stdout
    if stdin is None or stdout is None:
        raise OSError("the process has no pipes")
    stdin.write(f"{json.dumps(told)}\n")
    stdin.close()

    def read() -> None:
        for line in stdout:
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, name="draft play reader", daemon=True).start()
    return lines


def _take(report: dict[str, Any], fact: Mapping[str, Any]) -> None:
    """Put what the process said into the report."""
    if "coverage" in fact:
        report["coverage"] = fact["coverage"]
        return
    scenario = report["scenarios"][fact["scenario"]]
    if "passed" not in fact:
        scenario.update(state="playing", step=fact["step"], steps=fact["steps"])
        return
    scenario["state"] = "passed" if fact["passed"] else "failed"
    scenario.update(problems=fact["problems"], elements=fact["elements"], failed_step=fact.get("step"))


def _note(engine: Engine, order: PlayOrder, report: Mapping[str, Any], state: PlayState) -> bool:
    note = NoteScenarioPlay(draft_key=order.draft_key, play_key=order.play_key, report=report, state=state)
    return engine.execute(note)
