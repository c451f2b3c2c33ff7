"""`%SETTING%`, `{expression}` and .NET's formats."""

from __future__ import annotations

import re
import uuid
from datetime import datetime, timedelta, timezone

import pytest

from pystein_runtime.host import datetimes, expressions
from pystein_runtime.host.expressions import ExpressionError

SETTINGS = {"A": "1", "b:c": "2"}


@pytest.mark.parametrize(
    ("text", "resolved"),
    [("x", "x"), ("%A%", "1"), ("x-%A%%A%-y", "x-11-y"), ("%b:c%", "2"), ("", "")],
)
def test_settings(text: str, resolved: str) -> None:
    assert expressions.resolve_settings(text, SETTINGS.get) == resolved


def test_settings_that_are_not_there() -> None:
    with pytest.raises(ExpressionError, match="'%NO%' does not resolve to a value"):
        expressions.resolve_settings("%NO%", SETTINGS.get)
    with pytest.raises(ExpressionError, match="The '%' at position 2 does not have a closing '%'"):
        expressions.resolve_settings("ab%c", SETTINGS.get)
    with pytest.raises(ExpressionError, match="'%%' does not resolve to a value"):
        expressions.resolve_settings("100%%", SETTINGS.get)


DATA = {"id": "7", "n": 1.5, "flag": True, "o": {"Name": "x", "deep": {"y": [1]}}, "nothing": None, "day": "2026-02-03"}


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        ("a/{id}", "a/7"),
        ("{ID}", "7"),
        ("{n}{flag}{nothing}", "1.5True"),
        ("{o.name}", "x"),
        ("{o.deep}", '{"y": [1]}'),
        ("{{id}}", "{id}"),
        ("{day:yyyyMM}", "202602"),
        ("{sys.methodname}", "work"),
    ],
)
def test_parameters(text: str, resolved: str) -> None:
    assert expressions.resolve(text, DATA, "work") == resolved


def test_made_up_values() -> None:
    assert uuid.UUID(expressions.resolve("{rand-guid}", {}))
    assert re.fullmatch("[0-9a-f]{32}", expressions.resolve("{rand-guid:N}", {}))
    assert re.fullmatch(r"\{[0-9a-f-]{36}\}", expressions.resolve("{rand-guid:B}", {}))
    assert re.fullmatch(r"\([0-9a-f-]{36}\)", expressions.resolve("{sys.randguid:P}", {}))
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d-\d\d-\d\dZ", expressions.resolve("{datetime}", {}))
    assert re.fullmatch(r"20\d\d/\d\d", expressions.resolve("{sys.utcnow:yyyy/MM}", {}))
    assert expressions.resolve("{datetime}", {"datetime": "mine"}) == "mine"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}", "The parameter name at position 1 is empty"),
        ("{a", "Missing closing bracket at position 1"),
        ("a}", "Missing opening bracket at position 2"),
        ("{a{id}", "Missing closing bracket at position 1"),
        ("{o..name}", "Illegal expression"),
        ("{none}", "No value for named parameter 'none'."),
        ("{o.none}", "property doesn't exist"),
        ("{a-b}", "is invalid"),
        ("{rand-guid:Q}", "not a GUID format"),
        ("{sys.other}", "No value for named parameter 'sys.other'."),
    ],
)
def test_what_has_no_value(text: str, message: str) -> None:
    with pytest.raises(ExpressionError, match=re.escape(message)):
        expressions.resolve(text, DATA)


@pytest.mark.parametrize(
    ("payload", "properties"),
    [
        ("{}", {}),
        ("[1]", {}),
        ("text", {}),
        ("{broken", {}),
        ('{"a": 1, "b": [1], "c": null, "d": {"e": 2}, "f": false}', {"a": "1", "d": {"e": 2}, "f": "False"}),
    ],
)
def test_payload_properties(payload: str, properties: dict[str, object]) -> None:
    assert expressions.payload_properties(payload) == properties


MOMENT = datetime(2026, 2, 3, 4, 5, 6, 78000, timezone.utc)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("yyyy-MM-ddTHH:mm:ss.fffffffK", "2026-02-03T04:05:06.0780000Z"),
        ("yy M d h:m:s tt", "26 2 3 4:5:6 AM"),
        ("ddd dddd MMM MMMM", "Tue Tuesday Feb February"),
        ("f", "Tuesday, 03 February 2026 04:05"),
        ("%d", "3"),
        ("ff FF FFFF", "07 07 078"),
        ("'at' HH\\h", "at 04h"),
        ("o", "2026-02-03T04:05:06.0780000Z"),
        ("r", "Tue, 03 Feb 2026 04:05:06 GMT"),
        ("zzz z", "+00:00 +0"),
        ("", ""),
    ],
)
def test_formats_of_moments(pattern: str, text: str) -> None:
    assert datetimes.format(MOMENT, pattern) == text


def test_offsets() -> None:
    moment = MOMENT.astimezone(timezone(timedelta(hours=-5, minutes=-30)))
    assert datetimes.format(moment, "HH:mm K zz") == "22:35 -05:30 -05"
    assert datetimes.iso(MOMENT.timestamp()) == "2026-02-03T04:05:06.0780000+00:00"
