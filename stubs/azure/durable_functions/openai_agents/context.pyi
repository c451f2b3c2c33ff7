from collections.abc import Callable
from typing import Any

from azure.durable_functions.models.DurableOrchestrationContext import DurableOrchestrationContext
from azure.durable_functions.models.RetryOptions import RetryOptions
from azure.durable_functions.models.Task import TaskBase
from azure.durable_functions.openai_agents.task_tracker import TaskTracker

class DurableAIAgentContext(DurableOrchestrationContext):
    """What an orchestrator with agents works with: the orchestration's context, and activities as tools of the agent."""

    def __init__(
        self, context: DurableOrchestrationContext, task_tracker: TaskTracker, model_retry_options: RetryOptions | None
    ) -> None: ...
    def call_activity(self, name: str | Callable[..., Any], input_: Any | None = None) -> TaskBase: ...  # type: ignore[override]  # has no expected_type
    def call_activity_with_retry(  # type: ignore[override]  # has no expected_type
        self, name: str | Callable[..., Any], retry_options: RetryOptions, input_: Any | None = None
    ) -> TaskBase: ...
    # The result is an `agents.Tool`; the package need not be installed.
    def create_activity_tool(
        self,
        activity_func: Callable[..., Any],
        *,
        description: str | None = None,
        retry_options: RetryOptions | None = ...,
    ) -> Any:
        """An activity as a tool of the agent.

        Args:
            activity_func: The decorated activity.
            description: What the tool does, for the model. Default: the function's docstring.
            retry_options: How failed calls are repeated. Default: five attempts, two seconds apart.
        """

    def __getattr__(self, name: str) -> Any: ...
    def __dir__(self) -> list[str]: ...
