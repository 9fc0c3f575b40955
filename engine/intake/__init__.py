"""Mails and alerts in: what they say, where they go, and what protects from loops and floods."""

from engine.intake.mail import IncomingMail, read_mail
from engine.intake.mailbox import MailboxSettings, unseen_mails
from engine.intake.rules import Route, Routes, parse_routes, route_of

__all__ = [
    "IncomingMail",
    "MailboxSettings",
    "Route",
    "Routes",
    "parse_routes",
    "read_mail",
    "route_of",
    "unseen_mails",
]
