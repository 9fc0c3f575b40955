"""Bytes under their hash: in a folder, and in a store that speaks S3."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from minio import Minio

from engine.errors import StoreUnavailable
from engine.files import Bucket, FileStorage, LocalFolder, ObjectStore

CONTENT = b"Laporan bulanan"
HASH = sha256(CONTENT).hexdigest()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def bucket() -> Iterator[Bucket]:
    """Give a bucket of a real S3-compatible server, in a process of its own."""
    port = free_port()
    endpoint = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        made = Bucket(endpoint, "clause8", "access", "secret", region="us-east-1")
        client = Minio(f"127.0.0.1:{port}", access_key="access", secret_key="secret", secure=False, region="us-east-1")
        client.make_bucket("clause8")
        yield made
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> FileStorage:
    """Give each kind of storage, empty of what the test puts there."""
    if request.param == "folder":
        return LocalFolder(tmp_path / "files")
    store = ObjectStore(request.getfixturevalue("bucket"))
    store.remove(HASH)
    return store


def test_what_was_put_is_there_until_it_is_removed(storage: FileStorage) -> None:
    assert storage.get(HASH) is None
    assert not storage.has(HASH)
    storage.put(HASH, CONTENT)
    storage.put(HASH, CONTENT)
    assert storage.has(HASH)
    assert storage.get(HASH) == CONTENT
    storage.remove(HASH)
    storage.remove(HASH)
    assert storage.get(HASH) is None


def test_only_what_is_old_enough_is_old(storage: FileStorage) -> None:
    storage.put(HASH, CONTENT)
    assert HASH not in set(storage.older_than(timedelta(hours=1)))
    assert HASH in set(storage.older_than(timedelta(seconds=-5)))


def test_a_damaged_file_is_none_and_is_put_right_by_the_next_upload(tmp_path: Path) -> None:
    folder = LocalFolder(tmp_path)
    folder.put(HASH, CONTENT)
    (tmp_path / HASH[:2] / HASH[2:4] / HASH).write_bytes(b"other")
    assert folder.get(HASH) is None
    folder.put(HASH, CONTENT)
    assert folder.get(HASH) == CONTENT


def test_what_a_crash_left_half_written_has_no_name_and_is_swept(tmp_path: Path) -> None:
    folder = LocalFolder(tmp_path)
    folder.put(HASH, CONTENT)
    half = tmp_path / HASH[:2] / HASH[2:4] / ".new-crashed"
    half.write_bytes(b"half")
    os.utime(half, (0, 0))
    assert list(folder.older_than(timedelta(hours=1))) == []
    assert not half.exists()


def test_a_name_that_is_no_hash_leads_nowhere(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        LocalFolder(tmp_path).get("../../etc/passwd")


def test_a_store_that_does_not_answer_is_said_to_be_unavailable() -> None:
    store = ObjectStore(Bucket("http://127.0.0.1:9", "clause8", "a", "b", region="us-east-1"))
    with pytest.raises(StoreUnavailable):
        store.has(HASH)
