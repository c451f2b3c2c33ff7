"""Route templates of HTTP triggers, as ASP.NET Core's template parser reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_PLAIN = {
    "int",
    "bool",
    "datetime",
    "decimal",
    "double",
    "float",
    "guid",
    "long",
    "alpha",
    "required",
    "file",
    "nonfile",
}
_WITH_ARGUMENT = {"minlength", "maxlength", "length", "min", "max", "range", "regex"}
CONSTRAINTS = frozenset(_PLAIN | _WITH_ARGUMENT)
_BAD_IN_NAME = re.compile(r"[/{}?*]")


class RouteParameter(NamedTuple):
    """`{name:constraint=default?}` of a template."""

    name: str
    offset: int
    """Of the opening brace."""
    length: int
    constraints: tuple[str, ...]
    optional: bool
    catch_all: bool
    default: str | None


class RouteProblem(NamedTuple):
    """Why the host does not take a template."""

    message: str
    offset: int
    length: int


class Template(NamedTuple):
    """A route template as read."""

    parameters: tuple[RouteParameter, ...]
    problems: tuple[RouteProblem, ...]


def parse_route(text: str) -> Template:
    """Read a template; never fails."""
    parameters: list[RouteParameter] = []
    problems: list[RouteProblem] = []
    start = len(text) - len(text.lstrip("/"))
    if text.startswith("~") and not text.startswith("~/"):
        problems.append(RouteProblem("a route may not start with '~'", 0, 1))
    segments = list(_segments(text, start))
    for index, (offset, segment) in enumerate(segments):
        if not segment and index < len(segments) - 1:
            problems.append(RouteProblem("two slashes stand next to each other", max(offset - 1, 0), 2))
        found = list(_parts(segment, offset, problems))
        problems.extend(_segment_problems(segment, offset, found, last=index == len(segments) - 1))
        parameters.extend(found)
    seen: set[str] = set()
    for parameter in parameters:
        if parameter.name.lower() in seen:
            message = f"the parameter '{parameter.name}' appears twice"
            problems.append(RouteProblem(message, parameter.offset, parameter.length))
        seen.add(parameter.name.lower())
    return Template(tuple(parameters), tuple(problems))


def _segments(text: str, start: int) -> Iterator[tuple[int, str]]:
    """Segments with their offsets; a slash inside braces (a regex) does not divide."""
    depth, begin = 0, start
    for position in range(start, len(text)):
        if text[position] == "{":
            depth += 1
        elif text[position] == "}":
            depth = max(0, depth - 1)
        elif text[position] == "/" and depth == 0:
            yield begin, text[begin:position]
            begin = position + 1
    yield begin, text[begin:]


def _parts(segment: str, offset: int, problems: list[RouteProblem]) -> Iterator[RouteParameter]:
    """The parameters of a segment. Doubled braces are text."""
    position = 0
    while position < len(segment):
        symbol = segment[position]
        if segment.startswith(("{{", "}}"), position):
            position += 2
        elif symbol == "}":
            problems.append(RouteProblem("this '}' closes no parameter", offset + position, 1))
            position += 1
        elif symbol == "?":
            problems.append(RouteProblem("a route may not hold '?' outside a parameter", offset + position, 1))
            position += 1
        elif symbol == "{":
            end = _closing(segment, position)
            if end is None:
                message = "this '{' is never closed"
                problems.append(RouteProblem(message, offset + position, len(segment) - position))
                return
            yield _parameter(segment[position + 1 : end], offset + position, problems)
            position = end + 1
        else:
            position += 1


def _closing(segment: str, start: int) -> int | None:
    """Where the parameter that starts at a brace ends; doubled braces inside are part of a constraint."""
    position = start + 1
    while position < len(segment):
        if segment.startswith(("{{", "}}"), position) and not segment.startswith("}}}", position):
            position += 2
        elif segment[position] == "}":
            return position
        elif segment[position] == "{":
            return None
        else:
            position += 1
    return None


def _parameter(body: str, offset: int, problems: list[RouteProblem]) -> RouteParameter:
    length = len(body) + 2
    catch_all = body.startswith("*")
    rest = body.lstrip("*") if catch_all else body
    name = (
        re.split(r"[:=?]", rest, maxsplit=1)[0]
        if not rest.endswith("?")
        else re.split(r"[:=]", rest[:-1], maxsplit=1)[0]
    )
    optional = rest.endswith("?")
    tail = rest[len(name) : len(rest) - optional]
    default: str | None = None
    constraints: list[str] = []
    while tail.startswith(":"):
        end = _constraint_end(tail)
        constraints.append(tail[1:end])
        tail = tail[end:]
    if tail.startswith("="):
        default = tail[1:]
    if not name:
        problems.append(RouteProblem("a parameter needs a name", offset, length))
    elif _BAD_IN_NAME.search(name):
        problems.append(RouteProblem(f"'{name}' is no parameter name: it may hold none of / {{ }} ? *", offset, length))
    for constraint in constraints:
        word = constraint.partition("(")[0]
        if word.lower() not in CONSTRAINTS:
            problems.append(RouteProblem(f"there is no constraint '{word}'", offset, length))
        elif word.lower() in _WITH_ARGUMENT and "(" not in constraint:
            problems.append(RouteProblem(f"the constraint '{word}' needs an argument: {word}(...)", offset, length))
    if optional and default is not None:
        problems.append(RouteProblem("an optional parameter cannot have a default", offset, length))
    if optional and catch_all:
        problems.append(RouteProblem("a catch-all parameter cannot be optional", offset, length))
    return RouteParameter(name, offset, length, tuple(constraints), optional, catch_all, default)


def _constraint_end(tail: str) -> int:
    """Where a constraint ends that starts at the colon: brackets may hold anything."""
    depth = 0
    for position in range(1, len(tail)):
        if tail[position] == "(":
            depth += 1
        elif tail[position] == ")":
            depth -= 1
        elif tail[position] in ":=" and depth <= 0:
            return position
    return len(tail)


def _segment_problems(segment: str, offset: int, found: list[RouteParameter], *, last: bool) -> Iterator[RouteProblem]:
    """What is wrong with parameters because of where they stand."""
    alone = len(found) == 1 and found[0].length == len(segment)
    for index, parameter in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        end = parameter.offset + parameter.length
        if following and following.offset == end:
            length = following.offset + following.length - parameter.offset
            yield RouteProblem("two parameters need text between them", parameter.offset, length)
        if parameter.catch_all and not last:
            yield RouteProblem("a catch-all parameter can only be the last segment", parameter.offset, parameter.length)
        elif parameter.catch_all and not alone:
            yield RouteProblem("a catch-all parameter needs a segment of its own", parameter.offset, parameter.length)
        elif parameter.optional and not alone:
            ends = end == offset + len(segment)
            before = segment[parameter.offset - offset - 1 : parameter.offset - offset]
            if not ends or before != ".":
                message = "beside other text an optional parameter can only stand last, behind a '.'"
                yield RouteProblem(message, parameter.offset, parameter.length)
