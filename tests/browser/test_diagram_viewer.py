"""The viewer draws a diagram in the reader's language and shows what runs in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.still_pages import ADDRESS, StillSite

_DIAGRAM = (Path(__file__).parent / "leave.bpmn").read_text()
_HOST = """<div class="diagram" data-bpmn-viewer data-diagram-url="/leave.bpmn" data-overlay-url="/leave.json"
 data-element-link="/elements/{element}" aria-label="Leave"><ul id="fallback"><li>Approve leave</li></ul></div>"""


@pytest.fixture
def site(page: Page) -> StillSite:
    """Give a site with one diagram in which one user task waits twice and is stuck once."""
    elements = {
        "Asked": {"active": 0, "completed": 3, "faults": 0, "state": "completed"},
        "Approve": {"active": 2, "completed": 1, "faults": 1, "state": "active"},
        "Of_another_version": {"active": 1},
    }
    overlay = json.dumps({"elements": elements})
    return StillSite(page, answers={"/leave.bpmn": (200, _DIAGRAM), "/leave.json": (200, overlay)})


@pytest.mark.parametrize(("language", "name"), [("id", "Setujui cuti"), ("en", "Approve leave")])
def test_names_are_in_the_language_of_the_page(site: StillSite, language: str, name: str) -> None:
    page = site.open(_HOST, language=language)
    expect(page.locator("[data-element-id=Approve] .djs-label")).to_contain_text(name)


def test_elements_in_which_something_is_are_lit_and_counted(site: StillSite) -> None:
    page = site.open(_HOST)
    waiting = page.locator(".djs-shape[data-element-id=Approve]")
    expect(waiting).to_contain_class("is-active")
    expect(waiting).to_contain_class("is-faults")
    expect(page.locator(".djs-shape[data-element-id=Asked]")).to_contain_class("is-completed")
    expect(page.locator(".diagram-badge.is-active")).to_have_text(["2"])
    expect(page.locator(".diagram-badge.is-faults")).to_have_text(["1"])
    expect(page.locator(".diagram-legend li")).to_have_text(["menunggu di sini", "gangguan eksekusi", "selesai"])


def test_the_watermark_that_the_licence_asks_for_is_in_sight(site: StillSite) -> None:
    page = site.open(_HOST)
    mark, frame = page.locator(".bjs-powered-by"), page.locator(".diagram-frame")
    expect(mark).to_be_visible()
    expect(mark).to_be_in_viewport(ratio=1)
    inside, outside = mark.bounding_box(), frame.bounding_box()
    assert inside is not None
    assert outside is not None
    assert inside["y"] + inside["height"] <= outside["y"] + outside["height"]


def test_a_click_leads_to_the_page_of_the_element(site: StillSite) -> None:
    site.answers["/elements/Approve"] = (200, "the element")
    page = site.open(_HOST)
    page.locator(".djs-shape[data-element-id=Approve] .djs-hit").click()
    page.wait_for_url(f"{ADDRESS}/elements/Approve")


def test_keys_zoom_and_a_button_shows_all_again(site: StillSite) -> None:
    page = site.open(_HOST)
    viewport = page.locator(".djs-container .viewport")
    expect(page.locator(".diagram-tools button")).to_have_count(4)

    def scale() -> float:
        return float(viewport.evaluate("drawn => drawn.getCTM().a"))

    whole = scale()
    page.locator(".djs-container > svg").focus()
    page.keyboard.press("+")
    assert scale() == pytest.approx(whole * 1.25, rel=0.01)
    page.get_by_role("button", name="Tampilkan seluruh diagram").click()
    assert scale() == pytest.approx(whole, rel=0.01)


def test_a_diagram_that_cannot_be_loaded_leaves_the_list_and_says_so(site: StillSite, page: Page) -> None:
    del site.answers["/leave.bpmn"]
    site.open(_HOST)
    expect(page.locator(".diagram-complaint")).to_contain_text("Diagram tidak dapat dimuat")
    expect(page.locator("#fallback")).to_be_visible()


def test_the_viewer_is_loaded_only_when_a_diagram_comes_into_sight(site: StillSite) -> None:
    page = site.open(f"<div class='far'>{'<p>text</p>' * 200}</div>{_HOST}")
    page.wait_for_load_state("networkidle")
    assert not any("viewer" in path for path in site.paths("GET"))
    page.locator("[data-bpmn-viewer]").scroll_into_view_if_needed()
    expect(page.locator(".djs-container")).to_be_visible()


_TOUCH = """([kind, id, x, y]) => document.querySelector(".diagram-canvas").dispatchEvent(new PointerEvent(kind,
    {pointerType: "touch", pointerId: id, clientX: x, clientY: y, bubbles: true}))"""


def test_one_finger_moves_the_diagram_and_two_zoom_it(site: StillSite) -> None:
    page = site.open(_HOST)
    viewport = page.locator(".djs-container .viewport")
    expect(page.locator(".diagram-tools button")).to_have_count(4)

    def drawn() -> tuple[float, float]:
        x, scale = viewport.evaluate("drawn => [drawn.getCTM().e, drawn.getCTM().a]")
        return float(x), float(scale)

    def touch(kind: str, finger: int, x: int, y: int) -> None:
        page.evaluate(_TOUCH, [kind, finger, x, y])

    before, scale = drawn()
    touch("pointerdown", 1, 200, 200)
    touch("pointermove", 1, 260, 200)
    assert list(drawn()) == pytest.approx([before + 60, scale])
    touch("pointerdown", 2, 360, 200)
    touch("pointermove", 2, 460, 200)
    assert drawn()[1] == pytest.approx(scale * 2, rel=0.05)
    touch("pointerup", 1, 260, 200)
    touch("pointerup", 2, 460, 200)
    moved = drawn()
    touch("pointermove", 1, 300, 300)
    assert drawn() == moved


def test_the_diagram_fits_itself_again_when_the_window_changes_until_somebody_moves_it(site: StillSite) -> None:
    page = site.open(_HOST)
    viewport = page.locator(".djs-container .viewport")
    expect(page.locator(".diagram-tools button")).to_have_count(4)

    def scale() -> float:
        return float(viewport.evaluate("drawn => drawn.getCTM().a"))

    wide = scale()
    page.set_viewport_size({"width": 320, "height": 844})
    page.wait_for_function("before => document.querySelector('.viewport').getCTM().a < before", arg=wide)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.wait_for_function("before => document.querySelector('.viewport').getCTM().a === before", arg=wide)
    page.get_by_role("button", name="Perbesar").click()
    chosen = scale()
    page.set_viewport_size({"width": 900, "height": 844})
    page.wait_for_timeout(200)
    assert scale() == pytest.approx(chosen)
