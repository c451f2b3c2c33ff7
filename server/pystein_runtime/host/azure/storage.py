"""What the adapters of queues, blobs and tables have in common: clients of a connection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pystein_runtime.host.services import ServiceError

from . import CONNECT_SECONDS, RETRIES, credential

if TYPE_CHECKING:
    from pystein_runtime.host.settings import Connection

_SUFFIX = "core.windows.net"


def client(kind: Any, connection: Connection, service: str) -> Any:
    """A client of a whole service.

    Args:
        kind: the SDK's class.
        connection: which account.
        service: `blob`, `queue` or `table`.

    Raises:
        ServiceError: the connection does not say where the service is.
    """
    options = {**RETRIES, "connection_timeout": CONNECT_SECONDS}
    if connection.kind == "identity":
        return kind(endpoint(connection, service), credential=credential(connection), **options)
    try:
        return kind.from_connection_string(connection.value, **options)
    except ValueError as error:
        raise ServiceError(f"{connection.name} is not a connection string of a storage account.") from error


def endpoint(connection: Connection, service: str) -> str:
    """Where the service of an identity-based connection is.

    An account's name goes before addresses, but for the host's own account: azure-functions-host #10401.

    Raises:
        ServiceError: the connection does not say that.
    """
    known = connection.properties
    account = known.get("accountname", "")
    by_account = f"https://{account}.{service}.{_SUFFIX}" if account else None
    names = (f"{service}serviceuri", "serviceuri", *(["endpoint"] if service == "table" else []))
    by_address = next((known[name].rstrip("/") for name in names if known.get(name)), None)
    is_host = connection.name.lower() == "azurewebjobsstorage"
    found = (by_address or by_account) if is_host else (by_account or by_address)
    if found is None:
        raise ServiceError(
            f"{connection.name} says nothing of where its {service} service is: set {connection.name}__{service}ServiceUri."
        )
    return found
