"""Lists that people saved under a name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, delete, insert, select, update

from engine.model import SavedView
from engine.store.tables import saved_view
from engine.store.unit_of_work import UnitOfWork


class SavedViews:
    """Views of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def of(self, user: str, page: str) -> list[SavedView]:
        """Return a person's views of a list, by name."""
        query = select(saved_view).where(saved_view.c.user_name == user, saved_view.c.page == page)
        rows = self._work.execute(query.order_by(saved_view.c.name))
        return [SavedView(row.page, row.name, row.query, row.is_default) for row in rows]

    def save(self, user: str, view: SavedView, at: datetime) -> None:
        """Write a view, in place of one of that name; a default takes the place of the one before."""
        if view.is_default:
            mine = and_(saved_view.c.user_name == user, saved_view.c.page == view.page)
            self._work.execute(update(saved_view).where(mine).values(is_default=False))
        self.remove(user, view.page, view.name)
        row = {
            "user_name": user,
            "page": view.page,
            "name": view.name,
            "query": view.query,
            "is_default": view.is_default,
            "saved_at": at,
        }
        self._work.execute(insert(saved_view), row)

    def remove(self, user: str, page: str, name: str) -> bool:
        """Forget a view; False when there is none of that name."""
        statement = delete(saved_view).where(
            saved_view.c.user_name == user, saved_view.c.page == page, saved_view.c.name == name
        )
        return self._work.execute(statement).rowcount == 1
