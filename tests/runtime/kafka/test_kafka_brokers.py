"""Kafka on brokers that the app names: joining a group, committing, crashes, brokers that are not there, Avro."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fastavro
import pytest
from broker_driver import Broker
from host_driver import Host, invoke, write_app

from pystein_runtime.host.connections import kafka as kafka_options
from pystein_runtime.host.functions import Binding
from pystein_runtime.host.settings import Settings
from pystein_runtime.kafka.library import KafkaError

SCHEMA = {
    "type": "record",
    "name": "Payment",
    "fields": [{"name": "id", "type": "string"}, {"name": "sum", "type": "double"}],
}
WORK = """
import json, typing
@app.kafka_trigger(arg_name="event", topic="orders", broker_list="%BROKERS%", consumer_group="workers")
def work(event: func.KafkaEvent) -> None:
    logging.info("had %s %s %s", event.metadata["Value"], event.key, event.headers)
    if "bad" in event.metadata["Value"]:
        raise ValueError("no")
"""


def settings(broker: Broker, **more: str) -> dict[str, Any]:
    return {"local__settings_json": {"IsEncrypted": False, "Values": {"BROKERS": broker.address, **more}}}


def test_a_group_reads_commits_and_goes_on(start: Callable[..., Host], broker: Broker) -> None:
    broker.send("orders", b"one", b"bad", b"three", key=b"k", headers=[("h", b"w")])
    host = start(WORK, **settings(broker))
    host.log("had one k [{'Key': 'h', 'Value': 'dw=='}]")
    host.log("had three")
    broker.wait_for_commit("workers", "orders", lambda position: position == 3)
    assert host.stop() == 0
    broker.send("orders", b"four")
    host = start(None, root=host.root)
    host.log("had four")
    assert not [line for line in host.lines if "had one" in line.get("message", "")]


def test_a_host_that_is_killed_delivers_again(start: Callable[..., Host], broker: Broker) -> None:
    source = """
@app.kafka_trigger(arg_name="event", topic="slow", broker_list="BROKERS", consumer_group="slow")
def work(event: func.KafkaEvent) -> None:
    logging.info("began %s", event.metadata["Value"])
    import pathlib, time
    while not pathlib.Path("go").exists():
        time.sleep(0.05)
    logging.info("ended %s", event.metadata["Value"])
"""
    host = start(
        source, **settings(broker), host_json={"version": "2.0", "extensions": {"kafka": {"sessionTimeoutMs": 6000}}}
    )
    broker.send("slow", b"a")
    host.log("began a")
    host.kill()
    (host.root / "go").touch()
    host = start(None, root=host.root)
    host.log("ended a")


def test_what_comes_late_and_much_comes_once(start: Callable[..., Host], broker: Broker) -> None:
    host = start(
        """
import json, typing
@app.kafka_trigger(arg_name="events", topic="many", broker_list="BROKERS", cardinality="MANY", consumer_group="many")
def work(events: typing.List[func.KafkaEvent]) -> None:
    for event in events:
        logging.info("had %s", json.loads(event.get_body())["Value"])
""", **settings(broker), host_json={"version": "2.0", "extensions": {"kafka": {"maxBatchSize": 500}}})  # fmt: skip
    for partition in range(4):
        broker.send("many", *(f"{partition}-{number}".encode() for number in range(250)), partition=partition)
    for partition in range(4):
        broker.wait_for_commit("many", "many", lambda position: position == 250, partition)
    had = [line["message"] for line in host.lines if line.get("event") == "log"]
    for partition in range(4):
        mine = [text for text in had if text.startswith(f"had {partition}-")]
        assert mine == [f"had {partition}-{number}" for number in range(250)], "in the partition's order, each once"


def test_a_broker_that_is_not_there(start: Callable[..., Host]) -> None:
    host = start(
        WORK + """
@app.route(route="put", methods=["POST"])
@app.kafka_output(arg_name="out", topic="orders", broker_list="%BROKERS%")
def put(req: func.HttpRequest, out: func.Out[str]) -> str:
    out.set("x")
    return ""
@app.route(route="ping")
def ping(req: func.HttpRequest) -> str:
    return "pong"
""", local__settings_json={"IsEncrypted": False, "Values": {"BROKERS": "127.0.0.1:1"}})  # fmt: skip
    line = host.wait("host", lambda line: "'work'" in line["message"])
    assert "cannot read the topic 'orders' of 127.0.0.1:1: " in line["message"]
    assert "Connection refused" in line["message"]
    assert host.get("/api/ping").text == "pong"
    assert host.post("/api/put", "x").status == 500
    message = host.invocation("put")["error"]["message"]
    assert message.startswith("1 of 1 records for the topic 'orders' were not sent: 127.0.0.1:1 does not answer (")
    assert host.stop() == 0
    said = [line for line in host.lines if "cannot read the topic" in line.get("message", "")]
    assert len(said) == 1, "an outage is said once"


def test_by_hand_a_real_broker_is_written_to_only_when_asked(tmp_path: Path, broker: Broker) -> None:
    root = write_app(tmp_path / "app", """
@app.route(route="put", methods=["POST"])
@app.kafka_output(arg_name="out", topic="by-hand", broker_list="BROKERS")
def put(req: func.HttpRequest, out: func.Out[str]) -> str:
    out.set(req.get_body().decode())
    return "ok"
