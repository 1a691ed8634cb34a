"""Cells in rows and columns, as most figures have them: the labels at the left, the cells beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from srm_data.views.content import TableCell
from srm_data.views.figures.areas import Row, lines_of_bold, turned_length
from srm_data.views.figures.text_fit import LEAST, common_size, fit, measure
from srm_data.views.matrix_content import named_party

if TYPE_CHECKING:
    from srm_data.views.figures.canvas import Canvas

GAP = 8
_HEAD = 66  # height of the headings of the columns
_TURNED = LEAST  # the size of headings that stand on their side


@dataclass(frozen=True)
class Grid:
    """Where the rows of a grid lie on a slide."""

    canvas: Canvas
    rows: Sequence[Row]
    top: float
    pitch: float
    labels: float  # width of the labels
    turned: bool = False  # the headings stand on their side

    @property
    def height(self) -> float:
        """Height of one cell."""
        return self.pitch - GAP * 0.75

    @property
    def bottom(self) -> float:
        """Where the last row ends."""
        return self.top + self.pitch * len(self.rows)

    def y(self, row: int) -> float:
        """Upper side of a row."""
        return self.top + row * self.pitch

    def names(self) -> None:
        """Write the labels of the rows, each with its note under it."""
        s, width, room = self.canvas, self.labels - 20, self.pitch * 0.9
        names = [row[0] for row in self.rows]
        noted = any(name.source for name in names)
        largest = 27 if self.pitch <= 84 else 32
        size = common_size([name.text for name in names], largest, width, 2, room)
        beside = all(measure(f"{name.text}  {name.source}", size) <= width for name in names)
        for j, name in enumerate(names):
            y = self.y(j) + self.height / 2
            if not noted:
                s.text(s.left, y, name.text, size, width=width, lines=2, height=room)
            elif beside:
                s.text(s.left, y, name.text, size, width=width)
                x = s.left + measure(f"{name.text}  ", size)
                s.text(x, y, name.source, size * 0.8, width=width, colour=s.theme.quiet)
            else:  # the same size for all, with or without a note
                up = room * 0.22 if name.source else 0
                s.text(s.left, y - up, name.text, min(size, room * 0.55), width=width)
                s.text(
                    s.left, y + room * 0.27, name.source, min(22, room * 0.4), width=width, colour=s.theme.quiet
                )

    def fill(
        self,
        heads: Row,
        width: float = 0,
        *,
        under: bool = False,
    ) -> None:
        """Labels and one block of all columns; see `block`.

        Args:
            heads: what stands above the cells.
            width: of labels and block together, in slide pixels; the whole slide when 0.
            under: whether a heading that is lit has a line under it.
        """
        self.names()
        x, wide = self.canvas.left + self.labels, (width or self.canvas.room) - self.labels
        self.block(heads, x, wide, slice(1, None), under=under)

    def block(
        self,
        heads: Row,
        x: float,
        width: float,
        columns: slice,
        *,
        under: bool = False,
    ) -> None:
        """Draw some of the columns beside the labels; what is lit or has changed gets a ring.

        Args:
            heads: what stands above them.
            x: left side of the block.
            width: of the whole block.
            columns: which of the cells of a row it shows; the first is its name.
            under: whether a heading that is lit has a line under it.
        """
        s = self.canvas
        pitch = (width + GAP) / len(heads)
        wide = pitch - GAP
        rows = [row[columns] for row in self.rows]
        size = _head_size(heads, wide)
        word = s.word_size([cell for row in rows for cell in row], wide, self.height)
        for i, head in enumerate(heads):
            left = x + i * pitch
            bright = any(not row[i].dim for row in rows)
            self._head(head.text, left, wide, size, "" if bright else s.theme.quiet)
            if under and head.lit:
                s.rule(self.top - 5, s.theme.accent, x=left, width=wide, line=6.5)
            for j, row in enumerate(rows):
                y = self.y(j)
                cell = row[i]
                if cell.open:
                    s.blank(left, y, wide, self.height)
                else:
                    self._cell(cell, left, y, wide, word)
                if cell.lit or cell.changed:
                    s.around(left, y, wide, self.height)

    def _cell(self, cell: TableCell, x: float, y: float, wide: float, word: float) -> None:
        """What stands in one place: a cell, parts of one, or a dash."""
        s = self.canvas
        if cell.party:
            s.cell(x, y, wide, self.height, cell, dim=cell.dim, word=word)
        elif cell.says:
            parties = dict.fromkeys(said.party for said in cell.says)
            marks = {said.party: said.mark for said in cell.says}
            part = (wide + GAP / 2) / len(parties)
            for k, party in enumerate(parties):
                one = named_party(party, s.lang, mark=marks[party])
                s.cell(x + k * part, y, part - GAP / 2, self.height, one, dim=cell.dim, word=0)
        elif cell.text:
            middle, size, quiet = y + self.height / 2, min(26, self.height * 0.7), s.theme.quiet
            s.text(x + wide / 2, middle, cell.text, size, width=wide, colour=quiet, align="center")

    def _head(self, head: str, left: float, wide: float, size: float, colour: str) -> None:
        if self.turned:
            x, y, length = left + wide / 2, self.top - 12, turned_length([head], wide)
            self.canvas.text(x, y, head, _TURNED, width=length, lines=2, bold=True, colour=colour, turned=True)
            return
        y, height = self.top - _HEAD / 2 - 6, _HEAD - 10
        self.canvas.text(
            left + 4, y, head, size, width=wide - 8, lines=2, height=height, bold=True, colour=colour
        )


def lay(
    canvas: Canvas,
    rows: Sequence[Row],
    labels: float,
    heads: Row,
    *,
    width: float | None = None,
) -> Grid:
    """Lay rows between top and bottom of a slide, under their headings.

    Args:
        canvas: the slide, with its `head` and `foot` drawn.
        rows: the cells, the name of the row first.
        labels: width of the names of the rows, in slide pixels.
        heads: the headings of the columns.
        width: of labels and blocks together, in slide pixels; the whole slide when left out.
    """
    block = (width or canvas.room) - labels
    wide = (block + GAP) / len(heads) - GAP
    turned = any(lines_of_bold(head.text, wide - 8, 2) > 2 for head in heads)
    top = canvas.top + (turned_length([head.text for head in heads], wide) + 24 if turned else _HEAD)
    pitch = min(84.0 if len(rows) > 4 else 120.0, (canvas.bottom - top) / len(rows))
    return Grid(canvas, rows, top, pitch, labels, turned)


def _head_size(heads: Row, wide: float) -> float:
    """One size for all headings of a block."""
    return min(fit(head.text, 30, wide - 8, 2, height=_HEAD - 10, bold=True)[1] for head in heads)


def label_width(canvas: Canvas, columns: int) -> float:
    """How wide the labels of the rows are beside so many columns."""
    if canvas.wide:
        return {1: 620, 2: 520, 3: 460, 4: 400}.get(columns, 350)
    return canvas.room * {1: 0.5, 2: 0.42, 3: 0.36, 4: 0.33}.get(columns, 0.3)
