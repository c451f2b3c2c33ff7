"""Tables through the unmodified azure-data-tables."""

from __future__ import annotations

import datetime as dt
import functools
import operator
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from azure.core import MatchConditions
from azure.core.credentials import AzureNamedKeyCredential, AzureSasCredential
from azure.core.exceptions import (
    HttpResponseError,
    ResourceExistsError,
    ResourceModifiedError,
    ResourceNotFoundError,
)
from azure.data.tables import (
    EdmType,
    EntityProperty,
    TableAccessPolicy,
    TableClient,
    TableSasPermissions,
    TableServiceClient,
    TableTransactionError,
    UpdateMode,
    generate_table_sas,
)
from cloud_driver import Cloud

SOON = dt.datetime.now(dt.timezone.utc) + dt.timedelta(hours=1)


@pytest.fixture
def service(cloud: Cloud) -> Iterator[TableServiceClient]:
    with TableServiceClient.from_connection_string(cloud.connection_string, retry_total=0) as client:
        yield client


@pytest.fixture
def table(service: TableServiceClient, name: str) -> Iterator[TableClient]:
    with service.create_table(name) as client:
        yield client


def code(error: pytest.ExceptionInfo[Any]) -> tuple[int | None, str]:
    """Status and code of a refusal."""
    found = getattr(error.value, "error_code", None)  # the SDK loses the code of answers that it maps by status
    return error.value.status_code, str(getattr(found, "value", found))


def test_tables(service: TableServiceClient, name: str) -> None:
    service.create_table(name)
    with pytest.raises(ResourceExistsError) as error:
        service.create_table(name)
    assert code(error) == (409, "TableAlreadyExists")
    assert service.create_table_if_not_exists(name).table_name == name
    assert [item.name for item in service.query_tables(f"TableName eq '{name}'")] == [name]
    assert name in [item.name for item in service.list_tables()]
    service.create_table(name + "2")
    pages = service.query_tables(
        f"TableName ge '{name}' and TableName le '{name}2'", results_per_page=1
    ).by_page()  # fmt: skip
    assert [[item.name for item in page] for page in pages] == [[name], [name + "2"]]
    service.delete_table(name)
    service.delete_table(name)  # the SDK takes a missing one for deleted
    with pytest.raises(HttpResponseError) as missing, service.get_table_client(name) as client:
        client.create_entity({"PartitionKey": "p", "RowKey": "r"})
    assert code(missing)[0] == 404


def test_types(table: TableClient) -> None:
    moment = dt.datetime(2026, 2, 3, 4, 5, 6, 789012, tzinfo=dt.timezone.utc)
    identity = uuid.uuid4()
    entity = {
        "PartitionKey": "it's a key", "RowKey": "ü & <r>", "text": "ü\n\"'", "empty": "", "small": 5, "yes": True,
        "large": EntityProperty(2**40, EdmType.INT64), "real": 1.5, "whole": 2.0, "moment": moment, "guid": identity,
        "bytes": b"\x00\xff", "none": None,
    }  # fmt: skip
    table.create_entity(entity)
    found = table.get_entity("it's a key", "ü & <r>")
    assert found["text"] == "ü\n\"'"
    assert found["empty"] == ""
    assert (found["small"], found["yes"], found["real"], found["whole"]) == (5, True, 1.5, 2.0)
    assert found["large"].value == 2**40
    assert found["moment"] == moment
    assert found["guid"] == identity
    assert found["bytes"] == b"\x00\xff"
    assert "none" not in found
    assert found.metadata["etag"].startswith("W/\"datetime'")
    assert found.metadata["timestamp"] is not None


def test_changes(table: TableClient) -> None:
    key = {"PartitionKey": "p", "RowKey": "r"}
    table.create_entity({**key, "a": 1, "b": 1})
    with pytest.raises(ResourceExistsError) as exists:
        table.create_entity(key)
    assert code(exists)[0] == 409
    table.update_entity({**key, "b": 2, "c": 2}, UpdateMode.MERGE)
    assert dict(table.get_entity("p", "r")) == {**key, "a": 1, "b": 2, "c": 2}
    table.update_entity({**key, "d": 3}, UpdateMode.REPLACE)
    assert dict(table.get_entity("p", "r")) == {**key, "d": 3}
    table.upsert_entity({**key, "e": 4}, UpdateMode.MERGE)
    table.upsert_entity({"PartitionKey": "p", "RowKey": "r2"}, UpdateMode.REPLACE)
    assert dict(table.get_entity("p", "r")) == {**key, "d": 3, "e": 4}
    with pytest.raises(ResourceNotFoundError) as missing:
        table.update_entity({"PartitionKey": "p", "RowKey": "nothing"})
    assert code(missing)[0] == 404
    table.delete_entity("p", "r")
    table.delete_entity("p", "r")  # the SDK takes a missing one for deleted
    with pytest.raises(ResourceNotFoundError) as missing:
        table.get_entity("p", "r")
    assert code(missing)[0] == 404


def test_etags(table: TableClient) -> None:
    key = {"PartitionKey": "p", "RowKey": "r"}
    etag = table.create_entity(key)["etag"]
    table.update_entity({**key, "a": 1}, etag=etag, match_condition=MatchConditions.IfNotModified)
    with pytest.raises(ResourceModifiedError) as error:
        table.update_entity({**key, "a": 2}, etag=etag, match_condition=MatchConditions.IfNotModified)
    assert code(error) == (412, "UpdateConditionNotSatisfied")
    with pytest.raises(ResourceModifiedError):
        table.delete_entity("p", "r", etag=etag, match_condition=MatchConditions.IfNotModified)
    current = table.get_entity("p", "r").metadata["etag"]
    table.delete_entity("p", "r", etag=current, match_condition=MatchConditions.IfNotModified)


