"""The kinds of 64-bit keys, told apart by the type checker."""

from __future__ import annotations

from typing import NewType

ProcessDefinitionKey = NewType("ProcessDefinitionKey", int)
ProcessInstanceKey = NewType("ProcessInstanceKey", int)
ElementInstanceKey = NewType("ElementInstanceKey", int)
#: A user task has the key of its element instance.
UserTaskKey = NewType("UserTaskKey", int)
JobKey = NewType("JobKey", int)
TimerKey = NewType("TimerKey", int)
MessageKey = NewType("MessageKey", int)
SubscriptionKey = NewType("SubscriptionKey", int)
FaultKey = NewType("FaultKey", int)
RecordKey = NewType("RecordKey", int)
DeploymentKey = NewType("DeploymentKey", int)
ResourceKey = NewType("ResourceKey", int)
BatchKey = NewType("BatchKey", int)
DeadlineKey = NewType("DeadlineKey", int)
