"""The unmodified azure-cosmos against the endpoint."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from typing import Any

import pytest
from azure.core import MatchConditions
from azure.cosmos import ContainerProxy, CosmosClient, DatabaseProxy, PartitionKey, ThroughputProperties, exceptions
from azure.cosmos.partition_key import NonePartitionKeyValue, NullPartitionKeyValue
from cosmos_driver import Cloud

ORDERS = [
    {"id": "1", "customer": "ada", "total": 10, "lines": [{"sku": "x", "n": 1}], "open": True},
    {"id": "2", "customer": "ada", "total": 25.5, "lines": [{"sku": "y", "n": 2}, {"sku": "x", "n": 1}], "open": False},
    {"id": "3", "customer": "bob", "total": 7, "lines": [], "open": True},
]


@pytest.fixture
def orders(container: ContainerProxy) -> ContainerProxy:
    for order in ORDERS:
        container.upsert_item(order)
    return container


def ids(items: Any) -> list[str]:
    return [item["id"] for item in items]


# -- databases and containers ---------------------------------------------------------------------------------


def test_databases(client: CosmosClient) -> None:
    name = f"d{uuid.uuid4().hex}"
    database = client.create_database(name)
    assert database.read()["id"] == name
    with pytest.raises(exceptions.CosmosResourceExistsError):
        client.create_database(name)
    assert client.create_database_if_not_exists(name).id == name
    assert name in ids(client.list_databases())
    query: Any = "SELECT * FROM d WHERE d.id = @id"
    assert ids(client.query_databases(query, parameters=[{"name": "@id", "value": name}])) == [name]
    client.delete_database(name)
    with pytest.raises(exceptions.CosmosResourceNotFoundError):
        database.read()


def test_containers(database: DatabaseProxy) -> None:
    name = f"c{uuid.uuid4().hex}"
    made = database.create_container(name, PartitionKey("/address/zip"), default_ttl=100)
    properties = made.read()
    assert properties["partitionKey"] == {"paths": ["/address/zip"], "kind": "Hash", "version": 2}
    assert properties["indexingPolicy"]["indexingMode"] == "consistent"
    with pytest.raises(exceptions.CosmosResourceExistsError):
        database.create_container(name, PartitionKey("/other"))
    database.replace_container(made, PartitionKey("/address/zip"), default_ttl=-1)
    assert made.read()["defaultTtl"] == -1
    with pytest.raises(exceptions.CosmosHttpResponseError, match="cannot be changed"):
        database.replace_container(made, PartitionKey("/other"))
    assert name in ids(database.list_containers())
    assert ids(database.query_containers(f"SELECT * FROM c WHERE c.id = '{name}'")) == [name]
    database.delete_container(made)
    with pytest.raises(exceptions.CosmosResourceNotFoundError):
        made.read()


def test_throughput(client: CosmosClient, container: ContainerProxy) -> None:
    assert container.get_throughput().offer_throughput == 400
    container.replace_throughput(1000)
    assert container.get_throughput().offer_throughput == 1000
    name = f"d{uuid.uuid4().hex}"
    shared = client.create_database(name, offer_throughput=ThroughputProperties(auto_scale_max_throughput=4000))
    assert shared.get_throughput().auto_scale_max_throughput == 4000
    client.delete_database(name)


def test_deleted_and_made_again(database: DatabaseProxy, container: ContainerProxy) -> None:
    """Clients remember a container's id and must hear that it is another one now."""
    container.upsert_item({"id": "1", "customer": "ada"})
    database.delete_container(container)
    database.create_container(container.id, PartitionKey("/customer"))
    assert container.upsert_item({"id": "1", "customer": "ada"})["id"] == "1"
    assert ids(container.read_all_items()) == ["1"]


@pytest.mark.parametrize("name", ["a/b", "a?b", "a#b", "x" * 256])
def test_names_that_are_refused(database: DatabaseProxy, name: str) -> None:
    with pytest.raises((exceptions.CosmosHttpResponseError, ValueError)):
        database.create_container(name, PartitionKey("/id"))


# -- documents ------------------------------------------------------------------------------------------------


