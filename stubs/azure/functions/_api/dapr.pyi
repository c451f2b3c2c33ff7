"""Dapr."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from azure.functions._api.markers import Input, Output, Trigger
from azure.functions._api.values import ArgName, DataTypeName, Entity, SettingText, Text, WatchedEntity

_F = TypeVar("_F", bound=Callable[..., Any])

class DaprTriggers:
    def dapr_service_invocation_trigger(
        self,
        arg_name: ArgName,
        method_name: SettingText,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger(
            "daprServiceInvocationTrigger",
            takes=(str, bytes),
            since="1.18.0",
            see="functions-bindings-dapr-trigger-svc-invoke",
        ),
    ]:
        """Run when another Dapr application calls this one.

        The parameter receives the request as `str` or `bytes`; the return value is the answer.

        Args:
            arg_name: Name of the function's parameter for the request.
            method_name: Method that callers name. `%SETTING%` is resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.dapr_service_invocation_trigger(arg_name="payload", method_name="create")
            def create(payload: str) -> str:
                return payload

        Binding type `daprServiceInvocationTrigger`; azure-functions since 1.18.0 and in every 2.x; extension bundle
        4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-dapr-trigger-svc-invoke
        """

    def dapr_binding_trigger(
        self,
        arg_name: ArgName,
        binding_name: SettingText,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger("daprBindingTrigger", takes=(str, bytes), since="1.18.0", see="functions-bindings-dapr-trigger"),
    ]:
        """Run for each event of a Dapr input binding.

        The parameter receives the event as `str` or `bytes`.

        Args:
            arg_name: Name of the function's parameter for the event.
            binding_name: Name of the Dapr binding. `%SETTING%` is resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.dapr_binding_trigger(arg_name="event", binding_name="kafka-orders")
            def on_dapr_event(event: str) -> None:
                print(event)

        Binding type `daprBindingTrigger`; azure-functions since 1.18.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-dapr-trigger
        """

    def dapr_topic_trigger(
        self,
        arg_name: ArgName,
        pub_sub_name: SettingText,
        topic: WatchedEntity,
        route: SettingText | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger("daprTopicTrigger", takes=(str, bytes), since="1.18.0", see="functions-bindings-dapr-trigger-topic"),
    ]:
        """Run for each message of a Dapr publish/subscribe topic.

        The parameter receives a cloud event as JSON text, with the message in `data`.

        Args:
            arg_name: Name of the function's parameter for the message.
            pub_sub_name: Name of the Dapr publish/subscribe component. `%SETTING%` is resolved.
            topic: Topic. `%SETTING%` is resolved.
            route: Route of the subscription. Default: the topic's name. `%SETTING%` is resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.dapr_topic_trigger(arg_name="event", pub_sub_name="pubsub", topic="orders")
            def on_dapr_topic(event: str) -> None:
                print(json.loads(event)["data"])

        Binding type `daprTopicTrigger`; azure-functions since 1.18.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-dapr-trigger-topic
        """

class DaprBindings:
    def dapr_state_input(
        self,
        arg_name: ArgName,
        state_store: Text,
        key: Text,
        dapr_address: Text | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Input("daprState", takes=(str, bytes), since="1.18.0", see="functions-bindings-dapr-input-state"),
    ]:
        """Read a value from a Dapr state store.

        The parameter receives the value as `str` or `bytes`.

        Args:
            arg_name: Name of the function's parameter for the value.
            state_store: Name of the state store. `%SETTING%` and `{expression}` are resolved.
            key: Key of the value. `%SETTING%` and `{expression}` are resolved.
            dapr_address: Address of the Dapr sidecar. Default `http://localhost:3500`, or
                `http://localhost:$DAPR_HTTP_PORT`. `%SETTING%` and `{expression}` are resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="state/{key}")
            @app.dapr_state_input(arg_name="value", state_store="statestore", key="{key}")
            def get_state(req: func.HttpRequest, value: str) -> str:
                return value

        Binding type `daprState`; azure-functions since 1.18.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-dapr-input-state
        """

    def dapr_secret_input(
        self,
        arg_name: ArgName,
        secret_store_name: Text,
        key: Text,
        metadata: Text,
        dapr_address: Text | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Input("daprSecret", takes=(str, bytes), since="1.18.0", see="functions-bindings-dapr-input-secret"),
    ]:
        """Read a secret from a Dapr secret store.

        The parameter receives a JSON object as `str` or `bytes`.

        Args:
            arg_name: Name of the function's parameter for the secret.
            secret_store_name: Name of the secret store. `%SETTING%` and `{expression}` are resolved.
            key: Key of the secret. `%SETTING%` and `{expression}` are resolved.
            metadata: Query parameters for the store, as `metadata.namespace=default`; empty for none. `%SETTING%` and
                `{expression}` are resolved.
            dapr_address: Address of the Dapr sidecar. Default `http://localhost:3500`, or
                `http://localhost:$DAPR_HTTP_PORT`. `%SETTING%` and `{expression}` are resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="secret")
            @app.dapr_secret_input(arg_name="secret", secret_store_name="vault", key="api-key", metadata="metadata.namespace=default")
            def use_secret(req: func.HttpRequest, secret: str) -> str:
                return str(len(secret))

        Binding type `daprSecret`; azure-functions since 1.18.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-dapr-input-secret
        """

    def dapr_state_output(
        self,
        arg_name: ArgName,
        state_store: Text,
        key: Text,
        dapr_address: Text | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Output("daprState", takes=(str, bytes, bytearray), since="1.18.0", see="functions-bindings-dapr-output-state"),
    ]:
        """Write a value to a Dapr state store.

        The parameter is a `func.Out[str]` that takes JSON text with `value` and, where not given here, `key`.

        Args:
            arg_name: Name of the function's parameter, a `func.Out`, or `$return` to send what the function returns.
            state_store: Name of the state store. `%SETTING%` and `{expression}` are resolved.
            key: Key of the value. `%SETTING%` and `{expression}` are resolved.
            dapr_address: Address of the Dapr sidecar. Default `http://localhost:3500`, or
                `http://localhost:$DAPR_HTTP_PORT`. `%SETTING%` and `{expression}` are resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="state")
            @app.dapr_state_output(arg_name="state", state_store="statestore", key="order")
            def put_state(req: func.HttpRequest, state: func.Out[str]) -> str:
                state.set('{"value": 1}')
                return "stored"

        Binding type `daprState`; azure-functions since 1.18.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-dapr-output-state
        """

    def dapr_invoke_output(
        self,
        arg_name: ArgName,
        app_id: Text,
        method_name: Text,
        http_verb: Text,
        dapr_address: Text | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Output(
            "daprInvoke", takes=(str, bytes, bytearray), since="1.18.0", see="functions-bindings-dapr-output-invoke"
        ),
    ]:
        """Call a method of another Dapr application.

        The parameter is a `func.Out[str]` that takes JSON text with the `body`.

        Args:
            arg_name: Name of the function's parameter, a `func.Out`, or `$return` to send what the function returns.
            app_id: Id of the other application. `%SETTING%` and `{expression}` are resolved.
            method_name: Method to call. `%SETTING%` and `{expression}` are resolved.
            http_verb: HTTP method, as `POST`. `%SETTING%` and `{expression}` are resolved.
            dapr_address: Address of the Dapr sidecar. Default `http://localhost:3500`, or
                `http://localhost:$DAPR_HTTP_PORT`. `%SETTING%` and `{expression}` are resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="forward")
            @app.dapr_invoke_output(arg_name="call", app_id="orders", method_name="create", http_verb="POST")
            def forward(req: func.HttpRequest, call: func.Out[str]) -> str:
                call.set('{"body": {"id": 1}}')
                return "forwarded"

        Binding type `daprInvoke`; azure-functions since 1.18.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-dapr-output-invoke
        """

    def dapr_publish_output(
        self,
        arg_name: ArgName,
        pub_sub_name: Text,
        topic: Entity,
        dapr_address: Text | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Output(
            "daprPublish", takes=(str, bytes, bytearray), since="1.18.0", see="functions-bindings-dapr-output-publish"
        ),
    ]:
        """Publish a message to a Dapr topic.

        The parameter is a `func.Out[str]` that takes JSON text with the `payload`.

        Args:
            arg_name: Name of the function's parameter, a `func.Out`, or `$return` to send what the function returns.
            pub_sub_name: Name of the Dapr publish/subscribe component. `%SETTING%` and `{expression}` are resolved.
            topic: Topic. `%SETTING%` and `{expression}` are resolved.
            dapr_address: Address of the Dapr sidecar. Default `http://localhost:3500`, or
                `http://localhost:$DAPR_HTTP_PORT`. `%SETTING%` and `{expression}` are resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="publish-dapr")
            @app.dapr_publish_output(arg_name="message", pub_sub_name="pubsub", topic="orders")
            def publish_dapr(req: func.HttpRequest, message: func.Out[str]) -> str:
                message.set('{"payload": {"id": 1}}')
                return "published"

        Binding type `daprPublish`; azure-functions since 1.18.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-dapr-output-publish
        """

    def dapr_binding_output(
        self,
        arg_name: ArgName,
        binding_name: Text,
        operation: Text,
        dapr_address: Text | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Output("daprBinding", takes=(str, bytes, bytearray), since="1.18.0", see="functions-bindings-dapr-output"),
    ]:
        """Send a value to a Dapr output binding.

        The parameter is a `func.Out[str]` that takes JSON text with the `data`.

        Args:
            arg_name: Name of the function's parameter, a `func.Out`, or `$return` to send what the function returns.
            binding_name: Name of the Dapr binding. `%SETTING%` and `{expression}` are resolved.
            operation: Operation of the binding, as `create`. `%SETTING%` and `{expression}` are resolved.
            dapr_address: Address of the Dapr sidecar. Default `http://localhost:3500`, or
                `http://localhost:$DAPR_HTTP_PORT`. `%SETTING%` and `{expression}` are resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="send-dapr")
            @app.dapr_binding_output(arg_name="message", binding_name="kafka-orders", operation="create")
            def send_dapr(req: func.HttpRequest, message: func.Out[str]) -> str:
                message.set('{"data": {"id": 1}}')
                return "sent"

        Binding type `daprBinding`; azure-functions since 1.18.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-dapr-output
        """
