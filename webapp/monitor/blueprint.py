"""The blueprint that the modules of this page group share."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("monitor", __name__, url_prefix="/monitor", template_folder="templates")

#: Who may look; what may be done is decided by the engine's commands.
OBSERVERS = ("administrator", "auditor", "process_owner")
OPERATORS = ("administrator",)
