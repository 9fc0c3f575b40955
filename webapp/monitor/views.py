"""The monitor: what runs, what is stuck, and what an administrator can do about it."""

from __future__ import annotations

from webapp.i18n import mark
from webapp.monitor import (
    actions,
    batches,
    faults,
    instances,
    messages,
    migration,
    modification,
    processes,
    saved_views,
    wording,
)
from webapp.monitor.blueprint import OBSERVERS, OPERATORS, pages
from webapp.navigation import NavigationItem

__all__ = [
    "NAVIGATION",
    "actions",
    "batches",
    "faults",
    "instances",
    "messages",
    "migration",
    "modification",
    "pages",
    "processes",
    "saved_views",
]

NAVIGATION = (
    NavigationItem(
        "monitor.overview", mark("Monitor"), "chart-bar", "operate", 10, roles=OBSERVERS, also=("monitor.process",)
    ),
    NavigationItem(
        "monitor.instance_list",
        mark("Process instances"),
        "list-details",
        "operate",
        20,
        roles=OBSERVERS,
        also=(
            "monitor.instance",
            "monitor.modify_instance",
            "monitor.restart_instance",
            "monitor.migration",
            "monitor.migrate",
            *actions.ENDPOINTS,
        ),
    ),
    NavigationItem(
        "monitor.fault_list",
        mark("Faults"),
        "alert-triangle",
        "operate",
        30,
        roles=OBSERVERS,
        badge="open_faults",
        also=("monitor.repair_fault",),
    ),
    NavigationItem(
        "monitor.batch_list",
        mark("Batch operations"),
        "stack-2",
        "operate",
        35,
        roles=OBSERVERS,
        also=("monitor.batch", "monitor.new_batch", "monitor.propose_batch", "monitor.move_batch"),
    ),
    NavigationItem(
        "monitor.message", mark("Publish message"), "send", "operate", 40, roles=OPERATORS, also=("monitor.publish",)
    ),
)

pages.add_app_template_filter(wording.span, "span")
pages.add_app_template_filter(wording.as_json, "as_json")
pages.app_context_processor(wording.for_templates)
pages.app_context_processor(batches.for_templates)
