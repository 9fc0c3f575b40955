"""Files in the answers of a scenario: `{upload: report.txt}` stands for a file that the person attaches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.commands.add_comment import AddAttachment
from engine.engine import Engine
from engine.model import Actor


def with_uploads(value: Any, engine: Engine, actor: Actor) -> Any:
    """Return the answers with every `{upload: name, text: content}` stored and replaced by its key, as a browser does.

    The content is plain text; without `text` it is the name.
    """
    if isinstance(value, list):
        return [with_uploads(item, engine, actor) for item in value]
    if not isinstance(value, Mapping):
        return value
    if "upload" in value:
        name = str(value["upload"])
        content = str(value.get("text") or name).encode()
        stored = engine.execute(AddAttachment(name=name, content=content, actor=actor))
        return str(stored.key)
    return {name: with_uploads(item, engine, actor) for name, item in value.items()}
