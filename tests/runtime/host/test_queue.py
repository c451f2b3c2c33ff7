"""Queue triggers and outputs: at least once, in order of the platform's rules, whatever dies."""

from __future__ import annotations

import base64
import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

from host_driver import Host

from pystein_runtime.cloud import queues
from pystein_runtime.cloud.store import Store, path_for

ORDERS = """
@app.queue_trigger(arg_name="m", queue_name="orders", connection="AzureWebJobsStorage")
def work(m: func.QueueMessage) -> None:
    logging.info("got %s #%s", m.get_body().decode(), m.dequeue_count)
"""


def send(root: Path, queue: str, *bodies: str, encode: bool = True) -> None:
    """Put messages into an app's queue, as another process."""
    store = Store(path_for(root))
    queues.create(store, queue)
    for body in bodies:
        queues.send(store, queue, base64.b64encode(body.encode()).decode() if encode else body)
    store.close()


def bodies(root: Path, queue: str) -> list[str]:
    """The bodies of the messages in an app's queue, decoded."""
    store = Store(path_for(root))
    try:
        return [base64.b64decode(message.body).decode() for message in queues.peek(store, queue, 1000)]
    finally:
        store.close()


def count(root: Path, queue: str) -> int:
    """How many messages an app's queue has, hidden ones too."""
    store = Store(path_for(root))
    try:
        return queues.count(store, queue)
    finally:
        store.close()


def test_messages_of_all_shapes(start: Callable[..., Host]) -> None:
    host = start(
        ORDERS
        + """
import typing
@app.route(route="put")
@app.queue_output(arg_name="one", queue_name="orders", connection="AzureWebJobsStorage")
@app.queue_output(arg_name="raw", queue_name="orders", connection="AzureWebJobsStorage")
@app.queue_output(arg_name="many", queue_name="orders", connection="AzureWebJobsStorage")
def put(req: func.HttpRequest, one: func.Out[str], raw: func.Out[bytes], many: func.Out[typing.List[str]]) -> str:
    one.set("text")
    raw.set(b"bytes")
    many.set(["a", '{"b": 1}'])
    return "ok"
"""
    )
    assert host.get("/api/put").text == "ok"
    for body in ("text", "bytes", "a", '{"b": 1}'):
        host.log(f"got {body} #1")
    host.stop()
    assert count(host.root, "orders") == 0
    assert bodies(host.root, "orders") == []


def test_a_chain_over_return(start: Callable[..., Host]) -> None:
    host = start(
        """
        @app.function_name("first")
        @app.queue_trigger(arg_name="m", queue_name="one", connection="AzureWebJobsStorage")
        @app.queue_output(arg_name="$return", queue_name="two", connection="AzureWebJobsStorage")
        def first(m: func.QueueMessage) -> str:
            return m.get_body().decode() + "!"

        @app.queue_trigger(arg_name="m", queue_name="two", connection="AzureWebJobsStorage")
        def second(m: str) -> None:
            logging.info("second %s", m)
        """
    )
    send(host.root, "one", "from outside")
    host.log("second from outside!")


def test_what_a_function_sees_of_a_message(start: Callable[..., Host]) -> None:
    host = start(
        """
        @app.queue_trigger(arg_name="m", queue_name="orders", connection="AzureWebJobsStorage")
        @app.blob_output(arg_name="o", path="out/{queueTrigger}-{dequeueCount}.txt", connection="AzureWebJobsStorage")
        def work(m: func.QueueMessage, o: func.Out[str]) -> None:
            import datetime
            assert isinstance(m.insertion_time, datetime.datetime), m.insertion_time
            assert m.expiration_time - m.insertion_time == datetime.timedelta(days=7)
            assert m.time_next_visible > m.insertion_time
            assert m.id and m.pop_receipt
            o.set(m.get_body().decode())
        """
    )
    send(host.root, "orders", "m1")
    assert host.invocation("work")["status"] == "succeeded"
    assert host.wait("invocation")["reason"] == "New queue message detected on 'orders'."


