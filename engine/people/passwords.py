"""Passwords of local accounts: argon2id, with the parameters in the hash."""

from __future__ import annotations

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from engine.errors import InputInvalid
from engine.model import Label

#: Source: NIST SP 800-63B asks for 8 and advises length over composition rules.
LEAST_CHARACTERS = 10
#: Hashing a megabyte would be a way to keep the server busy.
MOST_CHARACTERS = 200

# Source: RFC 9106, section 4, second recommended option (64 MiB), which is also the library's default.
_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """Return the hash to store; raises InputInvalid when the password is too short or too long."""
    if not LEAST_CHARACTERS <= len(password) <= MOST_CHARACTERS:
        raise InputInvalid(
            Label(
                f"A password has {LEAST_CHARACTERS} to {MOST_CHARACTERS} characters.",
                f"Kata sandi terdiri atas {LEAST_CHARACTERS} sampai {MOST_CHARACTERS} karakter.",
            )
        )
    return _hasher.hash(password)


def verify_password(password_hash: str | None, password: str) -> bool:
    """Return whether the password is right.

    Without a hash (no such person, or one without password) it takes as long and says no, so that the time to answer
    does not tell which names exist.
    """
    try:
        _hasher.verify(password_hash or _hash_of_nobody(), password[:MOST_CHARACTERS])
    except (Argon2Error, InvalidHashError):
        return False
    return bool(password_hash) and len(password) <= MOST_CHARACTERS


def needs_rehash(password_hash: str) -> bool:
    """Return whether the hash was made with other parameters than today's; made anew at the next login."""
    return _hasher.check_needs_rehash(password_hash)


@lru_cache(maxsize=1)
def _hash_of_nobody() -> str:
    return _hasher.hash("nobody has this password")
