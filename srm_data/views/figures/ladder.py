"""The columns as rungs: a block an area, coloured by its party, the provider's at the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data.core.language import texts
from srm_data.core.vocabulary import PARTIES
from srm_data.views.figures.text_fit import LEADING, LEAST, fit

if TYPE_CHECKING:
    from srm_data.views.content import Table, TableCell
    from srm_data.views.figures.canvas import Canvas

_GAP, _BETWEEN = 6.0, 30.0  # of two blocks, of two rungs
_HEAD = 74.0  # room for the name of a rung over its blocks
_LOWEST = 34.0  # blocks would be lower than this: they stand in two rows
_LINE = LEAST * LEADING


def ladder(canvas: Canvas, table: Table, areas: int, *, claimed: bool) -> None:
    """Draw a rung for each row of a table: its blocks, how many are whose, and what is new on it.

    Args:
        canvas: the slide to draw on; it has its `head` and `foot`.
        table: of bars: a name, the counts of the parties and what is new, in each row.
        areas: how many areas the matrix has.
        claimed: whether the first and the last rung are marked, which the title is about.
    """
    rows = table.rows[table.heads :]
    width = (canvas.room + _BETWEEN) / len(rows) - _BETWEEN
    top = canvas.top + _HEAD
    high = (canvas.bottom - top + _GAP) / areas
    across = 1 if high >= _LOWEST else 2
    high = min(76.0, (canvas.bottom - top + _GAP) / -(-areas // across))
    block = min(130.0, width * 0.42) if across == 1 else min(90.0, width * 0.25)
    for i, (name, bar, came) in enumerate(rows):
        x = canvas.left + i * (width + _BETWEEN)
        rung = _Rung(canvas, x, width, block, high, across)
        if name.text:
            size, y, room = 32 if canvas.wide else 28, canvas.top + _HEAD / 2 - 8, _HEAD + 4
            canvas.text(x, y, name.text, size, width=width + 10, lines=3, height=room, bold=True)
        if bar.open:
            rung.blank(areas)
        else:
            rung.draw(bar, [said.text for said in came.says], claimed=claimed and i in (0, len(rows) - 1))


class _Rung:
    """Where the blocks of one rung stand, counted from the foot; there may be two in a row."""

    def __init__(
        self, canvas: Canvas, x: float, width: float, block: float, high: float, across: int
    ) -> None:
        self.canvas, self.x, self.width = canvas, x, width
        self.block, self.high, self.across = block, high, across
        self.words = x + across * (block + _GAP) + 12

    def box(self, n: int) -> tuple[float, float, float, float]:
        """Left, top, width and height of the block with this number from the foot."""
        row, column = divmod(n, self.across)
        top = self.canvas.bottom - (row + 1) * self.high + _GAP
        return self.x + column * (self.block + _GAP), top, self.block, self.high - _GAP

    def blank(self, areas: int) -> None:
        """All blocks to fill in."""
        for n in range(areas):
            self.canvas.blank(*self.box(n))

    def draw(self, bar: TableCell, new: list[str], *, claimed: bool) -> None:
        """The blocks of each party, and beside them how many there are."""
        counts = {said.party: int(said.text) for said in bar.says}
        first = 0
        below = self.canvas.bottom  # words go no further down than this
        if claimed and not counts.get("provider"):
            x, y, wide, high = self.box(0)
            self.canvas.claim_rule(x, y + high + 6, self.across * (wide + _GAP) - _GAP)
        for party in (*reversed(PARTIES), "none"):
            n = counts.get(party, 0)
            if not n:
                continue
            for k in range(first, first + n):
                self._block(party, self.box(k))
            if claimed and party == "provider":
                self._claim(n)
            upper = self.box(first + n - 1)[1]
            counted = self._counted(n, party)
            lines = self._said(counted, new if party == "provider" else [], below - upper)
            below = self._write(lines, min(below, self.box(first)[1] + self.high - _GAP), upper)
            first += n

    def _block(self, party: str, box: tuple[float, float, float, float]) -> None:
        if party == "none":
            self.canvas.blank(*box)
        else:
            self.canvas.letter(*box, party)

    def _claim(self, n: int) -> None:
        """A ring around the first blocks, as far as they fill whole rows, and a row that is begun."""
        x, y, wide, _ = self.box(n - 1)
        foot = self.canvas.bottom
        whole = self.across * (wide + _GAP) - _GAP
        self.canvas.around(self.x, y, whole if n >= self.across else x + wide - self.x, foot - y)

    def _counted(self, n: int, party: str) -> list[str]:
        """How many, with the party's name, or its letter where the name does not fit."""
        words = texts(self.canvas.lang)
        names = words["not_applicable"] | {"letter": words["not_applicable"]["label"]}
        if party != "none":
            names = words["party"][party]
        width = self.x + self.width - self.words
        lines = fit(f"{n} {names['label']}", LEAST, width, 2, bold=True)[0]
        return lines if not any(line.endswith("…") for line in lines) else [f"{n} {names['letter']}"]

    def _said(self, counted: list[str], new: list[str], room: float) -> list[tuple[str, bool]]:
        """How many, and under it what is new, as far as there is room."""
        width = self.x + self.width - self.words
        lines = [(line, True) for line in counted]
        more: list[tuple[str, bool]] = []
        for name in new:
            shown, _ = fit(f"+\u00a0{name}", LEAST, width, 3)
            if any(line.endswith("…") for line in shown):
                return lines
            more += [(line, False) for line in shown]
        return lines + more if (len(lines) + len(more)) * _LINE <= room else lines

    def _write(self, lines: list[tuple[str, bool]], foot: float, upper: float) -> float:
        """Write lines beside blocks that reach from `upper` to `foot`; returns where they begin."""
        s, width = self.canvas, self.x + self.width - self.words
        high = len(lines) * _LINE
        y = min(upper + max(0.0, (foot - upper - high) / 2), foot - high)
        for k, (line, bold) in enumerate(lines):
            colour = "" if bold else s.theme.quiet
            s.text(self.words, y + (k + 0.5) * _LINE, line, LEAST, width=width, bold=bold, colour=colour)
        return y
