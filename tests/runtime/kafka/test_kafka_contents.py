"""What the dashboard shows of the local broker."""

from __future__ import annotations

from collections.abc import Callable

from host_driver import Host

CLOUD = "/admin/pystein/cloud"
SOURCE = """
@app.route(route="put", methods=["POST"])
@app.kafka_output(arg_name="out", topic="orders", broker_list="KafkaBrokers", key_data_type="STRING")
def put(req: func.HttpRequest, out: func.Out[str]) -> str:
    out.set(req.get_body().decode())
    return "ok"
"""


def test_topics_and_their_records(start: Callable[..., Host]) -> None:
    host = start(SOURCE, local__settings_json={"IsEncrypted": False, "Values": {"KafkaBrokers": ""}})
    event = {"Offset": 0, "Partition": 0, "Topic": "", "Timestamp": "2024-01-01T00:00:00Z"}
    first = {**event, "Value": "tea", "Key": "ann", "Headers": [{"Key": "source", "Value": "web"}]}
    assert host.post("/api/put", first).text == "ok"
    assert host.post("/api/put", [f"more {number}" for number in range(250)]).text == "ok"
    listed = host.get(CLOUD).json
    assert {place["name"]: place["count"] for place in listed["kafka"]} == {"orders": 251}
    assert listed["sql"] == listed["redis"] == []
    page = host.get(f"{CLOUD}/kafka?name=orders").json
    assert (page["name"], len(page["items"])) == ("orders", 200)
    rest = host.get(f"{CLOUD}/kafka?name=orders&skip=200").json["items"]
    assert len(rest) == 51
    oldest = rest[-1]
    assert (oldest["body"], oldest["key"], oldest["headers"]) == ("tea", "ann", {"source": "web"})
    assert oldest["id"] == f"{oldest['partition']}/0"
    assert oldest["inserted"].startswith("20")
    assert host.get(f"{CLOUD}/kafka?name=nope").status == 404
