"""A few large rows of cells: columns over the whole width, and each row under its own name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from srm_data.views.figures.text_fit import LEADING, common_size, fit
from srm_data.views.matrix_content import named_party

if TYPE_CHECKING:
    from srm_data.views.content import TableCell
    from srm_data.views.figures.canvas import Canvas

_GAP = 8
_HATCHED = 66  # pixels that a cell needs for its hatch and its letter
_HEAD = 28


@dataclass(frozen=True)
class Columns:
    """Where the columns of a few rows lie on a slide."""

    canvas: Canvas
    x: float
    width: float
    count: int

    @property
    def wide(self) -> float:
        """Width of one cell."""
        return (self.width + _GAP) / self.count - _GAP

    def left(self, column: int) -> float:
        """Left side of a column."""
        return self.x + column * (self.wide + _GAP)

    def span(self, first: int, last: int) -> tuple[float, float]:
        """Left side and width of a run of columns."""
        left = self.left(first)
        return left, self.left(last) + self.wide - left

    def words_fit(self, cells: Collection[TableCell], height: float) -> bool:
        """Whether each of these cells can say its party in words.

        Args:
            cells: those that are drawn.
            height: of one cell.
        """
        one = not any(cell.says for cell in cells)
        return one and self.canvas.word_size(cells, self.wide, height) > 0

    def head_height(self, heads: Sequence[TableCell]) -> float:
        """How much room the headings take."""
        size = self._head_size(heads)
        lines = max(len(fit(head.text, size, self.wide, 3, bold=True)[0]) for head in heads)
        return lines * size * LEADING + 18

    def _head_size(self, heads: Sequence[TableCell]) -> float:
        return common_size([head.text for head in heads], _HEAD, self.wide, 3, 1000, bold=True)

    def heads(self, y: float, heads: Sequence[TableCell], quiet: Collection[int] = ()) -> None:
        """Write the headings of the columns.

        Args:
            y: upper side.
            heads: one for each column.
            quiet: the columns that step back.
        """
        s, size = self.canvas, self._head_size(heads)
        height = self.head_height(heads) - 18
        for k, head in enumerate(heads):
            colour = s.theme.quiet if k in quiet else ""
            middle, left = y + height / 2, self.left(k)
            s.text(left, middle, head.text, size, width=self.wide, lines=3, bold=True, colour=colour)

    def row(self, y: float, height: float, cells: Sequence[TableCell], word: float) -> None:
        """Draw the cells of one row.

        Args:
            y: upper side.
            height: of a cell.
            cells: one for each column.
            word: size of the party's name; 0 leaves it out.
        """
        s = self.canvas
        for k, cell in enumerate(cells):
            left = self.left(k)
            if cell.open:
                s.blank(left, y, self.wide, height)
            elif cell.party:
                s.cell(left, y, self.wide, height, cell, dim=cell.dim, word=word)
            elif cell.says:
                self._parts(left, y, height, cell)
            elif cell.text:
                middle, quiet = y + height / 2, s.theme.quiet
                s.text(
                    left + self.wide / 2, middle, cell.text, 26, width=self.wide, colour=quiet, align="center"
                )

    def _parts(self, left: float, y: float, height: float, cell: TableCell) -> None:
        """The parties of a cell that tells of several, beside each other."""
        s = self.canvas
        marks = {said.party: said.mark for said in cell.says}
        part = (self.wide + _GAP / 2) / len(marks)
        for k, (party, mark) in enumerate(marks.items()):
            x, wide = left + k * part, part - _GAP / 2
            if wide >= _HATCHED or party == "none":
                s.cell(x, y, wide, height, named_party(party, s.lang, mark=mark), word=0)
            else:
                s.letter(x, y, wide, height, party)


def runs(columns: Collection[int]) -> list[tuple[int, int]]:
    """The first and the last of each run of columns that stand beside each other.

    >>> runs([0, 1, 3])
    [(0, 1), (3, 3)]
    """
    found: list[tuple[int, int]] = []
    for k in sorted(columns):
        if found and found[-1][1] == k - 1:
            found[-1] = found[-1][0], k
        else:
            found.append((k, k))
    return found
