"""Demonstration people and records, made by running the real procedures under a moved clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from engine import SYSTEM, DeployContent, LoadPeople, MovableClock, SystemClock
from engine.content import ContentFolder, read_document
from engine.testing import Harness, Story, Unfinished, load_stories, play_stories
from webapp.cli.environment import Environment

#: Everybody's; printed by `serve`, and nobody has it in production.
PASSWORD = "clause8-demo"  # noqa: S105 - meant to be known
_PEOPLE = Path("processes/_shared/demo_people.yaml")
_STORIES = Path("processes/_shared/demo")


def demonstration_people(environment: Environment) -> list[dict[str, Any]]:
    """Return the entries of the demonstration accounts."""
    path = environment.content_dir / _PEOPLE
    return list(read_document(path).get("people") or ()) if path.exists() else []


def undo_unfinished_demonstration(environment: Environment) -> None:
    """Empty a database whose demonstration was interrupted while it was made."""
    if _unfinished(environment).undo():
        click.echo("The demonstration data was left unfinished: starting afresh. / Data contoh belum selesai: diulang.")


def make_demonstration(environment: Environment, folders: Sequence[ContentFolder]) -> None:
    """Fill an empty database: content, people, and the stories of `processes/_shared/demo`; all, or the next start."""
    if not (environment.content_dir / _PEOPLE).exists():
        return
    click.echo("Preparing demonstration people and records, once ... / Menyiapkan data contoh, sekali saja ...")
    try:
        with _unfinished(environment).until_whole():
            _fill(environment, folders)
    except KeyboardInterrupt:
        click.echo("Interrupted: the next start does this again. / Terhenti: diulang saat berikutnya dijalankan.")
        raise


def _fill(environment: Environment, folders: Sequence[ContentFolder]) -> None:
    now = SystemClock().now()
    stories = [
        story for file in sorted((environment.content_dir / _STORIES).glob("*.yaml")) for story in load_stories(file)
    ]
    with Harness(environment.database_url, clock=MovableClock(_beginning(stories, now))) as harness:
        for folder in folders:
            harness.engine.execute(DeployContent(files=folder.files(), comment=f"content of {folder.key}"))
        people = read_document(environment.content_dir / _PEOPLE)
        harness.engine.execute(LoadPeople(document=people, actor=SYSTEM, password=PASSWORD))
        for problem in play_stories(stories, harness, now=now):
            click.echo(f"  {problem}", err=True)


def _unfinished(environment: Environment) -> Unfinished:
    return Unfinished(environment.database_url, environment.data_dir / "demonstration-unfinished")


def _beginning(stories: Sequence[Story], now: datetime) -> datetime:
    return min((story.begins_at(now) for story in stories), default=now) - timedelta(hours=1)
