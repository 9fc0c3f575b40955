"""Notifications out: bilingual templates, rows in the transaction, mails and webhooks from those rows."""

from engine.outbox.mail import bare_address, compose
from engine.outbox.outbox import Outbox
from engine.outbox.settings import OutgoingSettings, SmtpSecurity, SmtpSettings
from engine.outbox.smtp import MailServer, SendFailed
from engine.outbox.templates import Template, parse_templates, render

__all__ = [
    "MailServer",
    "Outbox",
    "OutgoingSettings",
    "SendFailed",
    "SmtpSecurity",
    "SmtpSettings",
    "Template",
    "bare_address",
    "compose",
    "parse_templates",
    "render",
]
