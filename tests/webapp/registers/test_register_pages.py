"""Registers in the browser: who sees what, forms that keep what was typed, spreadsheets, many at once."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import pytest

from engine import ImpactGraph, ImpactNode
from engine.queries.impact import ImpactEdge
from tests.integration.registers.conftest import WATCHER, add
from tests.webapp.people.conftest import Site, words
from webapp.registers.impact import draw


@pytest.fixture
def keeper(site: Site) -> Site:
    """Give the application with the keeper logged in."""
    site.log_in("keke2")
    return site


def new(site: Site, **fields: str) -> str:
    answer = site.post("/registers/THG/new", fields)
    assert answer.status_code == 302, words(answer.text)
    return str(answer.headers["Location"]).rpartition("/")[2]


def test_an_entry_is_added_seen_and_found(keeper: Site) -> None:
    number = new(keeper, title="Reading lamp", colour="red", story="Bought in Bandung")
    page = words(keeper.get(f"/registers/THG/{number}"))
    assert "Reading lamp" in page
    assert "Bought in Bandung" in page
    assert number in keeper.get("/registers/THG?q=lamp&f.colour=red")
    found = keeper.get("/search?q=band")
    assert "<mark>Bandung</mark>" in found
    assert keeper.client.get(f"/records/{number}").headers["Location"] == f"/registers/THG/{number}"
    assert "Reading lamp" in words(keeper.get(f"/records/{number}?all=1"))


def test_what_was_typed_stays_when_it_is_refused(keeper: Site) -> None:
    answer = keeper.post("/registers/THG/new", {"title": "", "story": "Long text"})
    assert answer.status_code == 422
    assert "Long text" in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_a_stale_form_overwrites_nothing_and_keeps_the_text(keeper: Site) -> None:
    number = new(keeper, title="Lamp")
    mark = re.search(r'name="_mark" value="(\d+)"', keeper.get(f"/registers/THG/{number}/edit"))
    assert mark
    keeper.harness.advance(minutes=1)
    assert keeper.post(f"/registers/THG/{number}/edit", {"title": "Theirs", "_mark": mark[1]}).status_code == 302
    answer = keeper.post(f"/registers/THG/{number}/edit", {"title": "Mine", "_mark": mark[1]})
    assert answer.status_code == 409
    assert 'value="Mine"' in answer.text
    assert "Theirs" in words(keeper.get(f"/registers/THG/{number}"))


def test_who_only_reads_gets_no_way_to_write(site: Site) -> None:
    site.log_in("keke2")
    number = new(site, title="Lamp")
    site.log_in("tamu2")
    page = site.get(f"/registers/THG/{number}") + site.get("/registers/THG")
    assert "/edit" not in page
    assert "New entry" not in page
    assert site.post(f"/registers/THG/{number}/edit", {"title": "Mine"}).status_code == 403
    assert site.post("/registers/THG/import", {"file": (io.BytesIO(b"title\nA"), "a.csv")}).status_code == 302
    assert "Lamp" in words(site.get("/registers/THG"))


def test_a_confidential_register_is_not_there_for_others(site: Site) -> None:
    secret = add(site.harness, "SEC", by=WATCHER, title="Hidden plan")
    site.log_in("keke2")
    assert "SEC register" not in words(site.get("/registers"))
    for address in ("", f"/{secret}", "/export.csv", "/new", f"/{secret}/impact", f"/{secret}/edit", "/import"):
        site.get(f"/registers/SEC{address}", 404)
    assert "Hidden" not in site.get("/search?q=hidden")
    site.log_in("wira2")
    assert "Hidden plan" in words(site.get("/registers/SEC"))


def test_a_file_is_looked_at_and_then_written(keeper: Site) -> None:
    sheet = io.BytesIO(b"title;colour\nLamp;Red\nChair;green\n")
    answer = keeper.post("/registers/THG/import", {"file": (sheet, "list.csv")})
    page = words(keeper.get(answer.headers["Location"]))
    assert "1 row has a problem" in page
    sheet = io.BytesIO(b"title;colour\nLamp;Red\nChair;blue\n")
    address = keeper.post("/registers/THG/import", {"file": (sheet, "list.csv")}).headers["Location"]
    assert "Write 2 rows" in words(keeper.get(address))
    keeper.post(address)
    assert "All rows were written." in words(keeper.get(address))
    assert "Chair" in words(keeper.get("/registers/THG"))


def test_an_export_is_a_file(keeper: Site) -> None:
    new(keeper, title="=1+1")
    answer = keeper.client.get("/registers/THG/export.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=THG-2030-")
    assert "'=1+1" in answer.text
    assert keeper.client.get("/registers/THG/export.xlsx").data.startswith(b"PK")
    keeper.get("/registers/THG/export.exe", 404)


def test_many_entries_change_after_a_look(keeper: Site) -> None:
    numbers = [new(keeper, title=f"Lamp {place}", colour="red") for place in range(2)]
    chosen = {"number": numbers, "field": "colour"}
    assert 'name="colour"' in keeper.post("/registers/THG/bulk", chosen).text
    preview = keeper.post("/registers/THG/bulk/preview", {**chosen, "colour": "blue"})
    assert "before: Red → now: Blue" in words(preview.text)
    keeper.post("/registers/THG/bulk/apply", {**chosen, "colour": "blue"})
    assert "2 entries were changed." in words(keeper.get("/registers/THG?f.colour=blue"))


def test_filters_are_kept_under_a_name_and_shown_at_first(keeper: Site) -> None:
    new(keeper, title="Lamp", colour="red")
    keeper.post("/registers/THG/views", {"view_name": "Red ones", "f.colour": "red", "is_default": "1"})
    assert keeper.client.get("/registers/THG").headers["Location"] == "/registers/THG?f.colour=red"
    assert "Red ones" in words(keeper.get("/registers/THG?tab=open"))
    keeper.post("/registers/THG/views/remove", {"view_name": "Red ones"})
    assert "Red ones" not in words(keeper.get("/registers/THG").replace("The view Red ones was removed.", ""))


def test_links_are_added_and_removed(keeper: Site) -> None:
    lamp, plug = new(keeper, title="Lamp"), new(keeper, title="Plug")
    keeper.post(f"/registers/THG/{lamp}/links", {"to": plug.lower(), "kind": "needs"})
    assert f"{plug} Plug needs" in words(keeper.get(f"/registers/THG/{lamp}"))
    drawing = keeper.get(f"/registers/THG/{plug}/impact")
    svg = re.search(r"<svg class=\"impact\".*?</svg>", drawing, re.DOTALL)
    assert svg
    assert len(ElementTree.fromstring(svg[0]).findall(".//rect")) == 2  # noqa: S314 - our own page
    keeper.post(f"/registers/THG/{lamp}/links", {"to": plug, "kind": "needs", "remove": "1"})
    assert "There are no links yet." in words(keeper.get(f"/registers/THG/{lamp}"))
    keeper.post(f"/registers/THG/{lamp}/links", {"to": lamp, "kind": "needs"})
    assert "cannot be linked" in words(keeper.get(f"/registers/THG/{lamp}"))


def test_long_choices_are_searched_without_script(keeper: Site) -> None:
    for place in range(203):
        add(keeper.harness, title=f"Thing {place:03d}")
    form = {"title": "Typed", "_find.register:THG": "202", "_find_now": "needs"}
    page = keeper.post("/registers/THG/new", form)
    assert page.status_code == 200
    assert 'value="Typed"' in page.text
    assert "Thing 202" in page.text
    assert "Thing 001" not in page.text


def test_boxes_of_a_drawing_do_not_overlap_even_in_a_cycle() -> None:
    names = "abcdef"
    nodes = tuple(ImpactNode(name, name, "THG", 0 if name == "a" else 1) for name in names)
    edges = tuple(ImpactEdge(one, other, "needs") for one in names for other in names if one != other)
    drawing = draw(ImpactGraph(nodes, edges, is_cut=False))
    assert len({(box.x, box.y) for box in drawing.boxes}) == len(names)
