"""What a form submitted becomes variables, or is refused field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.commands.choices import offered_choices
from engine.commands.context import CommandContext
from engine.errors import FormRejected
from engine.forms import check


def checked_values(
    context: CommandContext, form_key: int | None, submitted: Mapping[str, Any], variables: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the accepted values by field key; raises FormRejected with what is wrong by field path.

    A task without a form accepts nothing: what was submitted is dropped.
    """
    if form_key is None:
        return {}
    form = context.definitions.form(context.work, form_key)
    values, errors = check(form, submitted, variables, now=context.now, choices=offered_choices(context))
    if errors:
        raise FormRejected(errors)
    return values
