"""The blueprint that the modules of this page group share."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("modeller", __name__, url_prefix="/modeller", template_folder="templates")

#: Who may look; who may publish which process is decided by the engine's commands.
READERS = ("process_owner", "administrator", "auditor")
EDITORS = ("process_owner", "administrator")
