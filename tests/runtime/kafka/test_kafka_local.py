"""Kafka triggers and outputs on the local broker, through a real host and worker."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from host_driver import CLEAN, HEADER, Host, invoke, run, write_app

LOCAL = {"IsEncrypted": False, "Values": {"KafkaBrokers": "", "GROUP": "configured"}}
PUT = """
import json, typing

@app.route(route="put", methods=["POST"])
@app.kafka_output(arg_name="out", topic="orders", broker_list="KafkaBrokers")
def put(req: func.HttpRequest, out: func.Out[str]) -> str:
    out.set(req.get_body().decode())
    return "ok"
"""
SHOW = """
def show(event):
    return json.dumps([event.get_body().decode(), event.key, event.partition, event.offset, event.topic, event.headers])
"""


def event(value: Any, **more: Any) -> dict[str, Any]:
    """A whole event as functions write it."""
    known = {"Offset": 0, "Partition": 0, "Topic": "", "Timestamp": "2022-04-09T03:20:06Z", "Headers": []}
    return {**known, "Value": value, **more}


def shown(host: Host, count: int = 1) -> Any:
    message = host.log("[", count)["message"]
    return json.loads(message)


def test_one_record_at_a_time(start: Callable[..., Host]) -> None:
    host = start(
        PUT + SHOW + """
@app.kafka_trigger(arg_name="event", topic="orders", broker_list="KafkaBrokers", consumer_group="%GROUP%")
def work(event: func.KafkaEvent) -> None:
    assert event.timestamp.startswith("20") and event.metadata["Value"] == json.loads(event.get_body())["Value"]
    logging.info(show(event))
""", local__settings_json=LOCAL)  # fmt: skip
    assert host.post("/api/put", "plain words").status == 200
    body, key, partition, offset, topic, headers = shown(host)
    whole = json.loads(body)
    assert list(whole) == [
        "Offset", "Partition", "Topic", "Timestamp", "Value", "LeaderEpoch", "IsPartitionEOF", "Key", "Headers",
    ]  # fmt: skip
    assert (whole["Value"], whole["Offset"], whole["Topic"], whole["Key"]) == ("plain words", 0, "orders", None)
    assert (key, offset, topic, headers) == (None, 0, "orders", [])
    assert whole["Partition"] == partition
    host.post("/api/put", event({"id": 7}, Key="k", Headers=[{"Key": "h", "Value": "w"}]))
    body, key, _, _, _, headers = shown(host, 2)
    assert json.loads(json.loads(body)["Value"]) == {"id": 7}
    assert (key, headers) == ("k", [{"Key": "h", "Value": "dw=="}])


def test_many_records_at_once(start: Callable[..., Host]) -> None:
    host = start(
        PUT + SHOW + """
@app.kafka_trigger(arg_name="events", topic="orders", broker_list="KafkaBrokers", cardinality="MANY")
def work(events: typing.List[func.KafkaEvent]) -> None:
    for event in events:
        logging.info(show(event))

@app.kafka_trigger(arg_name="events", topic="orders", broker_list="KafkaBrokers", cardinality="MANY",
                   data_type="binary", consumer_group="raw")
def raw(events: typing.List[func.KafkaEvent]) -> None:
    for event in events:
        logging.info("raw %s %s", event.get_body(), event.key)
""", local__settings_json=LOCAL)  # fmt: skip
    host.post("/api/put", ["one", event("two", Key="k"), {"three": 3}])
    found = [shown(host, number) for number in (1, 2, 3)]
    assert {json.loads(body)["Value"] for body, *_ in found} == {"one", "two", '{"three": 3}'}
    for body, key, partition, offset, topic, _ in found:
        whole = json.loads(body)
        assert (whole["Key"], whole["Partition"], whole["Offset"], whole["Topic"]) == (key, partition, offset, topic)
    for body, key in ((b"one", None), (b"two", "k"), (b'{"three": 3}', None)):
        host.log(f"raw {body!r} {key}")


@pytest.mark.parametrize(("kind", "key", "seen"), [
    ("INT", 5, "5"), ("LONG", 2**40, str(2**40)), ("STRING", "k", "k"), ("BINARY", "k", "aw=="),
])  # fmt: skip
def test_types_of_keys(start: Callable[..., Host], kind: str, key: Any, seen: str) -> None:
    host = start(f"""
@app.route(route="put", methods=["POST"])
@app.kafka_output(arg_name="out", topic="t", broker_list="KafkaBrokers", key_data_type="{kind}")
def put(req: func.HttpRequest, out: func.Out[str]) -> str:
    out.set(req.get_body().decode())
    return "ok"

@app.kafka_trigger(arg_name="event", topic="t", broker_list="KafkaBrokers", key_data_type="{kind}")
def work(event: func.KafkaEvent) -> None:
    logging.info("key %s", event.key)
""", local__settings_json=LOCAL)  # fmt: skip
    host.post("/api/put", event("v", Key=key))
    host.log(f"key {seen}")
    if kind in {"INT", "LONG"}:
        assert host.post("/api/put", event("v", Key="words")).status == 500
        assert "is not of the type that key_data_type says" in host.invocation("put", 2)["error"]["message"]


def test_a_reload_goes_on_where_the_last_one_was(start: Callable[..., Host]) -> None:
    work = """
