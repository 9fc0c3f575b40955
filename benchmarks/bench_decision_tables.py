"""A decision table of ten rules against SpiffWorkflow's own DMN engine on the same table."""

from __future__ import annotations

from lxml import etree
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
from SpiffWorkflow.dmn.parser.DMNParser import DMNParser

from benchmarks.stopwatch import best_seconds
from engine.dmn import parse_decisions
from engine.feel import to_json

NAMESPACE = "http://www.omg.org/spec/DMN/20180521/MODEL/"
SPIFF_NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
Rules = list[tuple[str, int]]
RULES: Rules = [(impact, urgency) for impact in ("low", "medium", "high") for urgency in (1, 2, 3)] + [("major", 1)]


def table(namespace: str, pairs: Rules = RULES) -> bytes:
    """Return the table; its cells mean the same in Python and in FEEL."""
    rules = "".join(
        f'<rule id="r{number}"><inputEntry id="a{number}"><text>"{impact}"</text></inputEntry>'
        f'<inputEntry id="b{number}"><text>{urgency}</text></inputEntry>'
        f'<outputEntry id="c{number}"><text>{number}</text></outputEntry></rule>'
        for number, (impact, urgency) in enumerate(pairs)
    )
    inputs = "".join(
        f'<input id="{name}_i" label="{name}">'
        f'<inputExpression id="{name}_e"><text>{name}</text></inputExpression></input>'
        for name in ("impact", "urgency")
    )
    return (
        f'<definitions xmlns="{namespace}" id="d" name="d" namespace="n"><decision id="priority" name="priority">'
        f'<decisionTable id="t" hitPolicy="UNIQUE">{inputs}<output id="o" name="priority"/>{rules}</decisionTable>'
        "</decision></definitions>"
    ).encode()


class ScriptTask:
    """What SpiffWorkflow's engine asks of a task: data, and the script engine behind its workflow."""

    def __init__(self, data: dict[str, object]) -> None:
        self.data = data
        self.workflow = self
        self.script_engine = PythonScriptEngine()
        self.task_spec = self


def test_a_table_of_ten_rules_is_at_least_15_times_faster_than_spiffworkflow() -> None:
    variables: dict[str, object] = {"impact": "major", "urgency": 1}
    ours = parse_decisions(table(NAMESPACE), "t.dmn")
    assert to_json(ours.evaluate("priority", variables).value) == 9
    parser = DMNParser(None, etree.fromstring(table(SPIFF_NAMESPACE)), {"dmn": SPIFF_NAMESPACE}, filename="t.dmn")
    parser.parse()
    theirs = DMNEngine(parser.decision.decisionTables[0])
    task = ScriptTask(dict(variables))
    assert theirs.result(task) == {"priority": 9}
    fast, slow = best_seconds((lambda: ours.evaluate("priority", variables), 300), (lambda: theirs.result(task), 50))
    print(f"\nten rules: {slow / fast:.1f} times faster than SpiffWorkflow ({fast * 1e6:.0f} us)")
    assert slow >= 15 * fast


def test_two_hundred_rules_cost_at_most_twice_as_much_as_ten() -> None:
    pairs = [(f"impact {number % 20}", number) for number in range(200)]
    ten, many = (parse_decisions(table(NAMESPACE, rules), "t.dmn") for rules in (RULES, pairs))
    assert to_json(many.evaluate("priority", {"impact": "impact 19", "urgency": 199}).value) == 199
    fast, slow = best_seconds(
        (lambda: ten.evaluate("priority", {"impact": "major", "urgency": 1}), 300),
        (lambda: many.evaluate("priority", {"impact": "impact 19", "urgency": 199}), 300),
    )
    print(f"\n200 rules instead of 10: {slow / fast:.2f} times ({slow * 1e6:.0f} us)")
    assert slow <= 2 * fast
