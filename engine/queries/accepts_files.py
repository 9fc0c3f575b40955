"""Whether somebody may fill in a form now, so that files for it are worth keeping."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.errors import CommandRejected
from engine.model import Actor
from engine.queries.readers import deputy_reader_of
from engine.queries.start_form import StartForm
from engine.queries.user_task_page import UserTaskPage


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptsFiles:
    """Ask before files of a request are stored: of a user task's form, or of a process's start form."""

    actor: Actor
    user_task_key: int | None = None
    process_id: str = ""

    def run(self, context: CommandContext) -> bool:
        """Answer; why not, the command itself says. Raises NotPermitted when the account is not active."""
        deputy_reader_of(context, self.actor)
        try:
            if self.user_task_key is None:
                return StartForm(actor=self.actor, process_id=self.process_id).run(context).form is not None
            page = UserTaskPage(actor=self.actor, user_task_key=self.user_task_key).run(context)
        except CommandRejected:
            return False
        return page.may.complete and page.form is not None
