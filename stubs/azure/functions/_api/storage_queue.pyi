"""storage_queue."""

from collections.abc import Callable
from typing import Annotated, Any, List, Literal, TypeVar

from azure.functions._api.markers import Trigger, Output
from azure.functions._api.values import ArgName, WatchedQueue, Queue, QueueConnection, DataTypeName
from azure.functions._queue import QueueMessage

F = TypeVar("F", bound=Callable[..., Any])

class QueueTriggers:
    def queue_trigger(
        self,
        arg_name: ArgName,
        queue_name: WatchedQueue,
        connection: QueueConnection,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Trigger("queueTrigger", takes=(QueueMessage, str, bytes), since="1.11.0", see="functions-bindings-storage-queue-trigger", also_tried=("queue_message_trigger", "storage_queue_trigger",))]:
        """TODO."""

class QueueBindings:
    def queue_output(
        self,
        arg_name: ArgName,
        queue_name: Queue,
        connection: QueueConnection,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Output("queue", takes=(str, bytes, QueueMessage, List[str], List[bytes], List[QueueMessage]), since="1.12.0", see="functions-bindings-storage-queue-output", also_tried=("queue_out",))]:
        """TODO."""
