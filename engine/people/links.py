"""Signed tokens of links: nobody can make one who does not have the key; what is behind it stays in the database."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence

#: Beyond this no token of ours is that long.
_LONGEST = 100


def link_token(keys: Sequence[bytes], purpose: str, number: int) -> str:
    """Return `<number>.<signature>` under the first of `keys`, the newest; both parts fit into an address."""
    return f"{number:x}.{_signature(keys[0], purpose, number)}"


def read_link_token(keys: Sequence[bytes], purpose: str, token: str) -> int | None:
    """Return the number of a token that one of `keys` signed for this purpose; None for anything else."""
    number, _, signature = token[:_LONGEST].partition(".")
    if not (number.isascii() and number.isalnum()) or len(token) > _LONGEST:
        return None
    try:
        read = int(number, 16)
    except ValueError:
        return None
    if f"{read:x}" != number:
        return None  # only one spelling is ours
    is_signed = [hmac.compare_digest(_signature(key, purpose, read).encode(), signature.encode()) for key in keys]
    return read if any(is_signed) else None


def _signature(key: bytes, purpose: str, number: int) -> str:
    # Source: HMAC-SHA256, RFC 2104; 256 bits cut to 192 are plenty and keep the address short.
    digest = hmac.new(key, f"{purpose}:{number:x}".encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest[:24]).decode()
