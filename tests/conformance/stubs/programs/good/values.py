"""What functions receive and set."""

import json
from typing import Any

import azure.functions as func
from typing_extensions import assert_type


def http(req: func.HttpRequest) -> func.HttpResponse:
    assert_type(req.method, str)
    assert_type(req.headers["x-id"], str)
    assert_type(req.params.get("name"), str | None)
    assert_type(req.get_body(), bytes)
    assert_type(req.form["name"], str)
    response = func.HttpResponse(json.dumps({}), mimetype="application/json", headers={"x": "y"})
    response.headers["z"] = "1"
    assert_type(response.status_code, int)
    return response


def documents(docs: func.DocumentList, row: func.SqlRow, rows: func.MySqlRowList) -> None:
    for doc in docs:
        assert_type(doc, func.Document)
        assert_type(doc["id"], Any)
    assert_type(func.Document.from_dict({"id": "1"}), func.Document)
    assert_type(func.SqlRow.from_json("{}"), func.SqlRow)
    assert_type(row.to_json(), str)
    assert_type(rows[0], func.MySqlRow)


def output(out: func.Out[list[str]], doc: func.Out[func.Document]) -> None:
    out.set(["a"])
    assert_type(out.get(), list[str])
    doc.set(func.Document({"id": "1"}))


def contexts(context: func.Context) -> None:
    context.thread_local_storage.invocation_id = context.invocation_id
    assert_type(context.retry_context.retry_count, int)
    assert_type(context.trace_context.attributes, dict[str, str])


request = func.HttpRequest("GET", "/", headers={}, params={}, route_params={}, body=b"")
message = func.QueueMessage(id="1", body="text")
