"""People and groups: who may log in, and to which groups each belongs."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import LANGUAGES, AccountChoices, AccountPage, AddUser, ChangeUser, CommandRejected, People, User
from webapp.access import needs
from webapp.admin.blueprint import OBSERVERS, OPERATORS, pages
from webapp.engine_access import actor, engine
from webapp.errors import status_of
from webapp.i18n import DEFAULT_LANGUAGE, gettext, words

_STATES = {"active": True, "inactive": False}
_NOBODY = User("", "", "", DEFAULT_LANGUAGE, "", is_active=True, groups=())
Answer = str | Response | tuple[str, int]


@pages.get("/people")
@needs(*OBSERVERS)
def people() -> str:
    """Show people by login name."""
    search, group, state, after = (request.args.get(name, "").strip() for name in ("q", "group", "state", "after"))
    page = engine().ask(People(actor=actor(), search=search, group=group, is_active=_STATES.get(state), after=after))
    labels = {one.group.name: one.group.label for one in page.groups}
    return render_template(
        "admin/people.html", page=page, labels=labels, search=search, group=group, state=state, after=after
    )


@pages.get("/groups")
@needs(*OBSERVERS)
def groups() -> str:
    """Show all groups and how many people are in each."""
    page = engine().ask(People(actor=actor()))
    return render_template("admin/groups.html", groups=page.groups)


@pages.get("/people/new")
@needs(*OPERATORS)
def new_person() -> str:
    """Ask for the facts of a new person."""
    return _form(_NOBODY, is_new=True)


@pages.post("/people/new")
@needs(*OPERATORS)
def add_person() -> Answer:
    """Add a person."""
    user = _read(request.form.get("name", "").strip(), is_active=True)
    try:
        engine().execute(AddUser(user=user, password=request.form.get("password") or None, actor=actor()))
    except CommandRejected as error:
        return _form(user, is_new=True, error=words(error.label)), status_of(error)
    flash(gettext("%(name)s was added.") % {"name": user.display_name}, "success")
    return redirect(url_for("admin.people", q=user.name))


@pages.get("/people/<name>")
@needs(*OPERATORS)
def person(name: str) -> str:
    """Show one person to change."""
    return _form(engine().ask(AccountPage(name=name, actor=actor())).user)


@pages.post("/people/<name>")
@needs(*OPERATORS)
def change_person(name: str) -> Answer:
    """Change a person; a new password ends every session of that person."""
    user = _read(name, is_active="is_active" in request.form)
    try:
        engine().execute(ChangeUser(user=user, password=request.form.get("password") or None, actor=actor()))
    except CommandRejected as error:
        return _form(user, error=words(error.label)), status_of(error)
    flash(gettext("%(name)s was changed.") % {"name": user.display_name}, "success")
    return redirect(url_for("admin.people", q=user.name))


def _read(name: str, *, is_active: bool) -> User:
    form = request.form
    language = form.get("language", "")
    return User(
        name=name,
        display_name=form.get("display_name", "").strip() or name,
        email=form.get("email", "").strip(),
        language=language if language in LANGUAGES else DEFAULT_LANGUAGE,
        unit=form.get("unit", "").strip(),
        is_active=is_active,
        groups=tuple(sorted(set(form.getlist("group")))),
    )


def _form(user: User, *, is_new: bool = False, error: str = "") -> str:
    choices = engine().ask(AccountChoices(actor=actor()))
    return render_template("admin/person.html", user=user, choices=choices, is_new=is_new, error=error)
