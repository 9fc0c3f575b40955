"""Every setting of the product, read from the environment in this one place."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import click

from engine import FileSettings, MailboxSettings, OutgoingSettings, Settings
from webapp.cli.file_settings import read_file_settings
from webapp.cli.link_keys import LinkKeys
from webapp.cli.mail_settings import read_mailbox_settings, read_outgoing_settings
from webapp.settings import WebSettings

_TRUE = {"1", "yes", "on", "true"}
_FALSE = {"", "0", "no", "off", "false"}
_SQLITE_FILE = "clause8.db"
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Environment:
    """What the environment variables say; the README's table explains each."""

    data_dir: Path
    content_dir: Path
    database_url: str
    host: str
    port: int
    threads: int
    node: int
    time_zone: str
    is_production: bool
    is_secure: bool
    has_test_clock: bool
    has_demonstration: bool
    given_secret_key: str | None
    files: FileSettings
    outgoing: OutgoingSettings
    mailbox: MailboxSettings | None
    given_link_keys: str | None
    proxies: int
    metrics_token: str
    has_json_logs: bool

    @property
    def anchors(self) -> Path:
        """Return the folder of the daily roots of the audit chain."""
        return self.data_dir / "anchors"

    def engine_settings(self) -> Settings:
        """Return what the engine must be told; makes the folder of the data."""
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise click.UsageError(
                f"The folder {self.data_dir} cannot be made: {error.strerror}. Name another in CLAUSE8_DATA_DIR."
            ) from error
        return Settings(
            database_url=self.database_url,
            node=self.node,
            time_zone=self.time_zone,
            link_keys=LinkKeys(self.data_dir / "link_keys").read(self.given_link_keys),
            files=self.files,
            outgoing=self.outgoing,
            mailbox=self.mailbox,
        )

    def web_settings(self) -> WebSettings:
        """Return what the web application must be told."""
        return WebSettings(
            secret_key=self.given_secret_key or self._kept_secret_key(),
            time_zone=self.time_zone,
            is_secure=self.is_secure,
            anchors_folder=self.anchors,
            content_folder=self.content_dir,
            has_test_clock=self.has_test_clock,
            proxies=self.proxies,
            metrics_token=self.metrics_token,
        )

    def _kept_secret_key(self) -> str:
        """Return the key that the first start made, so that a restart logs nobody's page out."""
        path = self.data_dir / "secret_key"
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="ascii")
        key = secrets.token_urlsafe(_KEY_BYTES)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(key)
        return key


def read_environment(environment: Mapping[str, str] = os.environ) -> Environment:
    """Return the settings; raises click.UsageError that names a setting with no meaning."""
    data_dir = Path(environment.get("CLAUSE8_DATA_DIR") or "var").absolute()
    is_production = _kind(environment.get("CLAUSE8_ENV") or "development") == "production"
    has_test_clock = _flag("CLAUSE8_TEST_CLOCK", environment.get("CLAUSE8_TEST_CLOCK"), default=False)
    if has_test_clock and is_production:
        raise click.UsageError(
            "CLAUSE8_TEST_CLOCK=1 is refused when CLAUSE8_ENV=production: it lets anybody move the clock."
        )
    return Environment(
        data_dir=data_dir,
        content_dir=_content_dir(environment.get("CLAUSE8_CONTENT_DIR")),
        database_url=_database_url(environment.get("CLAUSE8_DATABASE_URL") or f"sqlite:///{data_dir / _SQLITE_FILE}"),
        host=environment.get("CLAUSE8_HOST") or "127.0.0.1",
        port=_number("PORT", environment.get("PORT"), 8000, within=range(65536)),
        threads=_number("CLAUSE8_THREADS", environment.get("CLAUSE8_THREADS"), 8, within=range(1, 257)),
        node=_number("CLAUSE8_NODE", environment.get("CLAUSE8_NODE"), 0, within=range(8)),
        time_zone=_time_zone(environment.get("CLAUSE8_TIME_ZONE") or "Asia/Jakarta"),
        is_production=is_production,
        is_secure=_flag("CLAUSE8_HTTPS", environment.get("CLAUSE8_HTTPS"), default=is_production),
        has_test_clock=has_test_clock,
        has_demonstration=_flag("CLAUSE8_DEMO", environment.get("CLAUSE8_DEMO"), default=not is_production),
        given_secret_key=environment.get("CLAUSE8_SECRET_KEY") or None,
        files=read_file_settings(environment, data_dir),
        outgoing=read_outgoing_settings(environment),
        mailbox=read_mailbox_settings(environment),
        given_link_keys=environment.get("CLAUSE8_LINK_KEYS") or None,
        proxies=_number("CLAUSE8_PROXIES", environment.get("CLAUSE8_PROXIES"), 0, within=range(10)),
        metrics_token=environment.get("CLAUSE8_METRICS_TOKEN") or "",
        has_json_logs=_log_format(environment.get("CLAUSE8_LOG"), is_production) == "json",
    )


def _kind(value: str) -> str:
    if value not in ("development", "production"):
        raise click.UsageError(f"CLAUSE8_ENV is {value!r}; expected development or production.")
    return value


def _log_format(value: str | None, is_production: bool) -> str:
    """Return the format of log lines: JSON for programs in production, else one that people read."""
    if value not in (None, "", "json", "console"):
        raise click.UsageError(f"CLAUSE8_LOG is {value!r}; expected json or console.")
    return value or ("json" if is_production else "console")


def _flag(name: str, value: str | None, *, default: bool) -> bool:
    if value is None:
        return default
    if value.lower() not in _TRUE | _FALSE:
        raise click.UsageError(f"{name} is {value!r}; expected 1 or 0.")
    return value.lower() in _TRUE


def _number(name: str, given: str | None, default: int, *, within: range) -> int:
    value = given or str(default)
    if not value.isascii() or not value.isdigit() or int(value) not in within:
        raise click.UsageError(f"{name} is {value!r}; expected a number from {within[0]} to {within[-1]}.")
    return int(value)


def _database_url(value: str) -> str:
    """Return the URL, whose password no message repeats."""
    try:
        is_known = "://" in value and urlsplit(value).scheme in ("sqlite", "postgresql+psycopg")
        has_port = urlsplit(value).port != 0
    except ValueError:  # the port is no number
        has_port = False
    if not (is_known and has_port):
        raise click.UsageError(
            "CLAUSE8_DATABASE_URL is not understood; expected sqlite:///path"
            " or postgresql+psycopg://user:password@host:5432/name."
        )
    return value


def _time_zone(value: str) -> str:
    if value not in available_timezones():
        raise click.UsageError(
            f"CLAUSE8_TIME_ZONE is {value!r}; expected a name such as Asia/Jakarta or Asia/Makassar."
        )
    return value


def _content_dir(given: str | None) -> Path:
    """Return the folder that holds processes/ and forms/: named, here, or beside the installed product."""
    if given:
        if not Path(given, "processes").is_dir():
            raise click.UsageError(f"CLAUSE8_CONTENT_DIR is {given!r}; expected a folder that holds processes/.")
        return Path(given).absolute()
    here, beside = Path.cwd(), Path(__file__).parents[2]
    return here if (here / "processes").is_dir() else beside
