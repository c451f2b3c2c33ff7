"""Route templates: `products/{category:alpha}/{id:int?}`, `files/{*path}`, `{name}.{extension}`.

Grammar, matching and messages: ASP.NET Core, `TemplateParser`, `TemplateMatcher`, `RoutePrecedence`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from . import constraints

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
    """A parsed template."""

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
    if text.startswith("~"):
        raise TemplateError("The route template cannot start with a '~' character unless followed by a '/'.")
    if not text:
        return Template("", (), (), ())
    segments = tuple(_segment(part) for part in _split(text))
    names = [part.name.lower() for segment in segments for part in segment if isinstance(part, Parameter)]
    for name in names:
        if names.count(name) > 1:
            raise TemplateError(f"The route parameter name '{name}' appears more than one time in the route template.")
    for index, segment in enumerate(segments):
        if index < len(segments) - 1 and any(isinstance(part, Parameter) and part.catch_all for part in segment):
            raise TemplateError("A catch-all parameter can only appear as the last segment of the route template.")
    return Template(text, segments, tuple(map(_precedence, segments)), tuple(map(_pattern, segments)))


def _split(text: str) -> list[str]:
    """The segments between slashes; a slash within a constraint's braces does not count."""
    parts, depth, start = [], 0, 0
    for position, character in enumerate(text):
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
        elif character == "/" and depth <= 0:
            parts.append(text[start:position])
            start = position + 1
    parts.append(text[start:])
    if "" in parts:
        raise TemplateError(
            "The route template separator character '/' cannot appear consecutively."
            " It must be separated by either a parameter or a literal value."
        )
    return parts


def _segment(text: str) -> Segment:
    parts: list[str | Parameter] = []
    literal = ""
    position = 0
    while position < len(text):
        character = text[position]
        if text[position : position + 2] in {"{{", "}}"}:
            literal += character
            position += 2
        elif character == "{":
            end = _closing(text, position)
            if literal:
                parts.append(_literal(literal))
                literal = ""
            elif parts:
                raise TemplateError(
                    "A path segment cannot contain two consecutive parameters."
                    " They must be separated by a '/' or by a literal string."
                )
            parts.append(_parameter(text[position + 1 : end]))
            position = end + 1
        elif character == "}":
            raise _incomplete()
        else:
            literal += character
            position += 1
    if literal:
        parts.append(_literal(literal))
    _check_segment(text, parts)
    return tuple(parts)


def _closing(text: str, start: int) -> int:
    """Where the parameter that starts here ends; doubled braces belong to a constraint."""
    position = start + 1
    while position < len(text):
        if text[position : position + 2] in {"{{", "}}"}:
            position += 2
        elif text[position] == "}":
            return position
        else:
            position += 1
    raise _incomplete()


def _incomplete() -> TemplateError:
    return TemplateError(
        "There is an incomplete parameter in the route template."
        " Check that each '{' character has a matching '}' character."
    )


def _literal(text: str) -> str:
    if "?" in text:
        raise TemplateError(
            f"The literal section '{text}' is invalid. Literal sections cannot contain the '?' character."
        )
    return text.lower()


def _parameter(text: str) -> Parameter:
    catch_all = text.startswith("*")
    body = text.lstrip("*").replace("{{", "{").replace("}}", "}")
    optional = body.endswith("?")
    body = body[:-1] if optional else body
    name, constraint_text, default = _parts(body)
    if not name or re.search(r"[/{}?*]", name):
        raise TemplateError(
            f"The route parameter name '{name}' is invalid. Route parameter names must be non-empty and cannot contain"
            " these characters: '{', '}', '/'. The '?' character marks a parameter as optional, and can occur only at"
            " the end of the parameter. The '*' character marks a parameter as catch-all, and can occur only at the"
            " start of the parameter."
        )
    if catch_all and optional:
        raise TemplateError("A catch-all parameter cannot be marked optional.")
    if optional and default is not None:
        raise TemplateError("An optional parameter cannot have default value.")
    try:
        tests = tuple(constraints.parse(item) for item in constraint_text)
    except constraints.ConstraintError as error:
        raise TemplateError(str(error)) from error
    return Parameter(name, catch_all, optional, default, tests)


def _parts(body: str) -> tuple[str, list[str], str | None]:
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


def _check_segment(text: str, parts: list[str | Parameter]) -> None:
    for index, part in enumerate(parts):
        if not isinstance(part, Parameter) or len(parts) == 1:
            continue
        if part.catch_all:
            raise TemplateError(
                "A path segment that contains more than one section, such as a literal section or a parameter, cannot"
                " contain a catch-all parameter."
            )
        if part.optional and (index != len(parts) - 1 or parts[index - 1] != "."):
            raise TemplateError(
                f"In the segment '{text}', the optional parameter '{part.name}' is preceded by an invalid segment."
                " Only a period (.) can precede an optional parameter."
            )


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