@pytest.fixture
def people(table: TableClient) -> TableClient:
    for number in range(10):
        table.create_entity({
            "PartitionKey": f"p{number % 2}", "RowKey": f"{number:02}", "age": number, "name": f"n'{number}",
            "real": number / 2, "even": number % 2 == 0, "big": EntityProperty(number * 2**33, EdmType.INT64),
            "born": dt.datetime(2020 + number, 1, 1, tzinfo=dt.timezone.utc),
        })  # fmt: skip
    return table


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("PartitionKey eq 'p1'", "13579"),
        ("PartitionKey eq 'p1' and RowKey gt '04'", "579"),
        ("age ge 8 or age lt 2", "0189"),
        ("not (age gt 3)", "0123"),
        ("name eq 'n''3'", "3"),
        ("even eq true and age gt 4", "68"),
        ("real gt 3.5", "89"),
        ("big eq 17179869184L", "2"),
        ("born ge datetime'2027-01-01T00:00:00Z'", "789"),
        ("(age eq 1 or age eq 2) and PartitionKey eq 'p0'", "2"),
        ("age ne 5 and PartitionKey eq 'p1'", "1379"),
        ("missing eq 5", ""),
    ],
)
def test_filters(people: TableClient, query: str, rows: str) -> None:
    assert sorted(item["RowKey"][1:] for item in people.query_entities(query)) == sorted(rows)


def test_queries(people: TableClient) -> None:
    found = list(people.query_entities("age lt @limit", parameters={"limit": 3}, select=["RowKey", "age"]))
    assert sorted(item.items() for item in map(dict, found)) == sorted(
        {"RowKey": f"{n:02}", "age": n}.items() for n in (0, 1, 2)
    ) or sorted(item["age"] for item in found) == [0, 1, 2]
    assert all("name" not in item for item in found)
    pages = [[item["RowKey"] for item in page] for page in people.list_entities(results_per_page=4).by_page()]
    assert [len(page) for page in pages] == [4, 4, 2]
    assert functools.reduce(operator.iadd, pages, []) == ["00", "02", "04", "06", "08", "01", "03", "05", "07", "09"]
    pages = [
        [item["RowKey"] for item in page] for page in people.query_entities("age gt 2", results_per_page=3).by_page()
    ]
    assert functools.reduce(operator.iadd, pages, []) == ["04", "06", "08", "03", "05", "07", "09"]


def test_transactions(table: TableClient) -> None:
    key = {"PartitionKey": "p"}
    table.create_entity({**key, "RowKey": "old", "a": 1})
    answers = table.submit_transaction([
        ("create", {**key, "RowKey": "1"}),
        ("upsert", {**key, "RowKey": "2", "x": "ü"}),
        ("update", {**key, "RowKey": "old", "b": 2}, {"mode": "merge"}),
    ])  # fmt: skip
    assert all(answer["etag"] for answer in answers)
    assert dict(table.get_entity("p", "old")) == {**key, "RowKey": "old", "a": 1, "b": 2}
    with pytest.raises(TableTransactionError) as error:
        table.submit_transaction([("delete", {**key, "RowKey": "1"}), ("create", {**key, "RowKey": "2"})])
    assert error.value.index == 1
    assert error.value.status_code == 409
    assert table.get_entity("p", "1") is not None  # all or nothing
    table.submit_transaction([("delete", {**key, "RowKey": row}) for row in ("1", "2", "old")])
    assert list(table.list_entities()) == []
    table.submit_transaction([("create", {**key, "RowKey": f"{number:03}"}) for number in range(100)])
    assert len(list(table.query_entities("PartitionKey eq 'p'"))) == 100


def test_keys_that_are_refused(table: TableClient) -> None:
    for row in ("a/b", "a\\b", "a#b", "a?b", "x" * 600):
        with pytest.raises((HttpResponseError, ValueError)):
            table.create_entity({"PartitionKey": "p", "RowKey": row})
    with pytest.raises((HttpResponseError, ValueError)):
        table.create_entity({"PartitionKey": "p", "RowKey": "r", "large": "x" * 40_000})


def test_signatures(cloud: Cloud, table: TableClient) -> None:
    wrong = TableClient(cloud.table, table.table_name, credential=AzureNamedKeyCredential(cloud.account, "eA=="))
    with wrong, pytest.raises(HttpResponseError) as error:
        wrong.create_entity({"PartitionKey": "p", "RowKey": "r"})
    assert code(error)[0] == 403
    own = AzureNamedKeyCredential(cloud.account, cloud.key)
    sas = generate_table_sas(own, table.table_name, permission=TableSasPermissions(read=True), expiry=SOON)
    table.create_entity({"PartitionKey": "p", "RowKey": "r"})
    with TableClient(cloud.table, table.table_name, credential=AzureSasCredential(sas)) as client:
        assert dict(client.get_entity("p", "r")) == {"PartitionKey": "p", "RowKey": "r"}
        with pytest.raises(HttpResponseError) as error:
            client.create_entity({"PartitionKey": "p", "RowKey": "r2"})
    assert code(error)[0] == 403


def test_stored_policies(table: TableClient) -> None:
    table.set_table_access_policy(
        {"readers": TableAccessPolicy(permission="r", expiry=SOON, start=SOON - dt.timedelta(days=1))}
    )
    kept = table.get_table_access_policy()["readers"]
    assert kept is not None
    assert kept.permission == "r"


def test_service(service: TableServiceClient) -> None:
    assert service.get_service_properties()["cors"] == []
