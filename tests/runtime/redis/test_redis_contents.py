"""What the dashboard shows of the local Redis."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import redis
from host_driver import Host

from pystein_runtime.redis import server

pytestmark = pytest.mark.skipif(
    server.program() is None, reason="redis-server is not installed (Debian: apt-get install redis-server)"
)
CLOUD = "/admin/pystein/cloud"
SOURCE = """
@app.route(route="where")
@app.generic_input_binding(arg_name="found", type="redis", connection="Redis", command="GET nothing")
def where(req: func.HttpRequest, found: str) -> str:
    import os
    return os.environ["RedisConnection"]
"""


def test_keys_and_what_is_in_them(start: Callable[..., Host]) -> None:
    host = start(SOURCE, local__settings_json={"IsEncrypted": False, "Values": {"Redis": "", "RedisConnection": ""}})
    place = host.get("/api/where").text
    name, _, port = place.partition(":")
    client = redis.Redis(name, int(port))
    client.set("text", "hello")
    client.set("bytes", b"\xff\x00")
    client.rpush("jobs", *map(str, range(250)))
    client.xadd("stream", {"a": "1"}, "1700000000000-0")
    client.xadd("stream", {"a": "2"}, "1700000000001-0")
    client.hset("hash", mapping={"b": "2", "a": "1"})
    client.sadd("set", "x", "y")
    client.zadd("scores", {"one": 1.5})
    client.close()
    listed = {place["name"]: (place["kind"], place["count"]) for place in host.get(CLOUD).json["redis"]}
    assert listed == {
        "text": ("string", 1), "bytes": ("string", 1), "jobs": ("list", 250), "stream": ("stream", 2), "hash": ("hash", 2),
        "set": ("set", 2), "scores": ("zset", 1),
    }  # fmt: skip

    def items(key: str, skip: int = 0) -> list[dict[str, object]]:
        return host.get(f"{CLOUD}/redis?name={key}&skip={skip}").json["items"]  # type: ignore[no-any-return]

    assert [item["body"] for item in items("text")] == ["hello"]
    assert items("bytes") == [{"id": "", "body": "/wA=", "bodyEncoding": "base64"}]
    assert [item["body"] for item in items("jobs", 200)] == [str(number) for number in range(200, 250)]
    assert [(item["id"], item["body"]) for item in items("stream")] == [
        ("1700000000001-0", {"a": "2"}), ("1700000000000-0", {"a": "1"}),
    ]  # fmt: skip
    assert str(items("stream")[1]["inserted"]).startswith("2023-11-14T22:13:20")
    assert [item["body"] for item in items("hash")] == [{"a": "1"}, {"b": "2"}]
    assert [item["body"] for item in items("set")] == ["x", "y"]
    assert [(item["body"], item["score"]) for item in items("scores")] == [("one", 1.5)]
    assert host.get(f"{CLOUD}/redis?name=nope").status == 404
