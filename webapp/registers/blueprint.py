"""The blueprint of the registers' pages."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("registers", __name__, template_folder="templates")
