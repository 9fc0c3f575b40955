"""People: passwords, login throttling, who is in which group, and segregation of duties."""

from engine.people.directory import Directory
from engine.people.passwords import hash_password, needs_rehash, verify_password
from engine.people.segregation import Rule, parse_rules, violated_rule
from engine.people.throttling import FREE_FAILURES, FREE_FAILURES_OF_ADDRESS, counted_failures, wait_seconds

__all__ = [
    "FREE_FAILURES",
    "FREE_FAILURES_OF_ADDRESS",
    "Directory",
    "Rule",
    "counted_failures",
    "hash_password",
    "needs_rehash",
    "parse_rules",
    "verify_password",
    "violated_rule",
    "wait_seconds",
]
