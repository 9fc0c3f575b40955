"""The application with registers, and a browser without script."""

from __future__ import annotations

import pytest

from engine import SYSTEM, LoadPeople
from engine.testing import Harness
from tests.integration.registers.conftest import PEOPLE, house
from tests.webapp.people.conftest import PASSWORD, Site
from webapp import WebSettings, create_app

__all__ = ["house"]


@pytest.fixture
def site(house: Harness) -> Site:
    """Give the application; nobody is logged in."""
    people = [{**person, "language": "en"} for person in PEOPLE["people"] if person["name"] in ("keke", "tamu", "wira")]
    names = [{**person, "name": f"{person['name']}2"} for person in people]
    house.engine.execute(LoadPeople(document={"people": names}, actor=SYSTEM, password=PASSWORD))
    return Site(house, create_app(house.engine, WebSettings(secret_key="test")).test_client())
