"""Passwords and how long a guesser must wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InputInvalid
from engine.people import (
    FREE_FAILURES_OF_ADDRESS,
    counted_failures,
    hash_password,
    needs_rehash,
    verify_password,
    wait_seconds,
)

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)


def test_only_the_right_password_opens() -> None:
    stored = hash_password("kata sandi panjang")
    assert stored.startswith("$argon2id$")
    assert "kata" not in stored
    assert verify_password(stored, "kata sandi panjang")
    assert not verify_password(stored, "kata sandi panjanG")
    assert not needs_rehash(stored)
    assert hash_password("kata sandi panjang") != stored


@pytest.mark.parametrize("stored", [None, "", "not a hash", "$argon2id$v=19$broken"])
def test_nobody_logs_in_without_a_password(stored: str | None) -> None:
    assert not verify_password(stored, "nobody has this password")


@pytest.mark.parametrize("password", ["", "short", "x" * 201])
def test_a_password_has_a_sensible_length(password: str) -> None:
    with pytest.raises(InputInvalid):
        hash_password(password)
    assert not verify_password(None, password)


def test_a_password_that_merely_begins_right_is_wrong() -> None:
    stored = hash_password("x" * 200)
    assert not verify_password(stored, "x" * 201)


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (14, 512), (15, 900), (10**9, 900)]
)
def test_the_wait_doubles_up_to_a_quarter_of_an_hour(failures: int, seconds: int) -> None:
    assert wait_seconds(failures, NOW, NOW) == seconds


def test_the_wait_passes_and_failures_are_forgotten() -> None:
    assert wait_seconds(7, NOW - timedelta(seconds=1.5), NOW) == 3
    assert wait_seconds(7, NOW - timedelta(seconds=4), NOW) == 0
    assert wait_seconds(99, NOW - timedelta(hours=25), NOW) == 0
    assert counted_failures(99, NOW - timedelta(hours=25), NOW) == 0
    assert wait_seconds(99, None, NOW) == 0


@given(st.integers(0, 60), st.integers(0, 90_000))
def test_more_failures_never_shorten_the_wait(failures: int, seconds_ago: int) -> None:
    last_at = NOW - timedelta(seconds=seconds_ago)
    assert wait_seconds(failures, last_at, NOW) <= wait_seconds(failures + 1, last_at, NOW)


def test_an_address_that_many_share_has_more_free_failures_than_a_name() -> None:
    assert wait_seconds(FREE_FAILURES_OF_ADDRESS, NOW, NOW, free=FREE_FAILURES_OF_ADDRESS) == 0
    assert wait_seconds(FREE_FAILURES_OF_ADDRESS + 2, NOW, NOW, free=FREE_FAILURES_OF_ADDRESS) == 2
