"""Drafts are saved without overwriting anybody, checked, compared and published with what is bound to them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine import (
    SYSTEM,
    Actor,
    AddUser,
    CheckDraft,
    CompareWithDraft,
    DefinitionDraft,
    DefinitionInvalid,
    DefinitionPage,
    DraftChanged,
    DraftFile,
    DraftNotFound,
    InputInvalid,
    KeptContent,
    NotPermitted,
    Publication,
    PublishAgain,
    PublishDrafts,
    ResourceFile,
    ResourceKind,
    RestoreKeptDraft,
    SaveDefinitionDraft,
    SeenDraft,
    StaleRevision,
    StartDefinitionDraft,
    User,
)
from engine.testing import Harness

ANA, ADI, BUDI = Actor("ana"), Actor("adi"), Actor("budi")
_BPMN = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
 <bpmn:process id="leave" name="Leave" isExecutable="true">
  <bpmn:extensionElements><zeebe:properties>
   <zeebe:property name="clause8:name.id" value="Cuti"/>{owner}
  </zeebe:properties></bpmn:extensionElements>
  <bpmn:startEvent id="Asked"><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent>
  <bpmn:sequenceFlow id="a" sourceRef="Asked" targetRef="Approve"/>
  <bpmn:userTask id="Approve" name="Approve">
   <bpmn:extensionElements><zeebe:userTask/>
    <zeebe:formDefinition formId="F_leave" bindingType="deployment"/>
    <zeebe:assignmentDefinition assignee="{assignee}"/>
    <zeebe:ioMapping><zeebe:output source="=days" target="days"/></zeebe:ioMapping>
   </bpmn:extensionElements>
   <bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing>
  </bpmn:userTask>
  <bpmn:sequenceFlow id="b" sourceRef="Approve" targetRef="End"/>
  <bpmn:endEvent id="End"><bpmn:incoming>b</bpmn:incoming></bpmn:endEvent>
 </bpmn:process>
</bpmn:definitions>"""
_FORM = """{{"type": "default", "id": "F_leave", "schemaVersion": 19,
 "components": [{{"type": "number", "id": "n", "key": "{key}", "label": "Days", "label_id": "Hari"}}]}}"""


def diagram(assignee: str = "sari", owner: str = "") -> bytes:
    named = f'<zeebe:property name="clause8:owner" value="{owner}"/>' if owner else ""
    return _BPMN.format(assignee=assignee, owner=named).encode()


def form(key: str = "days") -> bytes:
    return _FORM.format(key=key).encode()


@pytest.fixture
def harness(database_url: str) -> Iterator[Harness]:
    """Give an engine with one diagram and its form deployed together, two process owners and a worker."""
    with Harness(database_url) as harness:
        for actor, groups in ((ANA, ("process_owner",)), (ADI, ("process_owner",)), (BUDI, ())):
            user = User(actor.user, actor.user, f"{actor.user}@example.org", "en", "", True, groups)
            harness.engine.execute(AddUser(user=user, actor=SYSTEM))
        harness.deploy(ResourceFile("leave.bpmn", diagram()), ResourceFile("F_leave.form", form()))
        yield harness


def start(harness: Harness, kind: ResourceKind = ResourceKind.BPMN, name: str = "leave.bpmn") -> int:
    return harness.engine.execute(StartDefinitionDraft(kind=kind, resource_id=name, actor=ANA))


def save(harness: Harness, key: int, content: bytes, *, revision: int = 1, by: Actor = ANA) -> int:
    return harness.engine.execute(SaveDefinitionDraft(draft_key=key, content=content, revision=revision, actor=by))


def publish(harness: Harness, *keys: int, by: Actor = ANA, comment: str = "because") -> object:
    found = [harness.engine.ask(DefinitionDraft(draft_key=key, actor=by)) for key in keys]
    seen = {one.draft.key: SeenDraft(one.draft.revision, one.running.key if one.running else None) for one in found}
    return harness.engine.execute(PublishDrafts(drafts=seen, comment=comment, actor=by))


def versions(harness: Harness, kind: ResourceKind, name: str) -> list[int]:
    page = harness.engine.ask(DefinitionPage(kind=kind, resource_id=name, actor=ANA))
    return [one.file.version for one in page.versions]


def test_a_draft_begins_as_the_running_version_and_a_file_has_one(harness: Harness) -> None:
    key = start(harness)
    assert start(harness) == key
    data = harness.engine.ask(DefinitionDraft(draft_key=key, actor=ADI))
    assert data.content == diagram()
    assert not data.is_outdated