def test_create_read_replace_delete(container: ContainerProxy) -> None:
    created = container.create_item({"id": "1", "customer": "ada", "ü": ["é", None, 1.0, {"a": True}]})
    assert {"_rid", "_self", "_etag", "_attachments", "_ts"} <= created.keys()
    read = container.read_item("1", "ada")
    assert read == created
    assert read["ü"] == ["é", None, 1, {"a": True}]
    replaced = container.replace_item("1", {"id": "1", "customer": "ada", "n": 2})
    assert (replaced["n"], replaced["_rid"]) == (2, created["_rid"])
    assert replaced["_etag"] != created["_etag"]
    with pytest.raises(exceptions.CosmosResourceExistsError, match="already exists"):
        container.create_item({"id": "1", "customer": "ada"})
    assert container.create_item({"id": "1", "customer": "bob"})["customer"] == "bob"
    container.delete_item("1", "ada")
    with pytest.raises(exceptions.CosmosResourceNotFoundError) as missing:
        container.read_item("1", "ada")
    assert "does not exist" in missing.value.message
    with pytest.raises(exceptions.CosmosResourceNotFoundError):
        container.replace_item("1", {"id": "1", "customer": "ada"})


def test_upsert_and_made_up_ids(container: ContainerProxy) -> None:
    first = container.upsert_item({"id": "1", "customer": "ada", "n": 1})
    second = container.upsert_item({"id": "1", "customer": "ada", "n": 2})
    assert (second["n"], second["_rid"]) == (2, first["_rid"])
    made = container.create_item({"customer": "ada"}, enable_automatic_id_generation=True)
    assert uuid.UUID(made["id"])
    assert container.upsert_item({"id": "9", "customer": "x"}, no_response=True) == {}
    assert container.read_item("9", "x")["id"] == "9"


def test_etags(container: ContainerProxy) -> None:
    first = container.create_item({"id": "1", "customer": "ada"})
    container.upsert_item({"id": "1", "customer": "ada", "n": 1})
    stale: dict[str, Any] = {"etag": first["_etag"], "match_condition": MatchConditions.IfNotModified}
    for work in (
        lambda: container.replace_item("1", {"id": "1", "customer": "ada"}, **stale),
        lambda: container.upsert_item({"id": "1", "customer": "ada"}, **stale),
        lambda: container.delete_item("1", "ada", **stale),
        lambda: container.patch_item("1", "ada", [{"op": "set", "path": "/n", "value": 5}], **stale),
    ):
        with pytest.raises(exceptions.CosmosAccessConditionFailedError):
            work()
    now = container.read_item("1", "ada")
    container.replace_item("1", {**now, "n": 3}, etag=now["_etag"], match_condition=MatchConditions.IfNotModified)
    assert container.read_item("1", "ada")["n"] == 3


@pytest.mark.parametrize("value", ["text", 5, 1.5, True, False, None, "ünïcode/?# ", ""])
def test_partition_keys_of_every_type(container: ContainerProxy, value: Any) -> None:
    container.upsert_item({"id": "1", "customer": value})
    container.upsert_item({"id": "2"})  # without a key
    assert container.read_item("1", value)["customer"] == value
    key: Any = NullPartitionKeyValue if value is None else value
    assert ids(container.query_items("SELECT * FROM c", partition_key=key)) == ["1"]
    if value:  # the SDK takes others for no key at all
        assert ids(container.query_items_change_feed(partition_key=value, start_time="Beginning")) == ["1"]
    assert container.read_item("2", NonePartitionKeyValue)["id"] == "2"


def test_hierarchical_keys(database: DatabaseProxy) -> None:
    made = database.create_container(f"c{uuid.uuid4().hex}", PartitionKey(["/tenant", "/user"], kind="MultiHash"))
    for tenant, user in (("a", "1"), ("a", "2"), ("b", "1")):
        made.upsert_item({"id": f"{tenant}{user}", "tenant": tenant, "user": user})
    assert made.read_item("a1", ["a", "1"])["user"] == "1"
    assert ids(made.query_items("SELECT * FROM c ORDER BY c.id", partition_key=["a"])) == ["a1", "a2"]
    assert ids(made.query_items("SELECT * FROM c", partition_key=["b", "1"])) == ["b1"]
    assert ids(made.query_items_change_feed(partition_key=["a"], start_time="Beginning")) == ["a1", "a2"]
    assert ids(made.read_items([("a2", ["a", "2"]), ("b1", ["b", "1"])])) == ["a2", "b1"]


