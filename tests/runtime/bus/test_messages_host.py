"""Service Bus and Event Hubs triggers and outputs through a real host and worker, and the app's own SDK clients."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from host_driver import Host, invoke

from pystein_runtime.amqp import message as amqp
from pystein_runtime.cloud.bus import entities, hubs, messages
from pystein_runtime.cloud.store import Store, path_for

DEVELOPMENT = (
    "Endpoint=sb://localhost;SharedAccessKeyName=Root;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;"
)
SETTINGS = {"Values": {"SB": DEVELOPMENT, "EH": DEVELOPMENT + "EntityPath=clicks", "EMPTY_SERVICEBUS": ""}}


def send(root: Path, path: str, *bodies: str, session: str | None = None, **application: object) -> None:
    """Put messages into an app's queue or topic, as another process."""
    store = Store(path_for(root))
    raws = [amqp.build(body.encode(), amqp.Properties(group_id=session), application) for body in bodies]
    messages.send(store, entities.get(store, path), raws)
    store.close()


def count(root: Path, path: str) -> int:
    """How many messages an app's queue or subscription has, in whatever state."""
    store = Store(path_for(root))
    try:
        return messages.count(store, entities.get(store, path))
    finally:
        store.close()


def test_a_message_through_all_of_it(start: Callable[..., Host]) -> None:
    host = start(
        """
        import typing
        @app.route(route="put", methods=["POST"])
        @app.service_bus_queue_output(arg_name="o", queue_name="orders", connection="SB")
        def put(req: func.HttpRequest, o: func.Out[str]) -> str:
            o.set(req.get_body().decode())
            return "ok"

        @app.service_bus_queue_trigger(arg_name="m", queue_name="orders", connection="SB")
        @app.service_bus_topic_output(arg_name="$return", topic_name="news", connection="SB")
        def work(m: func.ServiceBusMessage) -> str:
            assert m.message_id and m.lock_token and m.content_type == "text/plain"
            assert m.enqueued_time_utc.year >= 2024 and m.expires_at_utc.year == 9999
            assert m.user_properties == m.application_properties == {}
            return f"{m.get_body().decode()} #{m.sequence_number} x{m.delivery_count}"

        @app.service_bus_topic_trigger(arg_name="m", topic_name="news", subscription_name="one", connection="SB")
        def one(m: func.ServiceBusMessage) -> None:
            logging.info("one %s", m.get_body().decode())

        @app.service_bus_topic_trigger(arg_name="ms", topic_name="news", subscription_name="many", connection="SB",
                                       cardinality="many")
        def many(ms: typing.List[func.ServiceBusMessage]) -> None:
            for m in ms:
                assert m.message_id and m.lock_token and m.sequence_number and m.content_type == "text/plain"
                assert m.enqueued_time_utc.year >= 2024 and m.session_id is None and m.application_properties == {}
                logging.info("many %s %s", m.get_body().decode(), m.delivery_count)
        """,
        local__settings_json=SETTINGS,
    )
    assert host.post("/api/put", ["a", "b"]).text == "ok"
    for text in ("one a #1 x1", "one b #2 x1", "many a #1 x1 1", "many b #2 x1 1"):
        host.log(text)
    assert "orders" in host.wait("invocation", lambda line: line["function"] == "work")["reason"]
    host.stop()
    assert [count(host.root, path) for path in ("orders", "news/subscriptions/one", "news/subscriptions/many")] == [
        0
    ] * 3


def test_a_failing_message_ends_among_the_dead_letters(start: Callable[..., Host]) -> None:
    host = start(
        """
        @app.service_bus_queue_trigger(arg_name="m", queue_name="orders", connection="SB")
        def work(m: func.ServiceBusMessage) -> None:
            logging.info("try %s", m.delivery_count)
            raise RuntimeError("never")

        @app.service_bus_queue_trigger(arg_name="m", queue_name="orders/$DeadLetterQueue", connection="SB")
        def dead(m: func.ServiceBusMessage) -> None:
            logging.info("dead %s %s %s", m.get_body().decode(), m.dead_letter_reason, m.user_properties["colour"])
        """,
        local__settings_json=SETTINGS,
    )
    send(host.root, "orders", "bad", colour="red")
    host.log("dead bad MaxDeliveryCountExceeded red")
    tries = [line["message"] for line in host.lines if line["event"] == "log" and "try" in line["message"]]
    assert tries == [f"try {n}" for n in range(1, 11)]


def test_sessions_come_in_order(start: Callable[..., Host]) -> None:
    host = start(
        """
        @app.service_bus_queue_trigger(arg_name="m", queue_name="q", connection="SB", is_sessions_enabled=True)
        def work(m: func.ServiceBusMessage) -> None:
            logging.info("%s %s", m.session_id, m.get_body().decode())
        """,
        local__settings_json=SETTINGS,
    )
    for number in range(3):
        for session in ("a", "b"):
            send(host.root, "q", str(number), session=session)
    host.invocation("work", 6)
    for session in ("a", "b"):
        got = [
            line["message"] for line in host.lines if line["event"] == "log" and line["message"][:2] == f"{session} "
        ]
        assert got == [f"{session} {number}" for number in range(3)]


