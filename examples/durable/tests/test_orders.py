"""The orchestrations in virtual time: `pytest` runs this where pystein-lsp is installed."""

from datetime import timedelta

from pystein_runtime.testing import Durable

ORDER = [{"item": "tea", "count": 2}]


def test_nobody_decides_for_three_days(durable: Durable) -> None:
    order = durable.run("approve_order", ORDER)
    assert order.output == "escalated"
    assert order.duration >= timedelta(days=3)


def test_somebody_decides_on_the_second_day(durable: Durable) -> None:
    order = durable.start("approve_order", ORDER)
    durable.sleep(timedelta(days=1))
    assert durable.get(order).custom_status == {"total": 6, "waiting": True}
    durable.raise_event(order, "Approval", True)
    assert durable.finish(order).output == "approved"
    assert durable.entity("Revenue", "all") == 6


def test_prices_that_come_at_the_third_try(durable: Durable) -> None:
    tries = []

    def price(line: dict) -> int:
        tries.append(line)
        if len(tries) < 3:
            raise ConnectionError("the catalogue does not answer")
        return 10

    replaced = durable.replace("price_line", price)
    order = durable.run("price_order", ORDER)
    assert order.output == 10
    assert replaced.inputs == ORDER * 3
    assert [call.error is None for call in order.calls if call.kind == "activity"] == [False, False, True]
