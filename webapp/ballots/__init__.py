"""Approval by link: a page of facts and buttons that works without logging in."""
