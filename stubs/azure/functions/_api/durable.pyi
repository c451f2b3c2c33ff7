"""durable."""

from collections.abc import Callable
from typing import Annotated, Any, List, Literal, TypeVar

from azure.durable_functions import DurableEntityContext, DurableOrchestrationClient, DurableOrchestrationContext
from azure.functions._api.markers import Trigger, Client
from azure.functions._api.values import ArgName, ActivityName, OrchestratorName, EntityName, DurableConnection

F = TypeVar("F", bound=Callable[..., Any])

class DurableTriggers:
    def orchestration_trigger(
        self,
        context_name: ArgName,
        orchestration: OrchestratorName | None = None,
    ) -> Annotated[Callable[[F], F], Trigger("orchestrationTrigger", takes=(DurableOrchestrationContext,), since="1.20.0", see="durable/durable-functions-bindings", extra=False, also_tried=("orchestrator", "orchestrator_trigger", "orchestrator_function",))]:
        """TODO."""

    def entity_trigger(
        self,
        context_name: ArgName,
        entity_name: EntityName | None = None,
    ) -> Annotated[Callable[[F], F], Trigger("entityTrigger", takes=(DurableEntityContext,), since="1.20.0", see="durable/durable-functions-bindings", extra=False, also_tried=("entity_function",))]:
        """TODO."""

    def activity_trigger(
        self,
        input_name: ArgName,
        activity: ActivityName | None = None,
    ) -> Annotated[Callable[[F], F], Trigger("activityTrigger", since="1.20.0", see="durable/durable-functions-bindings", extra=False, also_tried=("activity", "activity_function",))]:
        """TODO."""

class DurableBindings:
    def durable_client_input(
        self,
        client_name: ArgName,
        task_hub: str | None = None,
        connection_name: DurableConnection | None = None,
    ) -> Annotated[Callable[[F], F], Client("durableClient", takes=(DurableOrchestrationClient,), since="1.20.0", see="durable/durable-functions-bindings", extra=False, also_tried=("durable_client",))]:
        """TODO."""
