"""The store of documents against a plain model of it, and what survives a crash."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from azure.cosmos.partition_key import PartitionKey, _Undefined
from cosmos_driver import Cloud
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from pystein_runtime.cloud.cosmos import containers, databases, documents, feed, schema
from pystein_runtime.cloud.cosmos.errors import CosmosError
from pystein_runtime.cloud.cosmos.hashing import effective_key
from pystein_runtime.cloud.cosmos.sql.values import UNDEFINED
from pystein_runtime.cloud.store import Store

KEYS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False), st.text()
)
NAMES = st.sampled_from(["a", "b", "c"])
PARTITIONS = st.sampled_from(["x", "y", 1, None, True])


@given(KEYS, KEYS)
def test_hashes_are_those_of_the_sdk(one: Any, other: Any) -> None:
    plain, hierarchical = PartitionKey("/a"), PartitionKey(["/a", "/b"])
    assert effective_key([one], hierarchical=False) == plain._get_effective_partition_key_string([one])
    assert effective_key([one, other], hierarchical=True) == hierarchical._get_effective_partition_key_string(
        [one, other]
    )


def test_hash_of_nothing_is_that_of_the_sdk() -> None:
    assert effective_key([UNDEFINED], hierarchical=False) == PartitionKey("/a")._get_effective_partition_key_string(
        [_Undefined()]
    )


class Documents(RuleBasedStateMachine):
    """Any sequence of writes: the documents are those of a dictionary, the change feed has them by their last change."""

    def __init__(self) -> None:
        super().__init__()
        self.store = Store(None)
        schema.prepare(self.store)
        database = databases.create(self.store, "d")
        containers.create(self.store, database, {"id": "c", "partitionKey": {"paths": ["/p"]}})
        self.database = database
        self.model: dict[tuple[str, str], dict[str, Any]] = {}
        self.etags: dict[tuple[str, str], str] = {}
        self.order: list[tuple[str, str]] = []

    @property
    def container(self) -> containers.Container:
        return containers.get(self.store, self.database, "c")

    def _written(self, key: tuple[str, str], body: dict[str, Any], etag: str) -> None:
        self.model[key] = body
        self.etags[key] = etag
        self.order = [each for each in self.order if each != key] + [key]

    @rule(name=NAMES, partition=PARTITIONS, value=st.integers())
    def upsert(self, name: str, partition: Any, value: int) -> None:
        body = {"id": name, "p": partition, "v": value}
        document, is_new = documents.upsert(self.store, self.container, body, None)
        key = (json.dumps(partition), name)
        assert is_new == (key not in self.model)
        self._written(key, body, document.etag)

    @rule(name=NAMES, partition=PARTITIONS)
    def create(self, name: str, partition: Any) -> None:
        body, key = {"id": name, "p": partition}, (json.dumps(partition), name)
        if key in self.model:
            with pytest.raises(CosmosError, match="already exists"):
                documents.create(self.store, self.container, body, None)
        else:
            self._written(key, body, documents.create(self.store, self.container, body, None).etag)

    @rule(name=NAMES, partition=PARTITIONS, fresh=st.booleans())
    def replace(self, name: str, partition: Any, fresh: bool) -> None:
        body, key = {"id": name, "p": partition, "r": 1}, (json.dumps(partition), name)
        etag = self.etags.get(key, '"none"') if fresh else '"stale"'
        pk = self.container.rules.key_of(body)
        work = lambda: documents.replace(  # noqa: E731 - done in one of two ways
            self.store, self.container, pk, name, lambda _: body, documents.Condition(match=etag)
        )
        if key in self.model and fresh:
            self._written(key, body, work().etag)
        else:
            with pytest.raises(CosmosError, match="does not exist" if key not in self.model else "precondition"):
                work()

    @rule(name=NAMES, partition=PARTITIONS)
    def delete(self, name: str, partition: Any) -> None:
        key = (json.dumps(partition), name)
        pk = self.container.rules.key_of({"p": partition})
        if key in self.model:
            documents.delete(self.store, self.container, pk, name)
            del self.model[key]
            self.order.remove(key)
        else:
            with pytest.raises(CosmosError, match="does not exist"):
                documents.delete(self.store, self.container, pk, name)

    @invariant()
    def same_documents(self) -> None:
        found = {
            (json.dumps(json.loads(d.body)["p"]), d.name): json.loads(d.body)
            for d in documents.scan(self.store, self.container)
        }
        assert found == self.model

    @invariant()
    def same_changes(self) -> None:
        found = feed.changes(self.store, self.container, feed.Part(0, 100))
        assert [(json.dumps(json.loads(d.body)["p"]), d.name) for d in found] == self.order
        assert [d.lsn for d in found] == sorted({d.lsn for d in found})

    def teardown(self) -> None:
        self.store.close()


Documents.TestCase.settings = settings(max_examples=60, stateful_step_count=25)
TestDocuments = Documents.TestCase


WRITER = """
import sys
from azure.cosmos import CosmosClient
container = CosmosClient.from_connection_string(sys.argv[1]).get_database_client("d").get_container_client("c")
for number in range(100000):
    container.execute_item_batch([("upsert", ({"id": "counter", "p": "x", "n": number},)),
                                  ("create", ({"id": str(number), "p": "x"},))], "x")
    print(number, flush=True)
"""

SERVER = """
import sys, time
from pathlib import Path
from cosmos_driver import Cloud
cloud = Cloud(Path(sys.argv[1]))
print(cloud.connection_string, flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    """Batches too: all of one or nothing of it."""
    place = tmp_path / "store.sqlite"
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    server = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(SERVER), str(place)], stdout=subprocess.PIPE, text=True, env=environ
    )
    assert server.stdout is not None
    connection = server.stdout.readline().strip()
    from azure.cosmos import CosmosClient

    with CosmosClient.from_connection_string(connection) as client:
        client.create_database("d").create_container("c", PartitionKey("/p"))
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, connection], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert writer.stdout is not None
    last = -1
    for line in writer.stdout:
        last = int(line)
        if last == 100:
            os.kill(server.pid, signal.SIGKILL)
            break
    server.wait()
    writer.kill()
    last = max([last, *(int(line) for line in writer.stdout if line.strip().isdecimal())])
    writer.wait()
    server.stdout.close()
    writer.stdout.close()
    again = Cloud(place)
    with CosmosClient.from_connection_string(again.connection_string) as client:
        container = client.get_database_client("d").get_container_client("c")
        counted = container.read_item("counter", "x")["n"]
        numbers = {
            int(item["id"])
            for item in container.query_items("SELECT c.id FROM c WHERE c.id != 'counter'", partition_key="x")
        }
    again.close()
    assert counted >= last
    assert numbers == set(range(counted + 1))
