"""Hosts whose connections mean an emulator of another program, or a real namespace: all through the SDKs."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bus_driver import Cloud
from cloud_driver import LocalCloud, cloud_at, shared_access
from host_driver import Host, write_app

from pystein_runtime.amqp import message as amqp
from pystein_runtime.cloud.bus import entities, hubs, messages
from pystein_runtime.cloud.store import Store
from pystein_runtime.host.connections import emulators

APP = """
import time, pathlib
@app.service_bus_queue_trigger(arg_name="m", queue_name="orders", connection="SB")
@app.service_bus_topic_output(arg_name="o", topic_name="news", connection="SB")
@app.event_hub_output(arg_name="e", event_hub_name="hub", connection="SB")
def work(m: func.ServiceBusMessage, o: func.Out[str], e: func.Out[str]) -> None:
    logging.info("got %s #%s", m.get_body().decode(), m.delivery_count)
    if m.get_body() == b"slow" and m.delivery_count == 1:
        time.sleep(600)
    assert m.lock_token and m.enqueued_time_utc.year >= 2024 and m.application_properties == {"kind": "test"}
    o.set("news of " + m.get_body().decode())
    e.set("event of " + m.get_body().decode())

@app.service_bus_topic_trigger(arg_name="m", topic_name="news", subscription_name="all", connection="SB")
def news(m: func.ServiceBusMessage) -> None:
    logging.info("%s", m.get_body().decode())

@app.event_hub_message_trigger(arg_name="e", event_hub_name="hub", connection="SB", cardinality="one")
def event(e: func.EventHubEvent) -> None:
    logging.info("%s from %s", e.get_body().decode(), e.metadata["PartitionContext"]["EventHubName"])
"""
HOST_JSON = {
    "version": "2.0",
    "extensions": {
        "eventHubs": {"loadBalancingUpdateInterval": "00:00:01", "partitionOwnershipExpirationInterval": "00:00:05"}
    },
}


def prepare(store: Store) -> None:
    """The entities that the app names: nobody makes those of a real namespace."""
    entities.create_queue(store, "orders")
    entities.create_subscription(store, "news", "all")
    entities.create_hub(store, "hub")


@pytest.fixture
def namespace(tmp_path: Path) -> Iterator[Cloud]:
    cloud = Cloud(tmp_path / "namespace.sqlite")
    cloud.call(prepare)
    yield cloud
    cloud.close()
    assert cloud.reports == []


@pytest.fixture
def account(tmp_path: Path) -> Iterator[str]:
    """The connection string of a storage account that several machines use."""
    running = LocalCloud(tmp_path / "account.sqlite")
    yield shared_access(cloud_at("account", running.begin()))
    running.stop()
    assert running.faults == []


def send(cloud: Cloud, *bodies: str) -> None:
    raws = [amqp.build(body.encode(), application={"kind": "test"}) for body in bodies]
    cloud.call(lambda store: messages.send(store, entities.get(store, "orders"), raws))


def count(cloud: Cloud) -> int:
    return cloud.call(lambda store: messages.count(store, entities.get(store, "orders")))


@pytest.fixture
def run(start: Callable[..., Host]) -> Callable[..., Host]:
    """Starts a host of the app for a namespace."""

    def begin(cloud: Cloud, **others: Any) -> Host:
        settings = {"Values": {"SB": cloud.connection_string}}
        given = {} if "root" in others else {"local__settings_json": settings, "host_json": HOST_JSON}
        source = None if "root" in others else APP
        return start(source, **given, **others, environ={"PYSTEIN_LOCAL_CLOUD": ""})

    return begin


def test_messages_and_events_of_an_emulator(run: Callable[..., Host], namespace: Cloud) -> None:
    send(namespace, "a", "b")
    host = run(namespace)
    for name in ("a", "b"):
        host.log(f"got {name} #1")
        host.log(f"news of {name}")
        host.log(f"event of {name} from hub")
    send(namespace, "slow")
    host.log("got slow #1")
    os.kill(host.worker(), signal.SIGKILL)
    host.log("news of slow")
    assert host.stop() == 0
    assert count(namespace) == 0
    again = run(namespace, root=host.root)
    namespace.call(lambda store: hubs.send(store, entities.get(store, "hub"), [amqp.build(b"fresh")]))
    again.log("fresh from hub")
    assert not any("event of" in str(line) for line in again.lines)


def test_a_namespace_that_vanishes_and_returns(run: Callable[..., Host], tmp_path: Path) -> None:
    first = Cloud(tmp_path / "namespace.sqlite")
    first.call(prepare)
    send(first, "before")
    host = run(first)
    host.log("event of before")
    first.close()
    host.wait("host", lambda line: "'orders' cannot be received from" in line["message"])
    second = Cloud(tmp_path / "namespace.sqlite", first.port)
    host.wait("host", lambda line: "'orders' can be received from again" in line["message"])
    send(second, "after")
    host.log("news of after")
    host.log("event of after")
    assert host.stop() == 0
    second.close()


def test_hosts_share_a_hub_and_take_over_what_a_dead_one_had(
    run: Callable[..., Host], namespace: Cloud, account: str, tmp_path: Path
) -> None:
    first = run(namespace, root=_copy(tmp_path / "one", namespace, account))
    _send_events(namespace, "early", 8)
    for number in range(8):
        first.log(f"early {number} from hub")
    second = run(namespace, root=_copy(tmp_path / "two", namespace, account))
    sent = 0
    while not any("more" in str(line) for line in list(second.lines)):
        _send_events(namespace, f"more {sent}", 4)
        first_or_second_has = f"more {sent} 0 from hub"
        while not any(first_or_second_has in str(line) for line in [*first.lines, *second.lines]):
            time.sleep(0.05)
        sent += 1
        assert sent < 500, "the second host gets no partition"
    second.kill()
    _send_events(namespace, "late", 16)
    for number in range(16):
        first.log(f"late {number} from hub")
    third = run(namespace, root=second.root)
    third.stop()
    assert first.stop() == 0


def _copy(root: Path, cloud: Cloud, account: str) -> Path:
    """The app again, as on another machine that has the same host account."""
    settings = {"Values": {"SB": cloud.connection_string, "AzureWebJobsStorage": account}}
    return write_app(root, APP, local__settings_json=settings, host_json=HOST_JSON)


def _send_events(cloud: Cloud, name: str, count: int) -> None:
    for number in range(count):
        raw = amqp.build(f"{name} {number}".encode())
        cloud.call(lambda store, raw=raw: hubs.send(store, entities.get(store, "hub"), [raw]))


def test_our_own_endpoints_are_no_emulator(namespace: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYSTEIN_LOCAL_CLOUD")
    assert emulators.is_bus_emulator(namespace.port)
    emulators.is_bus_emulator.cache_clear()
    namespace.endpoint.marks = (emulators.OURS,)
    assert not emulators.is_bus_emulator(namespace.port)
