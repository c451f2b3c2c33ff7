"""What no SDK sends: the endpoint answers as the service would, and goes on."""

from __future__ import annotations

import hmac
import http.client
import json
from base64 import b64decode, b64encode
from email.utils import formatdate
from hashlib import sha256
from typing import Any
from urllib.parse import quote

import pytest
from azure.cosmos import ContainerProxy
from cosmos_driver import SECONDS, Cloud
from hypothesis import given, settings
from hypothesis import strategies as st

from pystein_runtime.cloud.cosmos.account import KEY
from pystein_runtime.cloud.cosmos.hashing import effective_key


def send(
    cloud: Cloud, method: str, path: str, body: bytes = b"", signed: str | None = None, **headers: str
) -> tuple[int, dict[str, str], Any]:
    """A request signed for its path, or as another text."""
    parts = path.strip("/").split("/")
    kind, link = (parts[-1], "/".join(parts[:-1])) if len(parts) % 2 else (parts[-2], path.strip("/"))
    date = formatdate(usegmt=True)
    text = f"{method.lower()}\n{kind}\n{link}\n{date.lower()}\n\n" if signed is None else signed
    signature = b64encode(hmac.new(b64decode(KEY), text.encode("utf-8", "surrogatepass"), sha256).digest()).decode()
    all_headers = {"x-ms-date": date, "authorization": quote(f"type=master&ver=1.0&sig={signature}")}
    all_headers |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection = http.client.HTTPConnection("127.0.0.1", cloud.port, timeout=SECONDS)
    try:
        connection.request(method, quote(path), body, all_headers)
        response = connection.getresponse()
        content = response.read()
        found = {name.lower(): value for name, value in response.getheaders()}
        return response.status, found, json.loads(content) if content else None
    finally:
        connection.close()


def test_errors_have_the_services_form(cloud: Cloud) -> None:
    status, headers, body = send(cloud, "GET", "/dbs/nowhere/colls/x/docs/1")
    assert (status, headers["x-ms-substatus"], body["code"]) == (404, "1003", "NotFound")
    assert body["message"].startswith('Message: {"Errors": ["Owner resource does not exist"]}\r\nActivityId: ')
    status, _, body = send(cloud, "GET", "/dbs/tests", signed="nonsense")
    assert (status, body["code"]) == (401, "Unauthorized")
    assert KEY not in json.dumps(body)


def test_without_a_signature(cloud: Cloud) -> None:
    for value in ("", "type=master", "type=aad&ver=1.0&sig=token", "Bearer x", "é"):
        status, _, body = send(cloud, "GET", "/dbs", authorization=quote(value))
        assert (status, body["code"]) == (401, "Unauthorized")


def test_another_machines_name_is_refused(cloud: Cloud) -> None:
    assert send_plain(cloud, host="cosmos.example.com") == 403


def send_plain(cloud: Cloud, host: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", cloud.port, timeout=SECONDS)
    try:
        connection.request("GET", "/", headers={"host": host})
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("headers", "status", "substatus"),
    [
        ({}, 400, None),  # no partition key
        ({"x_ms_documentdb_partitionkey": '["bob"]'}, 400, "1001"),
        ({"x_ms_documentdb_partitionkey": '["ada", "x"]'}, 400, "1001"),
        ({"x_ms_documentdb_partitionkey": "ada"}, 400, None),
        ({"x_ms_documentdb_partitionkey": '["ada"]', "x_ms_cosmos_intended_collection_rid": "xyz"}, 400, "1024"),
        ({"x_ms_documentdb_partitionkey": '["ada"]'}, 201, None),
    ],
)
def test_partition_keys_in_headers(
    cloud: Cloud, container: ContainerProxy, headers: dict[str, str], status: int, substatus: str | None
) -> None:
    body = b'{"id": "1", "customer": "ada"}'
    found, answer, _ = send(cloud, "POST", f"/dbs/tests/colls/{container.id}/docs", body, **headers)
    assert (found, answer.get("x-ms-substatus")) == (status, substatus)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"1", b'"x"', b"null", b"{}", b'{"id": 5}', b'{"id": ""}', b'{"id": "a/b"}', b'{"id": "x", "n": NaN}',
     b'{"id": "x", "n": 1e999}', b'{"id": "x", "n": ' + b"9" * 400 + b"}", b'{"id": "\\ud800"}', b'{"id": "x", "t": "\\ud800"}',
     b"\xff\xfe", b"[" * 100000, b'{"id": "' + b"x" * 300 + b'"}'],
)  # fmt: skip
def test_bodies_that_are_no_documents(cloud: Cloud, container: ContainerProxy, body: bytes) -> None:
    place = f"/dbs/tests/colls/{container.id}/docs"
    status, _, answer = send(cloud, "POST", place, body, x_ms_documentdb_partitionkey="[{}]")
    assert (status, answer["code"]) == (400, "BadRequest")


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"query": 1}', b'{"query": "SELECT * FROM c", "parameters": 1}', b'{"query": "", "parameters": []}',
     b'{"query": "SELECT * FROM c", "parameters": [1]}', b'{"query": "SELECT * FROM c", "parameters": [{"name": []}]}'],
)  # fmt: skip
def test_bodies_that_are_no_queries(cloud: Cloud, container: ContainerProxy, body: bytes) -> None:
    place = f"/dbs/tests/colls/{container.id}/docs"
    for where in (place, "/dbs", "/offers"):
        status, _, answer = send(cloud, "POST", where, body, content_type="application/query+json")
        assert (status, answer["code"]) == (400, "BadRequest"), where


