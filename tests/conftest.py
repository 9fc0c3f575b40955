"""Fixtures for every suite."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from engine.store import Database
from tests.databases import PostgresTemplate, SqliteTemplate
from tests.postgres import running_postgres

# A shared machine is sometimes slow: an example that takes long is no bug. CI repeats the same examples.
settings.register_profile("clause8", deadline=None)
settings.register_profile("ci", parent=settings.get_profile("clause8"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "clause8")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Give the URL of a running PostgreSQL server's maintenance database."""
    with running_postgres() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> Iterator[PostgresTemplate]:
    """Give a migrated PostgreSQL database to copy."""
    template = PostgresTemplate(postgres_url)
    yield template
    template.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    """Give a migrated SQLite file to copy."""
    return SqliteTemplate(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the URL of an empty, migrated database of its own; the test runs once on each kind."""
    if request.param == "sqlite":
        template: SqliteTemplate = request.getfixturevalue("sqlite_template")
        yield template.copy_to(tmp_path)
    else:
        with request.getfixturevalue("postgres_template").copied() as url:
            yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Give an empty, migrated database, open."""
    opened = Database(database_url)
    yield opened
    opened.close()
