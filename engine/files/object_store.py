"""Bytes in a bucket of an S3-compatible object store: MinIO, Ceph, Garage, AWS and others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256 as digest_of
from io import BytesIO
from urllib.parse import urlsplit

from minio import Minio
from minio.error import S3Error
from urllib3.exceptions import HTTPError

from engine.errors import StoreUnavailable

_MISSING = frozenset({"NoSuchKey", "NoSuchObject", "NotFound"})


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket that is there, and who may write to it."""

    endpoint: str  #: https://host:port
    name: str
    access_key: str
    secret_key: str
    prefix: str = "files/"
    region: str = ""


class ObjectStore:
    """Files as objects `files/<hash>`. Raises StoreUnavailable when the store does not answer."""

    def __init__(self, bucket: Bucket) -> None:
        place = urlsplit(bucket.endpoint)
        self._bucket = bucket
        self._client = Minio(
            place.netloc,
            access_key=bucket.access_key,
            secret_key=bucket.secret_key,
            secure=place.scheme == "https",
            region=bucket.region or None,
        )

    def put(self, sha256: str, content: bytes) -> None:
        """Write the object, again if it is there: that makes it young."""
        with _translated():
            self._client.put_object(self._bucket.name, self._key(sha256), BytesIO(content), len(content))

    def get(self, sha256: str) -> bytes | None:
        """Return the content if it still has its hash."""
        with _translated():
            try:
                answer = self._client.get_object(self._bucket.name, self._key(sha256))
            except S3Error as error:
                _require_missing(error)
                return None
            try:
                content = answer.read()
            finally:
                answer.close()
                answer.release_conn()
        return content if digest_of(content).hexdigest() == sha256 else None

    def has(self, sha256: str) -> bool:
        """Return whether there is such an object."""
        with _translated():
            try:
                self._client.stat_object(self._bucket.name, self._key(sha256))
            except S3Error as error:
                _require_missing(error)
                return False
        return True

    def remove(self, sha256: str) -> None:
        """Delete the object."""
        with _translated():
            self._client.remove_object(self._bucket.name, self._key(sha256))

    def older_than(self, age: timedelta) -> Iterator[str]:
        """Yield old objects by the store's own dates."""
        oldest = datetime.now(UTC) - age
        with _translated():
            for found in self._client.list_objects(self._bucket.name, prefix=self._bucket.prefix):
                if found.last_modified is not None and found.last_modified < oldest:
                    yield str(found.object_name).removeprefix(self._bucket.prefix)

    def _key(self, sha256: str) -> str:
        return f"{self._bucket.prefix}{sha256}"


class _translated:  # noqa: N801  # a context manager reads as a verb
    def __enter__(self) -> None:
        """Nothing to do."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, S3Error | HTTPError | OSError):
            raise StoreUnavailable from error


def _require_missing(error: S3Error) -> None:
    if error.code not in _MISSING:
        raise error
