"""Edits of text, and the rounds in which fixes are applied."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pystein_lsp.fixes.apply import MOST_ROUNDS, Outcome, apply_fixes
from pystein_lsp.fixes.diff import diff
from pystein_lsp.fixes.source_file import SourceFile, read_source
from pystein_lsp.model.files import Files
from pystein_lsp.rules.diagnose import Diagnostic
from pystein_lsp.rules.rule import Edit, Fix
from pystein_lsp.rules.unused_suppression import UnusedSuppression
from pystein_lsp.syntax.document import normalised
from pystein_lsp.syntax.span import Location, Span


class Anchor:
    """A file of which nothing is known but its path."""

    line = 0

    def __init__(self, path: Path) -> None:
        self.path = str(path)


def edit(path: Path, span: tuple[int, int, int, int], text: str) -> Edit:
    return Edit(Location(Anchor(path), Span(*span)), text)


def finding(*fixes: Fix, message: str = "wrong") -> Diagnostic:
    location = fixes[0].edits[0].location
    return Diagnostic(UnusedSuppression, "warning", "none", message, location, None, (), fixes, late=False)


def fixing(*edits: Edit, safe: bool = True) -> Fix:
    return Fix("mend", safe, edits)


def run(ask: Callable[[Files], list[Diagnostic]], *, unsafe: bool = False) -> tuple[Outcome, Files]:
    files = Files()
    return apply_fixes(files, "/", lambda: ask(files), unsafe=unsafe), files


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "a.py"
    found.write_text("one = 1\ntwo = 2\n")
    return found


LINES = st.lists(st.text(st.sampled_from("ab😀\t \x0c\u2028"), max_size=9), min_size=1, max_size=5)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.data())
def test_places_are_those_of_the_normalised_text(lines: list[str], line_end: str, data: st.DataObject) -> None:
    text = line_end.join(lines)
    places = []
    for _ in range(2):
        line = data.draw(st.integers(0, len(lines) - 1))
        places.append((line, data.draw(st.integers(0, len(lines[line])))))
    (line, column), (end_line, end_column) = sorted(places)
    new = data.draw(st.sampled_from(["", "x", "x\ny"]))
    after = SourceFile("a.py", text).edited([edit(Path("a.py"), (line, column, end_line, end_column), new)])
    expected = [*lines[:line], lines[line][:column] + new + lines[end_line][end_column:], *lines[end_line + 1 :]]
    assert normalised(after.text) == "\n".join(expected)


@given(st.binary(max_size=40), st.sampled_from([b"", b"\xef\xbb\xbf", b"# coding: latin-1\n", b"# coding: utf-7\n"]))
def test_what_is_read_can_be_written_back(data: bytes, head: bytes) -> None:
    source = read_source("a.py", head + data)
    assert source is None or source.encoded() == head + data


def test_fixes_that_do_not_meet_share_a_round(path: Path) -> None:
    def ask(files: Files) -> list[Diagnostic]:
        rounds.append(files.generation)
        module = files.module(str(path))
        assert module
        found = [("one", (0, 0, 0, 3)), ("two", (1, 0, 1, 3))]
        return [finding(fixing(edit(path, span, "new"))) for word, span in found if word in module.document.text]

    rounds: list[int] = []
    outcome, _ = run(ask)
    assert (outcome.applied, outcome.stable, len(rounds)) == (2, True, 2)
    assert outcome.changes[0].after.text == "new = 1\nnew = 2\n"


def test_fixes_that_meet_take_turns(path: Path) -> None:
    def ask(files: Files) -> list[Diagnostic]:
        module = files.module(str(path))
        assert module
        text = module.document.text
        wide, narrow = fixing(edit(path, (0, 0, 0, 7), "x = 9")), fixing(edit(path, (0, 6, 0, 7), "8"))
        return [finding(wide), finding(narrow)] if "one" in text else []

    outcome, _ = run(ask)
    assert (outcome.applied, outcome.changes[0].after.text) == (1, "x = 9\ntwo = 2\n")


def test_a_fix_that_breaks_the_file_is_undone(path: Path) -> None:
    def ask(files: Files) -> list[Diagnostic]:
        module = files.module(str(path))
        assert module
        good = (
            [finding(fixing(edit(path, (1, 0, 1, 3), "new")), message="good")] if "two" in module.document.text else []
        )
        return [finding(fixing(edit(path, (0, 6, 0, 7), "("))), *good]

    outcome, files = run(ask)
    assert outcome.stable
    assert outcome.changes[0].after.text == "one = 1\nnew = 2\n"
    module = files.module(str(path))
    assert module
    assert module.document.text == "one = 1\nnew = 2\n"


def test_the_next_fix_is_taken_where_one_is_refused(path: Path) -> None:
    def ask(files: Files) -> list[Diagnostic]:
        module = files.module(str(path))
        assert module
        fixes = (fixing(edit(path, (0, 6, 0, 7), "(")), fixing(edit(path, (0, 6, 0, 7), "3")))
        return [finding(*fixes)] if "1" in module.document.text else []

    outcome, _ = run(ask)
    assert outcome.changes[0].after.text == "one = 3\ntwo = 2\n"


def test_unsafe_fixes_are_left_unless_asked_for(path: Path) -> None:
    def ask(files: Files) -> list[Diagnostic]:
        module = files.module(str(path))
        assert module
        return [finding(fixing(edit(path, (0, 0, 0, 3), "x"), safe=False))] if "one" in module.document.text else []

    assert run(ask)[0].changes == ()
    assert run(ask, unsafe=True)[0].changes[0].after.text == "x = 1\ntwo = 2\n"


def test_fixes_that_call_each_other_forth_come_to_an_end(path: Path) -> None:
    def ask(files: Files) -> list[Diagnostic]:
        module = files.module(str(path))
        assert module
        word, other = ("one", "uno") if "one" in module.document.text else ("uno", "one")
        return [finding(fixing(edit(path, (0, 0, 0, 3), other)), message=word)]

    outcome, _ = run(ask)
    assert not outcome.stable
    assert outcome.applied <= MOST_ROUNDS


def test_a_fix_that_does_not_help_is_made_once(path: Path) -> None:
    outcome, _ = run(lambda _: [finding(fixing(edit(path, (0, 0, 0, 0), "# note\n")))])
    assert (outcome.stable, outcome.applied) == (False, 1)


def test_all_edits_of_a_fix_or_none(path: Path) -> None:
    gone = path.with_name("gone.py")

    def ask(_: Files) -> list[Diagnostic]:
        return [finding(fixing(edit(path, (0, 0, 0, 3), "x"), edit(gone, (0, 0, 0, 0), "y")))]

    outcome, _ = run(ask)
    assert (outcome.changes, outcome.stable) == ((), True)


def test_diff_of_a_file_without_its_last_line_end(path: Path) -> None:
    path.write_text("one = 1")

    def ask(files: Files) -> list[Diagnostic]:
        module = files.module(str(path))
        assert module
        return [finding(fixing(edit(path, (0, 6, 0, 7), "2")))] if "1" in module.document.text else []

    [change] = run(ask)[0].changes
    no_end = "\\ No newline at end of file\n"
    assert diff(change, "a.py") == f"--- a.py\n+++ a.py\n@@ -1 +1 @@\n-one = 1\n{no_end}+one = 2\n{no_end}"
