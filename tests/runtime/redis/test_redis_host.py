"""Redis triggers and bindings on the local Redis and on one that the app names, through a real host and worker."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from host_driver import HEADER, Host, invoke, write_app

from pystein_runtime.redis import clients, server
from pystein_runtime.redis.clients import RedisError

needs_redis = pytest.mark.skipif(
    server.program() is None, reason="redis-server is not installed (Debian: apt-get install redis-server)"
)
LIST = """
@app.generic_trigger(arg_name="entry", type="redisListTrigger", connection="Redis", key="jobs", polling_interval_in_ms=50)
def work(entry: str) -> None:
    logging.info("had %s", entry)
"""
BINDINGS = """
@app.route(route="put", methods=["POST"])
@app.generic_output_binding(arg_name="out", type="redis", connection="Redis", command="RPUSH")
def put(req: func.HttpRequest, out: func.Out[str]) -> str:
    out.set(req.get_body().decode())
    return "ok"

@app.route(route="get/{key}")
@app.generic_input_binding(arg_name="found", type="redis", connection="Redis", command="GET {key}")
def get(req: func.HttpRequest, found: str) -> str:
    return repr(found)
"""


def settings(connection: str = "") -> dict[str, Any]:
    return {"local__settings_json": {"IsEncrypted": False, "Values": {"Redis": connection}}}


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[redis.Redis]:
    """A Redis that is somebody else's, with a password."""
    folder = tmp_path_factory.mktemp("redis")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = server.program()
    assert program is not None
    process = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--requirepass", "secret"],
        stdout=subprocess.DEVNULL,
    )
    client = redis.Redis("127.0.0.1", port, password="secret", decode_responses=True)
    while True:
        try:
            client.ping()
            break
        except redis.ConnectionError:
            assert process.poll() is None
    yield client
    client.close()
    process.terminate()
    process.wait(60)


def connection_of(client: redis.Redis) -> str:
    return f"127.0.0.1:{client.connection_pool.connection_kwargs['port']},password=secret,ssl=False,abortConnect=False"


@needs_redis
def test_the_local_redis(start: Callable[..., Host]) -> None:
    host = start(
        LIST + BINDINGS + """
@app.route(route="own")
def own(req: func.HttpRequest) -> str:
    import os, redis
    name, _, port = os.environ["Redis"].partition(":")
    redis.Redis(name, int(port)).set("greeting", "hello")
    return "ok"
""", **settings())  # fmt: skip
    assert host.post("/api/put", "jobs one two").text == "ok"
    host.log("had one")
    host.log("had two")
    host.post("/api/put", ["jobs three", "jobs four"])
    host.log("had four")
    assert host.get("/api/own").text == "ok", "the app's own client finds it, too"
    assert host.get("/api/get/greeting").text == "'hello'"
    assert host.get("/api/get/nothing").text == "None"
    place = (host.root / ".pystein" / "redis" / "port").read_text()
    assert host.stop() == 0
    with pytest.raises(OSError, match=r".*"):
        socket.create_connection(("127.0.0.1", int(place.rpartition(":")[2])), 1)


@needs_redis
def test_the_local_redis_outlives_a_killed_host(start: Callable[..., Host]) -> None:
    host = start(BINDINGS, **settings())
    host.post("/api/put", "kept x")
    host.kill()
    host = start(LIST.replace('key="jobs"', 'key="kept"'), root=host.root, **settings())
    host.log("had x")
    assert host.stop() == 0