def test_payload_properties_are_binding_data_and_go_first(start: Callable[..., Host]) -> None:
    host = start(
        """
        @app.queue_trigger(arg_name="m", queue_name="orders", connection="AzureWebJobsStorage")
        @app.blob_output(arg_name="o", path="out/{ID}/{customer.name}-{rand-guid:N}-{n}.txt", connection="AzureWebJobsStorage")
        def work(m: func.QueueMessage, o: func.Out[str]) -> None:
            o.set("x")

        @app.blob_trigger(arg_name="b", path="out/{name}", connection="AzureWebJobsStorage")
        def seen(b: func.InputStream) -> None:
            logging.info("blob %s", b.name)
        """
    )
    send(host.root, "orders", json.dumps({"id": "mine", "customer": {"name": "ann"}, "n": 1.5, "list": [1]}))
    record = host.log("blob out/mine/ann-")["message"]
    assert record.endswith("-1.5.txt")
    assert len(record) == len("blob out/mine/ann-") + 32 + len("-1.5.txt")


def test_an_expression_without_value_fails_the_invocation(start: Callable[..., Host]) -> None:
    host = start(
        """
        @app.queue_trigger(arg_name="m", queue_name="orders", connection="AzureWebJobsStorage")
        @app.blob_output(arg_name="o", path="out/{nothing}.txt", connection="AzureWebJobsStorage")
        def work(m: func.QueueMessage, o: func.Out[str]) -> None:
            o.set("x")
        """,
        host_json={"version": "2.0", "extensions": {"queues": {"maxDequeueCount": 1}}},
    )
    send(host.root, "orders", "{}")
    assert host.invocation("work")["error"]["message"] == "No value for named parameter 'nothing'."


def test_a_failing_message_ends_in_the_poison_queue(start: Callable[..., Host]) -> None:
    host = start(
        """
        @app.queue_trigger(arg_name="m", queue_name="orders", connection="AzureWebJobsStorage")
        def work(m: func.QueueMessage) -> None:
            logging.info("try %s", m.dequeue_count)
            raise RuntimeError("never")

        @app.queue_trigger(arg_name="m", queue_name="orders-poison", connection="AzureWebJobsStorage")
        def poisoned(m: func.QueueMessage) -> None:
            logging.info("poison %s", m.get_body().decode())
        """
    )
    send(host.root, "orders", "bad")
    host.log("poison bad")
    tries = [line["message"] for line in host.lines if line["event"] == "log" and "try" in line["message"]]
    assert tries == [f"try {n}" for n in range(1, 6)]
    host.stop()
    assert count(host.root, "orders") == 0


def test_host_json_changes_how_queues_work(start: Callable[..., Host]) -> None:
    host = start(
        """
        @app.queue_trigger(arg_name="m", queue_name="orders", connection="AzureWebJobsStorage")
        def work(m: func.QueueMessage) -> None:
            logging.info("try %s %s", m.get_body().decode(), m.dequeue_count)
            raise RuntimeError("never")

        @app.queue_trigger(arg_name="m", queue_name="orders-poison", connection="AzureWebJobsStorage")
        def poisoned(m: func.QueueMessage) -> None:
            logging.info("poison %s", m.get_body().decode())
        """,
        host_json={
            "version": "2.0",
            "extensions": {"queues": {"maxDequeueCount": 2, "messageEncoding": "none", "batchSize": 1}},
        },
    )
    send(host.root, "orders", "not base64!", encode=False)
    host.log("poison not base64!")
    assert not any("#3" in str(line) for line in host.lines)


def test_what_is_not_base64_is_explained_and_poisoned(start: Callable[..., Host]) -> None:
    host = start(ORDERS)
    send(host.root, "orders", "not base64!", encode=False)
    said = host.wait("host", lambda line: "messageEncoding" in line["message"])["message"]
    assert "work" in said
    host.wait("host", lambda line: "orders-poison" in line["message"])


