"""What SDKs do not show of the wire: bad input, foreign hosts, what survives of it all."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from azure.storage.blob import BlobServiceClient
from azure.storage.queue import QueueServiceClient
from cloud_driver import LocalCloud
from hypothesis import given, settings
from hypothesis import strategies as st

from pystein_runtime.cloud.rest import markup, odata
from pystein_runtime.cloud.rest.odata import FilterError


@pytest.fixture(scope="module")
def ports() -> Iterator[tuple[int, int, int]]:
    cloud = LocalCloud(None)
    yield cloud.begin()
    cloud.stop()
    assert cloud.faults == []


def ask(port: int, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
    finally:
        connection.close()


@pytest.mark.parametrize("service", [0, 1, 2])
def test_without_a_key(ports: tuple[int, int, int], service: int) -> None:
    status, headers, body = ask(ports[service], "GET", "/devstoreaccount1?comp=list")
    assert status in {403, 404}
    assert headers["x-ms-error-code"] in {"AuthenticationFailed", "ResourceNotFound"} or b"AuthenticationFailed" in body
    assert "x-ms-request-id" in headers


@pytest.mark.parametrize("service", [0, 1, 2])
@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {}),
        ("/other/container/blob", {}),
        ("/devstoreaccount1/%2e%2e/%2e%2e/etc/passwd", {}),
        ("/devstoreaccount1/c/b", {"Authorization": "SharedKey"}),
        ("/devstoreaccount1/c/b", {"Authorization": "SharedKey devstoreaccount1:!!"}),
        ("/devstoreaccount1/c/b", {"Authorization": "Bearer x"}),
        ("/devstoreaccount1/c/b?sv=2020-10-02&sig=x&se=2099-01-01", {}),
        ("/devstoreaccount1/c/b?sv=x&ss=bqt&srt=sco&sig=x", {}),
        ("/devstoreaccount1/%ff%00", {}),
    ],
)
def test_bad_requests_are_refused(
    ports: tuple[int, int, int], service: int, path: str, headers: dict[str, str]
) -> None:
    for method in ("GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS"):
        status, _, _ = ask(ports[service], method, path, b"<x>", **headers)
        assert 400 <= status < 500


@pytest.mark.parametrize("service", [0, 1, 2])
def test_other_hosts_are_refused(ports: tuple[int, int, int], service: int) -> None:
    assert ask(ports[service], "GET", "/devstoreaccount1?comp=list", Host="evil.example")[0] == 403


def test_document_types_are_no_xml() -> None:
    assert markup.parse(b'<!DOCTYPE x [<!ENTITY a "aaaa">]><QueueMessage>&a;</QueueMessage>') is None
    assert markup.parse(b"<QueueMessage><MessageText>x</MessageText></QueueMessage>") is not None


def test_all_is_kept_over_kill_9(tmp_path: Path) -> None:
    program = (
        "import asyncio, sys; from pathlib import Path\n"
        "from pystein_runtime.cloud.store import Store; from pystein_runtime.http import sockets\n"
        "from pystein_runtime.cloud.storage import StorageServer; from pystein_runtime.cloud.account import Endpoints\n"
        "async def main():\n"
        "    server = StorageServer(Store(Path(sys.argv[1])), print)\n"
        "    bound = [sockets.bind('127.0.0.1', 0) for _ in range(3)]\n"
        "    await server.listen([[item] for item in bound])\n"
        "    print(Endpoints(*(item.getsockname()[1] for item in bound)).connection_string, flush=True)\n"
        "    await asyncio.Event().wait()\n"
        "asyncio.run(main())\n"
    )
    expected: dict[str, bytes] = {}
    for turn in range(2):
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path / "cloud.sqlite")], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        connection = process.stdout.readline().strip()
        with (
            BlobServiceClient.from_connection_string(connection, max_single_put_size=100_000) as blobs,
            QueueServiceClient.from_connection_string(connection) as queues,
        ):
            if turn == 0:
                container, queue = blobs.create_container("kept"), queues.create_queue("kept")
                for number in range(20):
                    data = os.urandom(30_000 * number)
                    container.upload_blob(str(number), data)
                    queue.send_message(str(number))
                    expected[str(number)] = data
            else:
                container, queue = blobs.get_container_client("kept"), queues.get_queue_client("kept")
                found = {name: container.download_blob(name).readall() for name in container.list_blob_names()}
                assert found == expected
                received = queue.receive_messages(messages_per_page=32)
                assert sorted(int(message.content) for message in received) == list(range(20))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()


@settings(max_examples=300)
@given(st.text(alphabet="aeqnotPartitionKey '()1.5LdX-", max_size=40))
def test_any_text_is_a_filter_or_is_refused(text: str) -> None:
    try:
        found = odata.compile_filter(text)
    except FilterError:
        return
    found.test({"PartitionKey": "p", "RowKey": "r", "a": 1})


@pytest.mark.parametrize(
    "text", ["a", "a eq", "eq 1", "a eq 1 and", "(a eq 1", "a eq 1)", "a eq 'x", "a like 1", "a eq 1 b eq 2"]
)
def test_malformed_filters(text: str) -> None:
    if text == "a":
        assert odata.compile_filter(text).test({"a": True})
        return
    with pytest.raises(FilterError):
        odata.compile_filter(text)
