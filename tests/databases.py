"""Fresh databases for tests: migrated once per run, then copied, on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from engine.store import migrate

_TEMPLATE = f"clause8_template_{os.getpid()}"
_numbers = itertools.count(1)


class SqliteTemplate:
    """A migrated SQLite file to copy."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "template.db"
        migrate(f"sqlite:///{self._file}")

    def copy_to(self, folder: Path) -> str:
        """Return the URL of a copy in `folder`."""
        copy = folder / "clause8.db"
        shutil.copyfile(self._file, copy)
        return f"sqlite:///{copy}"


class PostgresTemplate:
    """A migrated database on a PostgreSQL server; the server copies it by itself."""

    def __init__(self, server_url: str) -> None:
        self._url = make_url(server_url)
        self._server = create_engine(self._url, isolation_level="AUTOCOMMIT")
        self._create(_TEMPLATE)
        migrate(self._url_of(_TEMPLATE))

    @contextmanager
    def copied(self) -> Iterator[str]:
        """Give the URL of a copy that is dropped afterwards, whoever is still connected."""
        name = f"clause8_test_{os.getpid()}_{next(_numbers)}"
        self._create(name, f" TEMPLATE {_TEMPLATE}")
        try:
            yield self._url_of(name)
        finally:
            self._drop(name)

    def close(self) -> None:
        """Drop the template and let go of the server."""
        self._drop(_TEMPLATE)
        self._server.dispose()

    def _url_of(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def _create(self, name: str, options: str = "") -> None:
        self._run(f"CREATE DATABASE {name}{options}")

    def _drop(self, name: str) -> None:
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        with self._server.connect() as connection:
            connection.execute(text(statement))