@needs_redis
@pytest.mark.parametrize("name", ["127.0.0.2", "localhost"])
def test_a_repository_cannot_name_the_local_redis(start: Callable[..., Host], tmp_path: Path, name: str) -> None:
    """`.pystein/redis/port` says where it listens; one that came with a clone might say anything."""
    host = "127.0.0.2" if sys.platform == "linux" and "127" in name else "127.0.0.1"
    with socket.create_server((host, 0)) as elsewhere:
        elsewhere.settimeout(0)
        place = tmp_path / "app" / ".pystein" / "redis" / "port"
        place.parent.mkdir(parents=True)
        place.write_text(f"{name}:{elsewhere.getsockname()[1]}", "utf-8")
        app = start(BINDINGS, **settings())
        assert app.post("/api/put", "jobs one").text == "ok"
        with pytest.raises(BlockingIOError):
            elsewhere.accept()
        assert app.stop() == 0


@needs_redis
@pytest.mark.parametrize("said", [b"127.0.0.1:99999", b"\xff"])
def test_what_says_nothing_of_a_local_redis(start: Callable[..., Host], tmp_path: Path, said: bytes) -> None:
    place = tmp_path / "app" / ".pystein" / "redis" / "port"
    place.parent.mkdir(parents=True)
    place.write_bytes(said)
    app = start(BINDINGS, **settings())
    assert app.post("/api/put", "jobs one").text == "ok"
    assert app.stop() == 0


@needs_redis
def test_a_stream(start: Callable[..., Host], real: redis.Redis) -> None:
    source = """
@app.generic_trigger(arg_name="entry", type="redisStreamTrigger", connection="Redis", key="news", polling_interval_in_ms="50")
@app.generic_output_binding(arg_name="out", type="redis", connection="Redis", command="SET")
def work(entry: str, out: func.Out[str]) -> None:
    import json, pathlib, time
    logging.info("had %s", entry)
    while pathlib.Path("wait").exists():
        time.sleep(0.05)
    out.set("last " + json.loads(entry)["Values"]["title"])
"""
    real.xadd("news", {"title": "before"})
    host = start(source, **settings(connection_of(real)))
    first = json.loads(host.log("had {")["message"].removeprefix("had "))
    assert first["Values"] == {"title": "before"}
    assert first["Id"] == real.xrange("news")[0][0]
    host.invocation("work")
    assert real.get("last") == "before"
    (host.root / "wait").touch()
    real.xadd("news", {"title": "begun"})
    host.log("begun")
    host.kill()
    (host.root / "wait").unlink()
    host = start(None, root=host.root)
    host.log("begun")
    host.invocation("work")
    while real.xpending("news", "work")["pending"]:
        pass
    assert host.stop() == 0


@needs_redis
def test_channels(start: Callable[..., Host], real: redis.Redis) -> None:
    host = start(
        """
@app.generic_trigger(arg_name="message", type="redisPubSubTrigger", connection="Redis", channel="chat")
def one(message: str) -> None:
    logging.info("one %s", message)
@app.generic_trigger(arg_name="message", type="redisPubSubTrigger", connection="Redis", channel="ch*", pattern=True)
def several(message: str) -> None:
    logging.info("several %s", message)
""", **settings(connection_of(real)))  # fmt: skip
    real.publish("chat", "hello")
    host.log('one {"SubscriptionChannel":"chat","Channel":"chat","Message":"hello"}')
    host.log('several {"SubscriptionChannel":"ch*","Channel":"chat","Message":"hello"}')
    real.publish("change", '{"a":1}')
    host.log(r'several {"SubscriptionChannel":"ch*","Channel":"change","Message":"{\"a\":1}"}')


@needs_redis
def test_an_end_of_a_list_and_a_reload(start: Callable[..., Host], real: redis.Redis) -> None:
    source = """
@app.generic_trigger(arg_name="entry", type="redisListTrigger", connection="Redis", key="ends", listDirection="RIGHT",
                     maxBatchSize=1, pollingIntervalInMs=50)
def work(entry: str) -> None:
    logging.info("first %s", entry)
"""
    real.rpush("ends", "a", "b", "c")
    host = start(source, **settings(connection_of(real)))
    order = [host.log("first ", number)["message"] for number in (1, 2, 3)]
    assert order == ["first c", "first b", "first a"]
    (host.root / "function_app.py").write_text(HEADER + source.replace("first", "second"), "utf-8")
    host.wait("reloaded")
    host.invocation("work", 3)
    real.rpush("ends", "d")
    host.wait("log", lambda line: line["message"] in {"second d", "first d"})
    assert real.llen("ends") == 0


