"""Search over 200,000 records answers in 50 ms, for who sees everything and for who sees next to nothing."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles

import pytest
from sqlalchemy import insert, text

from engine import SYSTEM, Actor, Engine, LoadPeople, SearchRecords, Settings
from engine.store import unit_of_work
from engine.store.record_search import refresh_everything
from engine.store.tables import record, record_person
from tests.databases import PostgresTemplate

RECORDS = 200_000
MOST_SECONDS = 0.050
_NOW = datetime(2026, 11, 1, tzinfo=UTC)
_CHUNK = 20_000
_SYLLABLES = "ka se me di ba ta la ra pe ng an lu si mo ri jo to du ku pa ni ma".split()
_PEOPLE = {
    "people": [
        {"name": "admin", "display_name": "Admin", "groups": ["administrator"]},
        {"name": "few", "display_name": "Few Records", "groups": []},
        {"name": "none", "display_name": "No Records", "groups": []},
    ]
}


def vocabulary(random_: random.Random) -> list[str]:
    """Return 20,000 words; earlier ones will be used far more often, as in any language."""
    words = {"".join(random_.choices(_SYLLABLES, k=random_.randint(2, 4))) for _ in range(30_000)}
    return sorted(words)[:20_000]


def fill(engine: Engine) -> list[str]:
    """Write the records as rows, index them as any change does; return the vocabulary."""
    random_ = random.Random(7)  # noqa: S311 - chance that repeats
    words = vocabulary(random_)
    random_.shuffle(words)
    weights = [1 / (place + 5) for place in range(len(words))]
    with unit_of_work(engine.database) as work:
        for start in range(0, RECORDS, _CHUNK):
            drawn = random_.choices(words, weights, k=_CHUNK * 24)
            rows = [_row(start + place, drawn[place * 24 : place * 24 + 24]) for place in range(_CHUNK)]
            work.execute(insert(record), rows)
        mine = [{"record_key": key, "role": "owner", "user_name": "few"} for key in range(0, RECORDS, 4_000)]
        work.execute(insert(record_person), mine)
        refresh_everything(work)
    if not engine.database.is_sqlite:
        with engine.database.sql.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    return words


def _row(key: int, words: list[str]) -> dict[str, object]:
    at = _NOW + timedelta(minutes=key)
    return {
        "key": key,
        "type": "CHG",
        "number": f"CHG-2026-{key:06d}",
        "title": " ".join(words[:6]),
        "state": "open",
        "fields": {"description": " ".join(words[6:])},
        "requester": "somebody",
        "is_restricted": key % 50 == 0,
        "created_at": at,
        "updated_at": at,
        "closed_at": None,
        "revision": 1,
    }


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        made = Engine(Settings(f"sqlite:///{tmp_path}/clause8.db"))
        made.migrate()
        yield made
        made.close()
        return
    template: PostgresTemplate = request.getfixturevalue("postgres_template")
    with template.copied() as url:
        made = Engine(Settings(url))
        yield made
        made.close()


def questions(words: list[str]) -> list[str]:
    """Return what people type: frequent and rare words, two of them, beginnings of words, numbers."""
    asked = [words[place] for place in (0, 1, 3, 10, 50, 200, 1_000, 5_000, 15_000)]
    asked += [f"{words[0]} {words[1]}", f"{words[2]} {words[300]}", f"{words[40]} {words[9_000]}"]
    asked += [word[:4] for word in words[:6]] + [word[:3] for word in words[100:103]] + ["se", "ka"]
    return [*asked, "CHG-2026-012345", "CHG-2026-0123", "nothing like that"]


def test_search_over_200_000_records_answers_in_50_milliseconds(engine: Engine) -> None:
    engine.execute(LoadPeople(document=_PEOPLE, actor=SYSTEM))
    began = time.perf_counter()
    asked = questions(fill(engine))
    print(f"\n{'sqlite' if engine.database.is_sqlite else 'postgresql'}: filled in {time.perf_counter() - began:.0f} s")
    for name in ("admin", "few", "none"):
        seconds: list[float] = []
        for _turn in range(4):
            for question in asked:
                start = time.perf_counter()
                engine.ask(SearchRecords(actor=Actor(name), text=question))
                seconds.append(time.perf_counter() - start)
        seconds = seconds[len(asked) :]  # the first round fills caches
        centiles = quantiles(seconds, n=100)
        median, high = centiles[49] * 1000, centiles[94] * 1000
        print(f"  {name}: median {median:.1f} ms, p95 {high:.1f} ms, most {max(seconds) * 1000:.0f} ms")
        assert centiles[94] < MOST_SECONDS
