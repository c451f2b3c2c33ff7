"""Route templates of HTTP triggers: `products/{category:alpha}/{id:int?}`, `files/{*path}`, `{name}.{extension}`.

Grammar and refusals: ASP.NET Core, `TemplateParser` and `InlineRouteParameterParser`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pystein_lsp.platform import constraints

_BAD_IN_NAME = re.compile(r"[/{}?*]")


class Parameter(NamedTuple):
    """`{name:constraint=default?}` of a template."""

    name: str
    offset: int
    """Of the opening brace."""
    length: int
    constraints: tuple[str, ...]
    optional: bool
    catch_all: bool
    default: str | None

    @property
    def end(self) -> int:
        """Behind the closing brace."""
        return self.offset + self.length


Segment = tuple[str | Parameter, ...]
"""Literals and parameters that follow each other without a slash; braces of literals are no longer doubled."""


class RouteProblem(NamedTuple):
    """Why the host does not take a template."""

    message: str
    offset: int
    length: int
    refusal: str
    """As the host says it."""


class Template(NamedTuple):
    """A route template as read."""

    segments: tuple[Segment, ...]
    problems: tuple[RouteProblem, ...]

    @property
    def parameters(self) -> list[Parameter]:
        """All of them, in their order."""
        return [part for segment in self.segments for part in segment if isinstance(part, Parameter)]


def parse_route(text: str) -> Template:
    """Read a template; never fails."""
    reader = _Reader(text)
    return Template(tuple(reader.segments()), tuple(reader.problems))


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self.problems: list[RouteProblem] = []

    def segments(self) -> list[Segment]:
        text = self._text
        start = 2 if text.startswith("~/") else 0
        start += len(text[start:]) - len(text[start:].lstrip("/"))
        if text.startswith("~") and not text.startswith("~/"):
            refusal = "The route template cannot start with a '~' character unless followed by a '/'."
            self._problem("a route may not start with '~'", 0, 1, refusal)
        places = list(self._split(start, len(text.rstrip("/"))))
        found = [tuple(self._parts(begin, end)) for begin, end in places]
        for (begin, end), segment in zip(places, found, strict=True):
            self._check_segment(segment, begin, end, last=end == places[-1][1])
        self._check_names(found)
        return found

    def _split(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where segments are; a slash inside braces (a regex) does not divide."""
        depth, begin = 0, start
        for position in range(start, end):
            symbol = self._text[position]
            depth = depth + 1 if symbol == "{" else max(0, depth - 1) if symbol == "}" else depth
            if symbol == "/" and depth == 0:
                if position == begin:
                    self._problem(
                        "two slashes stand next to each other",
                        position - 1,
                        2,
                        "The route template separator character '/' cannot appear consecutively."
                        " It must be separated by either a parameter or a literal value.",
                    )
                else:
                    yield begin, position
                begin = position + 1
        if begin < end:
            yield begin, end

    def _parts(self, position: int, end: int) -> Iterator[str | Parameter]:
        """The literals and parameters between two offsets. Doubled braces are text."""
        text, literal, begin = self._text, "", position
        while position < end:
            symbol = text[position]
            if text.startswith(("{{", "}}"), position):
                literal += symbol
                position += 2
            elif symbol == "{":
                close = self._closing(position, end)
                if close is None:
                    self._incomplete("this '{' is never closed", position, end - position)
                    break
                if literal:
                    yield self._literal(literal, begin, position)
                    literal = ""
                yield self._parameter(position, close)
                position = begin = close + 1
            elif symbol == "}":
                self._incomplete("this '}' closes no parameter", position, 1)
                position += 1
            else:
                literal += symbol
                position += 1
        if literal:
            yield self._literal(literal, begin, position)

    def _closing(self, start: int, end: int) -> int | None:
        """Where the parameter that starts at a brace ends; doubled braces inside are part of a constraint."""
        text, position = self._text, start + 1
        while position < end:
            if text.startswith(("{{", "}}"), position) and not text.startswith("}}}", position):
                position += 2
            elif text[position] == "}":
                return position
            elif text[position] == "{":
                return None
            else:
                position += 1
        return None

    def _literal(self, literal: str, begin: int, end: int) -> str:
        mark = self._text.find("?", begin, end)
        if mark >= 0:
            refusal = f"The literal section '{literal}' is invalid. Literal sections cannot contain the '?' character."
            self._problem("a route may not hold '?' outside a parameter", mark, 1, refusal)
        return literal

    def _parameter(self, start: int, close: int) -> Parameter:
        length = close + 1 - start
        body = self._text[start + 1 : close]
        catch_all = body.startswith("*")
        body = body.lstrip("*").replace("{{", "{").replace("}}", "}")
        optional = body.endswith("?")
        name, asked, default = _pieces(body[:-1] if optional else body)
        if not name or _BAD_IN_NAME.search(name):
            message = f"'{name}' is no parameter name: it may hold none of / {{ }} ? *"
            self._problem(message if name else "a parameter needs a name", start, length, _bad_name(name))
        for constraint in asked:
            self._check_constraint(constraint, start, length)
        if optional and default is not None:
            refusal = "An optional parameter cannot have default value."
            self._problem("an optional parameter cannot have a default", start, length, refusal)
        if optional and catch_all:
            refusal = "A catch-all parameter cannot be marked optional."
            self._problem("a catch-all parameter cannot be optional", start, length, refusal)
        return Parameter(name, start, length, tuple(asked), optional, catch_all, default)

    def _check_constraint(self, constraint: str, start: int, length: int) -> None:
        try:
            constraints.parse(constraint)
        except constraints.ConstraintError as error:
            self._problem(error.message, start, length, str(error))

    def _check_segment(self, segment: Segment, begin: int, end: int, *, last: bool) -> None:
        """What is wrong with parameters because of where they stand."""
        for index, part in enumerate(segment):
            if not isinstance(part, Parameter):
                continue
            following = segment[index + 1] if index + 1 < len(segment) else None
            if isinstance(following, Parameter):
                refusal = (
                    "A path segment cannot contain two consecutive parameters."
                    " They must be separated by a '/' or by a literal string."
                )
                length = following.end - part.offset
                self._problem("two parameters need text between them", part.offset, length, refusal)
            if part.catch_all and not last:
                refusal = "A catch-all parameter can only appear as the last segment of the route template."
                self._problem("a catch-all parameter can only be the last segment", part.offset, part.length, refusal)
            elif part.catch_all and len(segment) > 1:
                refusal = (
                    "A path segment that contains more than one section, such as a literal section or a parameter, cannot"
                    " contain a catch-all parameter."
                )
                self._problem("a catch-all parameter needs a segment of its own", part.offset, part.length, refusal)
            elif part.optional and len(segment) > 1 and (following is not None or segment[index - 1] != "."):
                message = "beside other text an optional parameter can only stand last, behind a '.'"
                refusal = (
                    f"In the segment '{self._text[begin:end]}', the optional parameter '{part.name}' is preceded by an"
                    " invalid segment. Only a period (.) can precede an optional parameter."
                )
                self._problem(message, part.offset, part.length, refusal)

    def _check_names(self, segments: list[Segment]) -> None:
        seen: set[str] = set()
        for parameter in Template(tuple(segments), ()).parameters:
            name = parameter.name.lower()
            if name and name in seen:
                message = f"the parameter '{parameter.name}' appears twice"
                refusal = (
                    f"The route parameter name '{parameter.name}' appears more than one time in the route template."
                )
                self._problem(message, parameter.offset, parameter.length, refusal)
            seen.add(name)

    def _incomplete(self, message: str, offset: int, length: int) -> None:
        refusal = (
            "There is an incomplete parameter in the route template."
            " Check that each '{' character has a matching '}' character."
        )
        self._problem(message, offset, length, refusal)

    def _problem(self, message: str, offset: int, length: int, refusal: str) -> None:
        self.problems.append(RouteProblem(message, offset, length, refusal))


def _pieces(body: str) -> tuple[str, list[str], str | None]:
    """Name, constraints and default of a parameter; colons within parentheses belong to a constraint."""
    pieces, depth, current = [], 0, ""
    default: str | None = None
    for position, character in enumerate(body):
        depth += (character == "(") - (character == ")")
        if character == ":" and depth == 0:
            pieces.append(current)
            current = ""
        elif character == "=" and depth == 0:
            default = body[position + 1 :]
            break
        else:
            current += character
    pieces.append(current)
    return pieces[0], pieces[1:], default


def _bad_name(name: str) -> str:
    return (
        f"The route parameter name '{name}' is invalid. Route parameter names must be non-empty and cannot contain"
        " these characters: '{', '}', '/'. The '?' character marks a parameter as optional, and can occur only at"
        " the end of the parameter. The '*' character marks a parameter as catch-all, and can occur only at the"
        " start of the parameter."
    )
