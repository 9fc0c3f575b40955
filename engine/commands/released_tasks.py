"""What a person had who may no longer work goes back to the group, or to the process owner (BI-11)."""

from __future__ import annotations

from engine.commands.context import CommandContext
from engine.commands.runtime import Runtime
from engine.errors import NotInState
from engine.model import Actor
from engine.store.user_tasks import UserTaskRows

_REASON = "akun dinonaktifkan / account deactivated"


def release_tasks(context: CommandContext, actor: Actor, user: str) -> int:
    """Free every open user task that lies with this person; return how many.

    The history of each says why. A task that waits for a listener is left alone; an administrator can reassign it.
    """
    keys = UserTaskRows(context.work).lying_with(user)
    return sum(_release(context, actor, user, key) for key in keys)


def _release(context: CommandContext, actor: Actor, user: str, key: int) -> bool:
    runtime = Runtime(context, actor)
    loaded = UserTaskRows(context.work).load(key)
    runtime.loaded_tasks[key] = loaded.row
    run = runtime.revive(loaded.instance)
    try:
        run.execution.assign_user_task(key, None)
    except NotInState:
        return False
    runtime.note(
        run,
        "user_task_reassigned",
        element_id=loaded.row["element_id"],
        element_instance_key=key,
        details={"to": None, "reason": f"{user}: {_REASON}"},
    )
    runtime.settle()
    return True
