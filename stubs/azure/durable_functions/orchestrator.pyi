from .models import DurableOrchestrationContext as DurableOrchestrationContext
from _typeshed import Incomplete
from azure.durable_functions.models.TaskOrchestrationExecutor import (
    TaskOrchestrationExecutor as TaskOrchestrationExecutor,
)
from typing import Any, Callable, Generator

class Orchestrator:
    fn: Callable[[DurableOrchestrationContext], Generator[Any, Any, Any]]
    task_orchestration_executor: Incomplete
    def __init__(self, activity_func: Callable[[DurableOrchestrationContext], Generator[Any, Any, Any]]) -> None: ...
    durable_context: Incomplete
    def handle(self, context: DurableOrchestrationContext) -> str: ...
    @classmethod
    def create(cls, fn: Callable[[DurableOrchestrationContext], Generator[Any, Any, Any]]) -> Callable[[Any], str]: ...
