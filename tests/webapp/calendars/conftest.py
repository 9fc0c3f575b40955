"""A served application with the shipped calendars and clocks, and a small procedure that uses them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from engine import SYSTEM, LoadPeople
from engine.testing import Harness, MovableClock
from tests.support_case import clock_content, support_case
from tests.webapp.people.conftest import PASSWORD, PEOPLE, Site
from webapp import WebSettings, create_app

#: The Friday before Pancasila Day, a Monday.
FRIDAY = datetime(2026, 5, 29, 16, 30, tzinfo=ZoneInfo("Asia/Jakarta"))


@pytest.fixture
def site(database_url: str) -> Iterator[Site]:
    """Give the application; nobody is logged in."""
    with Harness(database_url, clock=MovableClock(FRIDAY)) as harness:
        harness.deploy(*clock_content(), support_case())
        harness.engine.execute(LoadPeople(document=PEOPLE, actor=SYSTEM, password=PASSWORD))
        app = create_app(harness.engine, WebSettings(secret_key="test"))
        yield Site(harness, app.test_client())
