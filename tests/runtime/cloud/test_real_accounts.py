"""Hosts whose connections mean a real account or a running emulator: all through the SDKs."""

from __future__ import annotations

import base64
import contextlib
import os
import signal
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from azure.core.exceptions import ResourceExistsError
from azure.storage.blob import BlobServiceClient
from azure.storage.queue import QueueServiceClient
from cloud_driver import AZURITE, Azurite, Cloud, LocalCloud, cloud_at, shared_access
from host_driver import Host

from pystein_runtime.cloud.account import Endpoints
from pystein_runtime.host.connections import emulators

CHAIN = """
@app.queue_trigger(arg_name="m", queue_name="orders", connection="Real")
@app.blob_output(arg_name="o", path="made/{queueTrigger}.txt", connection="Real")
@app.queue_output(arg_name="q", queue_name="counted", connection="Real")
def work(m: func.QueueMessage, o: func.Out[str], q: func.Out[str]) -> None:
    logging.info("got %s #%s", m.get_body().decode(), m.dequeue_count)
    o.set("made of " + m.get_body().decode())
    q.set(m.get_body().decode())

@app.blob_trigger(arg_name="b", path="made/{name}.txt", connection="Real")
@app.table_output(arg_name="t", table_name="seen", partition_key="p", connection="Real")
def seen(b: func.InputStream, t: func.Out[str]) -> None:
    logging.info("blob %s: %s", b.name, b.read().decode())
    t.set('{"RowKey": "%s"}' % b.name.replace("/", "_"))

@app.route(route="rows")
@app.table_input(arg_name="t", table_name="seen", partition_key="p", connection="Real")
def rows(req: func.HttpRequest, t: str) -> str:
    return t
"""


@pytest.fixture
def account(tmp_path: Path) -> Iterator[Cloud]:
    """An account of its own, on the local cloud's endpoints."""
    running = LocalCloud(tmp_path / "account.sqlite")
    yield cloud_at("account", running.begin())
    running.stop()
    assert running.faults == []


@pytest.fixture(params=["account", *(["azurite"] if AZURITE else [])])
def real(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Cloud]:
    """The same, and an Azurite."""
    if request.param == "account":
        yield request.getfixturevalue("account")
        return
    azurite = Azurite(tmp_path)
    yield cloud_at("azurite", azurite.endpoints)
    azurite.stop()


def connection(cloud: Cloud) -> str:
    return shared_access(cloud) if cloud.name == "account" else cloud.connection_string


def settings(cloud: Cloud, **others: str) -> dict[str, Any]:
    value = connection(cloud)
    return {"IsEncrypted": False, "Values": {"AzureWebJobsStorage": value, "Real": value, **others}}


def send(cloud: Cloud, queue: str, *bodies: str) -> None:
    with (
        QueueServiceClient.from_connection_string(connection(cloud)) as queues,
        queues.get_queue_client(queue) as client,
    ):
        with contextlib.suppress(ResourceExistsError):
            client.create_queue()
        for body in bodies:
            client.send_message(base64.b64encode(body.encode()).decode())


def bodies(cloud: Cloud, queue: str) -> list[str]:
    with (
        QueueServiceClient.from_connection_string(connection(cloud)) as queues,
        queues.get_queue_client(queue) as client,
    ):
        return sorted(base64.b64decode(item.content).decode() for item in client.receive_messages(visibility_timeout=1))


def test_bindings_of_a_real_account(start: Callable[..., Host], real: Cloud) -> None:
    send(real, "orders", "a", "b")
    host = start(CHAIN, local__settings_json=settings(real), environ={"PYSTEIN_LOCAL_CLOUD": ""})
    for name in ("a", "b"):
        host.log(f"got {name} #1")
        host.log(f"blob made/{name}.txt: made of {name}")
    host.invocation("seen", 2)
    assert sorted(row["RowKey"] for row in host.get("/api/rows").json) == ["made_a.txt", "made_b.txt"]
    assert bodies(real, "counted") == ["a", "b"]
    host.stop()
    with BlobServiceClient.from_connection_string(connection(real)) as blobs:
        blobs.get_blob_client("made", "c.txt").upload_blob(b"by hand")
    again = start(root=host.root, environ={"PYSTEIN_LOCAL_CLOUD": ""})
    again.log("blob made/c.txt: by hand")
    again.stop()
    assert not any("made/a.txt" in str(line) for line in again.lines)


