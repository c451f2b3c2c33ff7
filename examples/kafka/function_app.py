"""Kafka on one machine: orders come over HTTP, go through a topic, and their totals are added up in batches."""

import json
import logging
from typing import List  # noqa: UP035 - azure-functions does not know list[...]

import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.route(route="orders", methods=["POST"])
@app.kafka_output(arg_name="records", topic="orders", broker_list="KafkaBrokers")
def accept(req: func.HttpRequest, records: func.Out[str]) -> func.HttpResponse:
    """Puts each order into the topic, with its customer as the key: one customer's orders stay in their order."""
    orders = req.get_json()
    records.set(json.dumps([event(order) for order in (orders if isinstance(orders, list) else [orders])]))
    return func.HttpResponse("accepted", status_code=202)


def event(order: dict) -> dict:
    """A whole event: the platform takes key and headers only from an object that has all of these."""
    return {
        "Offset": 0,
        "Partition": 0,
        "Topic": "",
        "Timestamp": "2024-01-01T00:00:00Z",
        "Key": order["customer"],
        "Value": json.dumps(order),
        "Headers": [{"Key": "source", "Value": "web"}],
    }


@app.kafka_trigger(arg_name="record", topic="orders", broker_list="KafkaBrokers", consumer_group="log")
def log(record: func.KafkaEvent) -> None:
    """One record at a time. Its body is the whole event as JSON, unless data_type says binary."""
    body = json.loads(record.get_body())
    logging.info("%s ordered %s (partition %s)", record.key, body["Value"], record.partition)


@app.kafka_trigger(
    arg_name="records", topic="orders", broker_list="KafkaBrokers", consumer_group="totals", cardinality="MANY"
)
def total(records: List[func.KafkaEvent]) -> None:  # noqa: UP006
    """Several records at once."""
    orders = [json.loads(json.loads(record.get_body())["Value"]) for record in records]
    logging.info("%d orders, amount %s", len(orders), sum(order["amount"] for order in orders))
