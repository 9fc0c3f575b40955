"""The system's audit trail, and the proof that nothing in any stream was altered."""

from __future__ import annotations

from flask import render_template, request

from engine import SystemHistory
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
def verify_audit() -> str:
    """Prove that nothing in any stream was altered."""
    return render_template("admin/verification.html")
