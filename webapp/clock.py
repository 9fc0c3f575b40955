"""What time it is, from the engine's clock, so that tests move pages and processes together."""

from __future__ import annotations

from datetime import datetime

from webapp.engine_access import engine


def now() -> datetime:
    """Return the engine's present moment."""
    return engine().clock.now()
