"""Cuts what a mail quotes of the one that it answers: what is new is what counts."""

from __future__ import annotations

import re

#: A line after which mail programs put the mail that is answered.
_INTRODUCTIONS = (
    re.compile(r"^on .{5,200} wrote:$", re.IGNORECASE),
    re.compile(r"^pada .{5,200} (menulis|wrote):$", re.IGNORECASE),
    re.compile(r"^-{2,}\s*(original message|pesan asli|forwarded message|pesan terusan)\s*-{2,}$", re.IGNORECASE),
    re.compile(r"^_{20,}$"),
)


def without_quotation(text: str) -> str:
    """Return the text before the quoted mail, without quoted lines and signature; a mail that only quotes stays."""
    kept: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        bare = line.strip()
        if line.rstrip() == "--" or line == "-- " or any(pattern.match(bare) for pattern in _INTRODUCTIONS):
            break
        if not bare.startswith(">"):
            kept.append(line.rstrip())
    return "\n".join(kept).strip() or text.strip()
