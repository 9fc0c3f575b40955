"""Every table, as SQLAlchemy Core sees it, by noun; `migrations/` builds them.

Keys are the engine's own (`engine/keys.py`), never the database's. Moments are milliseconds in UTC.
"""

from engine.store.tables.batches import (
    batch,
    batch_item,
)
from engine.store.tables.dead_letters import (
    dead_letter,
)
from engine.store.tables.deadlines import (
    deadline,
    deadline_event,
    deadline_recalculation,
)
from engine.store.tables.definitions import (
    decision_definition,
    definition_draft,
    definition_draft_kept,
    deployment,
    process_definition,
    resource,
)
from engine.store.tables.history import (
    daily_root,
    history_entry,
    stream_head,
)
from engine.store.tables.instances import (
    instance_count,
    instance_state,
    live_element,
    process_instance,
    variable,
)
from engine.store.tables.intake import (
    alert,
    alert_source,
    mail_in,
)
from engine.store.tables.kpi import (
    kpi_fact,
)
from engine.store.tables.messages import (
    buffered_message,
    message_correlation,
    message_start,
    message_subscription,
    signal_subscription,
)
from engine.store.tables.modeller import (
    declined_content,
    scenario_play,
)
from engine.store.tables.notifications import (
    notification,
)
from engine.store.tables.outbox import (
    delivery,
    delivery_item,
    mail_preference,
    webhook,
)
from engine.store.tables.people import (
    absence,
    answer_link,
    group_account,
    login_attempt,
    login_session,
    membership,
    password_reset,
    shift,
    unit,
    user_account,
)
from engine.store.tables.records import (
    attachment,
    attachment_content,
    duty,
    record,
    record_comment,
    record_link,
    record_number,
    record_person,
    record_rating,
    record_watcher,
    register_import,
    register_import_chunk,
    search_due,
)
from engine.store.tables.schema import metadata
from engine.store.tables.user_tasks import (
    task_draft,
    task_inbox,
    user_task,
)
from engine.store.tables.views import (
    saved_view,
)
from engine.store.tables.work import (
    fault,
    job,
    timer,
)

__all__ = [
    "absence",
    "alert",
    "alert_source",
    "answer_link",
    "attachment",
    "attachment_content",
    "batch",
    "batch_item",
    "buffered_message",
    "daily_root",
    "dead_letter",
    "deadline",
    "deadline_event",
    "deadline_recalculation",
    "decision_definition",
    "declined_content",
    "definition_draft",
    "definition_draft_kept",
    "delivery",
    "delivery_item",
    "deployment",
    "duty",
    "fault",
    "group_account",
    "history_entry",
    "instance_count",
    "instance_state",
    "job",
    "kpi_fact",
    "live_element",
    "login_attempt",
    "login_session",
    "mail_in",
    "mail_preference",
    "membership",
    "message_correlation",
    "message_start",
    "message_subscription",
    "metadata",
    "notification",
    "password_reset",
    "process_definition",
    "process_instance",
    "record",
    "record_comment",
    "record_link",
    "record_number",
    "record_person",
    "record_rating",
    "record_watcher",
    "register_import",
    "register_import_chunk",
    "resource",
    "saved_view",
    "scenario_play",
    "search_due",
    "shift",
    "signal_subscription",
    "stream_head",
    "task_draft",
    "task_inbox",
    "timer",
    "unit",
    "user_account",
    "user_task",
    "variable",
    "webhook",
]