def test_a_key_that_does_not_match(container: ContainerProxy) -> None:
    container.create_item({"id": "1", "customer": "ada"})
    with pytest.raises(exceptions.CosmosBatchOperationError) as wrong:
        container.execute_item_batch([("upsert", ({"id": "1", "customer": "bob"},))], "ada")
    assert wrong.value.status_code == 400
    with pytest.raises(exceptions.CosmosResourceNotFoundError):
        container.read_item("1", "bob")
    with pytest.raises(exceptions.CosmosHttpResponseError, match="Partition key"):
        container.upsert_item({"id": "2", "customer": ["no", "array"]})


def test_too_large(container: ContainerProxy) -> None:
    container.upsert_item({"id": "1", "customer": "ada", "text": "x" * (2 * 1024 * 1024 - 100)})
    with pytest.raises(exceptions.CosmosHttpResponseError) as refused:
        container.upsert_item({"id": "1", "customer": "ada", "text": "x" * (2 * 1024 * 1024)})
    assert refused.value.status_code == 413
    assert "Request size is too large" in refused.value.message


def test_unique_keys(database: DatabaseProxy) -> None:
    policy = {"uniqueKeys": [{"paths": ["/email"]}, {"paths": ["/a", "/b"]}]}
    made = database.create_container(f"c{uuid.uuid4().hex}", PartitionKey("/p"), unique_key_policy=policy)
    made.create_item({"id": "1", "p": "x", "email": "a@b", "a": 1, "b": 1})
    with pytest.raises(exceptions.CosmosResourceExistsError, match="Unique index constraint"):
        made.create_item({"id": "2", "p": "x", "email": "a@b", "a": 2})
    made.create_item({"id": "2", "p": "y", "email": "a@b"})
    made.upsert_item({"id": "1", "p": "x", "email": "a@b", "a": 1, "b": 1, "more": True})
    with pytest.raises(exceptions.CosmosResourceExistsError):
        made.create_item({"id": "3", "p": "x", "email": "other", "a": 1, "b": 1})
    made.delete_item("1", "x")
    made.create_item({"id": "3", "p": "x", "email": "a@b", "a": 1, "b": 1})


def test_time_to_live(cloud: Cloud, database: DatabaseProxy) -> None:
    made = database.create_container(f"c{uuid.uuid4().hex}", PartitionKey("/id"), default_ttl=10)
    made.create_item({"id": "short"})
    made.create_item({"id": "long", "ttl": 100000})
    made.create_item({"id": "ever", "ttl": -1})
    with pytest.raises(exceptions.CosmosHttpResponseError, match="ttl"):
        made.create_item({"id": "zero", "ttl": 0})
    cloud.ahead += 20
    assert ids(made.read_all_items()) == ["long", "ever"]
    with pytest.raises(exceptions.CosmosResourceNotFoundError):
        made.read_item("short", "short")
    assert made.create_item({"id": "short"})["id"] == "short"


