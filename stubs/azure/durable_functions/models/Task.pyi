import enum
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from azure.durable_functions.models.actions.Action import Action
from azure.durable_functions.models.actions.CompoundAction import CompoundAction
from azure.durable_functions.models.actions.CreateTimerAction import CreateTimerAction
from azure.durable_functions.models.DurableOrchestrationContext import DurableOrchestrationContext
from azure.durable_functions.models.ReplaySchema import ReplaySchema
from azure.durable_functions.models.RetryOptions import RetryOptions

class TaskState(enum.Enum):
    RUNNING = 0
    SUCCEEDED = 1
    FAILED = 2

class TaskBase:
    """What an orchestrator yields to wait for something; yielding it returns the result, or raises what failed."""

    id: int | str
    state: TaskState
    parent: CompoundTask | None
    result: Any
    """The result of a completed task; the exception of a failed one."""
    action_repr: Any
    is_played: bool
    def __init__(self, id_: int | str | None, actions: list[Action] | Action) -> None: ...
    @property
    def is_completed(self) -> bool:
        """Whether it has succeeded or failed."""

    def set_is_played(self, is_played: bool) -> None: ...
    def change_state(self, state: TaskState) -> None: ...
    def set_value(self, is_error: bool, value: Any) -> None: ...
    def propagate(self) -> None: ...

class CompoundTask(TaskBase):
    pending_tasks: set[TaskBase]
    completed_tasks: list[TaskBase]
    children: list[TaskBase]
    def __init__(
        self, tasks: list[TaskBase], compound_action_constructor: Callable[..., CompoundAction] | None = None
    ) -> None: ...
    def handle_completion(self, child: TaskBase) -> None: ...
    def try_set_value(self, child: Any) -> None: ...

class AtomicTask(TaskBase): ...

class TimerTask(AtomicTask):
    """A timer of at most the longest single wait, six days."""

    def __init__(self, id_: int | str | None, action: CreateTimerAction) -> None: ...
    @property
    def is_cancelled(self) -> bool: ...
    def cancel(self) -> None:
        """Give the timer up, so that the orchestration can end before it fires.

        Raises:
            ValueError: It has fired.
        """

class WhenAllTask(CompoundTask):
    """Completes when all of its tasks have; the result is the list of theirs."""

    def __init__(self, task: Sequence[TaskBase], replay_schema: ReplaySchema) -> None: ...

class LongTimerTask(WhenAllTask):
    """A timer that is kept as a series of shorter ones."""

    action: CreateTimerAction
    def __init__(
        self, id_: int | str | None, action: CreateTimerAction, orchestration_context: DurableOrchestrationContext
    ) -> None: ...
    def is_canceled(self) -> bool: ...
    def cancel(self) -> None:
        """Give the timer up, so that the orchestration can end before it fires.

        Raises:
            ValueError: It has fired.
        """

    def get_next_timer_task(self, final_fire_time: datetime, current_time: datetime) -> TimerTask: ...
    def add_new_child(self, child_timer: TimerTask) -> None: ...

class WhenAnyTask(CompoundTask):
    """Completes when the first of its tasks has; the result is that task."""

    def __init__(self, task: Sequence[TaskBase], replay_schema: ReplaySchema) -> None: ...

class RetryAbleTask(WhenAllTask):
    retry_options: RetryOptions
    num_attempts: int
    context: DurableOrchestrationContext
    actions: Any
    is_waiting_on_timer: bool
    error: Any
    def __init__(self, child: TaskBase, retry_options: RetryOptions, context: DurableOrchestrationContext) -> None: ...
    @property
    def id_(self) -> str: ...
