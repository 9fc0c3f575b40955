"""The system's audit trail, and the proof that nothing in any stream was altered."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from queue import Queue

from flask import Response, current_app, render_template, request, stream_template

from engine import Actor, Engine, SystemHistory, Verification, VerifyHistory
from webapp.access import needs
from webapp.admin.blueprint import OBSERVERS, pages
from webapp.engine_access import actor, engine


@pages.get("/audit")
@needs(*OBSERVERS)
def audit() -> str:
    """Show what happened to the system itself, newest first."""
    before = request.args.get("before", type=int)
    action, person = (request.args.get(name, "").strip() for name in ("action", "person"))
    page = engine().ask(SystemHistory(actor=actor(), before=before, action=action, person=person))
    return render_template("admin/audit.html", page=page, before=before, action=action, person=person)


@pages.post("/audit/verify")
@needs(*OBSERVERS)
def verify_audit() -> Response:
    """Check everything; the page grows while the check goes on, without a script."""
    check = _Check(engine(), actor())
    return Response(stream_template("admin/verification.html", check=check), mimetype="text/html")


class _Check:
    """A verification in a thread of its own, told step by step."""

    def __init__(self, engine: Engine, actor: Actor) -> None:
        self._engine, self._actor = engine, actor
        self._told: Queue[int | Verification | Exception] = Queue()
        self._folder = current_app.extensions["web_settings"].anchors_folder
        self.result: Verification | None = None

    def steps(self) -> Iterator[int]:
        """Yield how many entries were checked so far; `result` is there when it ends."""
        threading.Thread(target=self._run, daemon=True).start()
        while isinstance(told := self._told.get(), int):
            yield told
        if isinstance(told, Exception):
            raise told
        self.result = told

    def _run(self) -> None:
        query = VerifyHistory(actor=self._actor, anchors_folder=self._folder, progress=self._told.put)
        try:
            self._told.put(self._engine.ask(query))
        except Exception as error:
            self._told.put(error)
