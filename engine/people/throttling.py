"""How long to wait after failed logins: a rule over counted failures, of a name or of an address."""

from __future__ import annotations

from datetime import datetime, timedelta

#: Failures that cost nothing: people mistype.
FREE_FAILURES = 4
#: Of one address: a whole office may sit behind one router, where the mistakes of some must not lock out the rest.
FREE_FAILURES_OF_ADDRESS = 100
LONGEST_WAIT = timedelta(minutes=15)
#: After this long without a failure, counting begins anew.
FORGET_AFTER = timedelta(hours=24)


def wait_seconds(failures: int, last_at: datetime | None, now: datetime, *, free: int = FREE_FAILURES) -> int:
    """Return how many whole seconds remain until the next try; 0 means now.

    The wait doubles with each failure beyond the `free` ones: 1, 2, 4 ... seconds, at most 15 minutes.
    """
    counted = counted_failures(failures, last_at, now)
    if last_at is None or counted <= free:
        return 0
    # The exponent is capped before it is used: a million failures must not make a huge integer.
    wait = min(timedelta(seconds=2 ** min(counted - free - 1, 20)), LONGEST_WAIT)
    left = (last_at + wait - now).total_seconds()
    return max(0, -int(-left // 1))


def counted_failures(failures: int, last_at: datetime | None, now: datetime) -> int:
    """Return the failures that still count."""
    return 0 if last_at is None or now - last_at > FORGET_AFTER else failures
