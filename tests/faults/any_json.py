"""JSON that clients should not send: right messages with something wrong in them, and bytes that are no JSON at all."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st


class Many(bytes):
    """Bytes that reports of failures do not print in full."""

    def __repr__(self) -> str:
        return f"{self[:60]!s}..."


DEEP = Many(b"[" * 100_000)
ODD: list[Any] = [
    None, True, 0, -1, 1.5, 2**63, 10**40, -(10**400), float("inf"), float("nan"), "", "x", "\ud800", "\0", "😀", "1e999", "..",
    "2026-13-45T99:99:99Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", [], {}, [[]], [{}], {"": ""}, {"\ud800": "\udfff"},
    {"x": {"y": [None]}}, "a" * 5000, "{x}", "%X%", "{rand-guid}", "../../etc/passwd",
]  # fmt: skip

odd = st.one_of(
    st.sampled_from(ODD),
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
        max_leaves=5,
    ),
)


def _places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where the values within a value are."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place, *(deeper for key, each in inner for deeper in _places(each, (*place, key)))]


def _replaced(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    if not place:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[place[0]] = _replaced(copy[place[0]], place[1:], new)
    return copy


@st.composite
def _messages(draw: st.DrawFn, samples: list[Any]) -> bytes:
    value = draw(st.sampled_from(samples))
    for _ in range(draw(st.integers(0, 3))):
        value = _replaced(value, draw(st.sampled_from(_places(value))), draw(odd))
    return json.dumps(value).encode()


def bodies(samples: list[Any]) -> st.SearchStrategy[bytes]:
    """Bytes of samples, mostly with something wrong in them."""
    return st.one_of(
        *[_messages(samples)] * 4,
        st.binary(max_size=40),
        st.sampled_from(
            [
                b"",
                b"null",
                b"{",
                DEEP,
                Many(b'{"a":' * 100_000),
                Many(b"1" * 5000),
                b"\xff\xfe{\0}\0",
                b"\xef\xbb\xbf{}",
            ]
        ),
    )
