"""Notifications out: bilingual templates, rows in the transaction."""

from engine.outbox.outbox import Outbox
from engine.outbox.templates import Template, parse_templates, render

__all__ = ["Outbox", "Template", "parse_templates", "render"]
