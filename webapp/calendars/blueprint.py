"""The blueprint that the modules of this page group share."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("calendars", __name__, url_prefix="/calendars", template_folder="templates")