def test_more_messages_than_a_batch(start: Callable[..., Host]) -> None:
    host = start(
        """
        @app.queue_trigger(arg_name="m", queue_name="orders", connection="AzureWebJobsStorage")
        @app.queue_output(arg_name="o", queue_name="done", connection="AzureWebJobsStorage")
        async def work(m: func.QueueMessage, o: func.Out[str]) -> None:
            o.set(m.get_body().decode())

        seen = set()
        @app.queue_trigger(arg_name="m", queue_name="done", connection="AzureWebJobsStorage")
        async def done(m: func.QueueMessage) -> None:
            seen.add(m.get_body().decode())
            if len(seen) == 500:
                logging.info("all there")
        """
    )
    send(host.root, "orders", *(str(n) for n in range(500)))
    host.log("all there")


def test_kill_9_of_the_worker_repeats_what_was_in_flight(start: Callable[..., Host]) -> None:
    host = start(
        """
        import time, pathlib
        @app.queue_trigger(arg_name="m", queue_name="orders", connection="AzureWebJobsStorage")
        def work(m: func.QueueMessage) -> None:
            logging.info("try %s", m.dequeue_count)
            if m.dequeue_count == 1:
                time.sleep(600)

        @app.route(route="hello")
        def hello(req: func.HttpRequest) -> str:
            return "hello"
        """
    )
    send(host.root, "orders", "x")
    host.log("try 1")
    os.kill(host.worker(), signal.SIGKILL)
    host.log("try 2")
    assert host.get("/api/hello").text == "hello"
    said = host.wait("host", lambda line: "ended unexpectedly" in line["message"])["message"]
    assert "killed by signal 9" in said


def test_kill_9_of_the_host_repeats_what_was_in_flight(start: Callable[..., Host]) -> None:
    source = """
        import time, pathlib
        @app.queue_trigger(arg_name="m", queue_name="orders", connection="AzureWebJobsStorage")
        def work(m: func.QueueMessage) -> None:
            logging.info("try %s %s", m.get_body().decode(), m.dequeue_count)
            if not pathlib.Path("go").exists():
                time.sleep(600)
        """
    first = start(source)
    send(first.root, "orders", "a", "b")
    first.log("try a 1")
    first.log("try b 1")
    first.kill()
    (first.root / "go").touch()
    second = start(root=first.root)
    second.log("try a 2")
    second.log("try b 2")
    second.invocation("work", 2)
    second.stop()
    assert count(first.root, "orders") == 0


def test_a_worker_that_keeps_dying_does_not_lose_the_message(start: Callable[..., Host]) -> None:
    host = start(
        """
        import os
        @app.queue_trigger(arg_name="m", queue_name="orders", connection="AzureWebJobsStorage")
        def work(m: func.QueueMessage) -> None:
            os._exit(3)
        """,
        host_json={"version": "2.0", "extensions": {"queues": {"maxDequeueCount": 2}}},
    )
    send(host.root, "orders", "deadly")
    host.wait("host", lambda line: "orders-poison" in line["message"])
    host.stop()
    assert bodies(host.root, "orders-poison") == ["deadly"]


def test_a_hanging_function_is_given_up_and_its_worker_replaced(start: Callable[..., Host]) -> None:
    host = start(
        """
        import time
        @app.queue_trigger(arg_name="m", queue_name="orders", connection="AzureWebJobsStorage")
        def work(m: func.QueueMessage) -> None:
            logging.info("try %s", m.dequeue_count)
            if m.dequeue_count == 1:
                time.sleep(600)
        """,
        host_json={"version": "2.0", "functionTimeout": "00:00:01"},
    )
    worker = host.worker()
    send(host.root, "orders", "x")
    failed = host.invocation("work")
    assert failed["error"]["type"] == "FunctionTimeoutException"
    host.log("try 2")
    assert host.worker() != worker


def test_sigterm_gives_back_what_does_not_finish(start: Callable[..., Host]) -> None:
    host = start(
        """
        import asyncio
        @app.queue_trigger(arg_name="m", queue_name="orders", connection="AzureWebJobsStorage")
        async def work(m: func.QueueMessage) -> None:
            logging.info("begun")
            await asyncio.sleep(600)
        """
    )
    send(host.root, "orders", "x")
    host.log("begun")
    assert host.stop() == 0
    assert bodies(host.root, "orders") == ["x"]
