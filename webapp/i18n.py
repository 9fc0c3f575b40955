"""Two languages: texts from `translations/*.po`, dates and numbers as Babel writes them.

The source text of every message is English; the `.po` files hold its Indonesian twin, one file per
page group. They are read at start, so there is nothing to compile.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers
from babel.messages.pofile import read_po
from flask import Flask, current_app, g, has_request_context, request
from markupsafe import Markup

from engine import LANGUAGES, Label
from webapp.clock import now

DEFAULT_LANGUAGE = "id"
LANGUAGE_COOKIE = "clause8_language"
TRANSLATIONS = Path(__file__).parent / "translations"
_LOCALES = {"id": Locale("id", "ID"), "en": Locale("en", "GB")}
_SOON = timedelta(days=2)


def language() -> str:
    """Return "id" or "en": the person's own, else the one of the browser's cookie, else Indonesian."""
    return str(getattr(g, "language", DEFAULT_LANGUAGE)) if has_request_context() else DEFAULT_LANGUAGE


def choose_language(preferred: str | None) -> None:
    """Set the language of this request: `preferred` if we speak it, else the cookie's, else the default."""
    wishes = (preferred, request.cookies.get(LANGUAGE_COOKIE))
    g.language = next((wish for wish in wishes if wish in LANGUAGES), DEFAULT_LANGUAGE)


def read_catalogue(folder: Path = TRANSLATIONS) -> dict[str, str]:
    """Return English text -> Indonesian text of all `.po` files; plural forms by their singular."""
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="id"):
                texts.update(_entry(message.id, message.string))
    return texts


def _entry(source: Any, target: Any) -> dict[str, str]:
    if isinstance(source, tuple):  # Indonesian has one plural form
        source, target = source[0], target[0]
    return {source: target} if source and target else {}


def gettext(message: str) -> str:
    """Return `message` in the language of the request."""
    if language() == "en":
        return message
    catalogue: Mapping[str, str] = current_app.extensions["catalogue"]
    return catalogue.get(message, message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the text for `count` things in the language of the request."""
    if language() == "en":
        return singular if count == 1 else plural
    return gettext(singular)


def mark(message: str) -> str:
    """Mark a text for translation where it is defined; whoever shows it calls `gettext`."""
    return message


def words(label: Label) -> str:
    """Return the text of `label` in the language of the request."""
    return label.text(language())


def zone() -> ZoneInfo:
    """Return the zone in which dates are shown."""
    return ZoneInfo(current_app.extensions["web_settings"].time_zone)


def locale() -> Locale:
    """Return Babel's locale of the request."""
    return _LOCALES[language()]


def full_moment(moment: datetime | None) -> str:
    """Return date and time, e.g. "19 Nov 2026 17.00"."""
    if moment is None:
        return ""
    pattern = "d MMM y HH.mm" if language() == "id" else "d MMM y HH:mm"
    return dates.format_datetime(moment, pattern, tzinfo=zone(), locale=locale())


def short_moment(moment: datetime | None) -> str:
    """Return date and time without the year where it is the present one."""
    if moment is None:
        return ""
    if moment.astimezone(zone()).year != now().astimezone(zone()).year:
        return full_moment(moment)
    pattern = "d MMM HH.mm" if language() == "id" else "d MMM HH:mm"
    return dates.format_datetime(moment, pattern, tzinfo=zone(), locale=locale())


def day(moment: datetime | date | None) -> str:
    """Return the date alone, e.g. "19 November 2026"."""
    if moment is None:
        return ""
    local = moment.astimezone(zone()).date() if isinstance(moment, datetime) else moment
    return dates.format_date(local, "long", locale=locale())


def relative(moment: datetime | None) -> str:
    """Return how long ago or ahead `moment` is, e.g. "3 days ago"."""
    if moment is None:
        return ""
    if abs(moment - now()) < timedelta(seconds=45):
        return gettext("just now")
    return dates.format_timedelta(moment - now(), add_direction=True, threshold=1.0, locale=locale())


def due(moment: datetime) -> str:
    """Return when something is due, in the words of a colleague: "2 days late", "today 17:00", "in 3 days"."""
    left = moment - now()
    if left < timedelta():
        return gettext("%(time)s late") % {"time": dates.format_timedelta(left, threshold=1.0, locale=locale())}
    local, today = moment.astimezone(zone()), now().astimezone(zone()).date()
    if local.date() == today:
        return gettext("today %(time)s") % {"time": local.strftime("%H.%M" if language() == "id" else "%H:%M")}
    if local.date() == today + timedelta(days=1):
        return gettext("tomorrow")
    return gettext("in %(days)s days") % {"days": (local.date() - today).days}


def due_tone(moment: datetime | None) -> str:
    """Return "late", "soon" or "later": how urgent a due time looks."""
    if moment is None:
        return "later"
    left = moment - now()
    return "late" if left < timedelta() else "soon" if left < _SOON else "later"


def number(value: float) -> str:
    """Return a number with the separators of the language."""
    return numbers.format_decimal(value, locale=locale())


def time_element(moment: datetime | None, shown: str = "short") -> Markup:
    """Return a `<time>` element whose tooltip is the full date; `shown` is short, full, relative or due."""
    if moment is None:
        return Markup("")
    text = {"short": short_moment, "full": full_moment, "relative": relative, "due": due}[shown](moment)
    keeps = Markup(" data-relative") if shown == "relative" else Markup("")
    return Markup('<time datetime="{}" title="{}"{}>{}</time>').format(
        moment.isoformat(), full_moment(moment), keeps, text
    )


def init_app(app: Flask) -> None:
    """Give the templates `_`, `ngettext`, `{% trans %}` and the filters of this module."""
    app.extensions["catalogue"] = read_catalogue()
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.filters.update(
        words=words, moment=full_moment, day=day, relative=relative, due=due, due_tone=due_tone, number=number,
        time=time_element,
    )  # fmt: skip
    app.jinja_env.globals.update(language=language, now=now)
