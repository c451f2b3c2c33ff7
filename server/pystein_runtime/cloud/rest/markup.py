"""The services' XML: written by hand, because a list of 5,000 blobs is; read by the standard library."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

HEAD = '<?xml version="1.0" encoding="utf-8"?>'
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class Markup(str):
    """Text that is XML already."""

    __slots__ = ()


def tag(name: str, *content: str | int) -> Markup:
    """An element; plain text within it is escaped."""
    inner = "".join(part if isinstance(part, Markup) else escape(str(part)) for part in content)
    return Markup(f"<{name}>{inner}</{name}>" if inner else f"<{name} />")


def join(parts: Iterable[str]) -> Markup:
    """Elements one after the other."""
    return Markup("".join(parts))


def name_tag(name: str) -> Markup:
    """A blob's name; encoded where XML could not have it."""
    if _FORBIDDEN.search(name):
        return Markup(f'<Name Encoded="true">{escape(quote(name))}</Name>')
    return tag("Name", name)


def parse(body: bytes) -> ET.Element | None:
    """The root element of a request's body; None when it is no XML, or has what could make a small body huge."""
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        return None
    try:
        return ET.fromstring(body)  # noqa: S314 - without document types there is nothing to expand
    except ET.ParseError:
        return None


def written(element: ET.Element) -> Markup:
    """An element as text."""
    return Markup(ET.tostring(element, encoding="unicode"))
