"""Pages without a server: the built scripts and styles in a page that the test writes itself."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request, Route

ADDRESS = "http://clause8.test"
_DIST = Path(__file__).parents[2] / "webapp" / "static" / "dist"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}
#: As the application sends it; the scripts must live with it.
_POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'"
_FRAME = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Test</title>
<meta name="csrf-token" content="the-token"><link rel="icon" href="data:,">
<meta name="htmx-config" content='{{"includeIndicatorStyles":false,"allowEval":false}}'>
<link rel="stylesheet" href="/dist/{css}"><script type="module" src="/dist/{js}"></script></head>
<body>{body}</body></html>"""


@dataclass
class StillSite:
    """Answers what a browser asks, and remembers it."""

    page: Page
    answers: dict[str, tuple[int, str]] = field(default_factory=dict)  #: path -> status, body
    asked: list[Request] = field(default_factory=list)

    def open(self, body: str, *, language: str = "id") -> Page:
        """Show a page with `body`, with the scripts and styles of the product."""
        manifest = json.loads((_DIST / "manifest.json").read_text())
        page = _FRAME.format(language=language, css=manifest["app.css"], js=manifest["app.js"], body=body)
        self.answers["/"] = (200, page)
        self.page.route(f"{ADDRESS}/**", self._answer)
        self.page.goto(f"{ADDRESS}/")
        return self.page

    def paths(self, method: str) -> list[str]:
        """Return the paths asked for with `method`, in order."""
        return [urlsplit(request.url).path for request in self.asked if request.method == method]

    def _answer(self, route: Route, request: Request) -> None:
        self.asked.append(request)
        path = urlsplit(request.url).path
        if path.startswith("/dist/"):
            file = _DIST / Path(path).name
            route.fulfill(path=file, content_type=_TYPES[file.suffix])
            return
        status, body = self.answers.get(path, (404, ""))
        headers = {"Content-Security-Policy": _POLICY, "Content-Type": "text/html; charset=utf-8"}
        route.fulfill(status=status, body=body, headers=headers)
