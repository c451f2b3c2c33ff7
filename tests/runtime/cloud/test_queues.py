"""Queues of the local cloud, and what survives of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pystein_runtime.cloud import queues
from pystein_runtime.cloud.queues import QueueError
from pystein_runtime.cloud.store import Store, StoreError


@pytest.fixture
def store(clock: Any) -> Iterator[Store]:
    store = Store(None, clock)
    queues.create(store, "orders")
    yield store
    store.close()


def bodies(messages: list[queues.Message]) -> list[str]:
    return [message.body for message in messages]


def test_first_in_first_out(store: Store) -> None:
    for body in "abc":
        queues.send(store, "orders", body)
    assert bodies(queues.peek(store, "orders", 2)) == ["a", "b"]
    assert bodies(queues.receive(store, "orders", 2, 30)) == ["a", "b"]
    assert bodies(queues.receive(store, "orders", 5, 30)) == ["c"]
    assert queues.receive(store, "orders", 5, 30) == []
    assert queues.count(store, "orders") == 3


def test_a_taken_message_comes_back(store: Store, clock: Any) -> None:
    queues.send(store, "orders", "a")
    first = queues.receive(store, "orders", 1, 30)[0]
    assert first.dequeued == 1
    clock.now += 29
    assert queues.receive(store, "orders", 1, 30) == []
    assert queues.next_visible(store, "orders") == first.visible
    clock.now += 1
    second = queues.receive(store, "orders", 1, 30)[0]
    assert (second.id, second.dequeued) == (first.id, 2)
    with pytest.raises(QueueError) as refused:
        queues.delete(store, "orders", first.id, first.receipt)
    assert refused.value.code == "PopReceiptMismatch"
    queues.delete(store, "orders", second.id, second.receipt)
    with pytest.raises(QueueError) as refused:
        queues.delete(store, "orders", second.id, second.receipt)
    assert refused.value.code == "MessageNotFound"


def test_an_update_hides_and_changes(store: Store, clock: Any) -> None:
    queues.send(store, "orders", "a")
    taken = queues.receive(store, "orders", 1, 30)[0]
    updated = queues.update(store, "orders", taken.id, taken.receipt, hidden=60, body="b")
    assert updated.receipt != taken.receipt
    clock.now += 59
    assert queues.receive(store, "orders", 1, 30) == []
    clock.now += 1
    assert bodies(queues.receive(store, "orders", 1, 30)) == ["b"]


def test_delays_and_lifetimes(store: Store, clock: Any) -> None:
    queues.send(store, "orders", "later", delay=10)
    queues.send(store, "orders", "short", lifetime=5)
    queues.send(store, "orders", "ever", lifetime=-1)
    assert bodies(queues.peek(store, "orders", 9)) == ["short", "ever"]
    clock.now += 10
    assert bodies(queues.receive(store, "orders", 9, 1)) == ["ever", "later"]
    clock.now += 8 * 24 * 3600
    assert bodies(queues.receive(store, "orders", 9, 1)) == ["ever"]
    assert queues.count(store, "orders") == 1


def test_queues_are_apart(store: Store) -> None:
    queues.create(store, "other", {"a": "1"})
    queues.send(store, "other", "x")
    assert queues.receive(store, "orders", 1, 30) == []
    assert queues.names(store) == [("orders", {}), ("other", {"a": "1"})]
    assert queues.names(store, "ot") == [("other", {"a": "1"})]
    queues.delete_queue(store, "other")
    with pytest.raises(QueueError) as refused:
        queues.send(store, "other", "x")
    assert refused.value.code == "QueueNotFound"


def test_creating_again(store: Store) -> None:
    assert queues.create(store, "orders") is False
    assert queues.create(store, "orders", {}) is False
    with pytest.raises(QueueError) as refused:
        queues.create(store, "orders", {"a": "1"})
    assert refused.value.code == "QueueAlreadyExists"


@pytest.mark.parametrize("name", ["ab", "Orders", "a--b", "-ab", "ab-", "a_b", "x" * 64, ""])
def test_names_that_the_service_refuses(store: Store, name: str) -> None:
    with pytest.raises(QueueError) as refused:
        queues.create(store, name)
    assert refused.value.code == "InvalidResourceName"


def test_too_large_a_message(store: Store) -> None:
    queues.send(store, "orders", "x" * 65536)
    with pytest.raises(QueueError) as refused:
        queues.send(store, "orders", "ä" * 40000)
    assert refused.value.code == "RequestBodyTooLarge"


def test_what_a_dead_host_held_is_released(store: Store) -> None:
    for body in "abc":
        queues.send(store, "orders", body)
    queues.receive(store, "orders", 1, 600, "dead host")
    queues.receive(store, "orders", 1, 600)  # an SDK client's: not ours to release
    assert queues.release_held(store) == 1
    assert bodies(queues.receive(store, "orders", 9, 30)) == ["a", "c"]


def test_announcements(store: Store) -> None:
    heard: list[str] = []
    forget = store.watch("queue:orders", lambda: heard.append("x"))
    queues.send(store, "orders", "a")
    forget()
    queues.send(store, "orders", "b")
    assert heard == ["x"]


def test_nothing_committed_is_lost_by_kill_9(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from pystein_runtime.cloud import queues; "
        "from pystein_runtime.cloud.store import Store; store = Store(Path(sys.argv[1])); queues.create(store, 'orders')\n"
        "for number in range(10**9):\n"
        "    queues.send(store, 'orders', str(number)); print(number, flush=True)\n"
    )
    path = tmp_path / ".pystein" / "cloud.sqlite"
    for _ in range(3):
        process = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(200)]
        os.kill(process.pid, signal.SIGKILL)
        said += process.stdout.readlines()
        process.wait()
        process.stdout.close()
        store = Store(path)
        assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kept = {message.body for message in queues.receive(store, "orders", 10**6, 1)}
        assert {line.strip() for line in said if line.endswith("\n")} <= kept
        queues.clear(store, "orders")
        store.close()


def test_a_file_that_is_no_store(tmp_path: Path) -> None:
    path = tmp_path / "cloud.sqlite"
    path.write_bytes(b"rubbish" * 1000)
    with pytest.raises(StoreError, match="cannot be used as the local cloud's store: file is not a database"):
        Store(path)


def test_a_file_of_another_version(tmp_path: Path) -> None:
    path = tmp_path / "cloud.sqlite"
    store = Store(path)
    store.execute("PRAGMA user_version = 999")
    with pytest.raises(StoreError, match="in use by another version of this program"):
        Store(path)
    store.close()
    fresh = Store(path)
    assert fresh.aside == tmp_path / "cloud.sqlite.old-999"
    assert fresh.aside.is_file()
    fresh.execute("PRAGMA user_version = 999")
    fresh.close()
    assert Store(path).aside == tmp_path / "cloud.sqlite.old-1000"
    assert Store(path).aside is None
