"""Settings of attached files: where they lie, which come in, who scans them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import click

from engine import Bucket, FilePolicy, FileSettings

_MOST_MEGABYTES = 1_000
_MOST_DAYS = 3_650


def read_file_settings(environment: Mapping[str, str], data_dir: Path) -> FileSettings:
    """Return the settings; raises click.UsageError that names one with no meaning."""
    policy = FilePolicy(most_bytes=_number(environment, "CLAUSE8_FILE_MEGABYTES", 25, _MOST_MEGABYTES) * 1024 * 1024)
    if kinds := environment.get("CLAUSE8_FILE_KINDS"):
        policy = FilePolicy(policy.most_bytes, tuple(kind.strip() for kind in kinds.split(",") if kind.strip()))
    return FileSettings(
        folder=data_dir / "files",
        bucket=_bucket(environment),
        policy=policy,
        scanner=_scanner(environment.get("CLAUSE8_CLAMD") or ""),
        loose_for=timedelta(days=_number(environment, "CLAUSE8_LOOSE_FILE_DAYS", 7, _MOST_DAYS)),
    )


def _bucket(environment: Mapping[str, str]) -> Bucket | None:
    """Return the bucket of `https://host/bucket` with its keys; None when files lie in the data folder."""
    address = environment.get("CLAUSE8_S3_BUCKET") or ""
    if not address:
        return None
    place = urlsplit(address)
    name = place.path.strip("/")
    keys = [environment.get(key) or "" for key in ("CLAUSE8_S3_ACCESS_KEY", "CLAUSE8_S3_SECRET_KEY")]
    if place.scheme not in ("http", "https") or not place.netloc or not name or "/" in name or not all(keys):
        raise click.UsageError(
            "CLAUSE8_S3_BUCKET is not understood; expected https://host/bucket,"
            " with CLAUSE8_S3_ACCESS_KEY and CLAUSE8_S3_SECRET_KEY."
        )
    endpoint = f"{place.scheme}://{place.netloc}"
    return Bucket(endpoint, name, keys[0], keys[1], region=environment.get("CLAUSE8_S3_REGION") or "")


def _scanner(address: str) -> str:
    place = urlsplit(address)
    is_known = (place.scheme == "tcp" and place.hostname) or (place.scheme == "unix" and place.path)
    if address and not is_known:
        raise click.UsageError(
            f"CLAUSE8_CLAMD is {address!r}; expected tcp://host:3310 or unix:///run/clamav/clamd.sock."
        )
    return address


def _number(environment: Mapping[str, str], name: str, default: int, most: int) -> int:
    value = environment.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= most):
        raise click.UsageError(f"{name} is {value!r}; expected a number from 1 to {most}.")
    return int(value)