@pytest.mark.parametrize("token", ["x", "W10=", "WzEsMiwzLDRd", "Wy0xXQ==", "WyJhIl0=", "é", "[" * 5000])
def test_tokens_that_are_none(cloud: Cloud, container: ContainerProxy, token: str) -> None:
    place = f"/dbs/tests/colls/{container.id}/docs"
    status, _, _ = send(cloud, "GET", place, x_ms_continuation=quote(token))
    assert status in {200, 400}
    status, _, _ = send(cloud, "GET", place, a_im="Incremental Feed", if_none_match=quote(token))
    assert status == 400


def test_ranges_without_regard_to_case(cloud: Cloud, container: ContainerProxy) -> None:
    """As azure-cosmos 4.9 asks for one partition key."""
    for number in range(8):
        container.upsert_item({"id": str(number), "customer": f"c{number}"})
    low = effective_key(["c3"], hierarchical=False)
    high = f"{int(low, 16) + 1:032x}"
    place = f"/dbs/tests/colls/{container.id}/docs"
    headers = {"a_im": "Incremental feed", "x_ms_start_epk": low, "x_ms_end_epk": high}
    _, _, body = send(cloud, "GET", place, **headers)
    assert [item["id"] for item in body["Documents"]] == ["3"]


def test_query_plan(cloud: Cloud, container: ContainerProxy) -> None:
    """Other SDKs than Python's ask how to divide a query: not at all."""
    headers = {"x_ms_cosmos_is_query_plan_request": "True", "content_type": "application/query+json"}
    place = f"/dbs/tests/colls/{container.id}/docs"
    status, _, plan = send(cloud, "POST", place, b'{"query": "SELECT VALUE COUNT(1) FROM c"}', **headers)
    assert (status, plan["queryInfo"]["aggregates"], len(plan["queryRanges"])) == (200, [], 1)


PATHS = st.lists(
    st.sampled_from(["dbs", "colls", "docs", "tests", "offers", "pkranges", "sprocs", "x", "é", "%", "..", " "]),
    max_size=7,
)
HEADERS = st.dictionaries(
    st.sampled_from(["x-ms-documentdb-partitionkey", "x-ms-max-item-count", "x-ms-continuation", "a-im", "if-none-match",
                     "x-ms-documentdb-isquery", "x-ms-cosmos-is-batch-request", "x-ms-documentdb-is-upsert", "x-ms-start-epk",
                     "x-ms-offer-throughput", "if-modified-since", "x-ms-cosmos-offer-autopilot-settings"]),
    st.sampled_from(["true", "[]", '["x"]', "[{}]", "-1", "99999999999999999999", "*", "", "{", "FF", "Incremental Feed"]),
)  # fmt: skip
BODIES = st.sampled_from([b"", b"{}", b"[]", b'[{"operationType": "Create"}]', b'{"id": "x", "partitionKey": {"paths": [1]}}',
                          b'{"query": "SELECT * FROM c"}', b"\x00", b'{"operations": [1]}',
                          b'{"id": "fuzz", "partitionKey": 5}'])  # fmt: skip


@settings(max_examples=300)
@given(st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]), PATHS, HEADERS, BODIES)
def test_any_request_has_an_answer(
    cloud: Cloud, method: str, path: list[str], headers: dict[str, str], body: bytes
) -> None:
    if method == "DELETE" and len(path) == 2:  # not what others use
        return
    status, _, _ = send(
        cloud, method, "/" + "/".join(path), body, **{name.replace("-", "_"): v for name, v in headers.items()}
    )
    assert status < 500
