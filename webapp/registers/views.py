"""Registers: their list, their entries, what an entry reaches, spreadsheets in and out, many entries at once."""

from __future__ import annotations

from webapp.i18n import mark
from webapp.navigation import NavigationItem
from webapp.registers import bulk, entries, impact, lists, sheets
from webapp.registers.blueprint import pages

__all__ = ["NAVIGATION", "bulk", "entries", "impact", "lists", "pages", "sheets"]

NAVIGATION = (
    NavigationItem(
        "registers.registers",
        mark("Registers"),
        "books",
        "work",
        40,
        also=tuple(
            f"registers.{name}"
            for name in (
                "register", "entry", "impact", "new_entry", "edit_entry", "upload", "show_import", "choose_field",
                "preview_edit", "add_entry", "save_entry",
            )
        ),
    ),
)  # fmt: skip
