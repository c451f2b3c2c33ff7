"""Bindings without a decorator of their own."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from azure.functions._api.markers import Input, Output, Trigger
from azure.functions._api.values import ArgName, DataTypeName

_F = TypeVar("_F", bound=Callable[..., Any])

class GenericTriggers:
    def generic_trigger(
        self,
        arg_name: ArgName,
        type: str,
        data_type: DataTypeName | None = None,
        **kwargs: Any,
    ) -> Annotated[Callable[[_F], _F], Trigger(takes=(str, bytes), since="1.11.0", see="functions-triggers-bindings")]:
        """Run for a trigger that has no decorator of its own, such as `rabbitMQTrigger`.

        The parameter receives `str` or `bytes`. Every further keyword becomes a field of the binding: `queue_name=`
        is written `queueName`.

        Args:
            arg_name: Name of the function's parameter for the value.
            type: Type of the trigger as in function.json; it ends with `Trigger`.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.generic_trigger(arg_name="msg", type="rabbitMQTrigger", queue_name="orders", connection_string_setting="RABBIT")
            def on_rabbit(msg: str) -> None:
                print(msg)

        Binding type as given; azure-functions since 1.11.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-triggers-bindings
        """

class GenericBindings:
    def generic_input_binding(
        self,
        arg_name: ArgName,
        type: str,
        data_type: DataTypeName | None = None,
        **kwargs: Any,
    ) -> Annotated[
        Callable[[_F], _F],
        Input(takes=(str, bytes), since="1.11.0", see="functions-triggers-bindings", also_tried=("generic_input",)),
    ]:
        """Read through an input that has no decorator of its own.

        The parameter receives `str` or `bytes`. Every further keyword becomes a field of the binding: `hub_name=` is
        written `hubName`.

        Args:
            arg_name: Name of the function's parameter for the value.
            type: Type of the binding as in function.json.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="negotiate")
            @app.generic_input_binding(arg_name="info", type="signalRConnectionInfo", hub_name="chat",
                                       connection_string_setting="SIGNALR")
            def negotiate(req: func.HttpRequest, info: str) -> str:
                return info

        Binding type as given; azure-functions since 1.11.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-triggers-bindings
        """

    def generic_output_binding(
        self,
        arg_name: ArgName,
        type: str,
        data_type: DataTypeName | None = None,
        **kwargs: Any,
    ) -> Annotated[
        Callable[[_F], _F],
        Output(
            takes=(str, bytes, bytearray),
            since="1.11.0",
            see="functions-triggers-bindings",
            also_tried=("generic_output",),
        ),
    ]:
        """Write through an output that has no decorator of its own.

        The parameter is a `func.Out[str]` or `func.Out[bytes]`. Every further keyword becomes a field of the binding:
        `hub_name=` is written `hubName`.

        Args:
            arg_name: Name of the function's parameter, a `func.Out`, or `$return` to send what the function returns.
            type: Type of the binding as in function.json.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="broadcast")
            @app.generic_output_binding(arg_name="msg", type="signalR", hub_name="chat",
                                        connection_string_setting="SIGNALR")
            def broadcast(req: func.HttpRequest, msg: func.Out[str]) -> str:
                msg.set('{"target": "news", "arguments": ["hello"]}')
                return "sent"

        Binding type as given; azure-functions since 1.11.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-triggers-bindings
        """
