"""Fixtures of the element tests."""

from __future__ import annotations

import pytest

from tests.features.player import Player


@pytest.fixture(params=[False, True], ids=["straight", "reloaded"])
def player(request: pytest.FixtureRequest) -> Player:
    """Give an engine in memory, that keeps instances or reloads them before every command."""
    return Player(reloads=request.param)
