"""The pump of one machine: APScheduler inside the server's process."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from engine.jobs.ports import DueWork

log = logging.getLogger(__name__)

#: Commands that come close together share one look at what is due.
_SOON = timedelta(milliseconds=50)
#: Rows that another process wrote are found at the latest after this time.
_SAFETY_NET = timedelta(seconds=30)
#: After a failure, and while due rows refuse to run.
_AFTER_TROUBLE = timedelta(seconds=5)
_BATCH = 200


class EmbeddedPump:
    """One alarm, set to the earliest due row; several in one process would only wait for each other."""

    def __init__(self, work: DueWork) -> None:
        self._work = work
        self._scheduler = BackgroundScheduler(
            jobstores={"default": MemoryJobStore()},
            executors={"default": ThreadPoolExecutor(2)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone=UTC,
        )
        self._lock = threading.Lock()
        self._has_alarm = False  #: whether there is a job whose alarm can be set
        self._is_running = False
        self._was_woken = False
        self._alarm_at: datetime | None = None
        #: When it last looked for due rows, by the machine's clock; None before the first time.
        self.looked_at: datetime | None = None

    def every(self, name: str, interval: timedelta, function: Callable[[], object]) -> None:
        """Run `function` now and then, first right after the start."""
        self._scheduler.add_job(
            function, "interval", seconds=interval.total_seconds(), id=name, next_run_time=datetime.now(UTC)
        )

    def start(self) -> None:
        """Begin; what fell due meanwhile runs at once."""
        # The interval only matters when `_set_alarm` could not run; the alarm itself is `next_run_time`.
        self._scheduler.add_job(
            self._run, "interval", seconds=_SAFETY_NET.total_seconds(), id="pump", next_run_time=datetime.now(UTC)
        )
        self._has_alarm = True
        self._scheduler.start()

    def stop(self) -> None:
        """End; the row that runs now is finished first."""
        with self._lock:
            # The scheduler waits for a run while it holds its own lock, which setting an alarm needs too.
            self._has_alarm = False
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def wake(self) -> None:
        """Look again soon. Free of database work, so that every command can afford it."""
        with self._lock:
            if self._is_running:
                # APScheduler drops a run that meets another one; the running one looks again instead.
                self._was_woken = True
                return
        self._set_alarm(datetime.now(UTC) + _SOON)

    def _run(self) -> None:
        with self._lock:
            self._is_running = True
        wait = _AFTER_TROUBLE
        try:
            wait = self._drain()
        except Exception:
            log.exception("pump failed", extra={"action": "pump_failed"})
        finally:
            with self._lock:
                self._is_running = False
                self._alarm_at = None
                self.looked_at = datetime.now(UTC)
                wait = min(wait, _SOON) if self._was_woken else wait
                self._was_woken = False
            self._set_alarm(datetime.now(UTC) + wait)

    def _drain(self) -> timedelta:
        """Run what is due; return how long nothing falls due."""
        while True:
            due_at = self._work.next_due_at()
            if due_at is None:
                return _SAFETY_NET
            # A clock that tests move is ahead of the machine's, so only the distance counts.
            wait = due_at - self._work.clock.now()
            if wait > timedelta():
                return min(wait, _SAFETY_NET)
            if not self._work.run_due_work(limit=_BATCH):
                return _AFTER_TROUBLE

    def _set_alarm(self, moment: datetime) -> None:
        """Ring at `moment`, or earlier when that was asked for."""
        with self._lock:
            if not self._has_alarm or (self._alarm_at is not None and self._alarm_at <= moment):
                return
            self._alarm_at = moment
            # Within the lock: two threads must not set the later alarm last. The scheduler never waits for it.
            self._scheduler.modify_job("pump", next_run_time=moment)