""", **settings(broker))  # fmt: skip
    result = invoke(root, "put", "--data", "shown").json
    assert result["outputs"] == {"out": "shown"}
    assert result["notes"] == ["out was not written: BROKERS is a real service."]
    assert invoke(root, "put", "--data", "sent", "--send").json["status"] == "succeeded"
    assert [message.value() for message in broker.read("by-hand", 1)] == [b"sent"]


def framed(value: Any, schema: Any = SCHEMA) -> bytes:
    stream = io.BytesIO()
    fastavro.schemaless_writer(stream, fastavro.parse_schema(schema), value)
    return b"\0\0\0\0\1" + stream.getvalue()


def test_avro(start: Callable[..., Host], broker: Broker) -> None:
    text = json.dumps(SCHEMA)
    host = start(
        f"""
import typing
SCHEMA = {text!r}
@app.kafka_trigger(arg_name="event", topic="avro", broker_list="BROKERS", consumer_group="avro", avro_schema=SCHEMA)
def work(event: func.KafkaEvent) -> None:
    logging.info("had %s", event.get_body().decode())

@app.kafka_trigger(arg_name="events", topic="avro", broker_list="BROKERS", consumer_group="some", avro_schema=SCHEMA,
                   cardinality="MANY")
def some(events: typing.List[func.KafkaEvent]) -> None:
    for event in events:
        logging.info("some %s", event.get_body().decode())

@app.route(route="put", methods=["POST"])
@app.kafka_output(arg_name="out", topic="avro-out", broker_list="BROKERS", avro_schema=SCHEMA)
def put(req: func.HttpRequest, out: func.Out[str]) -> str:
    out.set(req.get_body().decode())
    return "ok"
""", **settings(broker))  # fmt: skip
    other = {"type": "record", "name": "Other", "fields": [{"name": "x", "type": {"type": "array", "items": "string"}}]}
    broker.send("avro", framed({"id": "a", "sum": 1.5}), b"words", framed({"x": ["long text"] * 3}, other))
    broker.send("avro", framed({"id": "b", "sum": 2}))
    host.log('had {"id":"a","sum":1.5}')
    host.log('had {"id":"b","sum":2.0}')
    for number in ("a", "b"):
        host.log(f'some {{"id":"{number}"')  # those of a batch that can be read
    said = [line["message"] for line in host.lines if line.get("event") == "host" and "'work'" in line["message"]]
    assert any(
        "offset 1 of partition 0 of the topic 'avro': The value is not Avro in the framing" in text for text in said
    )
    assert any(
        "offset 2 of partition 0 of the topic 'avro': The value does not fit the Avro schema" in text for text in said
    )
    assert host.post("/api/put", '{"id": "c", "sum": 3}').status == 200
    assert broker.read("avro-out", 1)[0].value() == framed({"id": "c", "sum": 3})
    assert host.post("/api/put", '{"id": 4}').status == 500
    assert "does not fit the Avro schema" in host.invocation("put", 2)["error"]["message"]


def test_avro_schema_that_is_none(tmp_path: Path, broker: Broker) -> None:
    root = write_app(tmp_path / "app", """
@app.kafka_trigger(arg_name="event", topic="avro", broker_list="BROKERS", avro_schema="{")
def work(event: func.KafkaEvent) -> None: ...
""", **settings(broker))  # fmt: skip
    host = Host(root)
    try:
        host.ready()
        line = host.wait("host", lambda line: "'work' was unable to start" in line["message"])
        assert "The avro_schema is not an Avro schema" in line["message"]
    finally:
        host.close()


def options(properties: dict[str, Any], values: dict[str, str]) -> dict[str, Any]:
    """The producer's configuration for a binding."""
    binding = Binding("out", "kafka", True, {"brokerList": "b:9092", **properties})
    settings = Settings(values, {name.lower(): value for name, value in values.items()})
    return kafka_options.producer(settings, binding, Path())


def test_security_is_handed_on() -> None:
    pem = "-----BEGIN CERTIFICATE-----\\nabc\\n-----END CERTIFICATE-----"
    found = options(
        {"authenticationMode": "SCRAMSHA512", "protocol": "SASLSSL", "username": "USER", "password": "PASSWORD",
         "sslCaPem": "CA", "enableIdempotence": True, "lingerMs": 1},
        {"USER": "me", "PASSWORD": "secret", "CA": f"noise {pem}"},
    )  # fmt: skip
    assert found == {
        "bootstrap.servers": "b:9092", "sasl.mechanism": "SCRAM-SHA-512", "security.protocol": "sasl_ssl",
        "sasl.username": "me", "sasl.password": "secret", "enable.idempotence": True, "linger.ms": 1,
        "ssl.ca.pem": pem.replace("\\n", "\n"),
    }  # fmt: skip
    assert options({"authenticationMode": "NOTSET", "username": "USER"}, {}) == {"bootstrap.servers": "b:9092"}
    with pytest.raises(KafkaError, match="authentication_mode 'kerberos' is not known"):
        options({"authenticationMode": "Kerberos"}, {})
    with pytest.raises(KafkaError, match="sslCaPem has no section CERTIFICATE"):
        options({"protocol": "SSL", "sslCaPem": "words"}, {})
