"""Cells in rows and columns, as most figures have them: the labels at the left, one or more blocks beside."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from srm_data.views.figures.text_fit import common_size, fit, measure

if TYPE_CHECKING:
    from srm_data.views.figures.slide import Slide
    from srm_data.core.matrix import Cell

GAP = 8
BETWEEN = 28  # two blocks
_HEAD = 66  # height of the headings of the columns
_LEAST = 18  # headings that would be smaller than this are turned on their side
_TURNED = 22  # and get this size


@dataclass(frozen=True)
class Row:
    """A row of a grid: what it is about, and what stands under each column.

    That is one cell as a rule, none where a table has no such cell, and several where it divides one.
    """

    label: str
    cells: tuple[tuple[Cell, ...], ...]
    note: str = ""
    open: bool = False  # still to be filled in


def one(*cells: Cell | None) -> tuple[tuple[Cell, ...], ...]:
    """Single cells, or none, as a row wants them."""
    return tuple((cell,) if cell else () for cell in cells)


def one_a_party(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """What several cells of one table say together: each party once."""
    return tuple({cell.party: cell for cell in cells}.values())


@dataclass(frozen=True)
class Grid:
    """Where the rows of a grid lie on a slide."""

    slide: Slide
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

    def names(self) -> None:
        """Write the labels of the rows, each with its note under it."""
        s, width, room = self.slide, self.labels - 20, self.pitch * 0.9
        noted = any(row.note for row in self.rows)
        largest = 27 if self.pitch <= 84 else 32
        size = common_size([row.label for row in self.rows], largest, width, 2, room)
        beside = all(measure(f"{row.label}  {row.note}", size) <= width for row in self.rows)
        for j, row in enumerate(self.rows):
            y = self.top + j * self.pitch + self.height / 2
            if not noted:
                s.text(s.left, y, row.label, size, width=width, lines=2, height=room)
            elif beside:
                s.text(s.left, y, row.label, size, width=width)
                x = s.left + measure(f"{row.label}  ", size)
                s.text(x, y, row.note, size * 0.8, width=width, colour=s.theme.quiet)
            else:  # the same size for all, with or without a note
                up = room * 0.22 if row.note else 0
                s.text(s.left, y - up, row.label, min(size, room * 0.55), width=width)
                s.text(
                    s.left, y + room * 0.27, row.note, min(22, room * 0.4), width=width, colour=s.theme.quiet
                )

    def fill(
        self,
        heads: Sequence[str],
        width: float = 0,
        *,
        lit: Collection[tuple[int, int]] | None = None,
        shown: int | None = None,
        under: Collection[int] = (),
        rings: Collection[tuple[int, int]] = (),
    ) -> None:
        """Labels and one block of all columns, over the whole slide or `width` of it; see `block`."""
        self.names()
        x, wide = self.slide.left + self.labels, (width or self.slide.room) - self.labels
        self.block(heads, x, wide, slice(None), lit=lit, shown=shown, under=under, rings=rings)

    def block(
        self,
        heads: Sequence[str],
        x: float,
        width: float,
        columns: slice,
        *,
        lit: Collection[tuple[int, int]] | None = None,
        shown: int | None = None,
        under: Collection[int] = (),
        rings: Collection[tuple[int, int]] = (),
    ) -> None:
        """Draw some of the columns beside the labels. Rows and columns are counted within the block.

        Args:
            heads: what stands above them.
            x: left side of the block.
            width: of the whole block.
            columns: which of the cells of a row it shows.
            lit: (row, column) of the cells in full colour; all of them when left out.
            shown: how many columns are filled in, from the left; all of them when left out.
            under: columns with a line under their heading.
            rings: (row, column) of the cells with a ring around them.
        """
        s = self.slide
        pitch = (width + GAP) / len(heads)
        wide = pitch - GAP
        rows = [row.cells[columns] for row in self.rows]
        size = _head_size(heads, wide)
        word = s.word_size([cells[0] for row in rows for cells in row if len(cells) == 1], wide, self.height)
        for i, head in enumerate(heads):
            left = x + i * pitch
            bright = lit is None or any(column == i for _, column in lit)
            self._head(head, left, wide, size, "" if bright else s.theme.quiet)
            if i in under:
                s.rule(self.top - 5, s.theme.accent, x=left, width=wide, line=4)
            for j, row in enumerate(rows):
                y = self.top + j * self.pitch
                if self.rows[j].open or (shown is not None and i >= shown):
                    s.blank(left, y, wide, self.height)
                else:
                    self._cells(row[i], left, y, wide, word, dim=lit is not None and (j, i) not in lit)
                if (j, i) in rings:
                    s.around(left, y, wide, self.height)

    def _cells(
        self, cells: tuple[Cell, ...], x: float, y: float, wide: float, word: float, *, dim: bool
    ) -> None:
        """What stands in one place: a cell, parts of one, or a dash."""
        s = self.slide
        if not cells:
            middle, quiet = y + self.height / 2, s.theme.quiet
            s.text(
                x + wide / 2,
                middle,
                "–",
                min(26, self.height * 0.7),
                width=wide,
                colour=quiet,
                align="center",
            )
        elif len(cells) == 1:
            s.cell(x, y, wide, self.height, cells[0], dim=dim, word=word)
        else:
            part = (wide + GAP / 2) / len(cells)
            for k, cell in enumerate(cells):
                s.cell(x + k * part, y, part - GAP / 2, self.height, cell, dim=dim, word=0)

    def _head(self, head: str, left: float, wide: float, size: float, colour: str) -> None:
        if self.turned:
            x, y, length = left + wide / 2, self.top - 12, _turned_length([head], wide)
            self.slide.text(x, y, head, _TURNED, width=length, lines=2, bold=True, colour=colour, turned=True)
            return
        y, height = self.top - _HEAD / 2 - 6, _HEAD - 10
        self.slide.text(
            left + 4, y, head, size, width=wide - 8, lines=2, height=height, bold=True, colour=colour
        )


def lay(
    slide: Slide,
    rows: Sequence[Row],
    labels: float,
    heads: Sequence[str],
    *,
    blocks: int = 1,
    width: float | None = None,
) -> Grid:
    """Lay rows between top and bottom of a slide, under the headings of one block or of several.

    Several blocks have a name over their headings. Labels and blocks take the whole slide, or `width`.
    """
    over = 34 if blocks > 1 else 0
    block = ((width or slide.room) - labels - BETWEEN * (blocks - 1)) / blocks
    wide = (block + GAP) / len(heads) - GAP
    turned = _head_size(heads, wide) <= _LEAST
    top = slide.top + over + (_turned_length(heads, wide) + 24 if turned else _HEAD)
    return Grid(
        slide,
        rows,
        top,
        min(84.0 if len(rows) > 4 else 120.0, (slide.bottom - top) / len(rows)),
        labels,
        turned,
    )


def _head_size(heads: Sequence[str], wide: float) -> float:
    """One size for all headings of a block."""
    return min(fit(head, 30, wide - 8, 2, height=_HEAD - 10, bold=True)[1] for head in heads)


def _turned_length(heads: Sequence[str], wide: float) -> float:
    """How long the headings are on their side, in two lines where a column is wide enough for them."""
    longest = max(measure(head, _TURNED, bold=True) for head in heads)
    if wide < 2.5 * _TURNED:
        return longest

    def fits(length: float) -> bool:
        return all(fit(head, _TURNED, length, 2, bold=True)[1] == _TURNED for head in heads)

    while fits(longest * 0.98):
        longest *= 0.98
    return longest


def label_width(slide: Slide, columns: int) -> float:
    """How wide the labels of the rows are beside so many columns."""
    if slide.wide:
        return {1: 620, 2: 520, 3: 460, 4: 400}.get(columns, 350)
    return slide.room * {1: 0.5, 2: 0.42, 3: 0.36, 4: 0.33}.get(columns, 0.3)
