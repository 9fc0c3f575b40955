"""What two versions of a diagram, decision or form mean differently."""

from __future__ import annotations

from collections.abc import Callable

import orjson
import pytest

from engine.bpmn import compare_diagrams
from engine.dmn import compare_decisions
from engine.errors import DefinitionInvalid
from engine.forms import compare_forms
from engine.model import ChangeKind

_DIAGRAM = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
 xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:other="http://example.org/other" id="d" targetNamespace="t">
 <bpmn:message id="M" name="paid"><bpmn:extensionElements>
  <zeebe:subscription correlationKey="=number"/></bpmn:extensionElements></bpmn:message>
 <bpmn:process id="p" isExecutable="true">
  <bpmn:laneSet id="ls"><bpmn:lane id="L1" name="Desk"><bpmn:flowNodeRef>T</bpmn:flowNodeRef></bpmn:lane>
   <bpmn:lane id="L2" name="Board"/></bpmn:laneSet>
  <bpmn:startEvent id="S"/>
  <bpmn:userTask id="T" name="Check">
   <bpmn:extensionElements>
    <zeebe:formDefinition formId="F_a"/>
    <zeebe:assignmentDefinition assignee="sari" candidateGroups="desk"/>
    <zeebe:ioMapping><zeebe:output source="=a" target="x"/></zeebe:ioMapping>
    <zeebe:properties><zeebe:property name="clause8:name.id" value="Periksa"/></zeebe:properties>
    <other:hint colour="red"/>
   </bpmn:extensionElements>
  </bpmn:userTask>
  <bpmn:boundaryEvent id="B" attachedToRef="T">
   <bpmn:timerEventDefinition id="td"><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>
  </bpmn:boundaryEvent>
  <bpmn:intermediateCatchEvent id="C">
   <bpmn:messageEventDefinition id="md" messageRef="M"/></bpmn:intermediateCatchEvent>
  <bpmn:sequenceFlow id="f" sourceRef="S" targetRef="T"/>
  <bpmn:sequenceFlow id="g" sourceRef="T" targetRef="C">
   <bpmn:conditionExpression>=a &gt; 1</bpmn:conditionExpression></bpmn:sequenceFlow>
 </bpmn:process>
 <bpmndi:BPMNDiagram id="di"><bpmndi:BPMNPlane id="pl" bpmnElement="p"><bpmndi:BPMNShape id="T_di" bpmnElement="T">
  <dc:Bounds x="1" y="2" width="3" height="4"/></bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>"""


@pytest.mark.parametrize(
    ("old", "new", "element", "aspect"),
    [
        ('name="Check"', 'name="Test"', "T", "name"),
        ("Periksa", "Uji", "T", "Indonesian name"),
        ('assignee="sari"', 'assignee="budi"', "T", "assignee"),
        ('candidateGroups="desk"', 'candidateGroups="board"', "T", "candidate groups"),
        ("F_a", "F_b", "T", "form"),
        ('source="=a"', 'source="=b"', "T", "output x"),
        ("PT1H", "PT2H", "B", "timer: duration"),
        ("&gt; 1", "&gt; 2", "g", "condition"),
        ('targetRef="C"', 'targetRef="B"', "g", "leads to"),
        ('name="paid"', 'name="paid_up"', "C", "message"),
        ("=number", "=id", "C", "message"),
        ('colour="red"', 'colour="blue"', "T", "hint@colour"),
    ],
)
def test_a_change_of_meaning_is_found_and_named(old: str, new: str, element: str, aspect: str) -> None:
    [change] = compare_diagrams(_DIAGRAM.encode(), _DIAGRAM.replace(old, new).encode(), "")
    assert (change.kind, change.element_id, change.aspect.en) == (ChangeKind.CHANGED, element, aspect)
    assert change.before != change.after


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('x="1"', 'x="100"'),
        ('formId="F_a"', 'formId="F_a" bindingType="latest"'),
        ('attachedToRef="T"', 'attachedToRef="T" cancelActivity="true"'),
        ("\n  <bpmn:startEvent", "<!-- drawn -->\n\n<bpmn:startEvent"),
        ('id="td"', 'id="another"'),
    ],
)
def test_places_defaults_and_layout_of_the_file_are_no_change(old: str, new: str) -> None:
    assert compare_diagrams(_DIAGRAM.encode(), _DIAGRAM.replace(old, new).encode(), "") == []


def test_moving_to_another_lane_is_a_change() -> None:
    moved = _DIAGRAM.replace("<bpmn:flowNodeRef>T</bpmn:flowNodeRef>", "").replace(
        'name="Board"/>', 'name="Board"><bpmn:flowNodeRef>T</bpmn:flowNodeRef></bpmn:lane>'
    )
    [change] = compare_diagrams(_DIAGRAM.encode(), moved.encode(), "")
    assert (change.aspect.en, change.before, change.after) == ("lane", "Desk", "Board")


def test_added_and_removed_elements_and_flows_are_named() -> None:
    without = _DIAGRAM.replace('<bpmn:sequenceFlow id="f" sourceRef="S" targetRef="T"/>', "")
    [added] = compare_diagrams(without.encode(), _DIAGRAM.encode(), "")
    assert (added.kind, added.element_id, added.after) == (ChangeKind.ADDED, "f", "S → T")
    [removed] = compare_diagrams(_DIAGRAM.encode(), without.encode(), "")
    assert (removed.kind, removed.before) == (ChangeKind.REMOVED, "S → T")


@pytest.mark.parametrize("compare", [compare_diagrams, compare_decisions, compare_forms])
@pytest.mark.parametrize("content", [b"", b"<", b"<!DOCTYPE a><a/>", b"\xff\xfe", b"[]", b"<a/>"])
def test_what_cannot_be_read_is_refused_with_a_finding(
    compare: Callable[[bytes, bytes, str], object], content: bytes
) -> None:
    with pytest.raises(DefinitionInvalid):
        compare(content, content, "file")


_TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
 <decision id="risk" name="Risk"><decisionTable id="t" hitPolicy="UNIQUE">
  <input id="i" label="Amount"><inputExpression id="ie" typeRef="number"><text>amount</text></inputExpression></input>
  <output id="o" label="Band" name="band" typeRef="string"/>
  <rule id="r1"><inputEntry id="c1"><text>&lt; 5</text></inputEntry>
   <outputEntry id="c2"><text>"low"</text></outputEntry></rule>
  <rule id="r2"><inputEntry id="c3"><text>&gt;= 5</text></inputEntry>
   <outputEntry id="c4"><text>"high"</text></outputEntry></rule>
 </decisionTable></decision></definitions>"""


