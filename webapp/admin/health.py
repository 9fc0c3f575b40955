"""Does the work go on? What an operator looks at first when somebody says that nothing moves."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

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
    """Show pump, backlog, database and versions."""
    page = engine().ask(SystemHealth(actor=actor()))
    return render_template("admin/health.html", page=page, disk=_disk())


def _disk() -> Disk:
    usage = shutil.disk_usage(Path(current_app.root_path))
    return Disk(usage.free, usage.total)
