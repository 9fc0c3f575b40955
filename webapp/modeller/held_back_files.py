"""The content folder beside what people published."""

from __future__ import annotations

from pathlib import Path

from flask import current_app

from engine import HeldBackContent, HeldBackData, ResourceFile
from engine.content import content_folders
from webapp.engine_access import actor, engine


def held_back_count() -> int:
    """Return how many files wait."""
    return len(held_back_data().files)


def held_back_data() -> HeldBackData:
    """Return the files on disk that wait, as this person may see them."""
    return engine().ask(HeldBackContent(folders=folders_on_disk(), actor=actor()))


def folders_on_disk() -> list[tuple[ResourceFile, ...]]:
    """Return what lies in the content folder now, by procedure; nothing where the server has none."""
    root: Path | None = current_app.extensions["web_settings"].content_folder
    return [folder.files() for folder in content_folders(root)] if root else []
