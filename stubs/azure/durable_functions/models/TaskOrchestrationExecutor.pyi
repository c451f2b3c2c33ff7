from ..models.entities.ResponseMessage import ResponseMessage as ResponseMessage
from .utils.df_serialization import df_loads as df_loads
from _typeshed import Incomplete
from azure.durable_functions.models.DurableOrchestrationContext import (
    DurableOrchestrationContext as DurableOrchestrationContext,
)
from azure.durable_functions.models.OrchestratorState import OrchestratorState as OrchestratorState
from azure.durable_functions.models.Task import (
    AtomicTask as AtomicTask,
    CompoundTask as CompoundTask,
    TaskBase as TaskBase,
    TaskState as TaskState,
)
from azure.durable_functions.models.history.HistoryEvent import HistoryEvent as HistoryEvent
from azure.durable_functions.models.history.HistoryEventType import HistoryEventType as HistoryEventType
from typing import Any

class TaskOrchestrationExecutor:
    event_to_SetTaskValuePayload: Incomplete
    task_completion_events: Incomplete
    def __init__(self) -> None: ...
    current_task: TaskBase
    output: Any
    exception: Exception | None
    orchestrator_returned: bool
    def initialize(self) -> None: ...
    context: Incomplete
    generator: Incomplete
    def execute(self, context: DurableOrchestrationContext, history: list[HistoryEvent], fn) -> str: ...
    def process_event(self, event: HistoryEvent): ...
    def set_task_value(self, event: HistoryEvent, is_success: bool, id_key: str): ...
    def resume_user_code(self) -> None: ...
    def get_orchestrator_state_str(self) -> str: ...
    def is_task_completion_event(self, event_type: HistoryEventType) -> bool: ...
    @property
    def has_execution_completed(self) -> bool: ...
    @property
    def orchestration_invocation_succeeded(self) -> bool: ...
