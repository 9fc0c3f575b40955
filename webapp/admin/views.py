"""Administration: deployed files, people and groups, audit trail, health."""

from __future__ import annotations

from webapp.admin import audit, definitions, health, people, wording
from webapp.admin.blueprint import OBSERVERS, pages
from webapp.i18n import mark
from webapp.navigation import NavigationItem

__all__ = ["NAVIGATION", "audit", "definitions", "health", "pages", "people"]

NAVIGATION = (
    NavigationItem(
        "admin.files",
        mark("Deployed files"),
        "files",
        "design",
        50,
        roles=OBSERVERS,
        also=("admin.deploy", "admin.deploy_now", "admin.file_versions"),
    ),
    NavigationItem(
        "admin.people",
        mark("People and groups"),
        "users",
        "operate",
        50,
        roles=OBSERVERS,
        also=("admin.groups", "admin.person", "admin.new_person", "admin.add_person", "admin.change_person"),
    ),
    NavigationItem(
        "admin.audit", mark("Audit trail"), "history", "operate", 60, roles=OBSERVERS, also=("admin.verify_audit",)
    ),
    NavigationItem("admin.health", mark("Health"), "heart-rate-monitor", "operate", 70, roles=OBSERVERS),
)

pages.app_context_processor(wording.for_templates)
