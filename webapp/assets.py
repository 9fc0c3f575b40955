"""Scripts, styles and icons that `webapp/frontend` built: their addresses, their markup, and how they are sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request, send_from_directory, url_for
from markupsafe import Markup
from werkzeug.security import safe_join
from werkzeug.wrappers import Response

STATIC = Path(__file__).parent / "static"
DIST = STATIC / "dist"
#: Drawn where content (a process may name its own icon) asks for one that Tabler does not have.
UNKNOWN_ICON = "square-rounded"
_YEAR_SECONDS = 365 * 24 * 3600
#: Named here, because what the system calls these files differs from machine to machine.
_TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


class FrontEndMissing(Exception):
    """Nothing was built yet."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"Expected {path}, but the front end was not built. Run: make setup")


def asset_url(name: str) -> str:
    """Return the address of a built file by its plain name: "app.js", "app.css", "viewer.js".

    Raises KeyError when the build makes no such file.
    """
    manifest: dict[str, str] = current_app.extensions["manifest"]
    return url_for("static", filename=f"dist/{manifest[name]}")


def icon(name: str, label: str = "") -> Markup:
    """Return a Tabler outline icon as inline SVG; hidden from screen readers unless it has a `label`."""
    icons: dict[str, str] = current_app.extensions["icons"]
    spoken = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    markup = Markup(
        '<svg class="icon icon-{}" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor"'
        ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>'
    )
    drawing = Markup(icons.get(name) or icons[UNKNOWN_ICON])  # noqa: S704 - written by our own build
    return markup.format(name, spoken, drawing)


def send_static(filename: str) -> Response:
    """Send a file of the static folder: built ones compressed, and kept by the browser for ever.

    A built file's name holds the hash of its content, so it never changes under one name.
    """
    path = Path(filename)
    is_built = path.parts[:1] == ("dist",)
    packed = safe_join(str(STATIC), f"{filename}.gz") if is_built and request.accept_encodings.quality("gzip") else None
    is_packed = packed is not None and Path(packed).is_file()
    answer = send_from_directory(
        STATIC,
        f"{filename}.gz" if is_packed else filename,
        mimetype=_TYPES.get(path.suffix),
        max_age=_YEAR_SECONDS if is_built else None,
    )
    if is_built:
        answer.cache_control.public = answer.cache_control.immutable = True
        answer.vary.add("Accept-Encoding")
    if is_packed:
        answer.content_encoding = "gzip"
    return answer


def init_app(app: Flask) -> None:
    """Give the templates `asset_url` and `icon`, and send static files our way.

    Raises FrontEndMissing when nothing was built.
    """
    app.extensions["manifest"] = _read("manifest.json")
    app.extensions["icons"] = _read("icons.json")
    app.view_functions["static"] = send_static
    app.jinja_env.globals.update(asset_url=asset_url, icon=icon)


def _read(name: str) -> Any:
    try:
        return json.loads((DIST / name).read_bytes())
    except FileNotFoundError:
        raise FrontEndMissing(DIST / name) from None