def test_a_short_lock_is_kept_while_the_function_runs(start: Callable[..., Host]) -> None:
    host = start(
        """
        import time
        @app.service_bus_queue_trigger(arg_name="m", queue_name="short", connection="SB")
        def work(m: func.ServiceBusMessage) -> None:
            logging.info("begun %s", m.delivery_count)
            time.sleep(5)
        """,
        local__settings_json=SETTINGS,
        Config_json={
            "UserConfig": {"Namespaces": [{"Queues": [{"Name": "short", "Properties": {"LockDuration": "PT3S"}}]}]}
        },
    )
    store = Store(path_for(host.root))
    assert entities.get(store, "short").options.lock == 3
    store.close()
    send(host.root, "short", "x")
    assert host.invocation("work")["status"] == "succeeded"
    host.stop()
    assert count(host.root, "short") == 0
    assert not any("begun 2" in str(line) for line in host.lines)


def test_without_completion_the_lock_decides(start: Callable[..., Host]) -> None:
    host = start(
        """
        @app.service_bus_queue_trigger(arg_name="m", queue_name="q", connection="SB", auto_complete_messages=False)
        def work(m: func.ServiceBusMessage) -> None:
            logging.info("got %s", m.delivery_count)
        """,
        local__settings_json=SETTINGS,
    )
    send(host.root, "q", "x")
    host.log("got 1")
    host.invocation("work")
    host.stop()
    assert count(host.root, "q") == 1


def test_the_apps_own_sdk_clients_find_its_cloud(start: Callable[..., Host]) -> None:
    pytest.importorskip("azure.servicebus")
    host = start(
        """
        import os, azure.servicebus, azure.eventhub
        logging.getLogger("azure").setLevel(logging.WARNING)
        @app.route(route="put")
        def put(req: func.HttpRequest) -> str:
            for name in ("SB", "EMPTY_SERVICEBUS"):
                client = azure.servicebus.ServiceBusClient.from_connection_string(os.environ[name])
                client.get_queue_sender("q").send_messages(azure.servicebus.ServiceBusMessage("by " + name))
            events = azure.eventhub.EventHubProducerClient.from_connection_string(os.environ["EH"])
            events.send_batch([azure.eventhub.EventData("click")], partition_key="k")
            return "ok"

        @app.service_bus_queue_trigger(arg_name="m", queue_name="q", connection="SB")
        def work(m: str) -> None:
            logging.info("got %s", m)

        @app.event_hub_message_trigger(arg_name="e", event_hub_name="ignored", connection="EH", cardinality="one")
        def clicked(e: func.EventHubEvent) -> None:
            logging.info("event %s %s %s", e.get_body().decode(), e.partition_key, e.metadata["PartitionContext"]["EventHubName"])
        """,
        local__settings_json=SETTINGS,
    )
    assert host.get("/api/put").text == "ok"
    for text in ("got by SB", "got by EMPTY_SERVICEBUS", "event click k clicks"):
        host.log(text)


def test_events_one_and_many_with_checkpoints(start: Callable[..., Host]) -> None:
    source = """
        import typing
        @app.route(route="put", methods=["POST"])
        @app.event_hub_output(arg_name="o", event_hub_name="hub", connection="SB")
        def put(req: func.HttpRequest, o: func.Out[typing.List[str]]) -> str:
            o.set(req.get_json())
            return "ok"

        @app.event_hub_message_trigger(arg_name="e", event_hub_name="hub", connection="SB", cardinality="one")
        def one(e: func.EventHubEvent) -> None:
            assert e.enqueued_time.year >= 2024 and e.offset == str(e.sequence_number)
            logging.info("one %s %s", e.get_body().decode(), e.sequence_number)

        @app.event_hub_message_trigger(arg_name="es", event_hub_name="hub", connection="SB", consumer_group="Mine",
                                       cardinality="many")
        def many(es: typing.List[func.EventHubEvent]) -> None:
            logging.info("many %s %s", [e.get_body().decode() for e in es], [e.sequence_number for e in es])
            if es[0].get_body() == b"bad":
                raise RuntimeError("bad")
        """
    host = start(source, local__settings_json=SETTINGS)
    assert host.post("/api/put", ["a", "b", "c"]).text == "ok"
    for text in ("one a 0", "one b 1", "one c 2", "many ['a', 'b', 'c'] [0, 1, 2]"):
        host.log(text)
    assert host.post("/api/put", ["bad"]).text == "ok"
    host.log("many ['bad']")
    host.log("one bad")
    host.invocation("many", 2)
    host.stop()
    again = start(root=host.root)
    again.post("/api/put", ["d"])
    again.log("many ['d']")
    again.log("one d")
    assert not [line for line in again.lines if line["event"] == "log" and "bad" in line["message"]]