@app.kafka_trigger(arg_name="event", topic="orders", broker_list="KafkaBrokers")
def work(event: func.KafkaEvent) -> None:
    logging.info("first %s", event.metadata["Value"])
"""
    host = start(PUT + work, local__settings_json=LOCAL)
    for number in range(20):
        host.post("/api/put", str(number))
    (host.root / "function_app.py").write_text(HEADER + PUT + work.replace("first", "second"), "utf-8")
    host.wait("reloaded")
    for number in range(20, 40):
        host.post("/api/put", str(number))
    for number in range(20, 40):
        host.log(f"second {number}")
    seen = [
        line["message"].split()[1] for line in host.lines if line.get("event") == "log" and "first" in line["message"]
    ]
    seen += [
        line["message"].split()[1] for line in host.lines if line.get("event") == "log" and "second" in line["message"]
    ]
    assert sorted(seen, key=int) == [str(number) for number in range(40)], "nothing is lost, nothing comes twice"


def test_the_apps_own_client_finds_the_broker(start: Callable[..., Host]) -> None:
    host = start(
        PUT + """
@app.route(route="own")
def own(req: func.HttpRequest) -> str:
    import os
    from confluent_kafka import Producer
    producer = Producer({"bootstrap.servers": os.environ["KafkaBrokers"]})
    producer.produce("orders", b"from the app")
    return str(producer.flush(30))

@app.kafka_trigger(arg_name="event", topic="orders", broker_list="KafkaBrokers")
def work(event: func.KafkaEvent) -> None:
    logging.info("got %s", event.metadata["Value"])
""", local__settings_json=LOCAL)  # fmt: skip
    assert host.get("/api/own").text == "0"
    host.log("got from the app")


def test_the_local_broker_stands_in_where_nobody_answers(start: Callable[..., Host]) -> None:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", 9092)) == 0:
            pytest.skip("a broker runs at localhost:9092")
    host = start(
        PUT + """
@app.route(route="own")
def own(req: func.HttpRequest) -> str:
    import os
    return os.environ["KafkaBrokers"] + " " + os.environ["OTHER"]

@app.kafka_trigger(arg_name="event", topic="orders", broker_list="localhost:9092")
def work(event: func.KafkaEvent) -> None:
    logging.info("got %s", event.metadata["Value"])
""", local__settings_json={"IsEncrypted": False, "Values": {"KafkaBrokers": "localhost:9092", "OTHER": "localhost"}})  # fmt: skip
    host.wait("host", lambda line: "'localhost:9092' names no Kafka brokers that answer" in line["message"])
    host.post("/api/put", "it")
    host.log("got it")
    broker, other = host.get("/api/own").text.split(" ")
    assert (broker.startswith("127.0.0.1:"), other) == (True, "localhost")


def test_a_retry_policy_is_followed(start: Callable[..., Host]) -> None:
    host = start(
        PUT + """
@app.kafka_trigger(arg_name="event", topic="orders", broker_list="KafkaBrokers")
@app.retry(strategy="fixed_delay", max_retry_count="2", delay_interval="00:00:00")
def work(event: func.KafkaEvent, context: func.Context) -> None:
    raise ValueError(f"try {context.retry_context.retry_count} of {event.metadata['Value']}")
""", local__settings_json=LOCAL)  # fmt: skip
    host.post("/api/put", "a")
    assert "try 2 of a" in host.invocation("work", 3)["error"]["message"]
    host.post("/api/put", "b")
    assert "try 0 of b" in host.invocation("work", 4)["error"]["message"], "a record that failed has been had"


def test_records_that_fail_may_be_wanted_again(start: Callable[..., Host]) -> None:
    section = {"kafka": {"commitOnFailure": False, "maxRetries": 2}}
    host = start(
        PUT + """
@app.kafka_trigger(arg_name="event", topic="orders", broker_list="KafkaBrokers")
def work(event: func.KafkaEvent) -> None:
    if "bad" in event.metadata["Value"]:
        raise ValueError("no")
""", local__settings_json=LOCAL, host_json={"version": "2.0", "extensions": section})  # fmt: skip
    host.post("/api/put", "bad")
    host.wait("host", lambda line: "has failed 3 times at offset 0; it is skipped" in line["message"])
    host.post("/api/put", "good")
    host.wait("invocation", lambda line: line["function"] == "work" and line["status"] == "succeeded")


def test_a_worker_that_dies_has_not_had_its_record(start: Callable[..., Host]) -> None:
    host = start(
        PUT + """
import os, pathlib
@app.kafka_trigger(arg_name="event", topic="orders", broker_list="KafkaBrokers")
def work(event: func.KafkaEvent) -> None:
    died = pathlib.Path("died")
    if not died.exists():
        died.touch()
        os._exit(1)
    logging.info("had %s", event.metadata["Value"])
""", local__settings_json=LOCAL)  # fmt: skip
    host.post("/api/put", "it")
    host.log("had it")


def test_by_hand(tmp_path: Path) -> None:
    root = write_app(
        tmp_path / "app",
        PUT + SHOW + """
