"""The side bar: page groups say what they offer, the layout shows what the person may open."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, request

from webapp.access import may

#: Sections from top to bottom; the first has no heading.
SECTIONS = ("work", "design", "operate")


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One line of the side bar. A page group's views module lists its own in `NAVIGATION`."""

    endpoint: str
    text: str  #: marked with `i18n.mark`
    icon: str  #: name of a Tabler icon
    section: str
    order: int
    roles: tuple[str, ...] = ("person",)
    badge: str = ""  #: name of a count of `AtAGlance`: `open_tasks`, `open_faults`
    also: tuple[str, ...] = ()  #: endpoints of pages below this one


def visible_items(app: Flask) -> list[tuple[str, list[NavigationItem]]]:
    """Return section -> items for the person of this request, without empty sections."""
    items = [item for item in app.extensions["navigation"] if may(*item.roles)]
    grouped = [(section, [item for item in items if item.section == section]) for section in SECTIONS]
    return [(section, members) for section, members in grouped if members]


def is_current(item: NavigationItem) -> bool:
    """Return whether the page of this request belongs to `item`."""
    return request.endpoint == item.endpoint or request.endpoint in item.also


def init_app(app: Flask, items: list[NavigationItem]) -> None:
    """Collect the items in their order."""
    app.extensions["navigation"] = sorted(items, key=lambda item: item.order)
    app.jinja_env.globals.update(is_current=is_current)
    app.context_processor(lambda: {"navigation": visible_items(app)})
