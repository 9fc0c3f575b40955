"""The pages of people, and their lines in the side bar."""

from __future__ import annotations

from webapp.i18n import mark
from webapp.navigation import NavigationItem
from webapp.people import absences, accounts, conflicts, mine, rosters
from webapp.people.blueprint import pages

__all__ = ["NAVIGATION", "absences", "accounts", "conflicts", "mine", "pages", "rosters"]

NAVIGATION = (
    NavigationItem("people.absences", mark("Absence"), "user-share", "work", 60, also=("people.enter_absence",)),
    NavigationItem(
        "people.roster", mark("On duty"), "clock", "work", 70, also=("people.roster_of", "people.plan_shifts")
    ),
    NavigationItem("people.account", mark("My account"), "user-check", "work", 80, also=("people.change_password",)),
)