def test_patch(container: ContainerProxy) -> None:
    container.create_item({"id": "1", "customer": "ada", "n": 1, "tags": ["a", "b"], "address": {"zip": "1", "x/y": 2}})
    patched = container.patch_item(
        "1",
        "ada",
        [
            {"op": "add", "path": "/tags/1", "value": "new"},
            {"op": "add", "path": "/tags/-", "value": "last"},
            {"op": "set", "path": "/address/city", "value": "Paris"},
            {"op": "replace", "path": "/address/zip", "value": "2"},
            {"op": "remove", "path": "/address/x~1y"},
            {"op": "incr", "path": "/n", "value": 2.5},
            {"op": "incr", "path": "/fresh", "value": 7},
            {"op": "move", "from": "/fresh", "path": "/moved"},
        ],
    )
    kept = {name: value for name, value in patched.items() if not name.startswith("_")}
    assert kept == {
        "id": "1", "customer": "ada", "n": 3.5, "tags": ["a", "new", "b", "last"], "address": {"zip": "2", "city": "Paris"},
        "moved": 7,
    }  # fmt: skip
    container.patch_item("1", "ada", [{"op": "set", "path": "/n", "value": 9}], filter_predicate="from c where c.n > 3")
    with pytest.raises(exceptions.CosmosAccessConditionFailedError):
        container.patch_item(
            "1", "ada", [{"op": "set", "path": "/n", "value": 0}], filter_predicate="from c where c.n < 3"
        )
    assert container.read_item("1", "ada")["n"] == 9


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "remove", "path": "/missing"},
        {"op": "replace", "path": "/missing", "value": 1},
        {"op": "set", "path": "/missing/deeper", "value": 1},
        {"op": "add", "path": "/tags/7", "value": 1},
        {"op": "incr", "path": "/tags", "value": 1},
        {"op": "nonsense", "path": "/n", "value": 1},
        {"op": "set", "path": "n", "value": 1},
        {"op": "set", "path": "/customer", "value": "bob"},
        {"op": "set", "path": "/id", "value": "bob"},
        {"op": "move", "from": "/tags", "path": "/tags/0"},
    ],
)
def test_patch_refused(container: ContainerProxy, operation: dict[str, Any]) -> None:
    container.create_item({"id": "1", "customer": "ada", "tags": []})
    with pytest.raises(exceptions.CosmosHttpResponseError) as refused:
        container.patch_item("1", "ada", [{"op": "set", "path": "/other", "value": 1}, operation])
    assert refused.value.status_code == 400
    assert "other" not in container.read_item("1", "ada")


def test_batch(container: ContainerProxy) -> None:
    etag = container.create_item({"id": "0", "customer": "ada", "n": 0})["_etag"]
    results = container.execute_item_batch(
        [
            ("create", ({"id": "1", "customer": "ada"},)),
            ("upsert", ({"id": "2", "customer": "ada"},)),
            ("read", ("1",)),
            ("replace", ("2", {"id": "2", "customer": "ada", "n": 5})),
            ("patch", ("2", [{"op": "incr", "path": "/n", "value": 1}]), {"filter_predicate": "from c where c.n = 5"}),
            ("replace", ("0", {"id": "0", "customer": "ada", "n": 1}), {"if_match_etag": etag}),
            ("delete", ("1",)),
        ],
        "ada",
    )
    assert [result["statusCode"] for result in results] == [201, 201, 200, 200, 200, 200, 204]
    assert results[2]["resourceBody"]["id"] == "1"
    assert container.read_item("2", "ada")["n"] == 6


def test_batch_is_all_or_nothing(container: ContainerProxy) -> None:
    container.create_item({"id": "0", "customer": "ada"})
    operations: Any = [
        ("create", ({"id": "1", "customer": "ada"},)),
        ("create", ({"id": "0", "customer": "ada"},)),
        ("delete", ("0",)),
    ]
    with pytest.raises(exceptions.CosmosBatchOperationError) as refused:
        container.execute_item_batch(operations, "ada")
    assert (refused.value.error_index, refused.value.status_code) == (1, 409)
    assert [result["statusCode"] for result in refused.value.operation_responses] == [424, 409, 424]
    assert ids(container.read_all_items()) == ["0"]
    with pytest.raises(exceptions.CosmosHttpResponseError) as many:
        container.execute_item_batch([("read", ("0",))] * 101, "ada")
    assert many.value.status_code == 400


def test_read_many(orders: ContainerProxy) -> None:
    assert ids(orders.read_items([("3", "bob"), ("1", "ada"), ("x", "ada")])) == ["3", "1"]
    assert ids(orders.read_items([("2", "ada"), ("1", "ada")])) == ["2", "1"]
    assert ids(orders.read_items([("2", "ada")])) == ["2"]
    for number in range(300):
        orders.upsert_item({"id": f"m{number}", "customer": f"c{number}"})
    wanted = [(f"m{number}", f"c{number}") for number in range(300)]
    assert ids(orders.read_items(wanted)) == [id_ for id_, _ in wanted]


def test_delete_a_partition(orders: ContainerProxy) -> None:
    orders.delete_all_items_by_partition_key("ada")
    assert ids(orders.read_all_items()) == ["3"]