def test_a_save_over_somebody_elses_is_refused_and_compared(harness: Harness) -> None:
    key = start(harness)
    save(harness, key, diagram("tono"))
    with pytest.raises(DraftChanged) as refused:
        save(harness, key, diagram("wati"), by=ADI)
    assert (refused.value.by, refused.value.revision) == ("ana", 2)
    assert harness.engine.ask(DefinitionDraft(draft_key=key, actor=ADI)).content == diagram("tono")
    [change] = harness.engine.ask(CompareWithDraft(draft_key=key, content=diagram("wati"), actor=ADI))
    assert (change.element_id, change.before, change.after) == ("Approve", "tono", "wati")


def test_what_another_person_saved_is_kept_and_can_be_brought_back(harness: Harness) -> None:
    key = start(harness)
    save(harness, key, diagram("tono"))
    save(harness, key, diagram("wati"), revision=2, by=ADI)
    [kept] = harness.engine.ask(DefinitionDraft(draft_key=key, actor=ANA)).kept
    assert kept.changed_by == "ana"
    content = KeptContent(draft_key=key, revision=kept.revision, actor=ANA)
    assert harness.engine.ask(content) == diagram("tono")
    harness.engine.execute(RestoreKeptDraft(draft_key=key, kept_revision=kept.revision, actor=ANA))
    data = harness.engine.ask(DefinitionDraft(draft_key=key, actor=ANA))
    assert data.content == diagram("tono")
    assert len(data.kept) == 2


def test_broken_xml_is_kept_and_said_but_not_published(harness: Harness) -> None:
    key = start(harness)
    save(harness, key, b"<broken")
    [finding] = harness.engine.ask(CheckDraft(draft_key=key, actor=ANA))
    assert finding.is_error
    with pytest.raises(DefinitionInvalid):
        publish(harness, key)
    assert harness.engine.ask(DefinitionDraft(draft_key=key, actor=ANA)).content == b"<broken"


def test_extensions_of_other_products_are_kept_and_named_by_element(harness: Harness) -> None:
    key = start(harness)
    foreign = b'<acme:cost xmlns:acme="urn:acme"/><zeebe:userTask/>'
    content = diagram().replace(b"<zeebe:userTask/>", foreign, 1)
    content = content.replace(
        b'<bpmn:startEvent id="Asked">',
        b'<bpmn:startEvent id="Asked" camunda:initiator="x" xmlns:camunda="http://camunda.org/schema/1.0/bpmn">',
    )
    save(harness, key, content)
    found = harness.engine.ask(CheckDraft(draft_key=key, actor=ANA))
    assert [(one.rule, one.element_id, one.is_error) for one in found] == [
        ("foreign_extension", "Asked", False),
        ("foreign_extension", "Approve", False),
    ]
    assert "camunda:initiator" in found[0].reason.en
    assert "acme:cost" in found[1].reason.id
    publish(harness, key)


def test_a_decision_whose_result_nobody_reads_is_named(harness: Harness) -> None:
    key = start(harness)
    content = (
        diagram()
        .replace(
            b'<bpmn:endEvent id="End"><bpmn:incoming>b</bpmn:incoming></bpmn:endEvent>',
            b'<bpmn:businessRuleTask id="Rate" name="Rate"><bpmn:extensionElements>'
            b'<zeebe:calledDecision decisionId="rating" resultVariable="rate"/></bpmn:extensionElements>'
            b"<bpmn:incoming>b</bpmn:incoming></bpmn:businessRuleTask>",
        )
        .replace(b'targetRef="End"', b'targetRef="Rate"')
    )
    save(harness, key, content)
    found = {one.rule: one for one in harness.engine.ask(CheckDraft(draft_key=key, actor=ANA))}
    assert found["unread_result"].element_id == "Rate"
    assert found["unread_result"].reason.id != found["unread_result"].reason.en
    assert found["missing_decision"].element_id == "Rate"


def test_a_diagram_takes_its_bound_form_along(harness: Harness) -> None:
    key = start(harness)
    save(harness, key, diagram("tono"))
    shown = harness.engine.ask(Publication(draft_key=key, actor=ANA))
    assert [file.name for file in shown.along] == ["F_leave.form"]
    assert [(change.element_id, change.after) for change in shown.main.changes] == [("Approve", "tono")]
    publish(harness, key)
    assert versions(harness, ResourceKind.FORM, "F_leave") == [2, 1]
    started = harness.start("leave")
    assert started.version == 2
    assert harness.open_tasks() == ["Approve"]