@pytest.mark.parametrize(
    ("old", "new", "element", "aspect"),
    [
        ('"high"', '"higher"', "r2", "Band"),
        ("&lt; 5", "&lt; 6", "r1", "Amount"),
        ("UNIQUE", "FIRST", "risk", "hit policy"),
        ("<text>amount", "<text>total", "i", "expression"),
        ('label="Band"', 'label="Level"', "o", "heading"),
    ],
)
def test_a_changed_cell_column_or_policy_is_found(old: str, new: str, element: str, aspect: str) -> None:
    changes = compare_decisions(_TABLE.encode(), _TABLE.replace(old, new, 1).encode(), "")
    assert (element, aspect) in {(change.element_id, change.aspect.en) for change in changes}


def test_the_order_of_rules_counts_where_the_first_one_wins() -> None:
    lines = _TABLE.replace("UNIQUE", "FIRST")
    start, end = lines.index('<rule id="r1"'), lines.index(" </decisionTable>")
    first, second = lines[start:end].split('<rule id="r2"')
    swapped = lines[:start] + '<rule id="r2"' + second + first + lines[end:]
    changes = compare_decisions(lines.encode(), swapped.encode(), "")
    assert [change.aspect.en for change in changes] == ["order of the rules"]


def _form(*components: dict[str, object]) -> bytes:
    return orjson.dumps({"id": "F", "components": list(components)})


_A: dict[str, object] = {"id": "a", "type": "textfield", "key": "a", "label": "A", "layout": {"row": "1"}}
_B: dict[str, object] = {"id": "b", "type": "number", "key": "b", "label": "B", "validate": {"required": True}}


def test_fields_labels_rules_and_order_of_a_form_are_compared() -> None:
    [change] = compare_forms(_form(_A, _B), _form(_A, _B | {"validate": {"required": False}}), "")
    assert (change.element_id, change.aspect.en) == ("b", "required")
    [change] = compare_forms(_form(_A), _form(_A | {"label_id": "Aa"}), "")
    assert change.aspect.en == "Indonesian label"
    [change] = compare_forms(_form(_A), _form(_A, _B), "")
    assert change.kind is ChangeKind.ADDED
    [change] = compare_forms(_form(_A, _B), _form(_B, _A), "")
    assert change.aspect.en == "order of the fields"
    assert compare_forms(_form(_A), _form(_A | {"layout": {"row": "2"}}), "") == []
