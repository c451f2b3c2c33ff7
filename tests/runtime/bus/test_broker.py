"""The broker by itself, with a clock of the test's own: locks, counts, dead letters, sessions, schedules, filters, hubs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pystein_runtime.amqp import message as amqp
from pystein_runtime.amqp.types import Symbol, Timestamp
from pystein_runtime.cloud.bus import entities, filters, hubs, messages, sessions, settling
from pystein_runtime.cloud.bus.entities import BusError, Entity, Options
from pystein_runtime.cloud.store import Store


@pytest.fixture
def store(clock: Any) -> Iterator[Store]:
    opened = Store(None, clock)
    entities.prepare(opened)
    yield opened
    opened.close()


def make(body: str, annotations: dict[Any, Any] | None = None, ttl: int | None = None, **properties: Any) -> bytes:
    application = properties.pop("application", {})
    content = amqp.build(body.encode(), amqp.Properties(**properties), application)
    return amqp.deliver(content, annotations or {}, 0, ttl)


def send(store: Store, path: str, *bodies: str) -> list[int]:
    return messages.send(store, entities.get(store, path), [make(body) for body in bodies])


def texts(taken: list[messages.Delivery]) -> list[str]:
    return [amqp.body_bytes(item.message()).decode() for item in taken]


def take(store: Store, entity: Entity) -> messages.Delivery:
    return messages.receive(store, entity, 1)[0]


def token(delivery: messages.Delivery) -> bytes:
    assert delivery.token is not None
    return delivery.token


def test_messages_come_in_order_and_once(store: Store) -> None:
    queue = entities.create_queue(store, "Orders")
    assert send(store, "orders", "a", "b", "c") == [1, 2, 3]
    taken = messages.receive(store, queue, 2)
    assert texts(taken) == ["a", "b"]
    assert texts(messages.receive(store, queue, 5)) == ["c"]
    assert messages.receive(store, queue, 5) == []
    for delivery in taken:
        settling.complete(store, queue, token(delivery))
    assert messages.count(store, queue) == 1
    with pytest.raises(BusError) as lost:
        settling.complete(store, queue, token(taken[0]))
    assert lost.value.condition == "com.microsoft:message-lock-lost"


def test_a_lock_runs_out_and_counts(store: Store, clock: Any) -> None:
    queue = entities.create_queue(store, "q", Options(lock=30, max_deliveries=2))
    send(store, "q", "a")
    first = take(store, queue)
    assert first.deliveries == 0
    assert messages.next_due(store, queue) == clock.now + 30
    clock.now += 20
    assert settling.renew(store, queue, token(first)) == clock.now + 30
    clock.now += 31
    with pytest.raises(BusError):
        settling.complete(store, queue, token(first))
    second = take(store, queue)
    assert (second.deliveries, second.sequence) == (1, 1)
    clock.now += 31
    assert messages.receive(store, queue, 1) == []
    dead = take(store, entities.dead_letters(store, queue))
    assert dead.message().application["DeadLetterReason"] == "MaxDeliveryCountExceeded"
    assert dead.message().annotations["x-opt-deadletter-source"] == "q"


def test_abandoned_released_and_dead_lettered(store: Store) -> None:
    queue = entities.create_queue(store, "q", Options(max_deliveries=3))
    send(store, "q", "a")
    settling.release(store, queue, token(take(store, queue)))
    settling.abandon(store, queue, token(take(store, queue)), {"why": "x"})
    again = take(store, queue)
    assert again.deliveries == 1
    assert again.message().application == {"why": "x"}
    settling.dead_letter(store, queue, token(again), "bad", "very")
    dead = take(store, entities.dead_letters(store, queue))
    assert dead.message().application == {"why": "x", "DeadLetterReason": "bad", "DeadLetterErrorDescription": "very"}
    with pytest.raises(BusError):
        settling.dead_letter(store, entities.dead_letters(store, queue), token(dead))


def test_what_was_held_by_a_killed_host_comes_back_at_once_and_is_counted(tmp_path: Path) -> None:
    store = Store(tmp_path / "cloud.sqlite")
    entities.prepare(store)
    queue = entities.create_queue(store, "q", Options(sessions=False))
    send(store, "q", "a", "b")
    settling.complete(store, queue, token(take(store, queue)))
    take(store, queue)
    store.close()  # and nothing else: a kill does not even that
    store = Store(tmp_path / "cloud.sqlite")
    entities.prepare(store)
    assert messages.receive(store, queue, 1) == []
    entities.release_held(store)
    back = take(store, queue)
    assert (texts([back]), back.deliveries) == (["b"], 1)
    store.close()


def test_deferred_messages_are_had_by_number_only(store: Store) -> None:
    queue = entities.create_queue(store, "q")
    send(store, "q", "a")
    settling.defer(store, queue, token(take(store, queue)))
    assert messages.receive(store, queue, 1) == []
    with pytest.raises(BusError) as missing:
        messages.receive_deferred(store, queue, [1, 5])
    assert missing.value.condition == "com.microsoft:message-not-found"
    taken = messages.receive_deferred(store, queue, [1])  # the refusal has left no lock behind
    assert texts(taken) == ["a"]
    settling.complete(store, queue, token(taken[0]))
    assert messages.count(store, queue) == 0


def test_scheduled_messages_come_in_time_or_are_cancelled(store: Store, clock: Any) -> None:
    queue = entities.create_queue(store, "q")
    later = {Symbol("x-opt-scheduled-enqueue-time"): Timestamp(int((clock.now + 60) * 1000))}
    first, second = messages.send(store, queue, [make("a", later), make("b", later)])
    assert messages.receive(store, queue, 9) == []
    assert messages.next_due(store, queue) == clock.now + 60
    messages.cancel(store, queue, [second])
    with pytest.raises(BusError):
        messages.cancel(store, queue, [second])
    clock.now += 60
    delivery = take(store, queue)
    assert delivery.sequence > second
    assert first == 1
    assert delivery.enqueued == clock.now


def test_messages_expire(store: Store, clock: Any) -> None:
    queue = entities.create_queue(store, "gone")
    kept = entities.create_queue(store, "kept", Options(dead_letter_expired=True))
    for entity in (queue, kept):
        messages.send(store, entity, [make("a", ttl=1000), make("b")])
    clock.now += 2
    assert texts(messages.receive(store, queue, 9)) == ["b"]
    assert texts(messages.receive(store, kept, 9)) == ["b"]
    dead = take(store, entities.dead_letters(store, kept))
    assert dead.message().application["DeadLetterReason"] == "TTLExpiredException"


def test_duplicates_are_dropped_for_a_while(store: Store, clock: Any) -> None:
    queue = entities.create_queue(store, "q", Options(duplicates=60))
    for _ in range(2):
        messages.send(store, queue, [make("a", message_id="1"), make("b", message_id="2"), make("c")])
    assert messages.count(store, queue) == 4
    clock.now += 61
    messages.send(store, queue, [make("a", message_id="1")])
    assert messages.count(store, queue) == 5


def test_sessions_belong_to_one_receiver_at_a_time(store: Store, clock: Any) -> None:
    queue = entities.create_queue(store, "q", Options(sessions=True, lock=30))
    with pytest.raises(BusError):
        messages.send(store, queue, [make("no session")])
    messages.send(store, queue, [make("a1", group_id="a"), make("b1", group_id="b"), make("a2", group_id="a")])
    assert sessions.accept(store, queue, "me") == ("a", clock.now + 30)
    assert sessions.accept(store, queue, "you") == ("b", clock.now + 30)
    assert sessions.accept(store, queue, "you") is None
    with pytest.raises(BusError) as taken:
        sessions.accept(store, queue, "you", "a")
    assert taken.value.condition == "com.microsoft:session-cannot-be-locked"
    assert texts(messages.receive(store, queue, 9, session="a")) == ["a1", "a2"]
    sessions.set_state(store, queue, "a", b"half")
    clock.now += 31
    with pytest.raises(BusError) as lost:
        sessions.renew(store, queue, "me", "a")
    assert lost.value.condition == "com.microsoft:session-lock-lost"
    assert sessions.accept(store, queue, "you", "a") == ("a", clock.now + 30)
    again = messages.receive(store, queue, 9, session="a")
    assert [(text, item.deliveries) for text, item in zip(texts(again), again, strict=True)] == [("a1", 1), ("a2", 1)]
    assert sessions.state(store, queue, "a") == b"half"
    assert sessions.names(store, queue, 0, 10) == ["a", "b"]


def test_a_batch_is_taken_as_a_whole_or_not_at_all(store: Store) -> None:
    queue = entities.create_queue(store, "q")
    with pytest.raises(BusError) as large:
        messages.send(store, queue, [make("a"), make("x" * (messages.MAX_SIZE + 1))])
    assert large.value.condition == "amqp:link:message-size-exceeded"
    with pytest.raises(BusError):
        messages.send(store, queue, [make("a"), b"\x00"])
    assert messages.count(store, queue) == 0


def test_subscriptions_take_what_their_filters_say(store: Store) -> None:
    topic = entities.create_topic(store, "t")
    chosen = {
        "all": {"kind": "true"},
        "red": {"kind": "correlation", "system": {"label": "car"}, "properties": {"colour": "red"}},
        "sql": {
            "kind": "sql",
            "expression": "sys.Label = 'car' AND (price >= 10 OR colour LIKE 'r%') AND NOT price IN (99)",
        },
    }
    for name, filter_ in chosen.items():
        subscription = entities.create_subscription(store, "t", name)
        entities.remove_rule(store, subscription, "$Default")
        entities.set_rule(store, subscription, "rule", filter_)
    cars = [("a", "red", 1), ("b", "blue", 10), ("c", "red", 99), ("d", "blue", 1)]
    raws = [make(n, subject="car", application={"colour": colour, "price": price}) for n, colour, price in cars]
    messages.send(store, topic, [*raws, make("e", subject="boat", application={"colour": "red", "price": 50})])
    found = {
        name: "".join(texts(messages.receive(store, entities.get(store, f"t/subscriptions/{name}"), 9)))
        for name in chosen
    }
    assert found == {"all": "abcde", "red": "ac", "sql": "ab"}


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("a = 1", True), ("a <> 1", False), ("missing = 1", None), ("NOT missing = 1", None), ("missing IS NULL", True),
        ("a IS NOT NULL", True), ("EXISTS(a) AND NOT EXISTS(b)", True), ("a + 1 * 2 = 3", True), ("s LIKE 'x%y_'", True),
        ("s NOT LIKE 'x%'", False), ("s IN ('q', 'x-yz')", True), ("user.s = 'x-yz'", True), ("[a] = -1 + 2", True),
        ("sys.MessageId = 'it''s'", True), ("flag = TRUE", True), ("missing = 1 OR a = 1", True), ("a = 'x'", False),
        ("a > 'x'", None), ("a / 0 = 1", None), ("1 = 1", True), ("s LIKE 'x!-y%' ESCAPE '!'", True),
    ],
)  # fmt: skip
def test_sql(expression: str, result: bool | None) -> None:
    candidate = filters.Candidate({"messageid": "it's"}, {"a": 1, "s": "x-yz", "flag": True})
    assert filters.parse(expression)(candidate) is result


@pytest.mark.parametrize(
    "expression", ["", "a =", "a = 'x", "(a = 1", "a LIKE", "a NOT 1", "a = 1 b", "a IN 1", "; DROP"]
)
def test_sql_that_cannot_be_read_is_refused(expression: str) -> None:
    with pytest.raises(BusError) as refused:
        filters.parse(expression)
    assert refused.value.condition == "com.microsoft:argument-error"


def test_events_stay_in_their_partitions(store: Store, clock: Any) -> None:
    hub = entities.create_hub(store, "Hub", ("mine",))
    assert [hubs.send(store, hub, [make("x")]) for _ in range(5)] == [1, 2, 3, 0, 1]
    same = {hubs.send(store, hub, [make("k")], key="key") for _ in range(5)}
    assert len(same) == 1
    assert hubs.send(store, hub, [make("k2", {Symbol("x-opt-partition-key"): "key"})]) in same
    clock.now += 10
    hubs.send(store, hub, [make("p"), make("q")], partition=0)
    events = hubs.read(store, hub, 0, hubs.since(store, hub, 0, clock.now, inclusive=True), 9)
    assert [amqp.body_bytes(event.message()).decode() for event in events] == ["p", "q"]
    held = hubs.describe(store, hub, 0)
    assert (held.last, held.last_enqueued, held.empty) == (events[-1].sequence, clock.now, False)
    assert hubs.has_group(store, hub, "MINE")
    assert hubs.has_group(store, hub, "$Default")
    assert not hubs.has_group(store, hub, "other")
    with pytest.raises(BusError):
        hubs.send(store, hub, [make("x")], partition=4)
    clock.now += hubs.RETENTION_SECONDS - 5
    assert hubs.forget_old(store) == 11
    assert hubs.describe(store, hub, 0).begin == events[0].sequence


def test_unknown_entities_and_clashing_names(store: Store) -> None:
    with pytest.raises(BusError) as missing:
        entities.get(store, "nothing")
    assert missing.value.condition == "amqp:not-found"
    entities.create_queue(store, "q")
    with pytest.raises(BusError):
        entities.create_hub(store, "Q")
