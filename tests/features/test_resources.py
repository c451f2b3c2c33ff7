"""Queues, topics and containers that functions share: found, renamed, and followed from output to trigger."""

from __future__ import annotations

import pytest

from pystein_lsp.features.calls import callees, callers
from pystein_lsp.features.hierarchy import function_named
from pystein_lsp.features.hover import hover
from tests.features.conftest import At, Here
from tests.features.test_occurrences import after_rename, found
from tests.features.test_reading import NOW

SHOP = """\
@app.route(route="buy")
@app.queue_output(arg_name="order", queue_name="orders", connection="AzureWebJobsStorage")
def buy(req, order): ...


@app.queue_trigger(arg_name="order", queue_name="orders", connection="AzureWebJobsStorage")
@app.blob_output(arg_name="receipt", path="receipts/{id}.txt", connection="AzureWebJobsStorage")
@app.service_bus_topic_output(arg_name="news", topic_name="orders", connection="Bus")
def take(order, receipt, news): ...


@app.blob_trigger(arg_name="receipt", path="receipts/{name}.txt", connection="AzureWebJobsStorage")
def file(receipt): ...


@app.service_bus_topic_trigger(arg_name="news", topic_name="orders", subscription_name="log", connection="Bus")
def log(news): ...


@app.queue_trigger(arg_name="order", queue_name="orders", connection="Cosmos")
def elsewhere(order): ...


@app.queue_trigger(arg_name="order", queue_name="%Nightly%", connection="AzureWebJobsStorage")
def later(order): ...
"""


def names(here: Here, name: str) -> tuple[list[str], list[str]]:
    """Who starts a function, and whom it starts."""
    function = function_named(here.app, name)
    assert function is not None
    return (
        [str(each.function.name) for each in callers(here.app, function)],
        [str(each.function.name) for each in callees(here.app, function)],
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("buy", ([], ["take"])),
        ("take", (["buy"], ["file", "log"])),
        ("file", (["take"], [])),
        ("log", (["take"], [])),
        ("elsewhere", ([], [])),
        ("later", ([], [])),
    ],
)
def test_a_message_is_followed_to_whom_it_triggers(name: str, expected: object, at: At) -> None:
    assert names(at(SHOP + "|"), name) == expected


def test_those_who_name_a_queue_are_found_its_readers_first(at: At) -> None:
    here = at(SHOP.replace('queue_name="orders"', 'queue_name="ord|ers"', 1))
    assert [role for _, text, role in found(here) if text == "orders"] == ["definition", "definition", "use"]


def test_a_container_is_the_first_part_of_a_path(at: At) -> None:
    changed = after_rename(at(SHOP.replace('path="receipts', 'path="rec|eipts', 1)), "papers")
    assert changed.count('path="papers/') == 2
    assert "receipts" not in changed


def test_a_topic_is_no_queue(at: At) -> None:
    changed = after_rename(at(SHOP.replace('topic_name="orders"', 'topic_name="ord|ers"', 1)), "news")
    assert changed.count('topic_name="news"') == 2
    assert changed.count('queue_name="orders"') == 3


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ('queue_name="ord|ers"', "`orders`: triggers `take`, `elsewhere`; written by `buy`."),
        ('path="rec|eipts/{id}', "`receipts`: triggers `file`; written by `take`."),
        ('subscription_name="l|og"', "`subscription_name: str`"),
    ],
)
def test_a_reader_is_told_who_has_to_do_with_it(place: str, told: str, at: At) -> None:
    here = at(SHOP.replace(place.replace("|", ""), place, 1))
    shown = hover(here.app, here.module, here.line, here.column, NOW)
    assert shown is not None
    assert shown.text.startswith(told)
