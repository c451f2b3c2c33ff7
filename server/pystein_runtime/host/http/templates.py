"""Matching of paths against route templates.

Rules: ASP.NET Core, `TemplateMatcher` and `RoutePrecedence`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from pystein_lsp.platform import constraints
from pystein_lsp.platform.routes import Parameter as Written
from pystein_lsp.platform.routes import parse_route

if TYPE_CHECKING:
    from collections.abc import Callable


class TemplateError(ValueError):
    """A route template is malformed; the text is the platform's."""


class Parameter(NamedTuple):
    """One `{name:constraint=default?}`."""

    name: str
    catch_all: bool
    optional: bool
    default: str | None
    tests: tuple[Callable[[str], bool], ...]


Segment = tuple[str | Parameter, ...]
"""Literals (in lower case) and parameters that follow each other without a slash."""


class Template(NamedTuple):
    """A template that paths can be matched against."""

    text: str
    segments: tuple[Segment, ...]
    precedence: tuple[int, ...]
    """Smaller goes first: literals before constrained parameters before plain ones before catch-alls."""
    patterns: tuple[re.Pattern[str] | None, ...]
    """For segments of several parts, how to take them apart."""

    @property
    def is_literal(self) -> bool:
        """Whether it has no parameters."""
        return all(len(segment) == 1 and isinstance(segment[0], str) for segment in self.segments)


def parse(text: str) -> Template:
    """The template of a route's text.

    Raises:
        TemplateError: it is malformed.
    """
    text = text.removeprefix("~/").strip("/")
    read = parse_route(text)
    if read.problems:
        raise TemplateError(read.problems[0].refusal)
    segments = tuple(tuple(map(_part, segment)) for segment in read.segments)
    return Template(text, segments, tuple(map(_precedence, segments)), tuple(map(_pattern, segments)))


def _part(part: str | Written) -> str | Parameter:
    if isinstance(part, str):
        return part.lower()
    tests = tuple(map(constraints.parse, part.constraints))
    return Parameter(part.name, part.catch_all, part.optional, part.default, tests)


def _precedence(segment: Segment) -> int:
    first = segment[0]
    if len(segment) > 1:
        return 2
    if isinstance(first, str):
        return 1
    return (4 if first.tests else 5) if first.catch_all else (2 if first.tests else 3)


def _pattern(segment: Segment) -> re.Pattern[str] | None:
    if len(segment) == 1:
        return None
    last = segment[-1]
    is_optional = isinstance(last, Parameter) and last.optional
    parts = segment[:-2] if is_optional else segment
    # The last dot is the one that counts, whether or not what follows it is optional.
    out = [re.escape(part) if isinstance(part, str) else "(.+?)" if is_optional else "(.+)" for part in parts]
    return re.compile("".join(out) + (r"(?:\.([^.]+))?" if is_optional else ""), re.IGNORECASE | re.DOTALL)


def match(template: Template, parts: list[str]) -> dict[str, str] | None:
    """The route values of a path, None when it does not match.

    Args:
        template: the template.
        parts: the path's segments, still percent-encoded.
    """
    values: dict[str, str] = {}
    for index, segment in enumerate(template.segments):
        first = segment[0]
        if isinstance(first, Parameter) and first.catch_all:
            value = "/".join(map(_decode, parts[index:])) or first.default or ""
            return values if _accept(first, value, values) else None
        if index >= len(parts):
            if not isinstance(first, Parameter) or len(segment) > 1 or not _missing(first, values):
                return None
        elif not _match_segment(segment, template.patterns[index], _decode(parts[index]), values):
            return None
    return values if len(parts) <= len(template.segments) else None


def _decode(part: str) -> str:
    """A segment as ASP.NET gives it: percent signs decoded, but an encoded slash stays encoded."""
    return unquote(re.sub("%2[fF]", "%252F", part)) if "%" in part else part


def _missing(parameter: Parameter, values: dict[str, str]) -> bool:
    if parameter.default is not None:
        values[parameter.name] = parameter.default
    return parameter.optional or parameter.default is not None


def _match_segment(segment: Segment, pattern: re.Pattern[str] | None, text: str, values: dict[str, str]) -> bool:
    first = segment[0]
    if pattern is None:
        return text.lower() == first if isinstance(first, str) else text != "" and _accept(first, text, values)
    found = pattern.fullmatch(text)
    if found is None:
        return False
    parameters = [part for part in segment if isinstance(part, Parameter)]
    return all(
        value is None or _accept(parameter, value, values)
        for parameter, value in zip(parameters, found.groups(), strict=False)
    )


def _accept(parameter: Parameter, value: str, values: dict[str, str]) -> bool:
    if value or not parameter.catch_all:
        if not all(test(value) for test in parameter.tests):
            return False
        values[parameter.name] = value
    return True
