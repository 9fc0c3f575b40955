"""People: passwords, login throttling, links, who is in which group, deputies, and segregation of duties."""

from engine.people.deputies import stand_in_of, stands_in_for
from engine.people.directory import Directory
from engine.people.links import link_token, read_link_token
from engine.people.passwords import hash_password, needs_rehash, verify_password
from engine.people.segregation import Rule, parse_rules, violated_rule
from engine.people.sheets import SheetLine, read_sheet
from engine.people.throttling import FREE_FAILURES, FREE_FAILURES_OF_ADDRESS, counted_failures, wait_seconds

__all__ = [
    "FREE_FAILURES",
    "FREE_FAILURES_OF_ADDRESS",
    "Directory",
    "Rule",
    "SheetLine",
    "counted_failures",
    "hash_password",
    "link_token",
    "needs_rehash",
    "parse_rules",
    "read_link_token",
    "read_sheet",
    "stand_in_of",
    "stands_in_for",
    "verify_password",
    "violated_rule",
    "wait_seconds",
]
