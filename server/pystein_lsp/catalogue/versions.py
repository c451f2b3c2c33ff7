"""Which version of a library has what, and which knowledge stands in for a version that is not known.

azure-functions has two lines side by side: 1.x for Python 3.10 to 3.12 and 2.x for Python 3.13 and later. What 1.26 brought
came to the other line with 2.2, so every question is asked within a line.
"""

from typing import NamedTuple

from .loader import catalogue
from .types import Decorator, Parameter

FUNCTIONS = "azure-functions"
OLDEST = "1.10.0"
"""The first version with decorators."""


class Knowledge(NamedTuple):
    """What is used in answer to "what does version X have"."""

    version: str
    """The version whose knowledge is used."""
    note: str
    """One sentence where that is not the version asked for; empty where it is."""


def knowledge_of(version: str | None, package: str = FUNCTIONS) -> Knowledge:
    """The knowledge that stands in for a version: its own, or the nearest.

    Args:
        version: As installed or pinned (`1.21.0`, `2.2.0b5`); None where none is found.
        package: `azure-functions` or `azure-functions-durable`.
    """
    known = catalogue().describes[package]
    parsed = parse(version) if version else None
    if version is None or parsed is None:
        missing = f"No {package} was found" if version is None else f"{version!r} is no version of {package}"
        return Knowledge(known[0], f"{missing}; what {package} {known[0]} has is taken for granted.")
    newest = next((item for item in known if item.partition(".")[0] == version.partition(".")[0]), known[-1])
    if _parsed(newest) < parsed:
        return Knowledge(
            newest, f"{package} {version} is newer than what is known; what {newest} has is taken for granted."
        )
    if package == FUNCTIONS and parsed < _parsed(OLDEST):
        return Knowledge(
            OLDEST, f"{package} {version} has no decorators; they came with {OLDEST}, which is taken for granted."
        )
    return Knowledge(version, "")


def brings(decorator: Decorator, parameter: Parameter | None = None, version: str | None = None) -> str:
    """The first version with a decorator, or with one of its parameters, in the line that `version` belongs to."""
    second = decorator.package == FUNCTIONS and version is not None and _parsed(version) >= (2,)
    if second:
        return (parameter.since_2 if parameter else None) or decorator.since_2
    return (parameter.since if parameter else None) or decorator.since


def has(version: str, decorator: Decorator, parameter: Parameter | None = None) -> bool:
    """Whether a version (of the decorator's package) has a decorator, or one of its parameters."""
    return _parsed(version) >= _parsed(brings(decorator, parameter, version))


def parse(version: str) -> tuple[int, ...] | None:
    """The numbers of a version without what follows them (`1.21.0b3`: 1, 21, 0); None where it has none.

    A pre-release counts as its release: it has what the release has.
    """
    numbers: list[int] = []
    for part in version.strip().removeprefix("v").split("."):
        digits = part[: len(part) - len(part.lstrip("0123456789"))]
        if not digits:
            break
        numbers.append(int(digits))
        if digits != part:
            break
    return tuple(numbers) or None


def _parsed(version: str) -> tuple[int, ...]:
    return parse(version) or (0,)
