"""The names that importing a module looks up for certain."""

from __future__ import annotations

import sys

import pytest

from pystein_lsp.syntax.document import Document
from pystein_lsp.syntax.lookups import lookups


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a", "a"),
        ("x = a.b.c", "a.b.c"),
        ("a.b(c, d=e)", "a c e"),
        ("a(b)(c)", "a b c"),
        ("x = [a, *b, {c: d}]", "a b c d"),
        ("x = f'{a:{b}}'", "a b"),
        ("x = a or b", "a"),
        ("x = b if a else c", "a"),
        ("x = a < b < c", "a b"),
        ("x = [b for b in a]", "a"),
        ("x = lambda: a", ""),
        ("x = (a for a in b)", ""),
        ("if a:\n    b", "a"),
        ("for x in a:\n    b", "a"),
        ("while a: b", "a"),
        ("try:\n    a\nexcept b: c", ""),
        ("with a() as x, b: c", "a"),
        ("@a.b(c)\ndef f(d, e=g, *, h=i): j", "a c g i"),
        ("@a\nclass B(c, metaclass=d):\n    e = g", "a c d"),
        ("x: a = b", "b"),
        ("x += a", "a"),
        ("assert a, b", "a"),
        ("raise a", "a"),
        ("import a", ""),
        ("def f(): a", ""),
        ("x = 'é', a", "a"),
        ("x = = a", ""),
    ],
)
def test_lookups(source: str, expected: str) -> None:
    [block] = Document("x.py", source).blocks
    found = lookups(block)
    assert [name.dotted for name in found] == expected.split()
    for name in found:
        line = source.split("\n")[name.span.line]
        assert line[name.span.column : name.span.end_column] == name.dotted


@pytest.mark.skipif(sys.version_info < (3, 12), reason="only Python 3.12 and later read these")
@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("@a\nclass B[T](list[T], c=T): ...", "a"),
        ("def f[T](x: T = a) -> T: ...", "a"),
        ("type B[T] = list[T]", ""),
    ],
)
def test_parameters_of_types_are_bound_by_what_declares_them(source: str, expected: str) -> None:
    [block] = Document("x.py", source).blocks
    assert [name.dotted for name in lookups(block)] == expected.split()
