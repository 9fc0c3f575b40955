"""Plays one scenario file with the in-memory player and says what differs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from engine.bpmn.timing import parse_duration, parse_moment
from engine.dmn import parse_decisions, read_xml
from engine.errors import EngineError, MessageNotCorrelated, NotFound
from tests.features.player import Player


class ScenarioRun:
    """One run of a scenario."""

    def __init__(self, path: Path, reloads: bool) -> None:
        self.folder = path.parent
        self.document = yaml.safe_load(path.read_text())
        self.player = Player(reloads)
        self.taken: dict[int, Any] = {}

    def play(self) -> None:
        """Play all steps; AssertionError names the step that differs."""
        steps = self.document["steps"]
        if not (steps[0]["do"] == "deploy" and "file" not in steps[0]):
            self._deploy(self.document["bpmn"])
        for number, step in enumerate(steps, 1):
            before, error = self.player.faults_seen, None
            try:
                getattr(self, f"_do_{step['do']}")(step)
                self.player.settle()
            except EngineError as raised:
                error = raised
            problems = self._check(step.get("expect") or {}, error, self.player.faults_seen > before)
            assert not problems, f"step {number} ({step['do']}): {'; '.join(problems)}"

    # Steps

    def _deploy(self, name: str) -> None:
        source = (self.folder / name).read_bytes()
        if name.endswith(".dmn"):
            self._deploy_decisions(source, name)
        else:
            self.player.deploy(source, name)

    def _deploy_decisions(self, source: bytes, name: str) -> None:
        decisions = parse_decisions(read_xml(source, name), name)
        self.player.decisions = lambda decision_id, variables: (decisions.evaluate(decision_id, variables).value, {})

    def _do_deploy(self, step: dict[str, Any]) -> None:
        self._deploy(step.get("file") or self.document["bpmn"])

    _do_deploy_version = _do_deploy

    def _do_start(self, step: dict[str, Any]) -> None:
        self.player.start(step.get("process") or self.document["main_process"], step.get("vars") or {})

    def _do_complete(self, step: dict[str, Any]) -> None:
        self.player.complete(step["task"], step.get("vars") or {}, **(step.get("where") or {}))

    def _do_message(self, step: dict[str, Any]) -> None:
        key, name = str(step.get("key", "")), step["name"]
        if not self.player.publish(name, key, step.get("vars") or {}, step.get("ttl")) and not step.get("ttl"):
            raise MessageNotCorrelated(name, key)

    def _do_signal(self, step: dict[str, Any]) -> None:
        self.player.broadcast(step["name"], step.get("vars") or {})

    def _do_advance(self, step: dict[str, Any]) -> None:
        self.player.advance(_duration(step["by"]))

    def _do_set_variables(self, step: dict[str, Any]) -> None:
        instance = self._instance(step)
        self.player.command(instance, "set_variables", instance.key, step["vars"])

    def _do_throw_error(self, step: dict[str, Any]) -> None:
        instance, key = self._live(step["task"])
        self.player.command(instance, "throw_error", key, step["code"], "", step.get("vars") or {})

    def _do_complete_job(self, step: dict[str, Any]) -> None:
        key = self._job(step["task"])
        instance = self.player.jobs[key]["instance"]
        result = dict(step.get("result") or {})
        if "corrections" in result:
            result["corrections"] = _fields(result["corrections"])
        self.player.command(instance, "complete_job", key, step.get("vars") or {}, result)

    def _do_fail_job(self, step: dict[str, Any]) -> None:
        key = self._job(step["task"])
        instance = self.player.jobs[key]["instance"]
        back_off = _duration(step["back_off"]) if step.get("back_off") else timedelta(0)
        arguments = (step.get("retries", 0), back_off, step.get("message") or "", step.get("vars"))
        self.player.command(instance, "fail_job", key, *arguments)

    def _do_activate_job(self, step: dict[str, Any]) -> None:
        key = self._job(step["task"])
        self.player.jobs[key]["due_at"] = self.player.now + _duration(step.get("timeout") or "PT5M")

    def _do_assign(self, step: dict[str, Any]) -> None:
        key = self.player.task(step["task"])
        self.player.command(self.player.user_tasks[key][0], "assign_user_task", key, step.get("user"))

    _do_unassign = _do_assign

    def _do_update_task(self, step: dict[str, Any]) -> None:
        key = self.player.task(step["task"])
        self.player.command(self.player.user_tasks[key][0], "update_user_task", key, _fields(step["set"]))

    def _do_resolve_fault(self, step: dict[str, Any]) -> None:
        for key, (instance, fault) in list(self.player.faults.items()):
            if fault.element_id == step["task"]:
                if step.get("vars"):
                    self.player.command(instance, "set_variables", fault.element_instance_key, step["vars"])
                self.player.command(instance, "resolve_fault", key, step.get("retries"))
                return
        raise NotFound(step["task"])

    def _do_modify(self, step: dict[str, Any]) -> None:
        arguments = (step.get("cancel") or (), step.get("start_before") or (), step.get("vars"))
        self.player.command(self._instance(step), "modify", *arguments)

    def _do_migrate(self, step: dict[str, Any]) -> None:
        instance = self._instance(step)
        target = self.player.processes[instance.process.process_id][-1]
        self.player.command(instance, "migrate", target, step.get("mapping") or {})
        instance.process = target

    def _do_suspend(self, step: dict[str, Any]) -> None:
        self._instance(step).is_suspended = True

    def _do_resume(self, step: dict[str, Any]) -> None:
        self._instance(step).is_suspended = False

    def _do_cancel_instance(self, step: dict[str, Any]) -> None:
        self.player.command(self._instance(step), "cancel")

    def _instance(self, step: dict[str, Any]) -> Any:
        roots = [item for item in self.player.instances.values() if item.parent is None and not item.is_ended]
        return roots[0] if step.get("instance") == "first" else (roots[-1] if roots else self.player.last_root)

    def _live(self, element_id: str) -> tuple[Any, int]:
        for instance in self.player.instances.values():
            for key, live_id, kind, _, _ in instance.live:
                if live_id == element_id and kind != "multiInstanceBody" and not instance.is_ended:
                    return instance, key
        raise NotFound(element_id)

    def _job(self, element_id: str) -> int:
        found = [key for key, job in self.player.jobs.items() if job["task"] == element_id]
        if not found:
            raise NotFound(element_id)
        return min(found)

    # Expectations

    def _check(self, expect: dict[str, Any], error: EngineError | None, has_fault: bool) -> list[str]:
        if "any_of" in expect:
            found = [self._check(choice, error, has_fault) for choice in expect["any_of"]]
            return [] if any(not problems for problems in found) else [f"none of {found}"]
        problems = []
        if bool(expect.get("fault")) != (error is not None or has_fault):
            reasons = [fault.reason.en for _, fault in self.player.faults.values()]
            problems.append(f"fault {expect.get('fault')} expected, got {error!r} {reasons}")
        for name, wanted in expect.items():
            check = getattr(self, f"_expect_{name}", None)
            if check is not None:
                problems += check(wanted)
            elif name != "fault":
                problems.append(f"unknown expectation {name}")
        return problems

    def _expect_active_user_tasks(self, wanted: Any) -> list[str]:
        return _differs("active user tasks", wanted, self.player.active())

    def _expect_ended(self, wanted: bool) -> list[str]:
        return _differs("ended", wanted, self._roots() == 0)

    def _expect_root_instances(self, wanted: int) -> list[str]:
        return _differs("root instances", wanted, self._roots())

    def _roots(self) -> int:
        return sum(1 for item in self.player.instances.values() if item.parent is None and not item.is_ended)

    def _expect_completed(self, wanted: dict[str, int]) -> list[str]:
        return _differs("completed", wanted, {name: self.player.completed[name] for name in wanted})

    def _expect_cancelled(self, wanted: dict[str, int]) -> list[str]:
        return _differs("cancelled", wanted, {name: self.player.canceled[name] for name in wanted})

    def _expect_variables(self, wanted: dict[str, Any]) -> list[str]:
        root = self.player.last_root
        found = root.variables.get(root.key, {}) if root else {}
        return _differs("variables", wanted, {name: found.get(name) for name in wanted})

    def _expect_local_variables(self, wanted: dict[str, Any]) -> list[str]:
        problems = []
        for element_id, variables in wanted.items():
            instance, key = self._live(element_id)
            found = instance.variables.get(key, {})
            problems += _differs(f"local of {element_id}", variables, {name: found.get(name) for name in variables})
        return problems

    def _expect_jobs(self, wanted: dict[str, Any]) -> list[str]:
        problems = []
        for element_id, short in wanted.items():
            want = short if isinstance(short, dict) else {"count": short}
            keys = self.player.open_jobs(element_id)
            found: dict[str, Any] = {"count": len(keys)}
            for name in ("type", "retries", "headers"):
                if name in want:
                    found[name] = self.player.jobs[keys[0]][name] if keys else None
            problems += _differs(f"jobs of {element_id}", want, found)
        return problems

    def _expect_faults(self, wanted: dict[str, int]) -> list[str]:
        found = [fault.element_id for _, fault in self.player.faults.values()]
        return _differs("faults", wanted, {name: found.count(name) for name in wanted})

    def _expect_task(self, wanted: dict[str, Any]) -> list[str]:
        problems = []
        for element_id, fields in wanted.items():
            effects = [e for e in self.player.history if type(e).__name__ == "UserTaskOpened"]
            key = [effect.key for effect in effects if effect.element_id == element_id][-1]  # type: ignore[union-attr]
            found = self.player.user_tasks[key][1]
            for name, value in _fields(fields).items():
                problems += _differs(f"{name} of {element_id}", _comparable(name, value), found[name])
        return problems


def _fields(changes: dict[str, Any]) -> dict[str, Any]:
    names = {"due": "due_at", "follow_up": "follow_up_at"}
    return {names.get(name, name): value for name, value in changes.items()}


def _comparable(name: str, value: Any) -> Any:
    if name in ("due_at", "follow_up_at") and value is not None:
        return parse_moment(str(value))
    return tuple(value) if isinstance(value, list) else value


def _duration(text: str) -> timedelta:
    duration = parse_duration(text)
    assert duration is not None, text
    return duration.exact


def _differs(what: str, wanted: Any, found: Any) -> list[str]:
    return [] if wanted == found else [f"{what}: wanted {wanted}, found {found}"]
