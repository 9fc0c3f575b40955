"""Move one or many instances to another version: mapping plan, what cannot move and why, then the move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import (
    BatchKind,
    BatchPlan,
    CommandRejected,
    InstancePage,
    InstancePageData,
    MigrateProcessInstance,
    MigrationPreview,
    MigrationPreviewData,
    MigrationTargets,
    MigrationTargetsData,
    ProposeBatch,
)
from webapp.access import needs
from webapp.engine_access import actor, engine
from webapp.errors import status_of
from webapp.i18n import gettext, words
from webapp.monitor.batches import NO_REASON
from webapp.monitor.blueprint import OBSERVERS, OPERATORS, pages
from webapp.monitor.selection import STATE_CHOICES, chosen_filters, chosen_keys, read_filter, whole_number

_MAP = "map."
Answer = str | Response | tuple[str, int]


@pages.get("/migration")
@needs(*OBSERVERS)
def migration() -> Answer:
    """Show what would move to which version, and what would not and why."""
    return _ask()


@pages.post("/migration")
@needs(*OPERATORS)
def migrate() -> Answer:
    """Move the one instance, or propose a batch for many."""
    reason = request.form.get("reason", "").strip()
    if not reason:
        return _ask(gettext(NO_REASON), "reason"), 422
    chosen, keys = chosen_filters(request.form), chosen_keys(request.form)
    version, mapping = _target_version(), _mapping()
    try:
        if len(keys) == 1:
            engine().execute(
                MigrateProcessInstance(
                    process_instance_key=keys[0], version=version, mapping=mapping, reason=reason, actor=actor()
                )
            )
            flash(gettext("The instance goes on in version %(num)s.") % {"num": version or ""}, "success")
            return redirect(url_for("monitor.instance", key=keys[0]))
        plan = BatchPlan(kind=BatchKind.MIGRATE, version=version, mapping=mapping)
        selection = read_filter(chosen, keys)
        proposed = engine().execute(ProposeBatch(plan=plan, selection=selection, reason=reason, actor=actor()))
    except CommandRejected as error:
        return _ask(words(error.label)), status_of(error)
    return redirect(url_for("monitor.batch", key=proposed.key))


def _ask(error: str = "", place: str = "") -> str:
    chosen, keys = chosen_filters(request.values), chosen_keys(request.values)
    one = _instance(keys)
    process_id = one.instance.process_id if one else chosen.get("process", "")
    if not process_id:
        return render_template("monitor/migration_unknown.html", keys=keys)
    version = _target_version()
    targets: MigrationTargetsData = engine().ask(
        MigrationTargets(process_id=process_id, version=version, actor=actor())
    )
    preview: MigrationPreviewData = engine().ask(
        MigrationPreview(
            process_id=process_id,
            version=targets.chosen.version,
            mapping=_mapping(),
            selection=replace(read_filter(chosen, keys), process_id=process_id),
            actor=actor(),
        )
    )
    return render_template(
        "monitor/migration.html",
        one=one,
        process_id=process_id,
        chosen=chosen,
        keys=keys,
        targets=targets,
        preview=preview,
        source_key=_source(preview, one),
        state_choices=STATE_CHOICES,
        mapping=_mapping(),
        error=error,
        place=place,
    )


def _instance(keys: Sequence[int]) -> InstancePageData | None:
    if len(keys) != 1:
        return None
    page: InstancePageData = engine().ask(InstancePage(process_instance_key=keys[0], actor=actor()))
    return page


def _source(preview: MigrationPreviewData, one: InstancePageData | None) -> int | None:
    """Return the version whose diagram is shown on the left."""
    return one.instance.process_definition_key if one else preview.source_key


def _target_version() -> int | None:
    return whole_number(request.values.get("to", ""))


def _mapping() -> Mapping[str, str]:
    """Return old id -> new id of the lines where another element was chosen."""
    lines = {name[len(_MAP) :]: value for name, value in request.values.items() if name.startswith(_MAP)}
    return {old: new for old, new in lines.items() if new and new != old}
