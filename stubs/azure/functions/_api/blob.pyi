"""Blobs."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from azure.functions._abc import InputStream
from azure.functions._api.markers import Input, Output, Since, Trigger
from azure.functions._api.values import (
    ArgName,
    BlobConnection,
    BlobPath,
    BlobSourceName,
    BlobTriggerConnection,
    DataTypeName,
    WatchedBlobPath,
)

_F = TypeVar("_F", bound=Callable[..., Any])

class BlobTriggers:
    def blob_trigger(
        self,
        arg_name: ArgName,
        path: WatchedBlobPath,
        connection: BlobTriggerConnection,
        source: Annotated[BlobSourceName | None, Since("1.20.0")] = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger(
            "blobTrigger",
            takes=(InputStream, bytes, str),
            since="1.11.0",
            see="functions-bindings-storage-blob-trigger",
            also_tried=("storage_blob_trigger",),
        ),
    ]:
        """Run for each new or changed blob of a container.

        The parameter receives a `func.InputStream`; annotated `bytes` or `str`, the whole content. With the default
        source the container is scanned, which can take minutes; `EVENT_GRID` is faster and the only source on the
        Flex Consumption plan.

        Args:
            arg_name: Name of the function's parameter for the blob.
            path: `container`, or `container/pattern` with captures in braces, as `uploads/{name}.csv`; other bindings
                use them as `{name}`. `%SETTING%` is resolved.
            connection: Name of the app setting that holds the storage connection string, or the prefix of
                identity-based settings (`NAME__blobServiceUri`). Empty means `AzureWebJobsStorage`. `%SETTING%` is
                resolved.
            source: `BlobSource.EVENT_GRID` or `BlobSource.LOGS_AND_CONTAINER_SCAN`, the default; also as the texts
                `EventGrid` and `LogsAndContainerScan`. Since 1.20.0.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.blob_trigger(arg_name="blob", path="uploads/{name}.csv", connection="AzureWebJobsStorage")
            def on_upload(blob: func.InputStream) -> None:
                print(blob.name, blob.length)

        Binding type `blobTrigger`; azure-functions since 1.11.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-storage-blob-trigger
        """

class BlobBindings:
    def blob_input(
        self,
        arg_name: ArgName,
        path: BlobPath,
        connection: BlobConnection,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Input("blob", takes=(InputStream, bytes, str), since="1.12.0", see="functions-bindings-storage-blob-input"),
    ]:
        """Read a blob before the function starts.

        The parameter receives a `func.InputStream`; annotated `bytes` or `str`, the whole content. It is None where
        there is no such blob.

        Args:
            arg_name: Name of the function's parameter for the blob.
            path: `container/blob`, as `reports/{name}.txt`. `%SETTING%` and `{expression}` are resolved.
            connection: Name of the app setting that holds the storage connection string, or the prefix of
                identity-based settings (`NAME__blobServiceUri`). Empty means `AzureWebJobsStorage`. `%SETTING%` is
                resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="report/{name}")
            @app.blob_input(arg_name="report", path="reports/{name}.txt", connection="AzureWebJobsStorage")
            def get_report(req: func.HttpRequest, report: str) -> str:
                return report or "none"

        Binding type `blob`; azure-functions since 1.12.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-storage-blob-input
        """

    def blob_output(
        self,
        arg_name: ArgName,
        path: BlobPath,
        connection: BlobConnection,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Output(
            "blob",
            takes=(str, bytes, bytearray, InputStream),
            since="1.12.0",
            see="functions-bindings-storage-blob-output",
        ),
    ]:
        """Write a blob.

        The parameter is a `func.Out` of `str` or `bytes`, or of a file-like object to read from. An existing blob is
        replaced.

        Args:
            arg_name: Name of the function's parameter, a `func.Out`, or `$return` to send what the function returns.
            path: `container/blob`, as `notes/{rand-guid}.txt`. `%SETTING%` and `{expression}` are resolved.
            connection: Name of the app setting that holds the storage connection string, or the prefix of
                identity-based settings (`NAME__blobServiceUri`). Empty means `AzureWebJobsStorage`. `%SETTING%` is
                resolved.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.route(route="note/{name}")
            @app.blob_output(arg_name="note", path="notes/{name}.txt", connection="AzureWebJobsStorage")
            def put_note(req: func.HttpRequest, note: func.Out[str]) -> str:
                note.set(req.get_body().decode())
                return "written"

        Binding type `blob`; azure-functions since 1.12.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-storage-blob-output
        """
