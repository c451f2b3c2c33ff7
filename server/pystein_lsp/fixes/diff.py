"""Changes as a unified diff, which `patch -p0` and `git apply -p0` take."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from pystein_lsp.fixes.apply import Change

_NO_LINE_END = "\\ No newline at end of file\n"
_NO_FILE = "/dev/null"


def diff(change: Change, shown: str) -> str:
    """The difference that a change makes to a file, under the name by which it is shown."""
    return text_diff(change.before.text, change.after.text, shown)


def text_diff(before: str | None, after: str | None, shown: str) -> str:
    """The difference between two texts of a file; None where there is no file."""
    old, new = (_NO_FILE if text is None else shown for text in (before, after))
    return "".join(_terminated(unified_diff(_lines(before or ""), _lines(after or ""), old, new, n=3)))


def _lines(text: str) -> list[str]:
    """Lines with their ends; only a line feed ends one, as in `diff`."""
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _terminated(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n{_NO_LINE_END}"
