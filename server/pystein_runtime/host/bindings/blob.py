"""The `blob` input and output; the path may have expressions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pystein_runtime.cloud import containers
from pystein_runtime.worker.messages import NOTHING, Datum, ModelBindingData

from . import BindingError

if TYPE_CHECKING:
    from pystein_runtime.host.functions import Binding

    from . import Context


async def read(context: Context) -> Datum:
    """The blob's content; nothing when there is no such blob.

    The platform reads inputs as text unless `data_type` says otherwise (azure-functions-host, `FunctionBinding`), which
    spoils what is none: that stays bytes here.

    Raises:
        BindingError: the path is none.
        ServiceError: the service is out of reach.
    """
    if is_deferred(context.binding):
        return place(context.binding, *context.text("path").lstrip("/").partition("/")[::2])
    container, name = split_path(context.text("path"))
    found = await context.services.blobs(context.text("connection")).get(container, name)
    return NOTHING if found is None else content(found[1], context.binding.text("dataType"))


def is_deferred(binding: Binding) -> bool:
    """Whether the function wants a client of the SDK (azurefunctions-extensions-bindings-blob) and not the content."""
    properties = binding.properties.get("properties")
    return isinstance(properties, Mapping) and str(properties.get("SupportsDeferredBinding")).lower() == "true"


def place(binding: Binding, container: str, name: str) -> Datum:
    """Where a blob is, for the SDK: azure-sdk-for-net, `BlobsExtensionConfigProvider`, its ParameterBindingData."""
    connection = binding.text("connection") or "AzureWebJobsStorage"
    details = {"Connection": connection, "ContainerName": container, "BlobName": name}
    data = ModelBindingData("1.0", "AzureStorageBlobs", "application/json", json.dumps(details).encode())
    return Datum("model_binding_data", data)


def content(data: bytes, data_type: str) -> Datum:
    """Text where the bytes are text, unless they shall stay bytes."""
    if data_type.lower() != "binary":
        try:
            return Datum("string", data.decode("utf-8"))
        except UnicodeDecodeError:
            pass
    return Datum("bytes", data)


async def write(context: Context, datum: Datum) -> None:
    """Write the blob, over the one that is there.

    Raises:
        BindingError: the path is none, or the value is no content.
        ServiceError, BlobError: the service is out of reach or refuses.
    """
    container, name = split_path(context.text("path"))
    kind, value = datum
    if kind in {"string", "json"}:
        data = value.encode()
    elif kind == "bytes":
        data = value
    elif kind in {"int", "double"}:
        data = str(value).encode()
    else:
        raise BindingError(f"A blob cannot be made of a value of type {kind}.")
    await context.services.blobs(context.text("connection")).put(container, name, data)


def split_path(path: str) -> tuple[str, str]:
    """Container and blob of a path.

    Raises:
        BindingError: it is none.
    """
    container, slash, name = path.lstrip("/").partition("/")
    if not slash or not name:
        raise BindingError(
            f"Invalid blob path specified : '{path}'. Blob identifiers must be in the format 'container/blob'."
        )
    if not containers.is_valid_name(container):
        raise BindingError(f"Invalid container name: {container}")
    return container, name
