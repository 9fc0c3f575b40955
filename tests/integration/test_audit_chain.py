"""The audit chain on a real database: appending, tampering, verifying."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.history import SYSTEM_STREAM, Anchors, Streams, Verification, compute_daily_roots, redacted, verify
from engine.store import Database, read_only, unit_of_work
from engine.store.history import History

MORNING = datetime(2030, 1, 1, 8, tzinfo=UTC)


def append(database: Database, *actions: str, stream: str = "r:1", at: datetime = MORNING) -> None:
    with unit_of_work(database) as work:
        streams = Streams(History(work), at=at, actor="budi")
        for action in actions:
            streams.note(stream, action, {"note": action})
        streams.write()


def tamper(database: Database, statement: str) -> None:
    with unit_of_work(database) as work:
        assert work.execute(text(statement)).rowcount > 0


def checked(database: Database, anchors: Anchors) -> Verification:
    with read_only(database) as work:
        return verify(History(work), anchors)


def anchored(database: Database, anchors: Anchors, now: datetime = MORNING + timedelta(days=3)) -> int:
    with unit_of_work(database) as work:
        return len(compute_daily_roots(History(work), anchors, now=now))


@pytest.fixture
def anchors(tmp_path: Path) -> Anchors:
    return Anchors(tmp_path / "anchors")


def test_entries_of_several_commands_form_one_chain(database: Database, anchors: Anchors) -> None:
    append(database, "opened", "updated")
    append(database, "closed")
    append(database, "logged_in", stream=SYSTEM_STREAM)
    found = checked(database, anchors)
    assert found.is_clean
    assert (found.entries, found.streams) == (4, 2)


@pytest.mark.parametrize(
    ("statement", "place", "words"),
    [
        ("UPDATE history_entry SET details = '{}' WHERE stream = 'r:1' AND sequence = 2", "r:1 entry 2", "altered"),
        ("UPDATE history_entry SET actor = 'sari' WHERE stream = 'r:1' AND sequence = 1", "r:1 entry 1", "altered"),
        ("DELETE FROM history_entry WHERE stream = 'r:1' AND sequence = 2", "r:1 entry 2", "removed"),
        ("DELETE FROM history_entry WHERE stream = 'r:1' AND sequence = 3", "r:1 entry 3", "newest entry"),
        ("UPDATE stream_head SET sequence = 2 WHERE stream = 'r:1'", "r:1 entry 2", "head names"),
        ("DELETE FROM stream_head WHERE stream = 'r:1'", "r:1 entry 3", "does not know"),
    ],
)
def test_the_first_broken_entry_is_named(
    database: Database, anchors: Anchors, statement: str, place: str, words: str
) -> None:
    append(database, "opened", "updated", "closed")
    tamper(database, statement)
    found = checked(database, anchors)
    assert found.breaks[0].place == place
    assert words in found.breaks[0].reason.en


def test_entries_in_another_order_are_noticed(database: Database, anchors: Anchors) -> None:
    append(database, "opened", "updated", "closed")
    for before, after in ((1, 99), (3, 1), (99, 3)):
        tamper(database, f"UPDATE history_entry SET sequence = {after} WHERE sequence = {before}")
    assert next(broken.place for broken in checked(database, anchors).breaks) == "r:1 entry 1"


def test_a_redacted_field_does_not_break_the_chain(database: Database, anchors: Anchors) -> None:
    append(database, "opened", "updated")
    kept = redacted("opened")
    tamper(database, f"""UPDATE history_entry SET details = '{{"note": "{kept}"}}' WHERE sequence = 1""")
    assert checked(database, anchors).is_clean


def test_a_day_is_anchored_once_it_is_over(database: Database, anchors: Anchors) -> None:
    append(database, "opened")
    append(database, "closed", stream="r:2", at=MORNING + timedelta(days=2))
    assert anchored(database, anchors, now=MORNING) == 0
    assert anchored(database, anchors, now=MORNING + timedelta(days=1)) == 1
    assert anchored(database, anchors, now=MORNING + timedelta(days=4)) == 1
    assert anchored(database, anchors, now=MORNING + timedelta(days=9)) == 0
    assert anchors.days() == ["2030-01-01", "2030-01-03"]
    found = checked(database, anchors)
    assert found.is_clean
    assert (found.days, found.days_without_file) == (2, [])


def test_a_vanished_stream_is_noticed_and_named(database: Database, anchors: Anchors) -> None:
    append(database, "opened")
    append(database, "opened", stream="r:2")
    anchored(database, anchors)
    tamper(database, "DELETE FROM history_entry WHERE stream = 'r:2'")
    tamper(database, "DELETE FROM stream_head WHERE stream = 'r:2'")
    assert [broken.place for broken in checked(database, anchors).breaks] == ["2030-01-01", "r:2 entry 1"]


def test_a_history_rewritten_with_its_roots_does_not_match_the_files(database: Database, anchors: Anchors) -> None:
    append(database, "opened")
    append(database, "opened", stream="r:2")
    anchored(database, anchors)
    tamper(database, "DELETE FROM history_entry WHERE stream = 'r:2'")
    tamper(database, "DELETE FROM stream_head WHERE stream = 'r:2'")
    tamper(database, "DELETE FROM daily_root")
    assert "2030-01-01" in [broken.place for broken in checked(database, anchors).breaks]


def test_a_lost_file_is_told_but_is_no_break(database: Database, anchors: Anchors, tmp_path: Path) -> None:
    append(database, "opened")
    anchored(database, anchors)
    found = checked(database, Anchors(tmp_path / "elsewhere"))
    assert found.is_clean
    assert found.days_without_file == ["2030-01-01"]