def test_kill_9_of_host_and_worker_loses_nothing(start: Callable[..., Host]) -> None:
    source = """
        import time, pathlib, typing
        @app.service_bus_queue_trigger(arg_name="m", queue_name="q", connection="SB")
        def work(m: func.ServiceBusMessage) -> None:
            logging.info("work %s x%s", m.get_body().decode(), m.delivery_count)
            if not pathlib.Path("go").exists():
                time.sleep(600)

        @app.event_hub_message_trigger(arg_name="e", event_hub_name="hub", connection="SB", cardinality="one")
        def event(e: func.EventHubEvent) -> None:
            logging.info("event %s", e.get_body().decode())
            if not pathlib.Path("go").exists():
                time.sleep(600)
        """
    first = start(source, local__settings_json=SETTINGS)
    send(first.root, "q", "a", "b")
    store = Store(path_for(first.root))
    hubs.send(store, entities.get(store, "hub"), [amqp.build(b"e1"), amqp.build(b"e2")], partition=0)
    store.close()
    for text in ("work a x1", "work b x1", "event e1"):
        first.log(text)
    os.kill(first.worker(), signal.SIGKILL)
    for text in ("work a x2", "work b x2"):
        first.log(text)
    first.log("event e1", 2)
    first.kill()
    (first.root / "go").touch()
    second = start(root=first.root)
    for text in ("work a x3", "work b x3", "event e1", "event e2"):
        second.log(text)
    second.invocation("work", 2)
    second.stop()
    assert count(first.root, "q") == 0


def test_many_messages_each_once(start: Callable[..., Host]) -> None:
    host = start(
        """
        seen = []
        @app.service_bus_queue_trigger(arg_name="m", queue_name="q", connection="SB")
        @app.service_bus_queue_output(arg_name="$return", queue_name="done", connection="SB")
        async def work(m: func.ServiceBusMessage) -> str:
            return m.get_body().decode()

        @app.service_bus_queue_trigger(arg_name="m", queue_name="done", connection="SB")
        async def done(m: func.ServiceBusMessage) -> None:
            seen.append(m.get_body().decode())
            if len(seen) == 500:
                logging.info("all %s", len(set(seen)))
        """,
        local__settings_json=SETTINGS,
    )
    send(host.root, "q", *(str(number) for number in range(500)))
    host.log("all 500")


def test_running_by_hand(start: Callable[..., Host]) -> None:
    source = """
        import typing
        @app.service_bus_queue_trigger(arg_name="ms", queue_name="q", connection="SB", cardinality="many")
        @app.event_hub_output(arg_name="$return", event_hub_name="hub", connection="SB")
        def work(ms: typing.List[func.ServiceBusMessage]) -> str:
            return ",".join(m.get_body().decode() for m in ms)
        """
    host = start(source, local__settings_json=SETTINGS)
    outcome = host.invoke("work", data=json.dumps(["a", {"b": 1}]))
    assert (outcome["status"], outcome["return"], outcome.get("notes")) == ("succeeded", 'a,{"b": 1}', None)
    host.stop()
    outcome = invoke(host.root, "work", "--data", '["c"]').json
    assert (outcome["status"], outcome["return"]) == ("succeeded", "c")
    store = Store(path_for(host.root))
    hub = entities.get(store, "hub")
    assert sum(hubs.describe(store, hub, number).last + 1 for number in range(4)) == 2
    store.close()


def test_the_emulators_configuration_names_more(start: Callable[..., Host]) -> None:
    rule = {"Name": "r", "Properties": {"FilterType": "Sql", "SqlFilter": {"SqlExpression": "colour = 'red'"}}}
    queue = {"Name": "jobs", "Properties": {"LockDuration": "PT30S", "MaxDeliveryCount": 2, "RequiresSession": False}}
    topic = {"Name": "news", "Subscriptions": [{"Name": "red", "Rules": [rule]}, {"Name": "all"}]}
    hub = {"Name": "clicks", "PartitionCount": 2, "ConsumerGroups": [{"Name": "mine"}]}
    host = start(
        """
        @app.route(route="hello")
        def hello(req: func.HttpRequest) -> str:
            return "hello"
        """,
        local__settings_json=SETTINGS,
        Config_json={
            "UserConfig": {
                "Namespaces": [{"Name": "sbemulatorns", "Queues": [queue], "Topics": [topic]}],
                "NamespaceConfig": [{"Type": "EventHub", "Name": "emulatorNs1", "Entities": [hub]}],
            }
        },
    )
    send(host.root, "news", "a", colour="red")
    send(host.root, "news", "b", colour="blue")
    assert [count(host.root, f"news/subscriptions/{name}") for name in ("red", "all")] == [1, 2]
    store = Store(path_for(host.root))
    assert entities.get(store, "jobs").options == entities.Options(lock=30, max_deliveries=2)
    assert entities.get(store, "clicks").options.partitions == 2
    assert hubs.has_group(store, entities.get(store, "clicks"), "mine")
    store.close()


def test_two_hosts_have_an_endpoint_each(start: Callable[..., Host], tmp_path: Path) -> None:
    source = """
        import os
        @app.route(route="where")
        def where(req: func.HttpRequest) -> str:
            return os.environ["SB"]
        """
    places = {
        start(source, root=tmp_path / name, local__settings_json=SETTINGS).get("/api/where").text for name in "ab"
    }
    assert len(places) == 2
    assert all(place.startswith("Endpoint=sb://127.0.0.1") for place in places)
