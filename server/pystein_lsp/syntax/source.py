"""From the bytes of a file to text, as Python would read it."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from pystein_lsp.syntax.span import Span
from pystein_lsp.syntax.tree import Problem

_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_WIDE_MARKS = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}
_START = Span(0, 0, 0, 1)


class Source(NamedTuple):
    """A file's text, and what keeps Python from reading it as it is."""

    text: str
    problem: Problem | None = None


def decode(data: bytes) -> Source:
    """Decode a Python source file (PEP 263: a UTF-8 mark, a coding cookie, else UTF-8).

    A file that Python cannot read is decoded as far as possible, so that the rest of it can still be looked at.
    """
    for mark, name in _WIDE_MARKS.items():
        if data.startswith(mark):
            text = data.decode("utf-16", "replace").lstrip("\ufeff")
            return Source(text, Problem(f"this file is {name}: Python reads UTF-8, save it as that", _START))
    encoding = encoding_of(data)
    try:
        text = data.decode(encoding)
    except LookupError:
        problem = Problem(f"unknown encoding '{encoding}' in the coding cookie", _START)
        return Source(data.decode("utf-8", "replace").lstrip("\ufeff").replace("\0", " "), problem)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start)
        start = data.rfind(b"\n", 0, error.start) + 1
        column = len(data[start : error.start].decode(encoding, "replace"))
        message = (
            f"byte 0x{data[error.start]:02x} is not {encoding}: save the file as UTF-8 or name its encoding in a cookie"
        )
        text = data.decode(encoding, "replace").lstrip("\ufeff").replace("\0", " ")
        return Source(text, Problem(message, Span(line, column, line, column + 1)))
    except UnicodeError as error:  # some codecs cannot say where
        problem = Problem(f"the encoding '{encoding}' of the coding cookie cannot be used: {error}", _START)
        return Source(data.decode("utf-8", "replace").lstrip("\ufeff").replace("\0", " "), problem)
    text = text.lstrip("\ufeff")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0"))
        column = text.index("\0") - text.rfind("\n", 0, text.index("\0")) - 1
        problem = Problem("this file holds a null byte: it is not Python source", Span(line, column, line, column + 1))
        return Source(text.replace("\0", " "), problem)
    return Source(text)


def encoding_of(data: bytes) -> str:
    """The name of the encoding that Python would read a file with (PEP 263)."""
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8"
    for line in data[:1024].split(b"\n", 2)[:2]:
        if match := _COOKIE.match(line):
            return match[1].decode("ascii", "replace")
        if line.strip() and not line.lstrip().startswith(b"#"):
            break
    return "utf-8"
