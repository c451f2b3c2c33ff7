"""The shop's functions, called by name. `pytest` in the shop's folder runs this; docs/testing.md says what else there is."""

from pystein_runtime.testing import FunctionApp, LocalCloud

from azure.storage.blob import BlobClient

ORDER = {"id": "A7", "lines": [{"item": "tea", "price": 4, "count": 3}, {"item": "pot", "price": 25, "count": 1}]}


def test_a_quote(function_app: FunctionApp) -> None:
    result = function_app.call("quote", route={"item": "tea"}, query={"count": 3})
    assert (result.response.status, result.response.text) == (200, "3 tea cost 12")
    assert result.outputs == {"asked": "tea"}


def test_what_the_shop_does_not_have(function_app: FunctionApp) -> None:
    result = function_app.call("quote", route={"item": "gold"})
    assert result.response.status == 404
    assert result.outputs == {}


def test_an_order_leaves_a_receipt(function_app: FunctionApp, local_cloud: LocalCloud) -> None:
    result = function_app.call("take_order", ORDER)
    assert result.messages == ["order A7 comes to 37"]
    with BlobClient.from_connection_string(local_cloud.storage, "receipts", "A7.txt") as receipt:
        assert receipt.download_blob().readall() == b"order A7: 37"


def test_a_report_that_is_late(function_app: FunctionApp) -> None:
    result = function_app.call("nightly_report", {"isPastDue": True})
    assert [record.level for record in result.logs] == ["warning", "information"]
