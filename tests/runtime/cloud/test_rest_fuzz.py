"""Any request of a client that has the key gets an answer of the service: never a fault of ours, and the next is served."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from cloud_driver import LocalCloud, cloud_at, shared_access
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pystein_runtime.cloud.account import Endpoints

names = st.one_of(
    st.sampled_from(
        ["", "work", "$root", "$web", "Tables", "$batch", "messages", "a b", "work(PartitionKey='p',RowKey='r')"]
    ),
    st.text(max_size=8),
)
small = st.one_of(
    st.sampled_from(["", "0", "1", "-1", "x", "2020-01-01", "*", "true", "bytes=0-", "bytes=5-1", "AAAA"]),
    st.text(max_size=6),
)
queries = st.dictionaries(
    st.one_of(
        st.sampled_from(
            ["comp", "restype", "prefix", "marker", "maxresults", "delimiter", "include", "snapshot", "blockid",
             "blocklisttype", "timeout", "numofmessages", "visibilitytimeout", "messagettl", "popreceipt", "peekonly",
             "$filter", "$top", "$select", "NextPartitionKey"]
        ),
        st.text(max_size=4),
    ),
    st.one_of(
        st.sampled_from(
            ["list", "metadata", "properties", "container", "service", "block", "blocklist", "lease", "snapshot", "page",
             "pagelist", "appendblock", "copy", "acl", "tags", "tier", "batch", "stats", "query", "undelete", "5", "-5"]
        ),
        small,
    ),
    max_size=4,
)  # fmt: skip
headers = st.dictionaries(
    st.sampled_from(
        ["x-ms-blob-type", "x-ms-blob-content-length", "x-ms-lease-id", "x-ms-lease-action", "x-ms-lease-duration",
         "x-ms-copy-source", "x-ms-range", "range", "if-match", "if-none-match", "if-modified-since", "x-ms-meta-a",
         "x-ms-access-tier", "x-ms-page-write", "x-ms-blob-sequence-number", "content-md5", "content-type", "prefer",
         "x-ms-version", "x-ms-delete-snapshots", "accept", "x-http-method", "content-encoding"]
    ),
    st.one_of(
        st.sampled_from(
            ["BlockBlob", "PageBlob", "AppendBlob", "acquire", "break", "renew", "update", "clear", "512", "bytes=0-511",
             "application/json", "application/atom+xml", "multipart/mixed; boundary=b", "MERGE", "return-no-content",
             "http://["]
        ),
        st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=8),
    ),
    max_size=4,
)  # fmt: skip
bodies = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [b"<QueueMessage><MessageText>eA==</MessageText></QueueMessage>", b"<QueueMessage/>",
         b"<BlockList><Latest>AAAA</Latest></BlockList>",
         b'{"TableName": "work"}', b'{"PartitionKey": "p", "RowKey": "r", "n": 1, "n@odata.type": "Edm.Int64"}', b"{}", b"[]",
         b"<a" + b"<a>" * 200, b"--b\r\n\r\n--b--", b"<SignedIdentifiers><SignedIdentifier/></SignedIdentifiers>",
         b"x" * 512]
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[Endpoints, str]]:
    cloud = LocalCloud(None)
    endpoints = cloud.begin()
    yield endpoints, shared_access(cloud_at("local", endpoints)).partition("SharedAccessSignature=")[2]
    cloud.stop()
    assert cloud.faults == []


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, 2),
    st.sampled_from(["GET", "PUT", "POST", "DELETE", "HEAD", "PATCH", "MERGE", "OPTIONS"]),
    st.lists(names, max_size=3),
    queries,
    headers,
    bodies,
)
def test_any_request(
    place: tuple[Endpoints, str],
    service: int,
    method: str,
    path: list[str],
    query: dict[str, str],
    given_headers: dict[str, str],
    body: bytes,
) -> None:
    endpoints, signature = place
    connection = http.client.HTTPConnection("127.0.0.1", endpoints[service], timeout=30)
    target = "/".join(["/devstoreaccount1", *(quote(name, safe="$(),='") for name in path)])
    text = urlencode({**query}, errors="replace")
    try:
        connection.request(method, f"{target}?{signature}&{text}", body, given_headers)
        response = connection.getresponse()
        answer = response.read()
    finally:
        connection.close()
    assert response.status != 500, (method, target, query, given_headers, body, answer)


def test_a_copy_from_what_is_no_address(place: tuple[Endpoints, str]) -> None:
    endpoints, signature = place
    connection = http.client.HTTPConnection("127.0.0.1", endpoints.blob, timeout=30)
    try:
        connection.request(
            "PUT",
            f"/devstoreaccount1/work/copy?{signature}",
            headers={"x-ms-copy-source": "http://[", "content-length": "0"},
        )
        response = connection.getresponse()
        assert (response.status, response.headers["x-ms-error-code"]) == (400, "InvalidSourceBlobUrl")
    finally:
        connection.close()
