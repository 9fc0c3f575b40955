"""An engine that sends by a real mail server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from engine import SYSTEM, AddUser, OutgoingSettings, User
from engine.testing import Harness
from tests.post_office import PostOffice, open_post_office

PEOPLE = (
    User("wati", "Wati Rahayu", "wati@desk.example", "id", "", is_active=True, groups=("desk",)),
    User("rudi", "Rudi Setiawan", "rudi@users.example", "en", "", is_active=True, groups=()),
    User("adi", "Adi Nugroho", "", "id", "", is_active=True, groups=("administrator",)),
)


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    with open_post_office() as office:
        yield office


@pytest.fixture
def harness(database_url: str) -> Iterator[Harness]:
    with Harness(database_url) as harness:
        for person in PEOPLE:
            harness.engine.execute(AddUser(user=person, actor=SYSTEM))
        yield harness


@pytest.fixture
def sends_by(harness: Harness) -> Callable[[PostOffice], None]:
    """Give what connects the engine with a post office; mails carry links."""

    def connect(office: PostOffice, *, allows_private: bool = True) -> None:
        outgoing = OutgoingSettings(
            office.settings, "https://c8.example/records/{number}", "https://c8.example/ballots/{token}", allows_private
        )
        harness.engine.settings = replace(harness.engine.settings, outgoing=outgoing)

    return connect
