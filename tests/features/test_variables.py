"""Variables: scopes, mappings, propagation, and faults that leave nothing half done."""

from __future__ import annotations

from engine.bpmn import ConnectorCall
from engine.bpmn.effects import VariableChanged
from tests.features.notation import bpmn, extended, script, service
from tests.features.player import Player


def mapping(*entries: tuple[str, str, str]) -> str:
    inner = "".join(f"<zeebe:{kind} source='{source}' target='{target}'/>" for kind, source, target in entries)
    return f"<zeebe:ioMapping>{inner}</zeebe:ioMapping>"


def test_a_later_input_mapping_sees_the_earlier_ones(player: Player) -> None:
    task = service("w", extensions=mapping(("input", "= 2", "a"), ("input", "= a + 1", "b.c"), ("input", "= x", "b.d")))
    player.deploy(bpmn(f"<start s> {task} \ns -> w\n"))
    instance = player.start("p", {"x": 9})
    (key,) = player.jobs
    element_key = next(row[0] for row in instance.live if row[1] == "w")
    assert instance.variables[element_key] == {"a": 2, "b": {"c": 3, "d": 9}}
    player.command(instance, "complete_job", key, {})
    assert instance.variables == {instance.key: {"x": 9}}


def test_constant_text_is_text_and_feel_begins_with_an_equals_sign(player: Player) -> None:
    task = service("w", extensions=mapping(("input", "hello", "a"), ("input", "=1+1", "b")))
    player.deploy(bpmn(f"<start s> {task} \ns -> w\n"))
    instance = player.start("p")
    element_key = next(row[0] for row in instance.live if row[1] == "w")
    assert instance.variables[element_key] == {"a": "hello", "b": 2}


def test_a_result_goes_to_the_nearest_scope_that_has_the_variable(player: Player) -> None:
    task = service("w", extensions=mapping(("input", "= 1", "own")))
    inner = f"<startEvent id='s2'/> {task} <user a>\ns2 -> w\nw -> a\n"
    extensions = f"<extensionElements>{mapping(('input', '= 1', 'middle'))}</extensionElements>"
    sub = f'<subProcess id="sub">{extensions}{inner}</subProcess>'
    player.deploy(bpmn(f"<start s> {sub} \ns -> sub\n"))
    instance = player.start("p", {"outer": 1})
    (key,) = player.jobs
    player.command(instance, "complete_job", key, {"own": 2, "middle": 2, "outer": 2, "fresh": 2})
    sub_key = next(row[0] for row in instance.live if row[1] == "sub")
    assert instance.variables == {instance.key: {"outer": 2, "fresh": 2}, sub_key: {"middle": 2}}


def test_an_output_mapping_of_a_subprocess_hands_out_its_local_variables(player: Player) -> None:
    extensions = mapping(("input", "= 1", "n"), ("output", "= n", "total"))
    sub = f"""<subProcess id="sub"><extensionElements>{extensions}</extensionElements><startEvent id="s2"/>
    {script("t", "n + 1", "n")}
    s2 -> t
    </subProcess>"""
    player.deploy(bpmn(f"<start s> {sub} <user z>\ns -> sub\nsub -> z\n"))
    instance = player.start("p")
    assert instance.variables[instance.key] == {"total": 2}


def test_parallel_branches_see_what_the_other_wrote(player: Player) -> None:
    player.deploy(
        bpmn(
            f"""<start s> <and f> <user a> <user b> {script("t", "x + 1", "y")} <end e>
            s -> f
            f -> a
            f -> b
            b -> t
            t -> e
            """
        )
    )
    instance = player.start("p", {"x": 1})
    player.complete("a", {"x": 41})
    player.complete("b")
    assert instance.variables[instance.key] == {"x": 41, "y": 42}


def test_dates_and_durations_become_iso_text(player: Player) -> None:
    expression = '{d: date("2030-01-31"), t: duration("PT90M"), n: 1.5, i: 3.0}'
    player.deploy(bpmn(f"<start s> {script('t', expression, 'r')} \ns -> t\n"))
    instance = player.start("p")
    assert instance.variables[instance.key]["r"] == {"d": "2030-01-31", "t": "PT1H30M", "n": 1.5, "i": 3}


def test_a_failed_entry_leaves_no_variables_behind(player: Player) -> None:
    task = extended(
        "scriptTask",
        "t",
        mapping(("input", "= 5", "a")) + "<zeebe:script expression='= assert(b, b != null)' resultVariable='r'/>",
    )
    player.deploy(bpmn(f"<start s> {task} \ns -> t\n"))
    instance = player.start("p")
    assert [fault.element_id for _, fault in player.faults.values()] == ["t"]
    assert not any(isinstance(effect, VariableChanged) for effect in player.history)
    (key,) = player.faults
    player.command(instance, "set_variables", instance.key, {"b": 3})
    player.command(instance, "resolve_fault", key)
    assert instance.variables[instance.key] == {"b": 3, "r": 3}
    assert instance.is_ended


def test_a_failed_output_mapping_does_not_do_the_work_again(player: Player) -> None:
    calls: list[str] = []

    def connector(call: ConnectorCall) -> dict[str, int]:
        calls.append(call.element_id)
        return {"raw": 1}

    player.connectors["inside"] = connector
    task = service("w", "inside", mapping(("output", "= assert(raw + extra, extra != null)", "sum")))
    player.deploy(bpmn(f"<start s> {task} \ns -> w\n"))
    instance = player.start("p")
    (key,) = player.faults
    player.command(instance, "set_variables", instance.key, {"extra": 2})
    player.command(instance, "resolve_fault", key)
    assert instance.variables[instance.key] == {"extra": 2, "sum": 3}
    assert calls == ["w"]


def test_local_variables_are_written_where_asked(player: Player) -> None:
    player.deploy(bpmn("<start s> <user a> \ns -> a\n"))
    instance = player.start("p", {"x": 1})
    key = player.task("a")
    player.command(instance, "set_variables", key, {"x": 2}, local=True)
    player.command(instance, "set_variables", key, {"y": 3})
    assert instance.variables == {instance.key: {"x": 1, "y": 3}, key: {"x": 2}}
    player.complete("a", {"x": 5})
    assert instance.variables[instance.key] == {"x": 1, "y": 3}
