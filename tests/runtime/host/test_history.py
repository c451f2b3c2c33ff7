"""What a host remembers of its invocations."""

from __future__ import annotations

import pytest

from pystein_runtime.host.history import LARGE, LIMIT, WHOLE, History, is_whole
from pystein_runtime.host.invocation import Outcome
from pystein_runtime.host.triggers import Event
from pystein_runtime.worker.messages import Datum, Error, Log


def outcome(number: int, *, ok: bool = True, text: str = "in") -> Outcome:
    error = None if ok else Error("ValueError", "boom", "")
    logs = [Log(str(number), "information", "root", f"line {line}", None, False, 0.0) for line in range(50)]
    event = Event(Datum("string", text), {}, {}, "because")
    return Outcome(
        str(number), "work", ok, Datum("string", "out"), {"row": Datum("string", text)}, error, 1.0, 0.0, "because",
        logs, [], event=event,
    )  # fmt: skip


@pytest.fixture(scope="module")
def history() -> History:
    history = History()
    for number in range(1, LIMIT + 501):
        history.add(outcome(number, ok=number % 2 == 0))
    return history


def test_ten_thousand_are_remembered_by_their_numbers(history: History) -> None:
    numbers = [number for number, _ in history.since(0)]
    assert numbers == list(range(501, LIMIT + 501))
    assert [(number, found.id) for number, found in history.since(LIMIT + 498)] == [
        (LIMIT + 499, str(LIMIT + 499)),
        (LIMIT + 500, str(LIMIT + 500)),
    ]
    assert history.find("500") is None


def test_all_are_counted(history: History) -> None:
    counts = history.counts["work"]
    assert (counts.succeeded, counts.failed) == ((LIMIT + 500) // 2, (LIMIT + 500) // 2)
    assert counts.last is not None
    assert counts.last.id == str(LIMIT + 500)


def test_the_last_ones_are_whole_and_older_failures_keep_the_end_of_their_log(history: History) -> None:
    last = history.find(str(LIMIT + 500))
    assert last is not None
    assert is_whole(last)
    assert len(last.logs) == 50
    first_whole, before = history.find(str(LIMIT + 501 - WHOLE)), history.find(str(LIMIT + 500 - WHOLE))
    assert first_whole is not None
    assert before is not None
    assert is_whole(first_whole)
    assert not is_whole(before)
    assert before.outputs == {}
    assert [record.message for record in history.find("601").logs][-1] == "line 49"  # type: ignore[union-attr]
    assert history.find("602").logs == []  # type: ignore[union-attr]


def test_a_retried_invocation_is_its_last_attempt() -> None:
    history = History()
    history.add(outcome(1, ok=False))
    history.add(outcome(1))
    found = history.find("1")
    assert found is not None
    assert found.ok
    assert history.newest == 2


def test_large_values_are_not_kept() -> None:
    history = History()
    history.add(outcome(1, text="x" * (LARGE + 1)))
    found = history.find("1")
    assert found is not None
    assert found.event is not None
    assert found.event.datum.type is None
    assert found.outputs["row"].value == f"({LARGE + 1:,} bytes, not kept)"
