import json
import os
from collections.abc import Callable
from typing import Any

import azure.functions._durable_functions as codec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pystein_runtime.worker.durable import plain_first, remembered

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner),
)
OPTIONS: Any = st.sampled_from([{}, {"indent": 1}, {"ensure_ascii": False}, {"allow_nan": False}])


class Point:
    def __init__(self, x: int) -> None:
        self.x = x

    @staticmethod
    def to_json(point: "Point") -> int:
        return point.x

    @staticmethod
    def from_json(x: int) -> "Point":
        return Point(x)


def outcome(call: Callable[[], Any]) -> str:
    try:
        return repr(call())
    except Exception as error:
        return repr(error)


@given(VALUES, OPTIONS)
def test_values_are_written_as_by_json(value: Any, options: dict[str, Any]) -> None:
    mine = outcome(lambda: plain_first().dumps(value, default=codec._serialize_custom_object, **options))
    assert mine == outcome(lambda: json.dumps(value, default=codec._serialize_custom_object, **options))


@given(VALUES.map(json.dumps) | st.text() | st.binary() | st.none())
def test_texts_are_read_as_by_json(text: Any) -> None:
    mine = outcome(lambda: plain_first().loads(text, object_hook=codec._deserialize_custom_object))
    assert mine == outcome(lambda: json.loads(text, object_hook=codec._deserialize_custom_object))


@pytest.mark.filterwarnings("ignore:.*loose-mode:DeprecationWarning")
def test_custom_objects_keep_their_form() -> None:
    text = plain_first().dumps([Point(3), "a"], default=codec._serialize_custom_object)
    [point, name] = plain_first().loads(text, object_hook=codec._deserialize_custom_object)
    assert (type(point), point.x, name) == (Point, 3, "a")


def test_a_variable_that_changes_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(codec._STRICT_ENV_VAR, raising=False)
    is_strict = remembered(codec._is_strict_mode, codec._STRICT_ENV_VAR)
    assert [is_strict(), is_strict()] == [False, False]
    monkeypatch.setenv(codec._STRICT_ENV_VAR, "true")
    assert is_strict()
    os.environ[codec._STRICT_ENV_VAR] = "no"
    assert not is_strict()


def test_the_original_is_asked_once_for_each_value(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    read = remembered(lambda: bool(asked.append(os.environ["SOME"])), "SOME")
    for value in ("a", "a", "b", "a"):
        monkeypatch.setenv("SOME", value)
        assert not read()
    assert asked == ["a", "b"]
