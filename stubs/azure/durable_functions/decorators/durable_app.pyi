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
    Text,
)
from azure.functions.decorators.core import AuthLevel
from azure.functions.decorators.function_app import BindingApi, FunctionRegister, SettingsApi, TriggerApi

_F = TypeVar("_F", bound=Callable[..., Any])

class Blueprint(TriggerApi, BindingApi, SettingsApi):
    """Durable functions of another file, which the app takes over with `register_functions` once they are all there.

    Args:
        http_auth_level: Accepted and not used; the app's counts.

    Example:
        bp = df.Blueprint()

        @bp.activity_trigger(input_name="name")
        def say_hello(name: str) -> str:
            return "Hello " + name

    azure-functions-durable since 1.2.0.
    https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-bindings
    """

    def __init__(self, http_auth_level: AppAuthLevelName = AuthLevel.FUNCTION) -> None: ...
    def orchestration_trigger(
        self,
        context_name: ArgName,
        orchestration: OrchestratorName | None = None,
        input_type: Annotated[type[Any] | None, Since("1.6.0")] = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger(
            "orchestrationTrigger",
            takes=(DurableOrchestrationContext,),
            since="1.2.0",
            see="durable/durable-functions-bindings",
            extra=False,
        ),
    ]:
        """Make the function a durable orchestrator: a generator that yields the tasks it waits for.

        The parameter receives a `df.DurableOrchestrationContext`. The code is replayed, so it must be deterministic:
        no input or output, no current time, no random values of its own. `function_name` goes above this decorator.

        Args:
            context_name: Name of the function's parameter for the context; it must be `context`.
            orchestration: Name of the orchestrator. Default: the function's name. `%SETTING%` is resolved.
            input_type: Class to decode the orchestration's input to; `get_input(expected_type=...)` wins over it.
                Since 1.6.0.

        Example:
            @app.orchestration_trigger(context_name="context")
            def greet_all(context: df.DurableOrchestrationContext) -> Generator[Any, Any, str]:
                greeting: str = yield context.call_activity("say_hello", "Ada")
                return greeting

        Binding type `orchestrationTrigger`; azure-functions-durable since 1.2.0; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-bindings
        """

    def activity_trigger(
        self, input_name: ArgName, activity: ActivityName | None = None
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger("activityTrigger", since="1.2.0", see="durable/durable-functions-bindings", extra=False),
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

        Binding type `activityTrigger`; azure-functions-durable since 1.2.0; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-bindings
        """

    def entity_trigger(
        self, context_name: ArgName, entity_name: EntityName | None = None
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger(
            "entityTrigger",
            takes=(DurableEntityContext,),
            since="1.2.0",
            see="durable/durable-functions-bindings",
            extra=False,
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

        Binding type `entityTrigger`; azure-functions-durable since 1.2.0; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-bindings
        """

    def durable_client_input(
        self, client_name: ArgName, task_hub: Text | None = None, connection_name: DurableConnection | None = None
    ) -> Annotated[
        Callable[[_F], _F],
        Client(
            "durableClient",
            takes=(DurableOrchestrationClient,),
            since="1.2.0",
            see="durable/durable-functions-bindings",
            extra=False,
        ),
    ]:
        """Give the function a client that starts and manages orchestrations.

        The parameter receives a `df.DurableOrchestrationClient`; the function must be `async`.

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

        Binding type `durableClient`; azure-functions-durable since 1.2.0; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-bindings
        """

    def durable_openai_agent_orchestrator(
        self,
        _func: _F | None = None,
        *,
        model_provider: Any = None,
        model_retry_options: RetryOptions | None = ...,
    ) -> Annotated[Callable[[_F], _F], Setting(since="1.4.0", see="durable/durable-functions-bindings", extra=False)]:
        """Run an OpenAI agent as a durable orchestrator: its calls of the model become activities.

        Goes below `orchestration_trigger`, on a function that takes the context. Needs the package `openai-agents`.

        Args:
            _func: The function, where the decorator is used without parentheses.
            model_provider: Where the models come from. Default: OpenAI.
            model_retry_options: How failed calls of the model are repeated. Default: five attempts, two seconds
                apart.

        Example:
            @app.orchestration_trigger(context_name="context")
            @app.durable_openai_agent_orchestrator
            def haiku(context: Any) -> str:
                return str(Runner.run_sync(Agent(name="poet"), "Write a haiku.").final_output)

        azure-functions-durable since 1.4.0.
        https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-bindings
        """

class DFApp(Blueprint, FunctionRegister):
    """A function app with Durable Functions. function_app.py has exactly one at its top level.

    Args:
        http_auth_level: Key that HTTP requests need where a route says nothing: `FUNCTION`, `ANONYMOUS` or `ADMIN`, in upper
            case where it is text. Default `FUNCTION`.

    Example:
        app = df.DFApp(http_auth_level=func.AuthLevel.ANONYMOUS)

    azure-functions-durable since 1.2.0.
    https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-bindings
    """
