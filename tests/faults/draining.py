"""Sends what is due, as a process of its own that may be killed: `python -m tests.faults.draining URL PORT MOMENT`."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime

from engine import Engine, MovableClock, OutgoingSettings, Settings
from tests.post_office import PostOffice


def main(url: str, port: str, moment: str) -> None:
    """Drain the outbox at `moment`, by the mail server on `port`."""
    settings = Settings(database_url=url, node=5)
    smtp = PostOffice(port=int(port)).settings
    engine = Engine(
        replace(settings, outgoing=OutgoingSettings(smtp)), clock=MovableClock(datetime.fromisoformat(moment))
    )
    engine.send_outgoing(limit=1_000_000)


if __name__ == "__main__":
    main(*sys.argv[1:])