@needs_redis
def test_mistakes(start: Callable[..., Host], real: redis.Redis) -> None:
    real.set("text", "x")
    host = start(
        BINDINGS + """
@app.route(route="bad")
@app.generic_input_binding(arg_name="found", type="redis", connection="Redis", command="DEL x")
def bad(req: func.HttpRequest, found: str) -> str: return found
@app.generic_trigger(arg_name="entry", type="redisListTrigger", connection="Redis", key="text", polling_interval_in_ms=50)
def work(entry: str) -> None: ...
""", **settings(connection_of(real)))  # fmt: skip
    assert host.get("/api/bad").status == 500
    assert host.invocation("bad")["error"]["message"] == "found: Command 'DEL' not supported for Redis Input Binding."
    assert host.post("/api/put", "text y").status == 500
    assert "Redis does not run RPUSH: WRONGTYPE" in host.invocation("put")["error"]["message"]
    line = host.wait("host", lambda line: "'work' cannot read 'text'" in line["message"])
    assert "WRONGTYPE" in line["message"]
    assert host.get("/api/get/text").text == "'x'", "the rest goes on"


def test_a_redis_that_is_not_there(start: Callable[..., Host]) -> None:
    host = start(LIST + BINDINGS, **settings("127.0.0.1:1,password=very secret"))
    line = host.wait("host", lambda line: "'work' was unable to start" in line["message"])
    assert "Redis cannot be reached for 'jobs': " in line["message"]
    assert host.get("/api/get/x").status == 500
    assert "very secret" not in json.dumps(host.lines)


@needs_redis
def test_by_hand(tmp_path: Path, real: redis.Redis) -> None:
    source = (
        LIST
        + BINDINGS
        + """
@app.generic_trigger(arg_name="entry", type="redisStreamTrigger", connection="Redis", key="s")
def stream(entry: str) -> None: logging.info(entry)
@app.generic_trigger(arg_name="message", type="redisPubSubTrigger", connection="Redis", channel="c")
def channel(message: str) -> None: logging.info(message)
"""
    )
    root = write_app(tmp_path / "app", source, **settings(connection_of(real)))
    assert invoke(root, "work", "--data", "x").json["logs"][0]["message"] == "had x"
    logged = invoke(root, "stream", "--data", '{"a": 1}').json["logs"][0]["message"]
    assert json.loads(logged) == {"Id": "0-1", "Values": {"a": "1"}}
    assert json.loads(invoke(root, "channel", "--data", "m").json["logs"][0]["message"])["Message"] == "m"
    result = invoke(root, "put", "--data", "by-hand x").json
    assert result["notes"] == ["out was not written: Redis is a real service."]
    assert real.exists("by-hand") == 0
    invoke(root, "put", "--data", "by-hand x", "--send")
    assert real.lrange("by-hand", 0, -1) == ["x"]


@pytest.mark.parametrize(("text", "found"), [
    ("localhost", {"host": "localhost", "port": 6379, "ssl": False}),
    ("c.redis.cache.windows.net:6380,password=a=b,ssl=True,abortConnect=False",
     {"host": "c.redis.cache.windows.net", "port": 6380, "ssl": True, "password": "a=b"}),
    ("h,user=me,defaultDatabase=3", {"host": "h", "username": "me", "db": 3}),
])  # fmt: skip
def test_connection_strings(text: str, found: dict[str, Any]) -> None:
    assert clients.parse(text).items() >= found.items()


@pytest.mark.parametrize("text", ["password=x", "host:port", "h,defaultDatabase=x"])
def test_connection_strings_that_are_none(text: str) -> None:
    with pytest.raises(RedisError):
        clients.parse(text)
