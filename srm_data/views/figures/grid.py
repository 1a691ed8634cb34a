"""Cells in rows and columns, as most figures have them: the labels at the left, one or more blocks beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from srm_data.views.content import TableCell
from srm_data.views.figures.text_fit import common_size, fit, measure
from srm_data.views.matrix_content import named_party

if TYPE_CHECKING:
    from srm_data.views.figures.canvas import Canvas

GAP = 8
BETWEEN = 28  # two blocks
_HEAD = 66  # height of the headings of the columns
_LEAST = 18  # headings that would be smaller than this are turned on their side
_TURNED = 22  # and get this size
_BAND = 36  # height of the name of a band over its rows
_BAND_NAME = 24
_LOW = 38  # where rows would be lower than this, there is no room for the bands


#: A row of a grid: the cell that names it, then its cells.
Row = tuple[TableCell, ...]


@dataclass(frozen=True)
class Grid:
    """Where the rows of a grid lie on a slide."""

    canvas: Canvas
    rows: Sequence[Row]
    top: float
    pitch: float
    labels: float  # width of the labels
    turned: bool = False  # the headings stand on their side
    bands: Mapping[int, str] = field(default_factory=dict)  # the name of a band, by its first row

    @property
    def height(self) -> float:
        """Height of one cell."""
        return self.pitch - GAP * 0.75

    @property
    def bottom(self) -> float:
        """Where the last row ends."""
        return self.top + self.pitch * len(self.rows) + _BAND * len(self.bands)

    def y(self, row: int) -> float:
        """Upper side of a row."""
        return self.top + row * self.pitch + _BAND * sum(first <= row for first in self.bands)

    def names(self) -> None:
        """Write the labels of the rows, each with its note under it."""
        s, width, room = self.canvas, self.labels - 20, self.pitch * 0.9
        names = [row[0] for row in self.rows]
        noted = any(name.source for name in names)
        largest = 27 if self.pitch <= 84 else 32
        size = common_size([name.text for name in names], largest, width, 2, room)
        beside = all(measure(f"{name.text}  {name.source}", size) <= width for name in names)
        for first, band in self.bands.items():
            y = self.y(first) - _BAND
            s.text(s.left, y + _BAND * 0.55, band, _BAND_NAME, width=s.room, bold=True, colour=s.theme.quiet)
            s.rule(y + 2, s.theme.line)
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
                    s.left,
                    y + room * 0.27,
                    name.source,
                    min(22, room * 0.4),
                    width=width,
                    colour=s.theme.quiet,
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
            x, y, length = left + wide / 2, self.top - 12, _turned_length([head], wide)
            self.canvas.text(
                x, y, head, _TURNED, width=length, lines=2, bold=True, colour=colour, turned=True
            )
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
    blocks: int = 1,
    width: float | None = None,
    bands: Mapping[int, str] | None = None,
) -> Grid:
    """Lay rows between top and bottom of a slide, under the headings of one block or of several.

    Several blocks have a name over their headings.

    Args:
        canvas: the slide, with its `head` and `foot` drawn.
        rows: the cells, the name of the row first.
        labels: width of the names of the rows, in slide pixels.
        heads: the headings of one block.
        blocks: how many blocks stand beside each other.
        width: of labels and blocks together, in slide pixels; the whole slide when left out.
        bands: names over groups of rows, by the first row of each; left out where the rows would be too low.
    """
    over = 34 if blocks > 1 else 0
    block = ((width or canvas.room) - labels - BETWEEN * (blocks - 1)) / blocks
    wide = (block + GAP) / len(heads) - GAP
    turned = _head_size(heads, wide) <= _LEAST
    top = canvas.top + over + (_turned_length([head.text for head in heads], wide) + 24 if turned else _HEAD)
    room = canvas.bottom - top
    bands = bands if bands and (room - _BAND * len(bands)) / len(rows) >= _LOW else {}
    pitch = min(84.0 if len(rows) > 4 else 120.0, (room - _BAND * len(bands)) / len(rows))
    return Grid(canvas, rows, top, pitch, labels, turned, bands)


def _head_size(heads: Row, wide: float) -> float:
    """One size for all headings of a block."""
    return min(fit(head.text, 30, wide - 8, 2, height=_HEAD - 10, bold=True)[1] for head in heads)


def _turned_length(heads: Iterable[str], wide: float) -> float:
    """How long the headings are on their side, in two lines where a column is wide enough for them."""
    heads = list(heads)
    longest = max(measure(head, _TURNED, bold=True) for head in heads)
    if wide < 2.5 * _TURNED:
        return longest

    def fits(length: float) -> bool:
        return all(fit(head, _TURNED, length, 2, bold=True)[1] == _TURNED for head in heads)

    while fits(longest * 0.98):
        longest *= 0.98
    return longest


def label_width(canvas: Canvas, columns: int) -> float:
    """How wide the labels of the rows are beside so many columns."""
    if canvas.wide:
        return {1: 620, 2: 520, 3: 460, 4: 400}.get(columns, 350)
    return canvas.room * {1: 0.5, 2: 0.42, 3: 0.36, 4: 0.33}.get(columns, 0.3)
