"""People and groups, for administrators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.errors import UserNotFound
from engine.model import Actor, Label
from engine.queries.operators import require_auditor
from engine.store.monitoring import people_list
from engine.store.monitoring.people_list import Account, GroupSize

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of accounts; `next` is the login name to go on after."""

    accounts: tuple[Account, ...]
    groups: tuple[GroupSize, ...]
    units: Mapping[str, Label]
    next: str | None


@dataclass(frozen=True, slots=True)
class AccountChoicesFound:
    """What an account can be given."""

    groups: tuple[GroupSize, ...]
    units: tuple[tuple[str, Label], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Ask for accounts by login name. Five statements."""

    actor: Actor
    search: str = ""
    group: str = ""
    is_active: bool | None = None
    after: str = ""

    def run(self, context: CommandContext) -> PeoplePage:
        """Answer; raises NotPermitted."""
        require_auditor(context, self.actor)
        found = people_list.list_accounts(
            context.work,
            now=context.now,
            search=self.search,
            group=self.group,
            is_active=self.is_active,
            after=self.after,
            limit=PAGE_SIZE + 1,
        )
        shown = found[:PAGE_SIZE]
        more = len(found) > PAGE_SIZE
        groups = tuple(people_list.list_groups(context.work, context.now))
        units = dict(people_list.list_units(context.work))
        return PeoplePage(tuple(shown), groups, units, shown[-1].user.name if more else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """Ask for one account. Three statements."""

    name: str
    actor: Actor

    def run(self, context: CommandContext) -> Account:
        """Answer; raises NotPermitted, UserNotFound."""
        read_permissions(context, self.actor).require_administrator()
        account = people_list.account(context.work, self.name, context.now)
        if account is None:
            raise UserNotFound(self.name)
        return account


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChoices:
    """Ask which groups and units there are. Three statements."""

    actor: Actor

    def run(self, context: CommandContext) -> AccountChoicesFound:
        """Answer; raises NotPermitted."""
        read_permissions(context, self.actor).require_administrator()
        return AccountChoicesFound(
            groups=tuple(people_list.list_groups(context.work, context.now)),
            units=tuple(people_list.list_units(context.work)),
        )
