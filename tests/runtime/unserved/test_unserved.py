"""Bindings of services that have no local counterpart: recognised, said at the start, run by hand, their outputs shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from host_driver import Host, invoke, write_app

SOURCE = """
import json

@app.dapr_topic_trigger(arg_name="event", pub_sub_name="bus", topic="orders")
@app.dapr_publish_output(arg_name="out", pub_sub_name="bus", topic="done")
def ordered(event: str, out: func.Out[str]) -> None:
    out.set(json.dumps({"had": json.loads(event)["id"]}))

@app.route(route="ask")
@app.text_completion_input(arg_name="answer", prompt="{Query.q}", chat_model="gpt")
def ask(req: func.HttpRequest, answer: str) -> str:
    return json.loads(answer)["Content"]

@app.route(route="mail")
@app.generic_output_binding(arg_name="mail", type="sendGrid", apiKey="Key", to="a@example.com")
@app.generic_output_binding(arg_name="news", type="signalR", hubName="h", connection="S")
def mail(req: func.HttpRequest, mail: func.Out[str], news: func.Out[str]) -> str:
    mail.set("dear reader")
    return "sent"

@app.generic_trigger(arg_name="message", type="rabbitMQTrigger", queueName="q")
def rabbit(message: str) -> None: ...
@app.generic_trigger(arg_name="message", type="somethingNewTrigger")
def new(message: str) -> None: ...
"""


def test_what_is_said_at_the_start(start: Callable[..., Host]) -> None:
    host = start(
        SOURCE
        + """
@app.kafka_trigger(arg_name="e", topic="t", broker_list="KafkaBrokers")
def kafka(e: func.KafkaEvent) -> None: ...
@app.route(route="sql")
@app.sql_input(arg_name="rows", command_text="SELECT 1", connection_string_setting="Database")
def sql(req: func.HttpRequest, rows: str) -> str: return rows
"""
    )
    for text in (
        "'ordered': nothing listens for daprTopicTrigger: it needs a Dapr sidecar. Run it by hand.",
        "'ordered': the output 'out' of type daprPublish is shown and not written: it needs a Dapr sidecar.",
        "it calls a model of OpenAI. Its value is taken from .pystein/inputs/ask.answer.json.",
        "'mail': the output 'mail' of type sendGrid is shown and not written: it sends mail by SendGrid.",
        "'mail': the output 'news' of type signalR is shown and not written: it needs Azure SignalR Service.",
        "'rabbit': nothing listens for rabbitMQTrigger: this version does not speak to RabbitMQ. Run it by hand.",
        "'new': nothing listens for somethingNewTrigger: this version does not know it. Run it by hand.",
        "'KafkaBrokers' names no Kafka brokers that answer; a local one stands in, which keeps all in memory.",
        "'Database' names no database; a local one in SQLite stands in, made by Database.sql where that is there.",
    ):
        host.wait("host", lambda line, text=text: line["message"].endswith(text))
    assert host.get("/api/mail").text == "sent", "a function with such outputs runs"
    assert host.invoke("ordered", data='{"id": 1}')["outputs"] == {"out": '{"had": 1}'}


def test_by_hand(tmp_path: Path) -> None:
    root = write_app(tmp_path / "app", SOURCE)
    result = invoke(root, "ordered", "--data", '{"id": 5}').json
    assert result["outputs"] == {"out": '{"had": 5}'}
    assert result["notes"] == ["out of type daprPublish was not written: it needs a Dapr sidecar."]
    result = invoke(root, "ask", "--query", "q=hello").json
    assert result["error"]["message"] == (
        "'answer' of type textCompletion is not read here: it calls a model of OpenAI."
        " Put a value for it into .pystein/inputs/ask.answer.json."
    )
    values = root / ".pystein" / "inputs"
    values.mkdir(parents=True)
    (values / "ask.answer.json").write_text(json.dumps({"Content": "forty-two"}), "utf-8")
    assert invoke(root, "ask", "--query", "q=hello").json["return"]["body"] == "forty-two"
    (values / "ask.answer.json").write_text("{", "utf-8")
    assert "is not JSON" in invoke(root, "ask").json["error"]["message"]
    assert invoke(root, "mail").json["outputs"] == {"mail": "dear reader"}
