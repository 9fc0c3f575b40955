"""64-bit keys: ordered by time of creation, with a partition number in the high bits as Camunda 8's."""

from __future__ import annotations

import threading
import time

#: Bits below the partition number; Camunda 8 uses the same split (13 + 51).
PARTITION_SHIFT = 51
_SEQUENCE_BITS = 9
#: Milliseconds of 2024-01-01T00:00Z; 42 bits of milliseconds last 139 years.
_EPOCH_MS = 1_704_067_200_000


class KeyGenerator:
    """Gives keys that no other generator of the same partition and node gives.

    A key is partition (13 bits), milliseconds (42 bits), sequence (9 bits); up to 512 keys a
    millisecond, more borrow from the milliseconds ahead. Several processes on one database draw
    from disjoint sequences by `node` (0 to 7), which takes 3 of the sequence's bits.
    """

    def __init__(self, partition: int = 1, node: int = 0) -> None:
        self._base = partition << PARTITION_SHIFT
        self._node = (node & 7) << (_SEQUENCE_BITS - 3)
        self._last = 0
        self._lock = threading.Lock()

    def next_key(self) -> int:
        """Return a new key, greater than all that this generator gave before."""
        per_ms = 1 << (_SEQUENCE_BITS - 3)
        with self._lock:
            tick = (time.time_ns() // 1_000_000 - _EPOCH_MS) * per_ms
            self._last = max(self._last + 1, tick)
            milliseconds, sequence = divmod(self._last, per_ms)
        return self._base | (milliseconds << _SEQUENCE_BITS) | self._node | sequence
