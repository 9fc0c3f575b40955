"""Expressions are tried over HTTP; content that is held back is looked at, taken or declined."""

from __future__ import annotations

import pytest

from engine import Actor, Deploy, ResourceFile
from tests.webapp.modeller.conftest import PROCESS, Site, facts

TRY = "/modeller/expressions/try"


def test_an_expression_is_tried(site: Site) -> None:
    found = facts(site.ask(TRY, expression="=a + 1", variables={"a": 2}))
    assert (found["value"], found["type"], found["hasValue"], found["mistakes"]) == (3, "number", True, [])
    assert "there is no variable" in facts(site.ask(TRY, expression="b", variables={}))["warnings"][0]


def test_a_mistake_has_a_place_in_the_readers_language(site: Site) -> None:
    site.log_in("ana", "id")
    [mistake] = facts(site.ask(TRY, expression="1 +\n+", variables={}))["mistakes"]
    assert (mistake["line"], mistake["column"]) == (2, 1)
    assert "seharusnya" in mistake["reason"]


@pytest.mark.parametrize("asked", [{}, {"expression": "1", "variables": []}, {"expression": "1", "variables": None}])
def test_what_is_no_question_is_refused(site: Site, asked: dict[str, object]) -> None:
    assert site.ask(TRY, **asked).status_code == 400
    assert site.send("POST", TRY, b"{").status_code == 400


def test_only_editors_try_expressions(site: Site) -> None:
    for name in ("eko", "budi"):
        site.log_in(name)
        assert site.ask(TRY, expression="1", variables={}).status_code == 403
        assert site.client.get("/modeller/expressions/values?instance=1").status_code == 403


def test_values_of_an_unknown_instance_are_refused_in_words(site: Site) -> None:
    answer = site.client.get("/modeller/expressions/values?instance=CHG-1")
    assert answer.status_code == 400
    assert "CHG-1" in facts(answer)["message"]


def held_back(site: Site) -> str:
    """Let ana publish another version than the one on disk, and an update change the file; return its address."""
    published = PROCESS.content.replace(b'name="Leave"', b'name="Ours"')
    files = (ResourceFile("leave.bpmn", published),)
    site.harness.engine.execute(Deploy(files=files, actor=Actor("ana"), comment="ours"))
    update = PROCESS.content.replace(b'name="Leave"', b'name="Theirs"')
    (site.content / "processes/leave/leave.bpmn").write_bytes(update)
    page = site.get("/modeller/held-back")
    assert "Ours" in page
    assert "Theirs" in page
    return page.partition('action="/modeller/held-back/')[2].partition("/take")[0]


def test_nothing_is_held_back_at_first(site: Site) -> None:
    assert "Nothing is held back" in site.get("/modeller/held-back")
    assert "held-back" not in site.get("/modeller/")


def test_held_back_content_is_told_and_taken_into_the_draft(site: Site) -> None:
    digest = held_back(site)
    assert "/modeller/held-back" in site.get("/modeller/")
    assert b"Theirs" in site.client.get(f"/modeller/held-back/{digest}/content").data
    taken = site.post(f"/modeller/held-back/{digest}/take")
    assert "Theirs" in site.get(taken.location)


def test_held_back_content_is_declined_with_a_reason(site: Site) -> None:
    digest = held_back(site)
    site.post(f"/modeller/held-back/{digest}/keep", reason="")
    assert "Theirs" in site.get("/modeller/held-back")
    site.post(f"/modeller/held-back/{digest}/keep", reason="ours is right")
    assert "Nothing is held back" in site.get("/modeller/held-back")
    assert site.post(f"/modeller/held-back/{digest}/keep", reason="again").status_code == 404


def test_auditors_look_at_what_is_held_back_and_decide_nothing(site: Site) -> None:
    digest = held_back(site)
    site.log_in("eko")
    assert "/take" not in site.get("/modeller/held-back")
    assert site.post(f"/modeller/held-back/{digest}/take").status_code == 403
    assert site.post(f"/modeller/held-back/{digest}/keep", reason="x").status_code == 403
    site.log_in("budi")
    assert site.client.get("/modeller/held-back").status_code == 403
