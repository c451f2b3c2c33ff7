"""requirements.txt: what an app asks for, and which versions that allows."""

from __future__ import annotations

import os
import re
from typing import NamedTuple

from pystein_lsp.model.files import Files
from pystein_lsp.syntax.span import Location, Span

NAME = "requirements.txt"
LIBRARY = "azure-functions"
_LINE = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*([^;#@]*)")
_INCLUDE = re.compile(r"\s*(?:-r|--requirement)[\s=]\s*(\S+)")
_CLAUSE = re.compile(r"(===|==|~=|!=|<=|>=|<|>)\s*([0-9][0-9A-Za-z.*+!-]*)")
_MAX_FILES = 20


class TextFile(NamedTuple):
    """A file as an anchor for places in it."""

    path: str
    line: int = 0


class Requirement(NamedTuple):
    """One requirement."""

    name: str
    """Normalised: lower case, single dashes."""
    clauses: tuple[tuple[str, str], ...]
    """Operator and version; empty where any version will do."""
    location: Location


class Requirements(NamedTuple):
    """All requirements of an app."""

    found: tuple[Requirement, ...]
    complete: bool
    """False where something may bring more than is listed: no file at all, a folder or an address to install from."""

    def get(self, name: str) -> Requirement | None:
        """The requirement of a distribution; None where it is not listed, or listed more than once."""
        listed = [each for each in self.found if each.name == normalised(name)]
        return listed[0] if len(listed) == 1 else None

    def pinned(self, pins: tuple[Requirement, ...]) -> Requirements:
        """The same with some of them replaced."""
        names = {pin.name for pin in pins}
        return self._replace(found=(*(each for each in self.found if each.name not in names), *pins)) if pins else self

    def lists(self, name: str) -> bool:
        """Whether a distribution is listed."""
        return any(each.name == normalised(name) for each in self.found)


def normalised(name: str) -> str:
    """A distribution's name as names are compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_requirements(files: Files, root: str) -> Requirements:
    """The requirements of the app at `root`, included files too."""
    if NAME not in files.names(root):
        return Requirements((), complete=False)
    found: list[Requirement] = []
    pending, seen, complete = [os.path.join(root, NAME)], set[str](), True
    while pending:
        path = pending.pop()
        text = files.text(path)
        if path in seen or text is None or len(seen) > _MAX_FILES:
            complete = complete and path in seen
            continue
        seen.add(path)
        for number, line in enumerate(text.replace("\r\n", "\n").split("\n")):
            if include := _INCLUDE.match(line):
                pending.append(os.path.normpath(os.path.join(os.path.dirname(path), include[1])))
            elif line.strip() and not line.lstrip().startswith(("#", "--")):
                requirement = _requirement(line, Location(TextFile(path), Span(number, 0, number, len(line.rstrip()))))
                if requirement:
                    found.append(requirement)
                else:
                    complete = False
    return Requirements(tuple(found), complete)


def _requirement(line: str, location: Location) -> Requirement | None:
    match = _LINE.match(line)
    if match is None or "://" in line.partition("#")[0] or line.lstrip().startswith("-") or "/" in match[1]:
        return None
    rest = match[2].strip()
    if rest and not _CLAUSE.match(rest) and not rest.startswith("("):
        return None
    return Requirement(normalised(match[1]), tuple(_CLAUSE.findall(rest)), location)


def may_be(requirement: Requirement, since: str) -> bool:
    """Whether some version from `since` on satisfies a requirement."""
    wanted = _numbers(since)
    return all(_reaches(operator, version, wanted) for operator, version in requirement.clauses)


def _reaches(operator: str, version: str, wanted: tuple[int, ...]) -> bool:
    bound = _numbers(version)
    if operator in ("==", "===") and not version.endswith("*"):
        return _padded(bound) >= _padded(wanted)
    if operator == "<=":
        return _padded(bound) >= _padded(wanted)
    if operator == "<":
        return _padded(bound) > _padded(wanted)
    if operator in ("==", "~="):  # a prefix: ==1.17.* and ~=1.17.0 both stay in 1.17
        prefix = bound if operator == "==" else bound[:-1]
        return prefix >= wanted[: len(prefix)]
    return True


def pinned_major(requirement: Requirement) -> int | None:
    """The major version that a requirement is bound to, None where it may be several."""
    for operator, version in requirement.clauses:
        if operator in ("==", "===", "~="):
            return _numbers(version)[0]
    return None


def _numbers(version: str) -> tuple[int, ...]:
    found = tuple(int(number) for number in re.findall(r"\d+", re.split(r"[a-z+!-]", version, maxsplit=1)[0]))
    return found or (0,)


def _padded(version: tuple[int, ...]) -> tuple[int, ...]:
    return (*version, 0, 0, 0)[:4]
