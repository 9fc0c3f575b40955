"""Does the work go on? What an operator looks at first when somebody says that nothing moves."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import current_app, render_template

from engine import SystemHealth
from webapp.access import needs
from webapp.admin.blueprint import OBSERVERS, pages
from webapp.engine_access import actor, engine


@dataclass(frozen=True, slots=True)
class Disk:
    """The disk that this server runs on."""

    free_bytes: int
    total_bytes: int

    @property
    def used_share(self) -> float:
        """Return the used part, 0 to 1."""
        return 1 - self.free_bytes / self.total_bytes if self.total_bytes else 0.0


@pages.get("/health")
@needs(*OBSERVERS)
def health() -> str:
    """Show pump, backlog, database, disk and versions."""
    page = engine().ask(SystemHealth(actor=actor()))
    pump = current_app.extensions.get("pump")
    return render_template(
        "admin/health.html", page=page, disk=_disk(), has_pump=pump is not None, looked=_since_last_look(pump)
    )


def _since_last_look(pump: Any) -> timedelta | None:
    """Return how long ago the pump of this process looked for due work; by the machine's clock, as the pump."""
    return datetime.now(UTC) - pump.looked_at if pump and pump.looked_at else None


def _disk() -> Disk:
    """Return the disk that holds the data of this server, where it is known."""
    folder: Path = current_app.extensions["web_settings"].anchors_folder.parent
    usage = shutil.disk_usage(folder if folder.is_dir() else Path(current_app.root_path))
    return Disk(usage.free, usage.total)
