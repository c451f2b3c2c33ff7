"""Apps and blueprints of Durable Functions, with the package's own versions of the durable decorators."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from azure.durable_functions.models.DurableEntityContext import DurableEntityContext
from azure.durable_functions.models.DurableOrchestrationClient import DurableOrchestrationClient
from azure.durable_functions.models.DurableOrchestrationContext import DurableOrchestrationContext
from azure.durable_functions.models.RetryOptions import RetryOptions
from azure.functions._api.markers import Client, Setting, Since, Trigger
from azure.functions._api.values import (
    ActivityName,
    AppAuthLevelName,
    ArgName,
    DurableConnection,
    EntityName,
    OrchestratorName,
)
from azure.functions.decorators.core import AuthLevel
from azure.functions.decorators.function_app import BindingApi, FunctionRegister, SettingsApi, TriggerApi

F = TypeVar("F", bound=Callable[..., Any])

class Blueprint(TriggerApi, BindingApi, SettingsApi):
    """Durable functions of another file, which the app takes over with `register_functions`."""

    def __init__(self, http_auth_level: AppAuthLevelName = AuthLevel.FUNCTION) -> None: ...
    def orchestration_trigger(
        self,
        context_name: ArgName,
        orchestration: OrchestratorName | None = None,
        input_type: Annotated[type[Any] | None, Since("1.6.0")] = None,
    ) -> Annotated[
        Callable[[F], F],
        Trigger(
            "orchestrationTrigger",
            takes=(DurableOrchestrationContext,),
            since="1.2.0",
            see="durable/durable-functions-bindings",
            extra=False,
        ),
    ]:
        """TODO."""

    def activity_trigger(
        self, input_name: ArgName, activity: ActivityName | None = None
    ) -> Annotated[
        Callable[[F], F],
        Trigger("activityTrigger", since="1.2.0", see="durable/durable-functions-bindings", extra=False),
    ]:
        """TODO."""

    def entity_trigger(
        self, context_name: ArgName, entity_name: EntityName | None = None
    ) -> Annotated[
        Callable[[F], F],
        Trigger(
            "entityTrigger",
            takes=(DurableEntityContext,),
            since="1.2.0",
            see="durable/durable-functions-bindings",
            extra=False,
        ),
    ]:
        """TODO."""

    def durable_client_input(
        self, client_name: ArgName, task_hub: str | None = None, connection_name: DurableConnection | None = None
    ) -> Annotated[
        Callable[[F], F],
        Client(
            "durableClient",
            takes=(DurableOrchestrationClient,),
            since="1.2.0",
            see="durable/durable-functions-bindings",
            extra=False,
        ),
    ]:
        """TODO."""

    def durable_openai_agent_orchestrator(
        self,
        _func: F | None = None,
        *,
        model_provider: Any = None,
        model_retry_options: RetryOptions | None = ...,
    ) -> Annotated[
        Callable[[F], F], Setting(since="1.4.0", see="durable/durable-functions-bindings", extra=False)
    ]:
        """TODO."""

class DFApp(Blueprint, FunctionRegister):
    """A function app with Durable Functions."""
