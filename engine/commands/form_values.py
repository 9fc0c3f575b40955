"""What a form submitted becomes variables, or is refused field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.commands.choices import offered_choices
from engine.commands.context import CommandContext
from engine.commands.host_functions import lazy_host_functions
from engine.errors import FormRejected
from engine.forms import Examination, examine
from engine.model import Actor, RecordKey
from engine.store.attachments import Attachments


def checked_values(
    context: CommandContext,
    actor: Actor,
    form_key: int | None,
    submitted: Mapping[str, Any],
    variables: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the accepted values by field key; raises FormRejected with what is wrong by field path.

    A task without a form accepts nothing: what was submitted is dropped.
    """
    examination = examined_values(context, actor, form_key, submitted, variables)
    return {} if examination is None else examination.values


def examined_values(
    context: CommandContext,
    actor: Actor,
    form_key: int | None,
    submitted: Mapping[str, Any],
    variables: Mapping[str, Any],
    *,
    record_key: RecordKey | None = None,
) -> Examination | None:
    """Return the accepted form with its values; None when there is no form. Raises FormRejected.

    Files that the record has already may stand in the form, whoever uploaded them.
    """
    if form_key is None:
        return None
    examination = examine(
        context.definitions.form(context.work, form_key),
        submitted,
        variables,
        now=context.now,
        choices=offered_choices(context, actor, submitted, variables),
        files=lambda key: uploaded_file(context, actor, key, record_key),
        functions=lazy_host_functions(context),
        zone=context.zone,
    )
    if errors := examination.errors:
        raise FormRejected(errors)
    return examination


def uploaded_file(
    context: CommandContext, actor: Actor, key: str, record_key: RecordKey | None = None
) -> Mapping[str, Any] | None:
    """Return the facts of a file that this person uploaded, or that the record has; nobody refers to another's."""
    found = Attachments(context.work).find(int(key)) if key.isascii() and key.isdigit() else None
    if found is None:
        return None
    is_of_record = record_key is not None and found.record_key == record_key
    if not (found.uploaded_by == actor.user or actor.is_system or is_of_record):
        return None
    return {"name": found.name, "media_type": found.media_type, "size_bytes": found.size_bytes}
