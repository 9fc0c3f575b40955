"""The modeller's pages and what its scripts ask for, over HTTP."""

from __future__ import annotations

import io
import re

import pytest

from engine import ResourceFile
from tests.webapp.modeller.conftest import PROCESS, TABLE, Site, facts


def test_files_are_listed_by_kind_with_version_and_draft(site: Site) -> None:
    site.draft()
    page = site.get("/modeller/")
    assert "Leave" in page
    assert "leave.bpmn" in page
    assert "draft" in page
    assert "days.dmn" in site.get("/modeller/?kind=dmn")
    assert "F_leave" in site.get("/modeller/?kind=form")


@pytest.mark.parametrize("address", ["/modeller/", "/modeller/files/bpmn/leave.bpmn"])
def test_auditors_look_and_requesters_do_not(site: Site, address: str) -> None:
    site.log_in("eko")
    assert "/edit" not in site.get(address)
    site.log_in("budi")
    assert site.client.get(address).status_code == 403


def test_what_is_downloaded_is_what_was_published(site: Site) -> None:
    page = site.get("/modeller/files/bpmn/leave.bpmn")
    [address] = re.findall(r"/modeller/files/\d+/download", page)
    assert site.client.get(address).data == PROCESS.content


@pytest.mark.parametrize(("kind", "name"), [("bpmn", "leave.bpmn"), ("dmn", "days.dmn"), ("form", "F_leave")])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_kind_has_an_editor_whose_styles_alone_are_loosened(
    site: Site, kind: str, name: str, language: str
) -> None:
    site.log_in("ana", language)
    answer = site.client.get(site.draft(kind, name))
    policy = answer.headers["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "script-src 'self';" in policy
    assert f'data-kind="{kind}"' in answer.text
    assert "unsafe" not in site.client.get("/modeller/").headers["Content-Security-Policy"]


def test_saving_needs_the_revision_and_refuses_an_old_one(site: Site) -> None:
    address = f"{site.draft()}/content"
    assert site.client.get(address).headers["ETag"] == '"1"'
    assert site.send("PUT", address, b"x").status_code == 428
    saved = site.send("PUT", address, b"<mine/>", **{"If-Match": '"1"'})
    assert facts(saved) == {"revision": 2}
    site.log_in("sari")
    refused = site.send("PUT", address, b"<hers/>", **{"If-Match": '"1"'})
    assert refused.status_code == 409
    assert facts(refused)["by"] == "ana"
    assert site.client.get(address).data == b"<mine/>"


def test_a_draft_that_is_gone_is_said_to_be_gone(site: Site) -> None:
    draft = site.draft()
    site.post(f"{draft}/discard", revision="1")
    answer = site.send("PUT", f"{draft}/content", b"<mine/>", **{"If-Match": '"1"'})
    assert answer.status_code == 404


def test_the_check_names_element_reason_and_cure_in_the_readers_language(site: Site) -> None:
    draft = site.draft()
    broken = PROCESS.content.replace(b"bpmn:endEvent", b"bpmn:userTask")
    found = facts(site.send("POST", f"{draft}/check", broken))["problems"]
    assert {problem["element"] for problem in found} >= {"End_1"}
    site.log_in("ana", "id")
    translated = facts(site.send("POST", f"{draft}/check", broken))["problems"]
    assert found[0]["reason"] != translated[0]["reason"]


@pytest.mark.parametrize(
    "content",
    [
        b"<broken",
        b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        b"<unknown xmlns='http://example.org/none'/>",
        b"\xff\xfe\x00",
        b"{}",
    ],
)
def test_what_cannot_be_read_is_a_problem_and_no_failure(site: Site, content: bytes) -> None:
    for kind, name in (("bpmn", "leave.bpmn"), ("dmn", "days.dmn"), ("form", "F_leave")):
        draft = site.draft(kind, name)
        found = site.send("POST", f"{draft}/check", content)
        assert found.status_code == 200
        assert facts(found)["problems"], (kind, content)
        assert site.send("POST", f"{draft}/compare", content).status_code == 200
        site.send("PUT", f"{draft}/content", content, **{"If-Match": '"1"'})
        assert site.client.get(f"{draft}/content").data == content
        page = site.client.get(f"{draft}/publish")
        assert page.status_code == 200
        assert "disabled" in page.text


def test_a_draft_is_published_with_a_comment_and_an_old_version_again(site: Site) -> None:
    draft = site.draft()
    changed = PROCESS.content.replace(b'name="Leave"', b'name="Holiday"')
    site.send("PUT", f"{draft}/content", changed, **{"If-Match": '"1"'})
    page = site.get(f"{draft}/publish")
    assert "Holiday" in page
    [value] = re.findall(r'name="draft" value="([^"]+)"', page)
    assert site.post(f"{draft}/publish", draft=value, comment="").status_code == 400
    assert site.post(f"{draft}/publish", draft=value, comment="clearer").status_code == 302
    page = site.get("/modeller/files/bpmn/leave.bpmn")
    assert "clearer" in page
    again = "/modeller/files/bpmn/leave.bpmn/again/1"
    assert "Holiday" in site.get(again)
    assert site.post(again, comment="back").status_code == 302
    assert "v3" in site.get("/modeller/files/bpmn/leave.bpmn")


def test_a_publication_of_an_older_look_is_refused(site: Site) -> None:
    draft = site.draft()
    page = site.get(f"{draft}/publish")
    [value] = re.findall(r'name="draft" value="([^"]+)"', page)
    changed = PROCESS.content.replace(b'name="Leave"', b'name="Other"')
    site.harness.deploy(ResourceFile("leave.bpmn", changed))
    answer = site.post(f"{draft}/publish", draft=value, comment="x")
    assert answer.status_code == 409
    assert "another version" in answer.text


def test_uploads_become_drafts_and_other_files_are_refused(site: Site) -> None:
    answer = site.post("/modeller/upload", files=(io.BytesIO(PROCESS.content), "leave copy.bpmn"))
    assert "/modeller/drafts/" in answer.location
    assert site.client.get(f"{answer.location}/download").data == PROCESS.content
    refused = site.post("/modeller/upload", files=(io.BytesIO(b"x"), "evil.exe"))
    assert "evil.exe" in site.get(refused.location)


def test_a_new_process_begins_valid_and_its_id_is_checked(site: Site) -> None:
    fields = {"kind": "bpmn", "identity": "order", "name": 'A "big" order', "name_id": "Pesanan <besar>"}
    answer = site.post("/modeller/new", **fields)
    assert facts(site.send("POST", f"{answer.location}/check", b""))["problems"] == []
    assert site.post("/modeller/new", **(fields | {"identity": "../x"})).status_code == 422
    assert site.post("/modeller/new", **fields).status_code == 409


def test_a_decision_is_tried_and_says_which_rules_fired(site: Site) -> None:
    draft = site.draft("dmn", "days.dmn")
    [decision] = facts(site.send("POST", f"{draft}/decisions", TABLE.content))["decisions"]
    assert decision["inputs"] == [{"name": "amount", "type": "number"}]
    asked = {"content": TABLE.content.decode(), "decision": "days", "variables": {"amount": 5}}
    answer = site.ask(f"{draft}/try", **asked)
    assert facts(answer)["value"] == "standard"
    [table] = facts(answer)["explanation"][0]["tables"]
    assert [rule["id"] for rule in table["rules"]] == ["Rule_1"]
    nothing = site.ask(f"{draft}/try", **(asked | {"decision": "no"}))
    assert nothing.status_code == 400


def test_a_form_is_previewed_by_the_inboxs_own_renderer(site: Site) -> None:
    draft = site.draft("form", "F_leave")
    form = (
        b'{"id":"F_leave","schemaVersion":19,"components":'
        b'[{"type":"textfield","id":"a","key":"a","label":"Why","label_id":"Alasan"}]}'
    )
    page = site.send("POST", f"{draft}/preview", form)
    assert 'name="a"' in page.text
    assert "Why" in page.text


def test_choices_are_offered_for_what_a_diagram_names(site: Site) -> None:
    found = facts(site.client.get("/modeller/choices"))
    assert found["forms"] == ["F_leave"]
    assert found["decisions"] == ["days"]
    assert "clause8:notify" in found["connectors"]
