"""Mails and alerts that come in."""
