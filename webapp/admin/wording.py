"""Words for what the engine names by stable keys: kinds of files, actions of the system's audit."""

from __future__ import annotations

from typing import Any

from engine import ResourceKind
from webapp.clock import now
from webapp.i18n import gettext, mark, number

#: kind of file -> (text, icon)
FILE_KINDS = {
    ResourceKind.BPMN: (mark("Processes"), "sitemap"),
    ResourceKind.DMN: (mark("Decisions"), "table"),
    ResourceKind.FORM: (mark("Forms"), "forms"),
    ResourceKind.DOCUMENT: (mark("Shared documents"), "file-text"),
}
#: action of an entry of the system's stream -> (text, icon)
SYSTEM_ACTIONS = {
    "deployed": (mark("Files deployed"), "upload"),
    "logged_in": (mark("Logged in"), "login-2"),
    "logged_out": (mark("Logged out"), "logout"),
    "login_failed": (mark("Login refused"), "lock-x"),
    "access_denied": (mark("Access refused"), "lock-x"),
    "access_denied_more": (mark("Access refused again and again"), "lock-x"),
    "dead_letter_discarded": (mark("Undelivered message given up"), "mail-x"),
    "dead_letter_proposed": (mark("Undelivered message reported"), "mail-x"),
    "dead_letter_republished": (mark("Undelivered message published again"), "mail-x"),
    "deliveries_retried": (mark("Unsent mails sent again"), "mail-forward"),
    "delivery_discarded": (mark("Unsent mail given up"), "mail-x"),
    "webhook_added": (mark("Webhook added"), "webhook"),
    "webhook_on": (mark("Webhook turned on"), "webhook"),
    "webhook_off": (mark("Webhook turned off"), "webhook"),
    "mail_released": (mark("Parked mail released"), "mail-forward"),
    "mail_discarded": (mark("Parked mail discarded"), "mail-x"),
    "alert_source_added": (mark("Source of alerts added"), "bell"),
    "alert_source_on": (mark("Source of alerts turned on"), "bell"),
    "alert_source_off": (mark("Source of alerts turned off"), "bell-off"),
    "message_undeliverable": (mark("Message nobody took"), "mail-x"),
    "bodies_removed": (mark("Texts removed after their time"), "trash"),
    "conditions_evaluated": (mark("Conditions evaluated"), "list-check"),
    "clocks_recalculated": (mark("Due times computed anew"), "clock-edit"),
    "batch_running": (mark("Operation on many instances started"), "list-details"),
    "batch_stopped": (mark("Operation on many instances stopped"), "player-stop"),
    "batch_discarded": (mark("Operation on many instances discarded"), "trash"),
    "batch_finished": (mark("Operation on many instances finished"), "checks"),
    "user_added": (mark("Person added"), "user-plus"),
    "user_changed": (mark("Person changed"), "user-edit"),
    "user_activated": (mark("Account activated"), "user-check"),
    "user_deactivated": (mark("Account deactivated"), "user-off"),
    "password_changed": (mark("Password changed"), "key"),
    "password_reset": (mark("Password reset"), "key"),
    "group_added": (mark("Group added"), "users-plus"),
    "group_changed": (mark("Group changed"), "users"),
    "users_added": (mark("People added"), "users-plus"),
    "message_published": (mark("Message published"), "send"),
    "signal_broadcast": (mark("Signal broadcast"), "broadcast"),
}
_UNITS = ("B", "kB", "MB", "GB", "TB")


def system_action(name: str) -> tuple[str, str]:
    """Return what happened and its icon; the stable name itself when it has no words yet."""
    text, icon = SYSTEM_ACTIONS.get(name, (name.replace("_", " "), "point"))
    return gettext(text), icon


def size(count: int) -> str:
    """Return a number of bytes as a person reads it."""
    value, unit = float(count), 0
    while value >= 1000 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{number(round(value, 1) if value < 100 else round(value))} {_UNITS[unit]}"


def for_templates() -> dict[str, Any]:
    """Return what the templates of administration call."""
    return {
        "file_kinds": FILE_KINDS,
        "system_action": system_action,
        "system_actions": SYSTEM_ACTIONS,
        "size": size,
        "now": now,
    }
