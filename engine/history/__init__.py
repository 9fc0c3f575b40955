"""The audit chain: every entry carries a digest over its fields and over the digest before it."""

from engine.history.anchors import Anchors, compute_daily_roots
from engine.history.chain import GENESIS, chain, digest_of, readable_details, redacted, redacted_details, row_of
from engine.history.streams import SYSTEM_STREAM, Streams, record_stream
from engine.history.verify import Break, Verification, verify

__all__ = [
    "GENESIS",
    "SYSTEM_STREAM",
    "Anchors",
    "Break",
    "Streams",
    "Verification",
    "chain",
    "compute_daily_roots",
    "digest_of",
    "readable_details",
    "record_stream",
    "redacted",
    "redacted_details",
    "row_of",
    "verify",
]
