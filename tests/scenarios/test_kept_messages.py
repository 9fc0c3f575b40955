"""Messages that are kept until somebody waits for them; played on both databases, straight and forgetting."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from engine.testing import play_file
from tests.features.notation import boundary, bpmn, event_subprocess, message

_MESSAGE = '<messageEventDefinition messageRef="M"/>'
_CATCH = f'<intermediateCatchEvent id="m">{_MESSAGE}</intermediateCatchEvent>'

_DIAGRAMS = {
    "boundary": bpmn(
        "<start s><user a><user b><user h>\ns -> a\na -> b\nx -> h\n"
        + boundary("x", "b", _MESSAGE, interrupting=False),
        message("M"),
    ),
    "event_subprocess": bpmn(
        '<start s><user a><subProcess id="sp"><start i><user b>\ni -> b\n'
        + event_subprocess("es", _MESSAGE, "<user h>\nes_start -> h\n", interrupting=False)
        + "</subProcess>\ns -> a\na -> sp\n",
        message("M"),
    ),
    "catch": bpmn(f"<start s>{_CATCH}<user b>\ns -> m\nm -> b\n", message("M")),
    "waits_on": bpmn(
        "<start s><user b><user h>\ns -> b\nx -> h\n" + boundary("x", "b", _MESSAGE, interrupting=False), message("M")
    ),
    "start": bpmn(f'<startEvent id="s">{_MESSAGE}</startEvent><user a>\ns -> a\n', message("M", "")),
    "own_key": bpmn(f"<start s><user a>{_CATCH}<user b>\ns -> a\na -> m\nm -> b\n", message("M")),
}

_TWO_KEPT = """
- {do: message, name: M, key: "1", ttl: PT1H, vars: {v: 1}}
- {do: message, name: M, key: "1", ttl: PT1H, vars: {v: 2}}
"""
_START = '- {do: start, process: p, vars: {k: "1"}}'

_STEPS = {
    "a_boundary_event_that_waits_on_takes_every_kept_message": (
        "boundary",
        f"""{_START}{_TWO_KEPT}
- {{do: complete, task: a, expect: {{active_user_tasks: {{b: 1, h: 2}}, variables: {{v: 2}}}}}}
""",
    ),
    "an_event_subprocess_that_does_not_interrupt_takes_every_kept_message": (
        "event_subprocess",
        f"""{_START}{_TWO_KEPT}
- {{do: complete, task: a, expect: {{active_user_tasks: {{b: 1, h: 2}}, variables: {{v: 2}}}}}}
""",
    ),
    "a_resumed_instance_takes_what_was_kept_while_it_was_suspended": (
        "catch",
        f"""{_START}
- do: suspend
- {{do: message, name: M, key: "1", ttl: PT1H, expect: {{active_user_tasks: {{}}}}}}
- {{do: resume, expect: {{active_user_tasks: {{b: 1}}}}}}
""",
    ),
    "a_resumed_instance_that_waits_on_takes_all_that_was_kept": (
        "waits_on",
        f"""{_START}
- do: suspend{_TWO_KEPT}
- {{do: resume, expect: {{active_user_tasks: {{b: 1, h: 2}}, variables: {{v: 2}}}}}}
""",
    ),
    "kept_messages_of_a_start_event_start_one_instance_after_the_other": (
        "start",
        """
- {do: message, name: M, key: "1", ttl: PT1H, vars: {v: 1}, expect: {root_instances: 1}}
- {do: message, name: M, key: "1", ttl: PT1H, vars: {v: 2}, expect: {root_instances: 1}}
- {do: message, name: M, key: "1", ttl: PT1H, vars: {v: 3}, expect: {root_instances: 1}}
- {do: complete, task: a, expect: {root_instances: 1, variables: {v: 2}}}
- {do: complete, task: a, expect: {root_instances: 1, variables: {v: 3}}}
- {do: complete, task: a, expect: {root_instances: 0}}
""",
    ),
    "a_message_of_the_same_id_is_not_taken_again": (
        "own_key",
        f"""{_START}
- {{do: message, name: M, key: "1", ttl: PT1H, id: x, vars: {{v: 1}}}}
- {{do: message, name: M, key: "1", ttl: PT1H, id: x, vars: {{v: 2}}, expect: {{fault: duplicate}}}}
- {{do: complete, task: a, expect: {{active_user_tasks: {{b: 1}}, variables: {{v: 1}}}}}}
""",
    ),
    "a_message_whose_time_is_over_is_gone": (
        "own_key",
        f"""{_START}
- {{do: message, name: M, key: "1", ttl: PT1H, vars: {{v: 1}}}}
- {{do: advance, by: PT2H}}
- {{do: complete, task: a, expect: {{active_user_tasks: {{}}, ended: false, variables: {{v: null}}}}}}
""",
    ),
}


@pytest.mark.parametrize("forgets", [False, True], ids=["straight", "forgetting"])
@pytest.mark.parametrize("name", _STEPS)
def test_kept_messages(name: str, forgets: bool, database_url: str, tmp_path: Path) -> None:
    diagram, steps = _STEPS[name]
    (tmp_path / "p.bpmn").write_bytes(_DIAGRAMS[diagram])
    scenario = {"id": name, "name": name, "bpmn": "p.bpmn", "main_process": "p", "steps": yaml.safe_load(steps)}
    path = tmp_path / f"{name}.yaml"
    path.write_text(yaml.safe_dump(scenario))
    assert play_file(path, database_url, forgets=forgets) == []