# -- queries --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT VALUE c.id FROM c WHERE c.total > 8 ORDER BY c.total DESC", ["2", "1"]),
        ("SELECT VALUE COUNT(1) FROM c", [3]),
        ("SELECT VALUE SUM(c.total) FROM c", [42.5]),
        ("SELECT COUNT(1) AS n FROM c", [{"n": 3}]),
        ("SELECT c.customer, COUNT(1) AS n, SUM(c.total) AS s FROM c GROUP BY c.customer",
         [{"customer": "ada", "n": 2, "s": 35.5}, {"customer": "bob", "n": 1, "s": 7}]),
        ("SELECT DISTINCT VALUE c.customer FROM c", ["ada", "bob"]),
        ("SELECT DISTINCT VALUE c.customer FROM c ORDER BY c.customer DESC", ["bob", "ada"]),
        ("SELECT TOP 2 VALUE c.id FROM c", ["1", "2"]),
        ("SELECT VALUE c.id FROM c ORDER BY c.id OFFSET 1 LIMIT 1", ["2"]),
        ("SELECT VALUE {o: c.id, s: l.sku} FROM c JOIN l IN c.lines WHERE l.n = 1", [{"o": "1", "s": "x"}, {"o": "2", "s": "x"}]),
        ("SELECT VALUE AVG(c.total) FROM c WHERE c.open", [8.5]),
        ("SELECT VALUE MAX(c.nothing) FROM c", []),
    ],
)  # fmt: skip
def test_query(orders: ContainerProxy, text: str, expected: list[Any]) -> None:
    assert list(orders.query_items(text, enable_cross_partition_query=True)) == expected


def test_query_in_one_partition(orders: ContainerProxy) -> None:
    values = [{"name": "@least", "value": 8}]
    query = "SELECT * FROM c WHERE c.total > @least"
    assert ids(orders.query_items(query, parameters=values, partition_key="ada")) == ["1", "2"]
    assert ids(orders.query_items(query, parameters=values, partition_key="bob")) == []
    assert ids(orders.query_items("SELECT * FROM c WHERE c.customer = 'bob' AND c.open")) == ["3"]
    assert ids(orders.query_items("SELECT * FROM c WHERE c.customer = 'ada' AND c.id = '2'")) == ["2"]
    assert ids(orders.query_items("SELECT * FROM c WHERE c.customer = 'ada' AND c.id = 2")) == []


def test_a_query_of_several_partitions_has_to_say_so(orders: ContainerProxy) -> None:
    with pytest.raises(exceptions.CosmosHttpResponseError, match="Cross partition query is required but disabled"):
        list(orders.query_items("SELECT * FROM c WHERE c.total > 8"))


@pytest.mark.parametrize(
    "text", ["SELECT * FROM c", "SELECT * FROM c ORDER BY c.n DESC", "SELECT VALUE {id: c.id} FROM c JOIN x IN c.two",
             "SELECT TOP 21 * FROM c", "SELECT DISTINCT c.id FROM c"]
)  # fmt: skip
@pytest.mark.parametrize("size", [1, 7, 100])
def test_pages(container: ContainerProxy, text: str, size: int) -> None:
    for number in range(25):
        container.upsert_item({"id": str(number), "customer": str(number % 3), "n": number, "two": [1, 2]})
    whole = ids(container.query_items(text, enable_cross_partition_query=True))
    assert len(whole) == (50 if "JOIN" in text else 21 if "TOP" in text else 25)
    pager = container.query_items(text, enable_cross_partition_query=True, max_item_count=size).by_page()
    pages = [ids(page) for page in pager]
    assert list(itertools.chain(*pages)) == whole
    assert max(map(len, pages)) <= size
    pager = container.query_items(text, enable_cross_partition_query=True, max_item_count=size).by_page()
    first = ids(next(pager))
    if len(first) < len(whole):
        again = container.query_items(text, enable_cross_partition_query=True, max_item_count=size)
        rest = [ids(page) for page in again.by_page(pager.continuation_token)]
        assert first + list(itertools.chain(*rest)) == whole


def test_pages_of_all_items(container: ContainerProxy) -> None:
    for number in range(25):
        container.upsert_item({"id": str(number), "customer": "ada"})
    pages = [ids(page) for page in container.read_all_items(max_item_count=10).by_page()]
    assert [len(page) for page in pages] == [10, 10, 5]


