"""Route templates as ASP.NET Core reads and matches them."""

from __future__ import annotations

import re

import pytest

from pystein_runtime.host.http import templates


@pytest.mark.parametrize(
    ("template", "path", "values"),
    [
        ("a/b", "a/B", {}),
        ("a/b", "a/b/c", None),
        ("a/{x}", "a/1", {"x": "1"}),
        ("a/{x}", "a", None),
        ("a/{x?}", "a", {}),
        ("a/{x=5}", "a", {"x": "5"}),
        ("a/{x}/b/{y}", "a/1/b/2", {"x": "1", "y": "2"}),
        ("{*rest}", "a/b/c", {"rest": "a/b/c"}),
        ("a/{*rest}", "a", {}),
        ("a/{*rest=x/y}", "a", {"rest": "x/y"}),
        ("a/{**rest}", "a/b", {"rest": "b"}),
        ("a/{x}", "a/b%20c", {"x": "b c"}),
        ("a/{x}", "a/b%2Fc", {"x": "b%2Fc"}),
        ("{name}.{ext}", "a.b.c", {"name": "a.b", "ext": "c"}),
        ("{name}.{ext?}", "a", {"name": "a"}),
        ("{name}.{ext?}", "a.b", {"name": "a", "ext": "b"}),
        ("v{version:int}", "v2", {"version": "2"}),
        ("v{version:int}", "vx", None),
        ("{x:int}", "-12", {"x": "-12"}),
        ("{x:int}", "2147483648", None),
        ("{x:int}", "2147483647", {"x": "2147483647"}),
        ("{x:int}", "-2147483648", {"x": "-2147483648"}),
        ("{x:int}", "-2147483649", None),
        ("{x:long}", "2147483648", {"x": "2147483648"}),
        ("{x:long}", "9223372036854775807", {"x": "9223372036854775807"}),
        ("{x:long}", "9223372036854775808", None),
        ("{x:long}", "-9223372036854775809", None),
        ("{x:bool}", "TRUE", {"x": "TRUE"}),
        ("{x:bool}", "1", None),
        ("{x:guid}", "00000000-0000-0000-0000-000000000000", {"x": "00000000-0000-0000-0000-000000000000"}),
        ("{x:guid}", "{0000000000000000-0000-0000-0000-000000000000", None),
        ("{x:guid}", "(00000000-0000-0000-0000-00000000000A)", {"x": "(00000000-0000-0000-0000-00000000000A)"}),
        ("{x:guid}", "0123456789abcdef0123456789ABCDEF", {"x": "0123456789abcdef0123456789ABCDEF"}),
        ("{x:guid}", "1", None),
        ("{x:datetime}", "2026-01-01", {"x": "2026-01-01"}),
        ("{x:datetime}", "soon", None),
        ("{x:decimal}", "1.5", {"x": "1.5"}),
        ("{x:double}", "1e3", {"x": "1e3"}),
        ("{x:alpha}", "abc", {"x": "abc"}),
        ("{x:alpha}", "ab1", None),
        ("{x:minlength(2)}", "a", None),
        ("{x:maxlength(2)}", "abc", None),
        ("{x:length(2)}", "ab", {"x": "ab"}),
        ("{x:length(2,3)}", "abcd", None),
        ("{x:min(3)}", "2", None),
        ("{x:max(3)}", "4", None),
        ("{x:range(1,3)}", "3", {"x": "3"}),
        ("{x:int:min(3)?}", "", {}),
        (r"{x:regex(^\d{{2}}$)}", "12", {"x": "12"}),
        (r"{x:regex(^\d{{2}}$)}", "123", None),
        ("{x:file}", "a.txt", {"x": "a.txt"}),
        ("{x:nonfile}", "a.txt", None),
        ("~/a", "a", {}),
        ("/a/", "a", {}),
        ("a{{b", "a{b", {}),
    ],
)
def test_matching(template: str, path: str, values: dict[str, str] | None) -> None:
    assert templates.match(templates.parse(template), path.split("/") if path else []) == values


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("a/{x", "incomplete parameter"),
        ("a/x}", "incomplete parameter"),
        ("{x}/{X}", "appears more than one time"),
        ("a//b", "cannot appear consecutively"),
        ("{a}{b}", "two consecutive parameters"),
        ("{*a}/b", "can only appear as the last segment"),
        ("a{*b}", "cannot contain a catch-all parameter"),
        ("{*a?}", "cannot be marked optional"),
        ("{a=1?}", "cannot have default value"),
        ("{a}-{b?}", "Only a period (.) can precede"),
        ("a?b", "cannot contain the '?' character"),
        ("~a", "cannot start with a '~'"),
        ("{}", "is invalid"),
        ("{x:foo}", "could not be resolved to a type"),
        ("{x:range(1)}", "wrong argument"),
        ("{x:regex([)}", "wrong argument"),
    ],
)
def test_what_is_malformed(template: str, message: str) -> None:
    with pytest.raises(templates.TemplateError, match=re.escape(message)):
        templates.parse(template)


def test_precedence() -> None:
    ordered = ["a/b", "a/{x:int}", "a/{x}", "a/{*x}", "{*x}"]
    parsed = [templates.parse(text) for text in reversed(ordered)]
    assert [template.text for template in sorted(parsed, key=lambda item: item.precedence)] == ordered