@app.kafka_trigger(arg_name="event", topic="%TOPIC%", broker_list="KafkaBrokers")
@app.kafka_output(arg_name="out", topic="copies", broker_list="KafkaBrokers")
def work(event: func.KafkaEvent, out: func.Out[str]) -> None:
    out.set(show(event))

@app.kafka_trigger(arg_name="events", topic="orders", broker_list="KafkaBrokers", cardinality="MANY")
@app.kafka_output(arg_name="out", topic="copies", broker_list="KafkaBrokers")
def several(events: typing.List[func.KafkaEvent], out: func.Out[str]) -> None:
    out.set(",".join(json.loads(event.get_body())["Value"] for event in events))
""", local__settings_json={"IsEncrypted": False, "Values": {"TOPIC": "orders", "KafkaBrokers": ""}})  # fmt: skip
    output = json.loads(invoke(root, "work", "--data", '{"id": 1}').json["outputs"]["out"])
    assert json.loads(output[0])["Value"] == '{"id": 1}'
    assert output[4] == "orders"
    given = json.dumps(event("v", Key="k"))
    output = json.loads(invoke(root, "work", "--data", given).json["outputs"]["out"])
    assert (json.loads(output[0])["Value"], output[1]) == ("v", "k")
    assert invoke(root, "several", "--data", '["a", "b"]').json["outputs"]["out"] == "a,b"
    assert invoke(root, "work").json["status"] == "succeeded"


def test_without_the_package(tmp_path: Path, start: Callable[..., Host]) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "confluent_kafka.py").write_text("raise ImportError('not here')", "utf-8")
    source = (
        PUT
        + """
@app.kafka_trigger(arg_name="event", topic="orders", broker_list="KafkaBrokers")
def work(event: func.KafkaEvent) -> None:
    logging.info("ran")
"""
    )
    root = write_app(tmp_path / "app", source, local__settings_json=LOCAL)
    environ = {**CLEAN, "PYTHONPATH": os.pathsep.join(filter(None, (str(hidden), os.environ.get("PYTHONPATH"))))}
    wanted = "pip install 'pystein-lsp[kafka]'"
    ran = run("invoke", "put", "--app", str(root), "--data", "x", "--output-format", "json", environ=environ)
    assert ran.json["status"] == "failed"
    assert wanted in ran.json["error"]["message"]
    ran = run("invoke", "work", "--app", str(root), "--data", "x", "--output-format", "json", environ=environ)
    assert ran.json["status"] == "succeeded", "what is given by hand needs no broker"
    host = Host(root, environ=environ)
    try:
        host.ready()
        assert wanted in host.wait("host", lambda line: "listener" in line["message"])["message"]
    finally:
        host.close()


def test_a_reload_while_a_record_is_worked_on(start: Callable[..., Host]) -> None:
    slow = """
@app.kafka_trigger(arg_name="event", topic="orders", broker_list="KafkaBrokers")
def work(event: func.KafkaEvent) -> None:
    import pathlib, time
    logging.info("begun %s", event.metadata["Value"])
    while not pathlib.Path("go").exists():
        time.sleep(0.05)
    logging.info("ended %s", event.metadata["Value"])
"""
    host = start(PUT + slow, local__settings_json=LOCAL)
    host.post("/api/put", "one")
    host.log("begun one")
    (host.root / "function_app.py").write_text(HEADER + PUT + slow.replace("begun", "begun anew"), "utf-8")
    host.wait("reloaded")
    (host.root / "go").touch()
    host.log("ended one")
    host.post("/api/put", "two")
    assert "two" in host.log("begun anew")["message"], "the first record has been had, and does not come again"


def test_functions_of_one_group_share_the_records(start: Callable[..., Host]) -> None:
    source = "".join(
        f"""
@app.kafka_trigger(arg_name="event", topic="orders", broker_list="KafkaBrokers"{group})
def {name}(event: func.KafkaEvent) -> None:
    logging.info("{name} had %s of %s", event.metadata["Value"], event.partition)
"""
        for name, group in (("one", ""), ("other", ""), ("apart", ', consumer_group="apart"'))
    )
    host = start(PUT + source, local__settings_json=LOCAL)
    host.wait(
        "host",
        lambda line: "The functions 'one' and 'other' read the topic 'orders' in one consumer group" in line["message"],
    )
    for number in range(20):
        host.post("/api/put", event(f"v{number}", Key=f"k{number}"))
    for number in range(20):
        host.log(f"apart had v{number} ")
        host.wait(
            "log", lambda line, number=number: f" had v{number} " in line["message"] and "apart" not in line["message"]
        )
    had = [
        line["message"].split(" ")
        for line in host.lines
        if line.get("event") == "log" and "apart" not in line["message"]
    ]
    assert sorted(words[2] for words in had) == sorted(f"v{number}" for number in range(20)), "each has gone to one"
    places = {name: {words[4] for words in had if words[0] == name} for name in ("one", "other")}
    assert all(places.values())
    assert not places["one"] & places["other"], "partition by partition"