def test_query_errors(orders: ContainerProxy) -> None:
    with pytest.raises(exceptions.CosmosHttpResponseError) as refused:
        list(orders.query_items("SELECT * FORM c", enable_cross_partition_query=True))
    assert refused.value.status_code == 400
    assert "Syntax error, incorrect syntax near 'FORM'" in refused.value.message


def test_feed_ranges(orders: ContainerProxy) -> None:
    ranges = list(orders.read_feed_ranges())
    assert len(ranges) == 1
    assert ids(orders.query_items("SELECT * FROM c", feed_range=ranges[0])) == ["1", "2", "3"]
    of_bob = orders.feed_range_from_partition_key("bob")
    assert ids(orders.query_items("SELECT * FROM c", feed_range=of_bob)) == ["3"]
    assert orders.is_feed_range_subset(ranges[0], of_bob)


# -- the change feed ------------------------------------------------------------------------------------------


def test_change_feed(orders: ContainerProxy) -> None:
    assert ids(orders.query_items_change_feed(start_time="Beginning")) == ["1", "2", "3"]
    token = orders.client_connection.last_response_headers["etag"]
    orders.upsert_item({"id": "1", "customer": "ada", "n": 2})
    orders.delete_item("2", "ada")
    orders.create_item({"id": "4", "customer": "eve"})
    later = list(orders.query_items_change_feed(continuation=token))
    assert ids(later) == ["1", "4"]
    assert later[0]["_lsn"] < later[1]["_lsn"]
    assert ids(orders.query_items_change_feed(start_time="Beginning")) == ["3", "1", "4"]
    assert ids(orders.query_items_change_feed(start_time="Beginning", partition_key="eve")) == ["4"]
    assert ids(orders.query_items_change_feed(start_time="Now")) == []
    yesterday = dt.datetime.now(dt.timezone.utc) - dt.timedelta(days=1)
    assert ids(orders.query_items_change_feed(start_time=yesterday)) == ["3", "1", "4"]
    pages = orders.query_items_change_feed(start_time="Beginning", max_item_count=2).by_page()
    assert [ids(page) for page in pages][:2] == [["3", "1"], ["4"]]


def test_change_feed_of_every_version(database: DatabaseProxy) -> None:
    made = database.create_container(
        f"c{uuid.uuid4().hex}", PartitionKey("/id"), change_feed_policy={"retentionDuration": 10}
    )
    list(made.query_items_change_feed(mode="AllVersionsAndDeletes"))
    token = made.client_connection.last_response_headers["etag"]
    made.create_item({"id": "1", "n": 1})
    made.upsert_item({"id": "1", "n": 2})
    made.delete_item("1", "1")
    found = list(made.query_items_change_feed(mode="AllVersionsAndDeletes", continuation=token))
    assert [item["metadata"]["operationType"] for item in found] == ["create", "replace", "delete"]
    assert [item["current"].get("n") for item in found] == [1, 2, None]
    assert found[2]["previous"]["n"] == 2


# -- who may --------------------------------------------------------------------------------------------------


def test_a_wrong_key_is_refused(cloud: Cloud) -> None:
    with pytest.raises(exceptions.CosmosHttpResponseError) as refused:
        CosmosClient(cloud.url, "d3Jvbmc=").create_database("x")
    assert refused.value.status_code == 401


def test_missing_owners(client: CosmosClient, database: DatabaseProxy) -> None:
    with pytest.raises(exceptions.CosmosResourceNotFoundError):
        client.get_database_client("nowhere").get_container_client("c").read_item("1", "1")
    with pytest.raises(exceptions.CosmosResourceNotFoundError) as missing:
        database.get_container_client("nowhere").upsert_item({"id": "1"})
    assert "Resource" in missing.value.message or "exist" in missing.value.message


def test_scripts_are_not_there(container: ContainerProxy) -> None:
    assert list(container.scripts.list_stored_procedures()) == []
    with pytest.raises(exceptions.CosmosHttpResponseError, match="no StoredProcedures"):
        container.scripts.create_stored_procedure({"id": "s", "body": "function () {}"})