def test_a_form_takes_the_diagrams_that_bind_it_along(harness: Harness) -> None:
    key = start(harness, ResourceKind.FORM, "F_leave")
    save(harness, key, form("weeks"))
    findings = harness.engine.ask(CheckDraft(draft_key=key, actor=ANA))
    assert [(one.rule, one.element_id) for one in findings] == [("lost_field", "days")]
    publish(harness, key)
    assert versions(harness, ResourceKind.BPMN, "leave.bpmn") == [2, 1]


def test_a_new_form_is_published_with_the_diagram_that_names_it(harness: Harness) -> None:
    key = start(harness)
    save(harness, key, diagram().replace(b"F_leave", b"F_new"))
    [finding, *_] = harness.engine.ask(CheckDraft(draft_key=key, actor=ANA))
    assert (finding.rule, finding.element_id) == ("missing_form", "Approve")
    new = ResourceFile("F_new.form", form().replace(b"F_leave", b"F_new"))
    new_key = harness.engine.execute(DraftFile(file=new, actor=ANA, is_new=True))
    assert harness.engine.ask(CheckDraft(draft_key=key, actor=ANA)) == ()
    shown = harness.engine.ask(Publication(draft_key=key, actor=ANA))
    assert [one.draft.resource_id for one in shown.related] == ["F_new"]
    publish(harness, key, new_key)
    with pytest.raises(DraftNotFound):
        harness.engine.ask(DefinitionDraft(draft_key=new_key, actor=ANA))


def test_rolling_back_publishes_the_old_version_with_its_form_again(harness: Harness) -> None:
    page = harness.engine.ask(DefinitionPage(kind=ResourceKind.BPMN, resource_id="leave.bpmn", actor=ANA))
    key, form_key = start(harness), start(harness, ResourceKind.FORM, "F_leave")
    save(harness, key, diagram("tono"))
    save(harness, form_key, form("weeks"))
    publish(harness, key, form_key)
    harness.engine.execute(PublishAgain(resource_key=page.versions[0].file.key, comment="undo", actor=ANA))
    draft = harness.engine.ask(DefinitionDraft(draft_key=start(harness), actor=ANA))
    assert draft.content == diagram()
    again = harness.engine.ask(DefinitionDraft(draft_key=start(harness, ResourceKind.FORM, "F_leave"), actor=ANA))
    assert again.content == form()


def test_of_two_who_publish_at_once_the_second_is_told(harness: Harness) -> None:
    key = start(harness)
    save(harness, key, diagram("tono"))
    seen = {key: SeenDraft(2, harness.engine.ask(DefinitionDraft(draft_key=key, actor=ADI)).draft.base_key)}
    harness.deploy(ResourceFile("leave.bpmn", diagram("wati")), ResourceFile("F_leave.form", form()))
    with pytest.raises(StaleRevision):
        harness.engine.execute(PublishDrafts(drafts=seen, comment="x", actor=ADI))
    assert harness.engine.ask(DefinitionDraft(draft_key=key, actor=ADI)).is_outdated


def test_a_comment_is_required(harness: Harness) -> None:
    key = start(harness)
    with pytest.raises(InputInvalid):
        publish(harness, key, comment="  ")


def test_only_owners_edit_and_a_process_may_name_its_own(harness: Harness) -> None:
    with pytest.raises(NotPermitted):
        harness.engine.execute(StartDefinitionDraft(kind=ResourceKind.BPMN, resource_id="leave.bpmn", actor=BUDI))
    harness.deploy(ResourceFile("leave.bpmn", diagram(owner="adi")), ResourceFile("F_leave.form", form()))
    key = start(harness)
    save(harness, key, diagram("tono", owner="ana"))
    shown = harness.engine.ask(Publication(draft_key=key, actor=ANA))
    assert shown.refusal is not None
    with pytest.raises(NotPermitted) as refused:
        publish(harness, key)
    assert refused.value.rule == "owner"
    publish(harness, key, by=ADI)


def test_a_diagram_uploaded_under_another_name_is_a_draft_of_its_own_file(harness: Harness) -> None:
    upload = DraftFile(file=ResourceFile("leave (3).bpmn", diagram("tono")), actor=ANA)
    data = harness.engine.ask(DefinitionDraft(draft_key=harness.engine.execute(upload), actor=ANA))
    assert data.draft.name == "leave.bpmn"
    assert data.content == diagram("tono")
