"""A module's text as blocks, edited in place: an edit reads again the blocks that it touched and moves the rest."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import TypeVar

from pystein_lsp.syntax.blocks import Piece, next_piece
from pystein_lsp.syntax.future import MESSAGE, imports_future, misplaced, preamble
from pystein_lsp.syntax.tree import FunctionDef, Problem, Statement

T = TypeVar("T")


class Block:
    """One block of a document. Everything but `line` stays as it is for the block's life."""

    __slots__ = ("__weakref__", "height", "line", "memo", "path", "problem", "reach", "runs", "statements", "text")

    def __init__(self, path: str, line: int, piece: Piece) -> None:
        self.path = path
        self.line = line
        """The document's line, from 0, at which the block starts; moves with edits above."""
        self.text = piece.text
        self.height = piece.text.count("\n")
        self.reach = piece.reach
        """How many lines behind its first one were looked at to decide where it ends."""
        self.statements: tuple[Statement, ...] = piece.statements
        self.runs = any(not isinstance(each, FunctionDef) for each in piece.statements)
        """Whether it does more than to define functions."""
        self.problem: Problem | None = piece.problem
        self.memo: dict[object, object] = {}
        """What others have worked out from this block alone."""

    def kept(self, name: str, make: Callable[[Block], T]) -> T:
        """Something worked out from the block alone, once."""
        if name not in self.memo:
            self.memo[name] = make(self)
        return self.memo[name]  # type: ignore[return-value]  # one name, one maker

    def same(self, piece: Piece) -> bool:
        """Whether a piece would make the same block."""
        return (self.text, self.reach, self.problem) == (piece.text, piece.reach, piece.problem)

    def with_problem(self, problem: Problem | None) -> Block:
        """The block with another problem."""
        return Block(self.path, self.line, Piece(self.text, self.statements, problem, 0, self.reach))

    def line_text(self, line: int) -> str:
        """A line of the block, from 0, without its end."""
        start = _offset(self.text, line, 0)
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]


