"""Storage queues."""

from collections.abc import Callable
from typing import Annotated, Any, List, TypeVar

from azure.functions._api.markers import Output, Trigger
from azure.functions._api.values import ArgName, DataTypeName, Queue, QueueConnection, WatchedQueue
from azure.functions._queue import QueueMessage

_F = TypeVar("_F", bound=Callable[..., Any])

class QueueTriggers:
    def queue_trigger(
        self,
        arg_name: ArgName,
        queue_name: WatchedQueue,
        connection: QueueConnection,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger(
            "queueTrigger",
            takes=(QueueMessage, str, bytes),
            since="1.11.0",
            see="functions-bindings-storage-queue-trigger",
            also_tried=("queue_message_trigger", "storage_queue_trigger"),
        ),
    ]:
        """Run for each message of a storage queue.

        The parameter receives a `func.QueueMessage`; annotated `str` or `bytes`, only the body. A message whose
        function fails five times (host.json: `maxDequeueCount`) moves to the queue `NAME-poison`. Bodies are Base64
        unless host.json sets `messageEncoding`.

        Args:
            arg_name: Name of the function's parameter for the message.
            queue_name: Queue to watch: 3 to 63 lower-case letters, digits and single dashes. `%SETTING%` is resolved.
            connection: Name of the app setting that holds the storage connection string, or the prefix of
                identity-based settings (`NAME__queueServiceUri`). Empty means `AzureWebJobsStorage`. `%SETTING%` is
                resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.queue_trigger(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
            def on_order(msg: func.QueueMessage) -> None:
                print(msg.get_body().decode())

        Binding type `queueTrigger`; azure-functions since 1.11.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-storage-queue-trigger
        """

class QueueBindings:
    def queue_output(
        self,
        arg_name: ArgName,
        queue_name: Queue,
        connection: QueueConnection,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Output(
            "queue",
            takes=(str, bytes, QueueMessage, List[str], List[bytes]),
            since="1.12.0",
            see="functions-bindings-storage-queue-output",
            also_tried=("queue_out",),
        ),
    ]:
        """Send messages to a storage queue.

        The parameter is a `func.Out` of `str`, `bytes`, `func.QueueMessage`, or of a `typing.List` of `str` or `bytes`
        for several messages.

        Args:
            arg_name: Name of the function's parameter, a `func.Out`, or `$return` to send what the function returns.
            queue_name: Queue to write to, created if missing: 3 to 63 lower-case letters, digits and single dashes.
                `%SETTING%` and `{expression}` are resolved.
            connection: Name of the app setting that holds the storage connection string, or the prefix of
                identity-based settings (`NAME__queueServiceUri`). Empty means `AzureWebJobsStorage`. `%SETTING%` is
                resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="order")
            @app.queue_output(arg_name="msg", queue_name="orders", connection="AzureWebJobsStorage")
            def order(req: func.HttpRequest, msg: func.Out[str]) -> str:
                msg.set(req.get_body().decode())
                return "queued"

        Binding type `queue`; azure-functions since 1.12.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-storage-queue-output
        """
