"""A module's text as blocks, edited in place: an edit reads again the blocks that it touched and moves the rest."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from pystein_lsp.syntax.blocks import Piece, next_piece
from pystein_lsp.syntax.tree import Problem, Statement


class Block:
    """One block of a document. Everything but `line` stays as it is for the block's life."""

    __slots__ = ("__weakref__", "height", "line", "memo", "path", "problem", "reach", "statements", "text")

    def __init__(self, path: str, line: int, piece: Piece) -> None:
        self.path = path
        self.line = line
        """The document's line, from 0, at which the block starts; moves with edits above."""
        self.text = piece.text
        self.height = piece.text.count("\n")
        self.reach = piece.seen
        """How many characters from its start on decided where it ends."""
        self.statements: tuple[Statement, ...] = piece.statements
        self.problem: Problem | None = piece.problem
        self.memo: dict[object, object] = {}
        """What others have worked out from this block alone."""

    def line_text(self, line: int) -> str:
        """A line of the block, from 0, without its end."""
        return self.text.split("\n")[line]


class Document:
    """The text of one module."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.blocks: list[Block] = []
        self._starts: list[int] = []
        self._far: list[Block] = []
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
        self.blocks = []
        self._recut(0, normalised(text), len(text), 0)

    def edit(self, line: int, column: int, end_line: int, end_column: int, text: str) -> None:
        """Replace a range: lines and columns from 0, in code points; positions outside the text are moved inside."""
        (line, column), (end_line, end_column) = sorted(
            [self._inside(line, column), self._inside(end_line, end_column)]
        )
        first = self._index(line)
        if line == self.blocks[first].line:
            first = max(0, first - 1)  # a block's first line decides whether it belongs to the block above
        last = self._index(end_line)
        region = "".join(block.text for block in self.blocks[first : last + 1])
        base = self.blocks[first].line
        start, end = _offset(region, line - base, column), _offset(region, end_line - base, end_column)
        region = region[:start] + normalised(text) + region[end:]
        changed_to = len(region) - (len(self.blocks[last].text) - _offset_in(self.blocks[last], end_line, end_column))
        self._recut(first, region, changed_to, last + 1)
        self._look_again(self.blocks[first])

    def _recut(self, first: int, region: str, changed_to: int, following: int) -> None:
        """Put the blocks of a changed region in place of those from `first` up to `following`."""
        pieces, following = self._cut_until_known(region, changed_to, following)
        self.blocks[first:following] = [Block(self.path, 0, piece) for piece in pieces]
        self._number(first)
        pairs = zip(self.blocks, [*self.blocks[1:], None], strict=True)
        self._far = [block for block, below in pairs if block.problem and _reaches_far(block, below)]

    def _look_again(self, changed: Block) -> None:
        """Blocks above that were open for something far below may end elsewhere after an edit there."""
        for block in self._far:
            if block.line >= changed.line:
                return
            index = self._index(block.line)
            text = "".join(other.text for other in self.blocks[index:])
            if len(next_piece(text, 0).text) != len(block.text):
                self._recut(index, text, len(text), len(self.blocks))
                return

    def _cut_until_known(self, region: str, changed_to: int, following: int) -> tuple[list[Piece], int]:
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
            if position >= changed_to and position in boundaries:
                return pieces, boundaries[position]
        if len(pieces) > 1 and not pieces[-1].text:
            pieces.pop()
        return pieces, following

    def _number(self, first: int) -> None:
        """Give the blocks from `first` on their lines."""
        line = self.blocks[first - 1].line + self.blocks[first - 1].height if first else 0
        for block in self.blocks[first:]:
            block.line = line
            line += block.height
        self._starts[first:] = [block.line for block in self.blocks[first:]]

    def _index(self, line: int) -> int:
        return max(0, bisect_right(self._starts, line) - 1)

    def _inside(self, line: int, column: int) -> tuple[int, int]:
        if line < 0:
            return 0, 0
        if line >= self.line_count:
            line, column = self.line_count - 1, 1 << 30
        return line, min(max(column, 0), len(self.line_text(line)))


def _reaches_far(block: Block, below: Block | None) -> bool:
    """Whether more decided about a block than the first line of the next one, with which it is read again anyway."""
    near = len(below.text.partition("\n")[0]) + 1 if below else 0
    return block.reach > len(block.text) + near


def normalised(text: str) -> str:
    """The text with `\\n` for every line end that Python and the protocol know."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _offset(text: str, line: int, column: int) -> int:
    position = 0
    for _ in range(line):
        position = text.index("\n", position) + 1
    return position + column


def _offset_in(block: Block, line: int, column: int) -> int:
    return _offset(block.text, line - block.line, column)
