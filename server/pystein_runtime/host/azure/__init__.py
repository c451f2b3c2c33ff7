"""The adapters over the Azure SDKs, for connections that mean a real account: one file per service, its `connect` makes it.

What a service refuses is a ServiceError with the service's code, and a service that does not answer is a
ServiceGoneError: it may come back.
"""

from __future__ import annotations

import json
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from azure.core.exceptions import AzureError, ClientAuthenticationError, HttpResponseError

from pystein_runtime.host.services import ServiceError, ServiceGoneError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azure.core.credentials_async import AsyncTokenCredential

    from pystein_runtime.host.settings import Connection

RETRIES = {
    "initial_backoff": 0.2,
    "increment_base": 2,
    "random_jitter_range": 0.1,
    "retry_backoff_factor": 0.2,
    "retry_total": 2,
}
"""Few and soon: whoever calls tells the user and tries again."""
CONNECT_SECONDS = 10

logging.getLogger("azure").addHandler(logging.NullHandler())  # what matters of it we say ourselves


@contextmanager
def refusals() -> Iterator[None]:
    """Errors of the SDK as ours."""
    try:
        yield
    except HttpResponseError as error:
        if error.status_code is None or error.status_code >= 500:
            raise ServiceGoneError(_text(error)) from error
        raise ServiceError(_text(error), code_of(error)) from error
    except ClientAuthenticationError as error:
        raise ServiceError(_text(error)) from error
    except AzureError as error:
        raise ServiceGoneError(_text(error)) from error


def code_of(error: HttpResponseError) -> str:
    """The service's own code: `QueueNotFound`."""
    code = getattr(error, "error_code", None)
    return str(getattr(code, "value", code) or _said(error).get("code", ""))


def _text(error: AzureError) -> str:
    """The first line of what the service says, or else the SDK: the others are ids and times."""
    said = _said(error).get("message", {}).get("value")
    line = str(said or error.message or error).strip().partition("\n")[0].strip()
    return line or type(error).__name__


def _said(error: AzureError) -> dict[str, Any]:
    """What the table service says in its answer, which its SDK leaves there."""
    try:
        said = json.loads(error.response.text())["odata.error"]  # type: ignore[attr-defined]  # some lack it
    except (AttributeError, ValueError, LookupError, TypeError):
        return {}
    return said if isinstance(said, dict) else {}


def credential(connection: Connection) -> AsyncTokenCredential:
    """The credential that the settings below a connection's name describe.

    Names: azure-sdk-for-net, `ClientFactory.CreateCredential` (Microsoft.Extensions.Azure).

    Raises:
        ServiceError: azure-identity is not installed.
    """
    try:
        from azure.identity import aio  # noqa: PLC0415 - of identity-based connections only
    except ImportError as error:
        raise missing(error) from error
    known = connection.properties
    tenant, client, secret = (known.get(name, "") for name in ("tenantid", "clientid", "clientsecret"))
    certificate = known.get("clientcertificate", "")
    if known.get("credential", "").lower() == "managedidentity":
        resource = known.get("managedidentityresourceid")
        if resource:
            return aio.ManagedIdentityCredential(identity_config={"resource_id": resource})
        return aio.ManagedIdentityCredential(client_id=client or None)
    if tenant and client and secret:
        return aio.ClientSecretCredential(tenant, client, secret)
    if tenant and client and certificate:
        return aio.CertificateCredential(tenant, client, certificate)
    options: dict[str, Any] = {"managed_identity_client_id": client} if client else {}
    return aio.DefaultAzureCredential(**options)


def missing(error: ImportError) -> ServiceError:
    """What to say when a package of the extra is not there."""
    return ServiceError(
        f"Real services need the Azure SDKs ({error.name or error} is not installed beside pystein-lsp):"
        " pip install 'pystein-lsp[azure]'."
    )
