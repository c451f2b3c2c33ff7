"""blob."""

from collections.abc import Callable
from typing import Annotated, Any, List, Literal, TypeVar

from azure.functions._api.markers import Trigger, Input, Output, Since
from azure.functions._api.values import ArgName, WatchedBlobPath, BlobPath, BlobConnection, BlobTriggerConnection, DataTypeName, BlobSourceName
from azure.functions._abc import InputStream

F = TypeVar("F", bound=Callable[..., Any])

class BlobTriggers:
    def blob_trigger(
        self,
        arg_name: ArgName,
        path: WatchedBlobPath,
        connection: BlobTriggerConnection,
        source: Annotated[BlobSourceName | None, Since("1.20.0")] = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Trigger("blobTrigger", takes=(InputStream, bytes, str), since="1.11.0", see="functions-bindings-storage-blob-trigger", also_tried=("storage_blob_trigger",))]:
        """TODO."""

class BlobBindings:
    def blob_input(
        self,
        arg_name: ArgName,
        path: BlobPath,
        connection: BlobConnection,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Input("blob", takes=(InputStream, bytes, str), since="1.12.0", see="functions-bindings-storage-blob-input")]:
        """TODO."""

    def blob_output(
        self,
        arg_name: ArgName,
        path: BlobPath,
        connection: BlobConnection,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Output("blob", takes=(str, bytes, InputStream), since="1.12.0", see="functions-bindings-storage-blob-output")]:
        """TODO."""
