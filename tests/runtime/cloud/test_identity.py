"""Connections without a key: where the service is, and who asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from azure.identity.aio import (
    ClientSecretCredential,
    DefaultAzureCredential,
    ManagedIdentityCredential,
)

from pystein_runtime.host import settings
from pystein_runtime.host.azure import bus, credential, storage
from pystein_runtime.host.connections.bus import event_hubs, service_bus
from pystein_runtime.host.services import ServiceError
from pystein_runtime.host.settings import Connection, storage_connection


def storage_of(tmp_path: Path, name: str, **values: str) -> Connection:
    return storage_connection(settings.read(tmp_path, values), name)


@pytest.mark.parametrize(
    ("values", "service", "address"),
    [
        ({"Photos__accountName": "mine"}, "blob", "https://mine.blob.core.windows.net"),
        ({"Photos__accountName": "mine"}, "queue", "https://mine.queue.core.windows.net"),
        ({"Photos__serviceUri": "https://x.blob.example/"}, "blob", "https://x.blob.example"),
        ({"photos__BLOBSERVICEURI": "https://x.blob.example"}, "blob", "https://x.blob.example"),
        ({"AzureWebJobsPhotos__tableServiceUri": "https://x.table.example"}, "table", "https://x.table.example"),
        ({"Photos__endpoint": "https://x.table.example"}, "table", "https://x.table.example"),
        (
            {"Photos__accountName": "mine", "Photos__queueServiceUri": "https://x.queue.example"},
            "queue",
            "https://mine.queue.core.windows.net",
        ),
    ],
)
def test_where_an_account_is(tmp_path: Path, values: dict[str, str], service: str, address: str) -> None:
    found = storage_of(tmp_path, "Photos", **values)
    assert found.kind == "identity"
    assert storage.endpoint(found, service) == address


def test_the_hosts_own_account_goes_by_its_addresses(tmp_path: Path) -> None:
    values = {
        "AzureWebJobsStorage__accountName": "mine",
        "AzureWebJobsStorage__queueServiceUri": "https://x.queue.example",
    }
    assert storage.endpoint(storage_of(tmp_path, "", **values), "queue") == "https://x.queue.example"
    assert storage.endpoint(storage_of(tmp_path, "", **values), "blob") == "https://mine.blob.core.windows.net"


def test_an_account_that_is_nowhere(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="set Photos__queueServiceUri"):
        storage.endpoint(storage_of(tmp_path, "Photos", Photos__blobServiceUri="https://x.blob.example"), "queue")


async def test_who_asks(tmp_path: Path) -> None:
    place = {"Photos__accountName": "mine"}
    cases: list[tuple[dict[str, str], type]] = [
        ({}, DefaultAzureCredential),
        ({"Photos__clientId": "c"}, DefaultAzureCredential),
        ({"Photos__credential": "managedidentity", "Photos__clientId": "c"}, ManagedIdentityCredential),
        (
            {"Photos__credential": "ManagedIdentity", "Photos__managedIdentityResourceId": "/subscriptions/x"},
            ManagedIdentityCredential,
        ),
        ({"Photos__tenantId": "t", "Photos__clientId": "c", "Photos__clientSecret": "s"}, ClientSecretCredential),
    ]
    for values, kind in cases:
        found = credential(storage_of(tmp_path, "Photos", **place, **values))
        assert type(found) is kind
        await found.close()  # type: ignore[no-untyped-call]


def test_namespaces(tmp_path: Path) -> None:
    known = settings.read(tmp_path, {"SB__fullyQualifiedNamespace": "mine.servicebus.windows.net"})
    for find in (service_bus, event_hubs):
        found = find(known, "SB")
        assert found.kind == "identity"
        assert bus.namespace_of(found) == "mine.servicebus.windows.net"
    with pytest.raises(ServiceError, match="SB__fullyQualifiedNamespace"):
        bus.client(object, Connection("SB", "identity"))
