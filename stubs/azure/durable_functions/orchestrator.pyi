from collections.abc import Callable, Generator
from typing import Any

from azure.durable_functions.models.DurableOrchestrationContext import DurableOrchestrationContext
from azure.durable_functions.models.TaskOrchestrationExecutor import TaskOrchestrationExecutor
from typing_extensions import TypeAlias

_Function: TypeAlias = Callable[[DurableOrchestrationContext], Generator[Any, Any, Any]]

class Orchestrator:
    """Runs an orchestrator function; apps with decorators never touch it."""

    fn: _Function
    task_orchestration_executor: TaskOrchestrationExecutor
    durable_context: DurableOrchestrationContext
    def __init__(self, activity_func: _Function) -> None: ...
    def handle(self, context: DurableOrchestrationContext) -> str: ...
    @classmethod
    def create(cls, fn: _Function) -> Callable[[Any], str]: ...
