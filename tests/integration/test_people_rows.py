"""People, groups, units, sessions, notifications and files on a real database."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from engine.errors import AlreadyExists, UserNotFound
from engine.model import Attachment, Group, Label, Notification, RecordKey, User
from engine.store import Database, unit_of_work
from engine.store.attachments import Attachments
from engine.store.notifications import Notifications
from engine.store.people import People
from engine.store.sessions import LoginAttempts, Sessions

NOW = datetime(2030, 1, 1, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


def a_user(name: str = "budi", **changes: Any) -> User:
    user = User(name, name.title(), f"{name}@example.org", "id", "it", is_active=True, groups=("board", "desk"))
    return replace(user, **changes)


def store(database: Database, *users: User) -> None:
    with unit_of_work(database) as work:
        for user in users:
            People(work, NOW).add(user, "hash", at=NOW)


def test_a_person_comes_back_with_groups(database: Database) -> None:
    store(database, a_user(), a_user("sari", groups=()))
    with unit_of_work(database) as work:
        people = People(work, NOW)
        assert people.get("budi") == a_user()
        assert people.get("sari").groups == ()
        people.save(a_user(groups=("desk",), is_active=False, unit="hr"))
        assert people.get("budi") == a_user(groups=("desk",), is_active=False, unit="hr")


def test_names_are_taken_once_and_unknown_ones_refused(database: Database) -> None:
    store(database, a_user())
    with unit_of_work(database) as work:
        people = People(work, NOW)
        with pytest.raises(AlreadyExists):
            people.add(a_user(), None, at=NOW)
        for refused in (
            lambda: people.get("sari"),
            lambda: people.save(a_user("sari")),
            lambda: people.set_password("sari", "h"),
        ):
            with pytest.raises(UserNotFound):
                refused()
        assert people.find("sari") is None


def test_only_active_people_count(database: Database) -> None:
    store(database, a_user("wati"), a_user(), a_user("sari", is_active=False))
    with unit_of_work(database) as work:
        people = People(work, NOW)
        assert people.members("board") == ["budi", "wati"]
        assert people.members("nobody") == []
        assert people.active(["budi", "sari", "absent"]) == {"budi"}
        assert people.existing(["budi", "sari", "absent"]) == {"budi", "sari"}
        assert people.password_hash("sari") is None


def test_writing_a_unit_again_keeps_its_head_unless_another_is_named(database: Database) -> None:
    with unit_of_work(database) as work:
        people = People(work, NOW)
        people.put_units([("it", Label("IT", "TI"), "sari"), ("hr", Label("HR", "SDM"), None)])
        people.put_units([("it", Label("Computers", "Komputer"), None)])
        assert [people.unit_head(unit) for unit in ("it", "hr", "absent")] == ["sari", None, None]
        people.put_groups([Group("desk", Label("Desk", "Meja"))])
        people.put_groups([Group("desk", Label("Help desk", "Meja bantuan"))])
        assert people.groups() == [Group("desk", Label("Help desk", "Meja bantuan"))]


def test_a_session_ends_by_time_by_logout_and_with_the_account(database: Database) -> None:
    store(database, a_user(), a_user("sari"))
    with unit_of_work(database) as work:
        sessions = Sessions(work)
        for token, user in (("a", "budi"), ("b", "sari"), ("c", "sari")):
            sessions.add(token, user, at=NOW, expires_at=NOW + HOUR)
        assert sessions.user("a", now=NOW) == a_user()
        assert sessions.user("a", now=NOW + HOUR) is None
        assert sessions.remove("a") == "budi"
        assert sessions.remove("a") is None
        assert sessions.user("a", now=NOW) is None
        People(work, NOW).save(a_user("sari", is_active=False))
        assert sessions.user("b", now=NOW) is None
        People(work, NOW).save(a_user("sari"))
        sessions.remove_of("sari")
        assert sessions.user("c", now=NOW) is None


def test_no_failed_login_is_lost_when_many_come_at_once(database: Database) -> None:
    def fail() -> None:
        with unit_of_work(database) as work:
            LoginAttempts(work).note_failure(["name:budi", "address:10.0.0.7"], at=NOW)

    threads = [threading.Thread(target=fail) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with unit_of_work(database) as work:
        attempts = LoginAttempts(work)
        assert attempts.failures(["name:budi", "address:10.0.0.7", "name:sari"]) == {
            "name:budi": (16, NOW),
            "address:10.0.0.7": (16, NOW),
        }
        attempts.clear(["name:budi"])
        assert attempts.failures(["name:budi"]) == {}


def test_each_person_reads_the_own_notifications(database: Database) -> None:
    texts = (Label("Done", "Selesai"), Label("It is done.", "Sudah selesai."))
    new = [Notification(key, user, *texts, None, NOW, None) for key, user in enumerate(("budi", "budi", "sari"))]
    with unit_of_work(database) as work:
        notifications = Notifications(work)
        notifications.add(new)
        notifications.add([])
        assert notifications.mark_read("budi", [0, 2], at=NOW) == 1
        assert notifications.mark_read("budi", None, at=NOW) == 1
        assert notifications.mark_read("budi", None, at=NOW) == 0


def test_a_loose_file_goes_to_the_record_of_its_owner_alone(database: Database) -> None:
    file = Attachment(1, None, "plan.pdf", "application/pdf", 3, "0" * 64, "budi", NOW)
    with unit_of_work(database) as work:
        attachments = Attachments(work)
        attachments.add(file)
        assert attachments.find(1) == file
        assert attachments.give([1], RecordKey(5), uploaded_by="sari") == 0
        assert attachments.give([1], RecordKey(5), uploaded_by="budi") == 1
        assert attachments.give([1], RecordKey(6), uploaded_by="budi") == 0
        assert attachments.find(1) == replace(file, record_key=RecordKey(5))
        assert attachments.find(404) is None
