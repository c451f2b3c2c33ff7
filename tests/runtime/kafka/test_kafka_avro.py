"""Avro with schemas of a registry: written by Confluent's own serializer, read by functions; keys; what does not fit."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import fastavro
import pytest
from broker_driver import Broker
from host_driver import Host
from registry import PASSWORD, USER, Registry

PAYMENT = {
    "type": "record", "name": "Payment",
    "fields": [{"name": "id", "type": "string"}, {"name": "sum", "type": "double"},
               {"name": "note", "type": ["null", "string"], "default": None}],
}  # fmt: skip
CUSTOMER = {"type": "record", "name": "Customer", "fields": [{"name": "name", "type": "string"}]}


@pytest.fixture
def registry() -> Iterator[Registry]:
    running = Registry()
    yield running
    running.close()


def framed(value: Any, schema: Any, number: int = 1) -> bytes:
    stream = io.BytesIO()
    fastavro.schemaless_writer(stream, fastavro.parse_schema(schema), value)
    return b"\0" + number.to_bytes(4, "big") + stream.getvalue()


def settings(broker: Broker, **more: str) -> dict[str, Any]:
    return {"local__settings_json": {"IsEncrypted": False, "Values": {"BROKERS": broker.address, **more}}}


READ = """
import json
@app.kafka_trigger(arg_name="event", topic="registered", broker_list="BROKERS", consumer_group="{group}",
                   schema_registry_url="REGISTRY", schema_registry_username="REGISTRY_USER",
                   schema_registry_password="REGISTRY_PASSWORD")
def work(event: func.KafkaEvent) -> None:
    logging.info("had %s", event.get_body().decode())
@app.route(route="ping")
def ping(req: func.HttpRequest) -> str:
    return "pong"
"""


def test_what_confluents_serializer_wrote(start: Callable[..., Host], broker: Broker, registry: Registry) -> None:
    confluent = pytest.importorskip("confluent_kafka.schema_registry")
    avro = pytest.importorskip("confluent_kafka.schema_registry.avro")
    from confluent_kafka.serialization import MessageField, SerializationContext

    client = confluent.SchemaRegistryClient({"url": registry.url, "basic.auth.user.info": f"{USER}:{PASSWORD}"})
    registry.schemas.append('"long"')  # so that the number of the next one says something
    options = {"use.latest.version": False, "subject.name.strategy": confluent.topic_subject_name_strategy}
    write = avro.AvroSerializer(client, json.dumps(PAYMENT), conf=options)
    value = write({"id": "a", "sum": 1.5, "note": "x"}, SerializationContext("registered", MessageField.VALUE))
    assert value[:5] == b"\0\0\0\0\2"
    broker.send("registered", value)
    broker.send("registered", framed({"id": "b", "sum": 2.0}, PAYMENT, 7))
    broker.send("registered", framed(5, "long"))
    host = start(
        READ.format(group="all"),
        **settings(broker, REGISTRY=registry.url + "/", REGISTRY_USER=USER, REGISTRY_PASSWORD=PASSWORD),
    )
    host.log('had {"id":"a","sum":1.5,"note":"x"}')
    host.log("had 5")
    line = host.wait("host", lambda line: "is not given what is at offset 1 of partition 0" in line["message"])
    assert line["message"].endswith(f"The schema registry {registry.url} gives no schema 7: HTTP Error 404: Not Found.")
    assert PASSWORD not in json.dumps(host.lines)


def test_a_registry_that_is_away_is_waited_for(start: Callable[..., Host], broker: Broker) -> None:
    first = Registry()
    first.close()
    broker.send("registered", framed({"id": "late", "sum": 1.0, "note": None}, PAYMENT))
    host = start(
        READ.format(group="late"),
        **settings(broker, REGISTRY=first.url, REGISTRY_USER=USER, REGISTRY_PASSWORD=PASSWORD),
    )
    line = host.wait("host", lambda line: "'work' waits for the schema of the topic 'registered'" in line["message"])
    assert "gives no schema" in line["message"]
    assert "Connection refused" in line["message"]
    assert host.get("/api/ping").text == "pong", "the rest goes on"
    second = Registry(first.port)
    second.schemas += [json.dumps(PAYMENT), json.dumps(PAYMENT)]
    host.log('had {"id":"late"')
    second.close()


def test_a_registry_that_lets_nobody_in(start: Callable[..., Host], broker: Broker, registry: Registry) -> None:
    broker.send("registered", framed({"id": "a", "sum": 1.0, "note": None}, PAYMENT))
    host = start(
        READ.format(group="nobody"),
        **settings(broker, REGISTRY=registry.url, REGISTRY_USER=USER, REGISTRY_PASSWORD="not this one"),
    )
    host.wait(
        "host", lambda line: "gives no schema" in line["message"] and "HTTP Error 401: Unauthorized" in line["message"]
    )
    assert "not this one" not in json.dumps(host.lines)


def test_keys_with_a_schema(start: Callable[..., Host], broker: Broker) -> None:
    host = start(
        f"""
import json
VALUE, KEY = {json.dumps(PAYMENT)!r}, {json.dumps(CUSTOMER)!r}
@app.route(route="put", methods=["POST"])
@app.kafka_output(arg_name="out", topic="keys", broker_list="BROKERS", avro_schema="SCHEMA", key_avro_schema=KEY)
def put(req: func.HttpRequest, out: func.Out[str]) -> str:
    out.set(req.get_body().decode())
    return "ok"
@app.kafka_trigger(arg_name="event", topic="keys", broker_list="BROKERS", consumer_group="keys", avro_schema=VALUE,
                   key_avro_schema=KEY)
def work(event: func.KafkaEvent) -> None:
    logging.info("had %s of %s", event.get_body().decode(), event.key)
""",
        **settings(broker, SCHEMA=json.dumps(PAYMENT)),
    )
    value = framed({"id": "a", "sum": 1.5, "note": None}, PAYMENT)
    broker.send("keys", value, key=framed({"name": "ann"}, CUSTOMER))
    broker.send("keys", value, key=b"words")
    broker.send("keys", value)
    host.log("{'name': 'ann'}")
    host.wait("host", lambda line: "offset 1 of partition 0" in line["message"] and "not Avro" in line["message"])
    host.log("of None")
    event = {"Offset": 0, "Partition": 0, "Topic": "", "Timestamp": "2024-01-01T00:00:00Z", "Headers": []}
    payment = {"id": "b", "sum": 1.5, "note": None}
    assert host.post("/api/put", {**event, "Value": payment, "Key": {"name": "bob"}}).text == "ok"
    host.log("{'name': 'bob'}")
    assert host.post("/api/put", {**event, "Value": payment, "Key": {"nme": "bob"}}).status == 500
    assert "does not fit the Avro schema" in host.invocation("put", 2)["error"]["message"]