class Document:
    """The text of one module."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.version = 0
        """Counts edits."""
        self.blocks: list[Block] = []
        self._starts: list[int] = []
        self._far: list[Block] = []
        """Blocks about whose end more was decisive than the first line of the next one, with which they are read anyway."""
        self._futures: list[Block] = []
        self.replace(text)

    @property
    def text(self) -> str:
        """The whole text, with `\\n` for every kind of line end."""
        return "".join(block.text for block in self.blocks)

    @property
    def line_count(self) -> int:
        """Lines, counting the empty one behind a final line end."""
        return self.blocks[-1].line + self.blocks[-1].height + 1

    def line_text(self, line: int) -> str:
        """A line, from 0, without its end; empty beyond the text."""
        if not 0 <= line < self.line_count:
            return ""
        block = self.block_at(line)
        return block.line_text(line - block.line)

    def block_at(self, line: int) -> Block:
        """The block that holds a line."""
        return self.blocks[self._index(line)]

    def __iter__(self) -> Iterator[Block]:
        """The blocks from top to bottom."""
        return iter(self.blocks)

    def replace(self, text: str) -> None:
        """Take a new text altogether."""
        text = normalised(text)
        self.blocks = []
        self._starts = []
        self._far = []
        self._futures = []
        self._recut(0, text, len(text), 0)

    def edit(self, line: int, column: int, end_line: int, end_column: int, text: str) -> None:
        """Replace a range: lines and columns from 0, in code points; positions outside the text are moved inside."""
        (line, column), (end_line, end_column) = sorted(
            [self._inside(line, column), self._inside(end_line, end_column)]
        )
        first = self._index(line)
        if line == self.blocks[first].line:
            first = max(0, first - 1)  # a block's first line decides whether it belongs to the block above
        last = self._index(end_line)
        base = self.blocks[first].line
        region = self._text(first, last + 1)
        start, end = _offset(region, line - base, column), _offset(region, end_line - base, end_column)
        new = normalised(text)
        self._recut(first, region[:start] + new + region[end:], start + len(new), last + 1)
        self._look_again(base, last_line=line + new.count("\n"))

    def _text(self, first: int, following: int) -> str:
        return "".join(block.text for block in self.blocks[first:following])

    def _recut(self, first: int, region: str, changed_to: int, following: int) -> None:
        """Put the blocks of a changed region in place of those from `first` up to `following`."""
        self.version += 1
        pieces, following = self._cut_until_known(region, changed_to, following)
        start, end = 0, len(pieces)
        # blocks at the edges were read again, and mostly are as they were
        while start < end and first < following and self.blocks[first].same(pieces[start]):
            start, first = start + 1, first + 1
        while start < end and first < following and self.blocks[following - 1].same(pieces[end - 1]):
            end, following = end - 1, following - 1
        old = self.blocks[first:following]
        new = [Block(self.path, 0, piece) for piece in pieces[start:end]]
        self.blocks[first:following] = new
        self._number(first, len(old), len(new))
        if any(_reaches_far(block) for block in (*old, *new)):
            self._far = [block for block in self.blocks if _reaches_far(block)]
        if self._futures or any(imports_future(block) for block in new):
            self._place_futures()

    def _look_again(self, first_line: int, last_line: int) -> None:
        """Blocks above an edit that were open for something far below may end elsewhere now."""
        for block in self._far:
            if block.line >= first_line:
                return
            if block.line + block.reach < first_line:
                continue
            index = self._index(block.line)
            following = self._index(last_line) + 1
            pieces, _ = self._cut_until_known(self._text(index, following), 0, following, only_first=True)
            if not block.same(pieces[0]):
                region = self._text(index, following)
                self._recut(index, region, len(region), following)
                return

    def _cut_until_known(
        self, region: str, changed_to: int, following: int, *, only_first: bool = False
    ) -> tuple[list[Piece], int]:
        """Cut from a changed region on, until an old block boundary behind the change is met again.

        Returns:
            The new pieces and the index of the first old block that they do not replace.
        """
        pieces: list[Piece] = []
        boundaries: dict[int, int] = {len(region): following}
        position, text, ahead = 0, region, 2
        while position < len(text) or not pieces:
            piece = next_piece(text, position)
            if piece.seen > len(text) and following < len(self.blocks):
                # the end of what we gave it decided: give it more
                for block in self.blocks[following : following + ahead]:
                    text += block.text
                    following += 1
                    boundaries[len(text)] = following
                ahead *= 2
                continue
            pieces.append(piece)
            position += len(piece.text)
            if only_first or (position >= changed_to and position in boundaries):
                return pieces, boundaries.get(position, following)
        if len(pieces) > 1 and not pieces[-1].text:
            pieces.pop()
        return pieces, following

    def _number(self, first: int, old: int, new: int) -> None:
        """Give new blocks from `first` on, in place of old ones, their lines, and those behind them if they moved."""
        line = self.blocks[first - 1].line + self.blocks[first - 1].height if first else 0
        for block in self.blocks[first : first + new]:
            block.line = line
            line += block.height
        self._starts[first : first + old] = [block.line for block in self.blocks[first : first + new]]
        below = first + new
        if below < len(self.blocks) and self.blocks[below].line != line:
            moved = line - self.blocks[below].line
            for block in self.blocks[below:]:
                block.line += moved
            self._starts[below:] = [block.line for block in self.blocks[below:]]

    def _place_futures(self) -> None:
        """Say of each `from __future__` whether it stands where it may."""
        head = preamble(self.blocks)
        for index, block in enumerate(self.blocks):
            if not imports_future(block):
                continue
            wrong = index >= head
            if wrong and block.problem is None:
                self.blocks[index] = block.with_problem(misplaced(block))
            elif not wrong and block.problem and block.problem.message == MESSAGE:
                self.blocks[index] = block.with_problem(None)
        self._futures = [block for block in self.blocks if imports_future(block)]

    def _index(self, line: int) -> int:
        return max(0, bisect_right(self._starts, line) - 1)

    def _inside(self, line: int, column: int) -> tuple[int, int]:
        if line < 0:
            return 0, 0
        if line >= self.line_count:
            line, column = self.line_count - 1, 1 << 30
        return line, min(max(column, 0), len(self.line_text(line)))


def _reaches_far(block: Block) -> bool:
    """Whether more decided about a block than the first line of the next one, with which it is read again anyway."""
    return block.problem is not None and block.reach > block.height


def normalised(text: str) -> str:
    """The text with `\\n` for every line end that Python and the protocol know."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _offset(text: str, line: int, column: int) -> int:
    if line > 100:
        return len(text) - len(text.split("\n", line)[line]) + column
    position = 0
    for _ in range(line):
        position = text.index("\n", position) + 1
    return position + column
