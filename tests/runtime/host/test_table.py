"""Table inputs and outputs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from host_driver import Host

SOURCE = """
import json

@app.route(route="add", methods=["POST"])
@app.table_output(arg_name="out", connection="AzureWebJobsStorage", table_name="people", partition_key="default")
def add(req: func.HttpRequest, out: func.Out[str]) -> str:
    out.set(req.get_body().decode())
    return "ok"

@app.route(route="one/{partition}/{row}")
@app.table_input(arg_name="found", connection="AzureWebJobsStorage", table_name="people", partition_key="{partition}",
                 row_key="{row}")
def one(req: func.HttpRequest, found: str) -> str:
    return found or "nothing"

@app.route(route="many")
@app.table_input(arg_name="found", connection="AzureWebJobsStorage", table_name="people", partition_key="p",
                 filter="age gt {Query.age}", take=2)
def many(req: func.HttpRequest, found: str) -> str:
    return json.dumps([item["RowKey"] for item in json.loads(found)])

@app.route(route="all")
@app.table_input(arg_name="found", connection="AzureWebJobsStorage", table_name="people")
def everything(req: func.HttpRequest, found) -> str:
    return found
"""


@pytest.fixture(scope="module")
def host(serve: Callable[..., Host]) -> Host:
    return serve(SOURCE)


def test_entities(host: Host) -> None:
    assert host.get("/api/all").json == []
    entity = {"PartitionKey": "p", "RowKey": "1", "age": 30, "big": 2**40, "real": 1.5, "text": "ü", "none": None}
    assert host.post("/api/add", entity).text == "ok"
    del entity["none"]
    assert host.get("/api/one/p/1").json == entity
    assert host.get("/api/one/p/nothing").text == "nothing"
    more = [{"PartitionKey": "p", "RowKey": str(n), "age": 30 + n} for n in (2, 3, 4)]
    assert host.post("/api/add", more).text == "ok"
    assert host.get("/api/many?age=31").json == ["2", "3"]
    assert host.post("/api/add", {"RowKey": "x"}).text == "ok"
    assert [item["RowKey"] for item in host.get("/api/all").json] == ["x", "1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('{"a": 1}', "has no RowKey"),
        ("text", "must be a JSON object"),
        ('{"RowKey": "a/b"}', "has a character that is not allowed"),
        ('{"RowKey": "y", "a": {"b": 1}}', "neither text, number nor Boolean"),
    ],
)
def test_what_is_no_entity(host: Host, body: str, message: str) -> None:
    result = host.invoke("add", data=body)
    assert result["status"] == "failed"
    assert message in result["error"]["message"]


def test_outputs_only_add(host: Host) -> None:
    assert host.post("/api/add", {"RowKey": "twice"}).status == 200
    result = host.invoke("add", data='{"RowKey": "twice"}')
    assert result["error"]["message"] == "The entity 'default', 'twice' already exists in the table 'people'."
