"""Connections that mean a real account: everything through the SDK, to an endpoint with a key of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from azure.cosmos import CosmosClient, PartitionKey
from cosmos_driver import Cloud
from host_driver import Host
from test_documents_host import APP

from pystein_runtime.cloud.account import PORTS, Endpoints
from pystein_runtime.cloud.cosmos import schema
from pystein_runtime.cloud.store import Store
from pystein_runtime.host import settings
from pystein_runtime.host.bindings.cosmos_places import Place
from pystein_runtime.host.connections import cosmos as cosmos_connections
from pystein_runtime.host.local.documents import LocalDocuments
from pystein_runtime.host.services import ServiceError, Services
from pystein_runtime.host.services.documents import DocumentService, FeedOptions, FeedRange
from pystein_runtime.host.triggers.cosmos_leases import LeaseLostError, Leases

KEY = "cmVhbGx5IGEga2V5IG9mIGEgcmVhbCBhY2NvdW50"
PLACE = Place("shop", "orders")
LEASES = Place("shop", "leases")
Start = Callable[..., Host]


@pytest.fixture
def account(tmp_path: Path) -> Iterator[Cloud]:
    """An account of its own."""
    running = Cloud(tmp_path / "account.sqlite", KEY)
    yield running
    running.close()
    assert running.faults == []


@pytest.fixture(params=["local", "azure"])
async def service(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[DocumentService]:
    """Documents in process, and the same through the SDK."""
    environment = {"CosmosDB": ""}
    if request.param == "azure":
        environment["CosmosDB"] = request.getfixturevalue("account").connection_string
    store = Store(tmp_path / "store.sqlite")
    found = Services(settings.read(tmp_path, environment), store, Endpoints(*PORTS), "host")
    yield found.documents("")
    await found.close()
    store.close()


# -- both adapters --------------------------------------------------------------------------------------------


async def test_documents(service: DocumentService) -> None:
    await service.ensure(PLACE, "/customer")
    await service.ensure(PLACE, "/customer", 1000)
    await service.upsert(PLACE, {"id": "1", "customer": "ada", "n": 1})
    await service.upsert(PLACE, {"id": "1", "customer": "ada", "n": 2})
    found = await service.read(PLACE, "1", "ada")
    assert found is not None
    assert found["n"] == 2
    assert await service.read(PLACE, "1", "bob") is None
    assert await service.query(PLACE, "SELECT VALUE c.n FROM c WHERE c.id = @id", {"@id": "1"}) == [2]
    assert await service.query(PLACE, "SELECT * FROM c", {}, "bob") == []


async def test_refusals(service: DocumentService) -> None:
    with pytest.raises(ServiceError) as missing:
        await service.upsert(PLACE, {"id": "1"})
    assert missing.value.code == "NotFound"
    with pytest.raises(ServiceError) as nowhere:
        await service.read(PLACE, "1", None)
    assert nowhere.value.code == "NotFound"
    await service.ensure(PLACE, "/id")
    with pytest.raises(ServiceError) as wrong:
        await service.query(PLACE, "SELECT FROM", {})
    assert wrong.value.code == "BadRequest"
    created = await service.create(PLACE, {"id": "1"})
    with pytest.raises(ServiceError) as twice:
        await service.create(PLACE, {"id": "1"})
    assert twice.value.code == "Conflict"
    await service.replace(PLACE, {**created, "n": 1})
    with pytest.raises(ServiceError) as changed:
        await service.replace(PLACE, {**created, "n": 2})
    assert changed.value.code == "PreconditionFailed"
    await service.delete(PLACE, {"id": "1"})
    assert await service.read(PLACE, "1", None) is None


async def test_changes(service: DocumentService) -> None:
    await service.ensure(PLACE, "/customer")
    [part] = await service.ranges(PLACE)
    for number in range(3):
        await service.upsert(PLACE, {"id": str(number), "customer": "x"})
    now = await service.changes(PLACE, part.id, None, FeedOptions(None), 100)
    assert now.documents == []
    first = await service.changes(PLACE, part.id, None, FeedOptions(0.0), 2)
    assert [document["id"] for document in first.documents] == ["0", "1"]
    second = await service.changes(PLACE, part.id, first.token, FeedOptions(0.0), 2)
    assert [document["id"] for document in second.documents] == ["2"]
    last = await service.changes(PLACE, part.id, second.token, FeedOptions(0.0), 2)
    assert last.documents == []
    await service.upsert(PLACE, {"id": "1", "customer": "x"})
    for token in (now.token, last.token):
        later = await service.changes(PLACE, part.id, token, FeedOptions(None), 2)
        assert [document["id"] for document in later.documents] == ["1"]
    yesterday = await service.changes(PLACE, part.id, None, FeedOptions(time.time() - 86400), 10)
    assert len(yesterday.documents) == 3


async def test_versions(service: DocumentService) -> None:
    await service.ensure(PLACE, "/id")
    await keep_versions(service)
    options = FeedOptions(None, versions=True)
    now = await service.changes(PLACE, "0", None, options, 10)
    await service.upsert(PLACE, {"id": "1", "n": 1})
    await service.upsert(PLACE, {"id": "1", "n": 2})
    await service.delete(PLACE, {"id": "1"})
    found = await service.changes(PLACE, "0", now.token, options, 2)
    assert [item["metadata"]["operationType"] for item in found.documents] == ["create", "replace"]
    last = await service.changes(PLACE, "0", found.token, options, 2)
    assert [item["previous"]["n"] for item in last.documents] == [2]
    assert (await service.changes(PLACE, "0", last.token, options, 2)).documents == []


async def keep_versions(service: DocumentService) -> None:
    """As whoever makes a container says it."""
    if isinstance(service, LocalDocuments):
        await service.keep_versions(PLACE)
    else:
        database = service._client.get_database_client(PLACE.database)  # type: ignore[attr-defined] # of the SDK's adapter
        await database.delete_container(PLACE.container)
        await database.create_container(
            PLACE.container, PartitionKey("/id"), change_feed_policy={"retentionDuration": 10}
        )


async def test_leases(service: DocumentService) -> None:
    await service.ensure(PLACE, "/customer")
    await service.ensure(LEASES, "/id")
    prefix = await service.identify(PLACE)

    async def begin(_part: FeedRange) -> str | None:
        return '"4"'

    one, two = (Leases(service, LEASES, prefix, owner, 60.0) for owner in ("one", "two"))
    for each in (one, two):
        await each.prepare(await service.ranges(PLACE), begin)
    leases = await one.all()
    assert [(lease["id"], lease["Owner"], lease["ContinuationToken"]) for lease in leases] == [
        (f"{prefix}..0", None, '"4"')
    ]
    taken = await one.take(leases[0])
    assert taken is not None
    assert await two.take(leases[0]) is None
    assert two.wanted(await two.all(), ()) == []
    kept = await one.keep(taken, '"5"')
    assert (await two.all())[0]["ContinuationToken"] == '"5"'
    with pytest.raises(LeaseLostError):
        await one.keep(taken)
    assert Leases(service, LEASES, prefix, "two", -1.0).wanted(await two.all(), ())  # its time is over
    assert one.wanted(await one.all(), ())  # its own, of before a restart
    await one.release(kept)
    assert two.wanted(await two.all(), ())


async def test_a_part_that_was_divided(service: DocumentService) -> None:
    await service.ensure(LEASES, "/id")
    leases = Leases(service, LEASES, "p", "me", 60.0)

    async def begin(_part: FeedRange) -> str | None:
        return '"7"'

    await leases.prepare([FeedRange("0", "", "FF")], begin)
    parts = [FeedRange("1", "", "1F", ("0",)), FeedRange("2", "1F", "FF", ("0",)), FeedRange("9", "", "FF", ("8",))]
    await leases.prepare(parts[:2], begin)  # somebody still reads what they came of
    [whole] = await leases.all()
    await leases.divide(whole, parts)
    found = {
        lease["LeaseToken"]: (lease["ContinuationToken"], lease["FeedRange"]["value"]) for lease in await leases.all()
    }
    assert found == {"1": ('"7"', {"min": "", "max": "1F"}), "2": ('"7"', {"min": "1F", "max": "FF"})}


async def test_shares_are_equal(service: DocumentService) -> None:
    leases = Leases(service, LEASES, "p", "me", 60.0)
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())

    def lease(number: int, owner: str | None) -> dict[str, Any]:
        return {"id": str(number), "Owner": owner, "timestamp": now}

    def ids(found: list[dict[str, Any]]) -> list[str]:
        return [item["id"] for item in found]

    assert ids(leases.wanted([lease(n, None) for n in range(3)], ())) == ["0", "1", "2"]
    assert ids(leases.wanted([lease(n, "other") for n in range(4)], ())) == ["0"]
    assert ids(leases.wanted([lease(0, "me"), lease(1, "other"), lease(2, "other"), lease(3, "other")], {"0"})) == ["1"]
    assert ids(leases.wanted([lease(0, "me"), lease(1, "me"), lease(2, "other"), lease(3, "other")], {"0", "1"})) == []
    assert ids(leases.wanted([lease(0, "other"), lease(1, "third")], ())) == []
    assert ids(leases.wanted([lease(0, "other")], ())) == []


# -- hosts ----------------------------------------------------------------------------------------------------


def prepare(account: Cloud) -> CosmosClient:
    client = CosmosClient.from_connection_string(account.connection_string)
    database = client.create_database("shop")
    database.create_container("orders", PartitionKey("/customer"))
    return client


def files(account: Cloud) -> dict[str, Any]:
    return {"local__settings_json": {"IsEncrypted": False, "Values": {"Cosmos": account.connection_string}}}


FAST = APP.replace(
    "create_lease_container_if_not_exists=True",
    """create_lease_container_if_not_exists=True,
                       feed_poll_delay=50, lease_acquire_interval=200, lease_renew_interval=300, lease_expiration_interval=1500""",
)


def test_bindings_of_a_real_account(start: Start, account: Cloud) -> None:
    client = prepare(account)
    host = start(FAST, **files(account))
    assert host.get("/api/env").text == account.connection_string
    assert host.post("/api/orders", {"id": "1", "customer": "ada", "total": 5}).status == 200
    host.log("changed 1 lsn True")
    assert host.get("/api/orders/ada/1").json["total"] == 5
    assert host.get("/api/orders/ada/2").text == "none"
    assert host.get("/api/of/ada?least=5").text == "1"
    orders = client.get_database_client("shop").get_container_client("orders")
    assert orders.read_item("1", "ada")["total"] == 5
    leases = list(client.get_database_client("shop").get_container_client("leases").read_all_items())
    assert {lease["id"].rpartition("=")[2] for lease in leases} == {".info", "..0"}
    assert host.stop() == 0
    leases = list(client.get_database_client("shop").get_container_client("leases").read_all_items())
    assert [lease["Owner"] for lease in leases if "LeaseToken" in lease] == [None]


def test_by_hand_a_real_account_is_written_to_only_when_asked(start: Start, account: Cloud) -> None:
    client = prepare(account)
    host = start(FAST, **files(account))
    seen = host.invoke("add", data='{"id": "1", "customer": "x"}', method="POST")
    assert "Cosmos is a real service" in str(seen["notes"])
    orders = client.get_database_client("shop").get_container_client("orders")
    assert list(orders.read_all_items()) == []
    host.invoke("add", data='{"id": "1", "customer": "x"}', method="POST", send=True)
    assert len(list(orders.read_all_items())) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")
def test_another_host_takes_over_when_one_dies(start: Start, account: Cloud, tmp_path: Path) -> None:
    client = prepare(account)
    first = start(FAST, **files(account))
    orders = client.get_database_client("shop").get_container_client("orders")
    orders.upsert_item({"id": "1", "customer": "x"})
    first.log("changed 1")
    from host_driver import write_app

    second = start(root=write_app(tmp_path / "second", FAST, **files(account)))
    orders.upsert_item({"id": "2", "customer": "x"})
    first.log("changed 2")
    os.kill(first.process.pid, signal.SIGKILL)
    first.process.wait()
    orders.upsert_item({"id": "3", "customer": "x"})
    second.log("changed 3")


def test_an_account_that_vanishes_for_a_while(start: Start, tmp_path: Path) -> None:
    account = Cloud(tmp_path / "account.sqlite", KEY)
    client = prepare(account)
    host = start(FAST, **files(account))
    orders = client.get_database_client("shop").get_container_client("orders")
    orders.upsert_item({"id": "1", "customer": "x"})
    host.log("changed 1")
    account.close()
    host.wait("host", lambda line: "cannot be read" in line["message"])
    again = Cloud(tmp_path / "account.sqlite", KEY, account.port)
    client = CosmosClient.from_connection_string(again.connection_string)
    orders = client.get_database_client("shop").get_container_client("orders")
    orders.upsert_item({"id": "2", "customer": "x"})
    host.log("changed 2")
    again.close()


def test_an_account_that_is_not_there_yet(start: Start, tmp_path: Path) -> None:
    account = Cloud(tmp_path / "account.sqlite", KEY)
    prepare(account)
    account.close()
    host = start(FAST, **files(account))
    host.wait("host", lambda line: "waits for its service" in line["message"])
    again = Cloud(tmp_path / "account.sqlite", KEY, account.port)
    host.wait("host", lambda line: "has found its service" in line["message"])
    client = CosmosClient.from_connection_string(again.connection_string)
    client.get_database_client("shop").get_container_client("orders").upsert_item({"id": "1", "customer": "x"})
    host.log("changed 1")
    again.close()


def test_a_container_that_is_missing(start: Start, account: Cloud) -> None:
    host = start(FAST, **files(account))
    assert host.wait("host", lambda line: "Both containers must exist before the listener starts" in line["message"])


# -- connections ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({}, "missing"),
        ({"Docs": ""}, "development"),
        ({"Docs": "AccountEndpoint=https://localhost:8081/;AccountKey=" + cosmos_connections.KEY}, "development"),
        ({"Docs": "AccountEndpoint=https://127.0.0.1:18081/;AccountKey=" + cosmos_connections.KEY}, "development"),
        ({"Docs": "AccountEndpoint=https://localhost:8081/;AccountKey=other"}, "string"),
        ({"Docs": "AccountEndpoint=https://shop.documents.azure.com:443/;AccountKey=k"}, "string"),
        ({"Docs__accountEndpoint": "https://shop.documents.azure.com:443/"}, "identity"),
        ({"Docs__accountEndpoint": "https://localhost:8081/"}, "development"),
        ({"AzureWebJobsDocs": "", "Docs": "AccountEndpoint=https://x/;AccountKey=k"}, "development"),
    ],
)
def test_connections(tmp_path: Path, values: dict[str, str], kind: str) -> None:
    assert cosmos_connections.find(settings.read(tmp_path, values), "Docs").kind == kind


async def test_identity(tmp_path: Path) -> None:
    values = {"Docs__accountEndpoint": "https://shop.documents.azure.com:443/", "Docs__credential": "managedidentity",
              "Broken__credential": "managedidentity", "Text": "no connection string"}  # fmt: skip
    store = Store(tmp_path / "store.sqlite")
    services = Services(settings.read(tmp_path, values), store, Endpoints(*PORTS), "host")
    assert services.documents("Docs").polls
    with pytest.raises(ServiceError, match="set Broken__accountEndpoint"):
        services.documents("Broken")
    with pytest.raises(ServiceError, match="Text is not a connection string of a Cosmos DB account"):
        services.documents("Text")
    await services.close()
    store.close()


async def test_an_emulator_of_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It answers as the service does, without our mark."""
    monkeypatch.delenv("PYSTEIN_LOCAL_CLOUD", raising=False)
    cosmos_connections.is_foreign.cache_clear()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if await reader.read(4096):  # else somebody has only looked whether the port is taken
            writer.write(b"HTTP/1.1 401 Unauthorized\r\nx-ms-activity-id: 1\r\ncontent-length: 0\r\n\r\n")
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    value = f"AccountEndpoint=http://localhost:{port}/;AccountKey={cosmos_connections.KEY}"
    found = await asyncio.to_thread(cosmos_connections.find, settings.read(tmp_path, {"Docs": value}), "Docs")
    assert found.kind == "string"
    server.close()
    await server.wait_closed()
    own = Cloud(tmp_path / "own.sqlite")
    found = cosmos_connections.find(settings.read(tmp_path, {"Docs": own.connection_string}), "Docs")
    assert found.kind == "development"
    own.close()
    cosmos_connections.is_foreign.cache_clear()


def test_schema_is_made_once(tmp_path: Path) -> None:
    for _ in range(2):
        store = Store(tmp_path / "store.sqlite")
        schema.prepare(store)
        store.close()
