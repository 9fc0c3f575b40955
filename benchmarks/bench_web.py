"""Weights and times of the pages in a real browser, against the budgets of the front end: `make bench-web`.

Each page is opened by a new browser (cold: nothing kept), again in the same one (warm), and by a slow one
(processor four times slower, 9 Mbps). Weights are scripts and styles as they come over the wire.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from engine import Actor, CheckDraft, DraftFile, StartDefinitionDraft
from engine.model import ResourceKind
from tests.browser.journeys.site import Site
from tests.large_diagram import large_process

_TURNS = 5
_OWNER, _ADMINISTRATOR = "wulan.safitri", "admin"
_SLOWER, _MEGABITS = 4, 9
#: What an import of 300 elements may take in the browser: a third of what 1,000 took when it was first measured.
_IMPORT_SECONDS = 0.4
_CHECK_CPU_SECONDS = 0.5


@dataclass(frozen=True)
class Budget:
    """A page, when it is ready, and what it may weigh (kB, gzip) and take (seconds)."""

    name: str
    user: str
    path: str
    ready: str
    weight: int
    cold: float
    slow: float


def pages(site: Site) -> list[Budget]:
    """Return the pages with the budgets of the design; the viewer's comes on top of that of the page around it."""
    editor = "#editor[data-is-ready]"
    drafts = [
        _draft(site, *one)
        for one in (
            (ResourceKind.BPMN, "chg_normal.bpmn"),
            (ResourceKind.DMN, "dmn_change_risk.dmn"),
            (ResourceKind.FORM, "F_plan"),
        )
    ]
    key = site.harness.start("chg_normal").key
    return [
        Budget("modeller", _OWNER, f"/modeller/drafts/{drafts[0]}", editor, 505, 0.8, 2.6),
        Budget(
            "viewer", _ADMINISTRATOR, f"/monitor/instances/{key}", "[data-bpmn-viewer] .djs-shape", 60 + 63, 0.4, 1.1
        ),
        Budget("dmn", _OWNER, f"/modeller/drafts/{drafts[1]}", editor, 334, 0.7, 1.5),
        Budget("form editor", _OWNER, f"/modeller/drafts/{drafts[2]}", editor, 397, 0.9, 1.8),
        Budget("inbox", _OWNER, "/tasks", "main", 60, 0.3, 0.8),
        Budget("monitor list", _ADMINISTRATOR, "/monitor/instances", "main", 60, 0.3, 0.8),
    ]


def test_pages_stay_within_their_budgets(site: Site, browser: Browser) -> None:
    print(f"\n{'page':<14}{'kB gz':>7}{'goal':>6}{'cold s':>9}{'goal':>6}{'warm s':>9}{'slow s':>9}{'goal':>6}")
    missed = []
    for budget in pages(site):
        with _person(site, browser, budget.user) as context:
            _opened(context, site, budget)  # the server has read its templates and definitions
        cold, warm, weights = _turns(site, browser, budget)
        slow = min(_slowly(site, browser, budget) for _ in range(2))
        weight = max(weights) / 1000
        print(
            f"{budget.name:<14}{weight:>7.0f}{budget.weight:>6}{cold:>9.2f}{budget.cold:>6}"
            f"{warm:>9.2f}{slow:>9.2f}{budget.slow:>6}"
        )
        missed += [f"{budget.name} weighs {weight:.0f} kB of {budget.weight}"] if weight > budget.weight else []
        # Times depend on who else uses the machine; twice the budget is a regression anywhere.
        missed += [f"{budget.name} took {cold:.2f} s of {budget.cold}"] if cold > 2 * budget.cold else []
    assert missed == []


def test_a_process_of_300_elements(site: Site, browser: Browser) -> None:
    file = large_process("large", 300, "F_plan")
    key = site.harness.engine.execute(DraftFile(file=file, actor=Actor(_OWNER)))
    budget = Budget("300 elements", _OWNER, f"/modeller/drafts/{key}", "#editor[data-is-ready]", 0, 0, 0)
    imports = []
    for _ in range(3):
        with _person(site, browser, _OWNER) as context:
            page, _ = _opened(context, site, budget)
            imports.append(page.evaluate("performance.getEntriesByName('import')[0].duration") / 1000)
    checks = [_check_seconds(site, key) for _ in range(5)]
    print(
        f"\nimport of 300 elements: {min(imports):.2f} s of {_IMPORT_SECONDS}; "
        f"check: {min(checks):.3f} s CPU of {_CHECK_CPU_SECONDS}"
    )
    assert min(checks) < _CHECK_CPU_SECONDS
    assert min(imports) < 2 * _IMPORT_SECONDS


def _check_seconds(site: Site, key: int) -> float:
    started = time.thread_time()
    site.harness.engine.ask(CheckDraft(draft_key=key, actor=Actor(_OWNER)))
    return time.thread_time() - started


def _draft(site: Site, kind: ResourceKind, resource_id: str) -> int:
    return site.harness.engine.execute(StartDefinitionDraft(kind=kind, resource_id=resource_id, actor=Actor(_OWNER)))


def _turns(site: Site, browser: Browser, budget: Budget) -> tuple[float, float, list[int]]:
    """Return the median cold and warm seconds, and the bytes of each cold turn."""
    cold, warm, weights = [], [], []
    for _ in range(_TURNS):
        with _person(site, browser, budget.user) as context:
            page, weight = _opened(context, site, budget)
            cold.append(_seconds(page))
            weights.append(weight)
            page.reload()
            page.locator(budget.ready).first.wait_for()
            warm.append(_seconds(page))
    return statistics.median(cold), statistics.median(warm), weights


def _slowly(site: Site, browser: Browser, budget: Budget) -> float:
    with _person(site, browser, budget.user) as context:
        page = context.new_page()
        client = context.new_cdp_session(page)
        speed = _MEGABITS * 1_000_000 / 8
        conditions = {"offline": False, "latency": 20, "downloadThroughput": speed, "uploadThroughput": speed}
        client.send("Network.enable")
        client.send("Network.emulateNetworkConditions", conditions)
        client.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
        page.goto(site.address + budget.path)
        page.locator(budget.ready).first.wait_for(timeout=60_000)
        return _seconds(page)


def _opened(context: BrowserContext, site: Site, budget: Budget) -> tuple[Page, int]:
    """Open a page; return it when it is ready, with the bytes of its scripts and styles so far."""
    page = context.new_page()
    client = context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def answered(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"]

    def loaded(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = int(event["encodedDataLength"])

    client.on("Network.responseReceived", answered)
    client.on("Network.loadingFinished", loaded)
    client.send("Network.enable")
    page.goto(site.address + budget.path)
    page.locator(budget.ready).first.wait_for(timeout=60_000)
    page.wait_for_load_state("networkidle")
    return page, sum(size for key, size in sizes.items() if kinds.get(key) in ("Script", "Stylesheet"))


def _seconds(page: Page) -> float:
    """Return when the page said that it is ready, since it was asked for."""
    moment: float = page.evaluate(
        """() => performance.getEntriesByName("ready")[0]?.startTime
          ?? performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd"""
    )
    return moment / 1000


@contextmanager
def _person(site: Site, browser: Browser, name: str) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="id-ID")
    cookie = {"name": "clause8_session", "value": site.session_of(name), "url": site.address}
    context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict that cannot be imported
    yield context
    context.close()
