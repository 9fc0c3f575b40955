"""Keep the filters of a list under a name; each person has views of their own."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.errors import InputInvalid, ViewNotFound
from engine.model import Actor, Label, SavedView
from engine.store.saved_views import SavedViews

_LONGEST_NAME = 60
_LONGEST_QUERY = 4_000
_MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveView:
    """Save a view for the actor, in place of one of that name; raises InputInvalid for a name that is none."""

    view: SavedView
    actor: Actor

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_active()
        if not 0 < len(self.view.name) <= _LONGEST_NAME:
            raise InputInvalid(
                Label(
                    f"The view needs a name of at most {_LONGEST_NAME} characters.",
                    f"Tampilan memerlukan nama, paling panjang {_LONGEST_NAME} huruf.",
                )
            )
        rows = SavedViews(context.work)
        others = [one for one in rows.of(self.actor.user, self.view.page) if one.name != self.view.name]
        if len(others) >= _MOST or len(self.view.query) > _LONGEST_QUERY:
            raise InputInvalid(
                Label(
                    f"At most {_MOST} views are kept. Remove one first.",
                    f"Paling banyak {_MOST} tampilan disimpan. Hapus satu lebih dahulu.",
                )
            )
        rows.save(self.actor.user, self.view, context.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveView:
    """Forget one of the actor's views; raises ViewNotFound."""

    page: str
    name: str
    actor: Actor

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_active()
        if not SavedViews(context.work).remove(self.actor.user, self.page, self.name):
            raise ViewNotFound(self.name)
