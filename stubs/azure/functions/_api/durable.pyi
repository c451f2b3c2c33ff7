"""Durable Functions, as `func.FunctionApp` and `func.Blueprint` offer them."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from azure.durable_functions import DurableEntityContext, DurableOrchestrationClient, DurableOrchestrationContext
from azure.functions._api.markers import Client, Trigger
from azure.functions._api.values import ActivityName, ArgName, DurableConnection, EntityName, OrchestratorName, Text

_F = TypeVar("_F", bound=Callable[..., Any])

class DurableTriggers:
    def orchestration_trigger(
        self,
        context_name: ArgName,
        orchestration: OrchestratorName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger(
            "orchestrationTrigger",
            takes=(DurableOrchestrationContext,),
            since="1.20.0",
            see="durable/durable-functions-bindings",
            extra=False,
            also_tried=("orchestrator", "orchestrator_trigger", "orchestrator_function"),
        ),
    ]:
        """Make the function a durable orchestrator: a generator that yields the tasks it waits for.

        The parameter receives a `df.DurableOrchestrationContext`. The code is replayed, so it must be deterministic:
        no input or output, no current time, no random values of its own. `function_name` goes above this decorator.

        Args:
            context_name: Name of the function's parameter for the context; it must be `context`.
            orchestration: Name of the orchestrator. Default: the function's name. `%SETTING%` is resolved.

        Example:
            @app.orchestration_trigger(context_name="context")
            def greet_all(context: df.DurableOrchestrationContext) -> Generator[Any, Any, str]:
                greeting: str = yield context.call_activity("say_hello", "Ada")
                return greeting

        Binding type `orchestrationTrigger`; azure-functions since 1.20.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-bindings
        """

    def entity_trigger(
        self,
        context_name: ArgName,
        entity_name: EntityName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger(
            "entityTrigger",
            takes=(DurableEntityContext,),
            since="1.20.0",
            see="durable/durable-functions-bindings",
            extra=False,
            also_tried=("entity_function",),
        ),
    ]:
        """Make the function a durable entity: a small state with operations that run one at a time.

        The parameter receives a `df.DurableEntityContext`.

        Args:
            context_name: Name of the function's parameter for the context; it must be `context`.
            entity_name: Name of the entity. Default: the function's name. `%SETTING%` is resolved.

        Example:
            @app.entity_trigger(context_name="context")
            def counter(context: df.DurableEntityContext) -> None:
                value = context.get_state(lambda: 0) + (context.get_input() or 0)
                context.set_state(value)
                context.set_result(value)

        Binding type `entityTrigger`; azure-functions since 1.20.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-bindings
        """

    def activity_trigger(
        self,
        input_name: ArgName,
        activity: ActivityName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger(
            "activityTrigger",
            since="1.20.0",
            see="durable/durable-functions-bindings",
            extra=False,
            also_tried=("activity", "activity_function"),
        ),
    ]:
        """Make the function a durable activity, which orchestrators call.

        The parameter receives the caller's input, decoded from JSON. Annotate it with a class (`dict`, `str`), not
        with `list[...]` or `Optional[...]`, which the worker refuses.

        Args:
            input_name: Name of the function's parameter for the input.
            activity: Name of the activity. Default: the function's name. `%SETTING%` is resolved.

        Example:
            @app.activity_trigger(input_name="name")
            def say_hello(name: str) -> str:
                return "Hello " + name

        Binding type `activityTrigger`; azure-functions since 1.20.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-bindings
        """

class DurableBindings:
    def durable_client_input(
        self,
        client_name: ArgName,
        task_hub: Text | None = None,
        connection_name: DurableConnection | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Client(
            "durableClient",
            takes=(DurableOrchestrationClient,),
            since="1.20.0",
            see="durable/durable-functions-bindings",
            extra=False,
            also_tried=("durable_client",),
        ),
    ]:
        """Give the function a client that starts and manages orchestrations.

        The parameter receives a `df.DurableOrchestrationClient`; the function must be `async`. On a
        `func.FunctionApp` this decorator goes below the trigger.

        Args:
            client_name: Name of the function's parameter for the client.
            task_hub: Task hub to talk to. Default: the one of host.json. `%SETTING%` and `{expression}` are resolved.
            connection_name: Name of the app setting with the storage connection of the task hub, or an identity-based
                prefix; nothing in it is resolved. Default: the one of host.json, `AzureWebJobsStorage`.

        Example:
            @app.route(route="start")
            @app.durable_client_input(client_name="client")
            async def start(req: func.HttpRequest, client: df.DurableOrchestrationClient) -> func.HttpResponse:
                instance_id = await client.start_new("greet_all")
                return client.create_check_status_response(req, instance_id)

        Binding type `durableClient`; azure-functions since 1.20.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-bindings
        """
