"""Whatever bytes come to any port of a host (HTTP, storage, AMQP, Cosmos DB, the workers'): it refuses them and goes on."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
from collections.abc import Iterator

import pytest
from host_driver import Host, write_app
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pystein_runtime.worker import protocol
from pystein_runtime.worker.messages import Hello, Log, Result, Stop

from .any_json import DEEP, Many
from .processes import TELLS, ports, usage

pytestmark = pytest.mark.skipif(not TELLS, reason="the system does not tell the ports of a process")
EXAMPLES = int(os.environ.get("PYSTEIN_EXAMPLES", "300"))
SOURCE = """
@app.route(route="hello")
async def hello(req: func.HttpRequest) -> str:
    return "hello"

@app.service_bus_queue_trigger(arg_name="m", queue_name="work", connection="SB")
def bus(m: func.ServiceBusMessage) -> None:
    pass

@app.cosmos_db_trigger(arg_name="items", connection="DB", database_name="db", container_name="items",
                       create_lease_container_if_not_exists=True)
def documents(items: func.DocumentList) -> None:
    pass
"""
SETTINGS = {"Values": {"AzureWebJobsStorage": "", "SB": "", "DB": ""}}
HTTP_STARTS = (
    b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    b"POST /api/hello HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n",
    Many(b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    Many(b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 20_000 + b"\r\n"),
    b"GET /\xff\xfe%00%ff HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: [::1\r\nConnection: close\r\n\r\n",
    b"GET http://[ HTTP/1.1\r\nHost: \xff\r\nConnection: close\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
)
AMQP_STARTS = (
    b"AMQP\x03\x01\x00\x00",
    b"AMQP\x00\x01\x00\x00",
    b"AMQP\x03\x01\x00\x00\x00\x00\x00\x08\x02\x01\x00\x00",
)
FRAMES = (
    protocol.encode(Log(None, "information", "x", "text", None, False, 0.0)),
    protocol.encode(Result("x", True, None, None, None, 0.0)),
    protocol.encode(Stop()),
    struct.pack(">II", len(DEEP), 0) + DEEP,
    struct.pack(">II", 2**32 - 1, 2**32 - 1),
    b"\0\0\0\x02\0\0\0\0[]",
)
data = st.one_of(
    st.binary(max_size=400),
    st.builds(bytes.__add__, st.sampled_from([*HTTP_STARTS, *AMQP_STARTS, *FRAMES]), st.binary(max_size=60)),
    st.builds(
        lambda text, at, new: text[:at] + new + text[at:],
        st.sampled_from(HTTP_STARTS),
        st.integers(0, 60),
        st.binary(max_size=4),
    ),
)


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    host = Host(write_app(tmp_path_factory.mktemp("any") / "app", SOURCE, local__settings_json=SETTINGS)).ready()
    yield host
    assert host.stop() == 0
    host.close()


def answer(port: int, sent: bytes) -> bytes:
    """All that comes back until the other side has closed."""
    heard = b""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        with contextlib.suppress(OSError):  # it may have been refused before all of it was sent
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
        with contextlib.suppress(ConnectionResetError):
            while part := connection.recv(65536):
                heard += part
    return heard


def test_all_ports_are_known(host: Host) -> None:
    assert len(ports(host.process.pid)) == 7  # HTTP, blobs, queues, tables, AMQP, Cosmos DB, workers


@pytest.mark.parametrize("number", range(7))
def test_any_bytes(host: Host, number: int) -> None:
    process, worker = host.process.pid, host.worker()
    port = ports(process)[number]
    before = usage(process)
    host.lines.clear()

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data)
    @example(HTTP_STARTS[0])
    @example(HTTP_STARTS[2])
    @example(HTTP_STARTS[3])
    @example(HTTP_STARTS[4])
    @example(FRAMES[3])
    @example(FRAMES[4])
    def send(sent: bytes) -> None:
        heard = answer(port, sent)
        assert not heard.startswith(b"HTTP/1.1 5") or heard.startswith((b"HTTP/1.1 501", b"HTTP/1.1 505"))

    send()
    assert host.get("/api/hello").text == "hello"
    assert host.worker() == worker
    said = [line["message"] for line in host.lines if line.get("event") == "host"]
    assert (said, host.other) == ([], [])
    after = usage(process)
    assert after.files <= before.files + 2
    assert after.memory <= before.memory + 32  # MiB


def test_a_hello_with_another_token(host: Host) -> None:
    port_of_workers = [port for port in ports(host.process.pid) if not answer(port, protocol.encode(Stop()))]
    hello = protocol.encode(Hello(*["wrong"] * len(Hello._fields)))
    assert all(answer(port, hello) == b"" for port in port_of_workers)
    assert host.get("/api/hello").text == "hello"
