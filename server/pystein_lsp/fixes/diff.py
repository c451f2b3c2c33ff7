"""Changes as a unified diff, which `patch -p0` and `git apply -p0` take."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from pystein_lsp.fixes.apply import Change

_NO_LINE_END = "\\ No newline at end of file\n"


def diff(change: Change, shown: str) -> str:
    """The difference that a change makes to a file, under the name by which it is shown."""
    before, after = _lines(change.before.text), _lines(change.after.text)
    return "".join(_terminated(unified_diff(before, after, shown, shown, n=3)))


def _lines(text: str) -> list[str]:
    """Lines with their ends; only a line feed ends one, as in `diff`."""
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _terminated(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n{_NO_LINE_END}"