def test_messages_that_fail_end_in_the_poison_queue(start: Callable[..., Host], account: Cloud) -> None:
    send(account, "orders", "bad")
    host = start(
        """
        @app.queue_trigger(arg_name="m", queue_name="orders", connection="Real")
        def work(m: func.QueueMessage) -> None:
            logging.info("try %s", m.dequeue_count)
            raise RuntimeError("never")
        """,
        local__settings_json=settings(account),
        host_json={"version": "2.0", "extensions": {"queues": {"maxDequeueCount": 3}}},
    )
    host.wait("host", lambda line: "orders-poison" in line["message"])
    tries = [line["message"] for line in host.lines if line["event"] == "log" and "try" in line["message"]]
    assert tries == ["try 1", "try 2", "try 3"]
    host.stop()
    assert bodies(account, "orders-poison") == ["bad"]


def test_kill_9_of_the_worker(start: Callable[..., Host], account: Cloud) -> None:
    send(account, "orders", "x")
    host = start(
        """
        import time
        @app.queue_trigger(arg_name="m", queue_name="orders", connection="Real")
        def work(m: func.QueueMessage) -> None:
            logging.info("try %s", m.dequeue_count)
            if m.dequeue_count == 1:
                time.sleep(600)
        """,
        local__settings_json=settings(account),
    )
    host.log("try 1")
    os.kill(host.worker(), signal.SIGKILL)
    host.log("try 2")


def test_an_account_that_vanishes_and_returns(start: Callable[..., Host], tmp_path: Path) -> None:
    first = LocalCloud(tmp_path / "account.sqlite")
    cloud = cloud_at("account", first.begin())
    send(cloud, "orders", "before")
    host = start(CHAIN + textwrap.dedent(
        """
        @app.route(route="hello")
        def hello(req: func.HttpRequest) -> str:
            return "hello"
        """
    ), local__settings_json=settings(cloud))  # fmt: skip
    host.log("blob made/before.txt")
    first.stop()
    host.wait("host", lambda line: "The queue 'orders' cannot be read" in line["message"])
    host.wait("host", lambda line: "The container 'made' cannot be watched" in line["message"])
    assert host.get("/api/hello").text == "hello"
    second = LocalCloud(tmp_path / "account.sqlite", first.endpoints[:3])
    second.begin()
    host.wait("host", lambda line: "The queue 'orders' can be read again" in line["message"])
    send(cloud, "orders", "after")
    host.log("got after #1")
    host.log("blob made/after.txt")
    assert host.stop() == 0
    second.stop()


def test_without_the_extra(start: Callable[..., Host], account: Cloud, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        textwrap.dedent(
            """
            import sys
            class Without:
                def find_spec(self, name, path=None, target=None):
                    if name == "azure.core":
                        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
            sys.meta_path.insert(0, Without())
            """
        ),
        "utf-8",
    )
    host = start(CHAIN, local__settings_json=settings(account), environ={"PYTHONPATH": str(tmp_path)})
    said = host.wait("host", lambda line: "function 'work'" in line["message"])["message"]
    assert "pip install 'pystein-lsp[azure]'" in said
    assert "sig=" not in said


def test_our_own_endpoints_are_no_emulator(account: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYSTEIN_LOCAL_CLOUD")
    ports = emulators.ports_of(account.connection_string)
    assert None not in ports
    assert emulators.storage_emulators(tuple(port for port in ports if port)) == frozenset()
    own = Endpoints(1, 2, 3).connection_string
    assert emulators.storage_string(account.connection_string, own) == own


@pytest.mark.skipif(AZURITE is None, reason="PYSTEIN_AZURITE is not set")
def test_a_running_azurite_is_used_by_code_and_bindings(start: Callable[..., Host], tmp_path: Path) -> None:
    azurite = Azurite(tmp_path)
    try:
        host = start(
            CHAIN
            + textwrap.dedent(
                """
                import os
                @app.route(route="env")
                def env(req: func.HttpRequest) -> str:
                    return os.environ["AzureWebJobsStorage"]
                """
            ),
            local__settings_json=settings(cloud_at("azurite", azurite.endpoints)),
            environ={"PYSTEIN_LOCAL_CLOUD": ""},
        )
        host.wait("host", lambda line: "An emulator of Azure Storage runs on port" in line["message"])
        assert emulators.ports_of(host.get("/api/env").text) == azurite.endpoints[:3]
        send(cloud_at("azurite", azurite.endpoints), "orders", "x")
        host.log("got x #1")
        assert host.stop() == 0
    finally:
        azurite.stop()
