"""A move between two columns: a block for each kind of change, its areas large; what stays is a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from srm_data.core.language import texts
from srm_data.views.figures.text_fit import LEADING, LEAST, fit, measure

if TYPE_CHECKING:
    from srm_data.views.content import Table, TableCell
    from srm_data.views.figures.canvas import Canvas

_SIZES = (52.0, 46.0, 42.0, 38.0, 34.0, 30.0, 28.0, 26.0, LEAST)  # of the names of areas
_HEADING = 30.0  # size of what happens to them
_ARROW, _ASIDE = 66.0, 34.0  # room for an arrow, and between cells and words
_CELL, _LOWEST = 120.0, 62.0  # height of a cell at most, and at least
_BRACKET = 26.0  # room for the mark of the claim at the left
_COLUMNS = 44.0  # the headings over the cells
_KEPT = LEAST * LEADING  # a line of what stays
_ROWS = 12  # more areas than this stand in two columns while they wait for the move


@dataclass(frozen=True)
class _Block:
    """Areas to which the same happens: from one party to another. The first of a change has its heading."""

    heading: TableCell | None
    cells: tuple[TableCell, TableCell]
    names: tuple[str, ...]


def moves(canvas: Canvas, table: Table) -> None:
    """Draw what moved, a block for each change from one party to another, over lines that name what stayed.

    Args:
        canvas: the slide to draw on; it has its `head` and `foot`.
        table: grouped by change; the name of an area, what it was, and what it is, in each row.
    """
    groups = [(group, rows) for group, rows in table.grouped if group]
    moved = [block for group, rows in groups if not rows[0][1].dim for block in _blocks(group, rows)]
    kept = [(group, rows) for group, rows in groups if rows[0][1].dim]
    if not moved:
        _stayed(canvas, kept)
        return
    place = _Places(canvas, [block.cells for block in moved])
    top = canvas.top + _COLUMNS
    least = [_kept_lines(canvas, group, rows, 1) for group, rows in kept]
    for most in (3, 2, 1):
        told = [_kept_lines(canvas, group, rows, most) for group, rows in kept] if most > 1 else least
        floor = canvas.bottom - sum(len(lines) * _KEPT + 8 for lines in told) - (22 if kept else 0)
        if sum(_height(place, block, LEAST) for block in moved) <= floor - top:
            break
    y = floor + 22
    if kept:
        canvas.rule(y - 8, canvas.theme.line)
    for lines in told:
        for line in lines:
            canvas.text(canvas.left, y + _KEPT / 2, line, LEAST, width=canvas.room, colour=canvas.theme.quiet)
            y += _KEPT
        y += 8
    size = 26 if canvas.wide else LEAST
    _heads(canvas, table.rows[0][1:], (place.first, place.second), canvas.top + 12, place.cell + 40, size)
    _stack(place, moved, top, floor)


def _heads(
    canvas: Canvas, heads: Sequence[TableCell], at: Sequence[float], y: float, width: float, size: float
) -> None:
    """The headings over the cells, where both fit: the title names the two columns as well."""
    lines = [line for head in heads for line in fit(head.text, size, width, 2, bold=True)[0]]
    if any(line.endswith("…") for line in lines):
        return
    for x, head in zip(at, heads, strict=True):
        canvas.text(x, y, head.text, size, width=width, lines=2, height=_COLUMNS + 12, bold=True)


def _stack(place: _Places, blocks: Sequence[_Block], top: float, floor: float) -> None:
    """Blocks under each other, as large as the room allows, and the mark of the claim beside them."""
    room = floor - top
    size = next((s for s in _SIZES if sum(_height(place, b, s) for b in blocks) <= room), LEAST)
    most = None
    if sum(_height(place, b, size) for b in blocks) > room:
        counts = range(8, 1, -1)
        most = next((n for n in counts if sum(_height(place, b, LEAST, n) for b in blocks) <= room), 1)
    heights = [_height(place, block, size, most) for block in blocks]
    spare = min(60.0, max(0.0, room - sum(heights)) / len(blocks))
    y = top
    for block, high in zip(blocks, heights, strict=True):
        place.draw(block, y, high + spare, size, most)
        y += high + spare
    place.canvas.bracket(place.canvas.left + 4, top + 4, y - 10, open_to=1)


def _blocks(group: TableCell, rows: Sequence[tuple[TableCell, ...]]) -> list[_Block]:
    """The areas of a group by what they were and what they are, each with the marks of its cells."""
    found: dict[tuple[str, ...], list[tuple[TableCell, ...]]] = {}
    for row in rows:
        found.setdefault(tuple(cell.party + cell.roles for cell in row[1:]), []).append(row)
    blocks: list[_Block] = []
    for same in found.values():
        names = tuple(row[0].text + "".join(dict.fromkeys(row[1].mark + row[2].mark)) for row in same)
        blocks.append(_Block(None if blocks else group, (same[0][1], same[0][2]), names))
    return blocks


class _Places:
    """Where the cells and the words of a block stand; letters alone where words do not fit."""

    def __init__(self, canvas: Canvas, cells: Sequence[tuple[TableCell, TableCell]]) -> None:
        self.canvas = canvas
        self.cell = {1600: 250.0, 1200: 200.0}.get(canvas.width, 84.0)
        self.word = canvas.word_size([cell for pair in cells for cell in pair], self.cell, _LOWEST)
        if not self.word:
            self.cell = 84.0
        self.first = canvas.left + _BRACKET
        self.second = self.first + self.cell + _ARROW
        self.words = self.second + self.cell + _ASIDE
        self.width = canvas.right - self.words

    def lines(self, names: Sequence[str], size: float) -> list[str]:
        """The names of areas, a line each, or more where one is long."""
        return [line for name in names for line in fit(name, size, self.width, 3)[0]]

    def draw(self, block: _Block, y: float, high: float, size: float, most: int | None) -> None:
        """One block: what it was, an arrow, what it is, what that is called, and the areas."""
        s = self.canvas
        cell_high = min(_CELL, high - 22)
        for x, cell in zip((self.first, self.second), block.cells, strict=True):
            s.cell(x, y + 6, self.cell, cell_high, _unmarked(cell), word=self.word)
        s.arrow(self.first + self.cell + 12, self.second - 12, y + 6 + cell_high / 2)
        if head := block.heading:
            s.text(self.words, y + 18, head.text, _HEADING, width=self.width, bold=True)
            at = self.words + measure(f"{head.text}  ", _HEADING, bold=True)
            if at + measure(head.aside, LEAST) <= s.right:
                s.text(at, y + 19, head.aside, LEAST, width=s.right - at, colour=s.theme.quiet)
        y += 42 if head else 4
        for k, line in enumerate(_named(self, block, size, most)):
            s.text(self.words, y + (k + 0.5) * size * LEADING, line, size, width=self.width + 1)


def _unmarked(cell: TableCell) -> TableCell:
    """A cell for several areas: their marks stand behind their names."""
    return replace(cell, mark="", dim=False)


def _named(place: _Places, block: _Block, size: float, most: int | None) -> list[str]:
    """The lines of a block: an area each where that fits, else one after the other; the rest is counted."""
    if most is None:
        return place.lines(block.names, size)
    return _run_on(block.names, LEAST, place.width, most, texts(place.canvas.lang)["ask"]["more"])


def _run_on(names: Sequence[str], size: float, width: float, most: int, more: str) -> list[str]:
    """Names after each other in at most so many lines, and how many there are besides."""
    for kept in range(len(names), 0, -1):
        rest = len(names) - kept
        told = ", ".join(names[:kept]) + (f" {more.format(n=rest)}" if rest else "")
        lines, _ = fit(told, size, width, most)
        if not lines[-1].endswith("…"):
            return lines
    return fit(more.format(n=len(names)), size, width, most)[0]


def _height(place: _Places, block: _Block, size: float, most: int | None = None) -> float:
    head = 42 if block.heading else 4
    return max(_LOWEST + 22, head + len(_named(place, block, size, most)) * size * LEADING + 16)


def _kept_lines(
    canvas: Canvas, group: TableCell, rows: Sequence[tuple[TableCell, ...]], most: int
) -> list[str]:
    """What stayed, in so many lines: what it is called, and the areas."""
    names = [row[0].text for row in rows]
    more = texts(canvas.lang)["ask"]["more"]
    return _run_on([f"{group.text}: {names[0]}", *names[1:]], LEAST, canvas.room, most, more)


def _stayed(canvas: Canvas, kept: Sequence[tuple[TableCell, Sequence[tuple[TableCell, ...]]]]) -> None:
    """Nothing moves: what stays has the slide, with the party that has it."""
    blocks = [block for group, rows in kept for block in _blocks(group, rows)]
    _stack(_Places(canvas, [block.cells for block in blocks]), blocks, canvas.top, canvas.bottom)


def waiting(canvas: Canvas, table: Table) -> None:
    """The areas with what they are before the move, or nothing yet, and a place for what they become.

    Args:
        canvas: the slide to draw on; it has its `head` and `foot`.
        table: the name of an area, what it was, and an open cell, in each row.
    """
    heads, *rows = table.rows
    columns = 2 if len(rows) > _ROWS and canvas.width > canvas.height else 1
    width = (canvas.room + 40) / columns - 40
    cell = 76.0 if columns == 2 or not canvas.wide else 230.0
    arrow = 44.0
    label = width - 2 * cell - arrow - 16
    head_high = 62.0
    room = canvas.bottom - canvas.top - head_high
    per = -(-len(rows) // columns)
    size = next(
        (s for s in (32.0, 28.0, 26.0, LEAST) if all(measure(r[0].text, s) <= label for r in rows)), LEAST
    )
    lines = max(len(fit(row[0].text, size, label, 3)[0]) for row in rows)
    least = max(40.0, lines * size * LEADING + 4)
    shown = min(per, int(room // least))
    cut = len(rows) - shown * columns
    if cut > 0:
        shown = min(per, int((room - 34) // least))
        cut = len(rows) - shown * columns
    pitch = min(76.0, (room - (34 if cut > 0 else 0)) / shown)
    word = canvas.word_size([r[k] for r in rows for k in (1, 2) if not r[k].open], cell, pitch - 8)
    for k in range(columns):
        x = canvas.left + k * (width + 40)
        at = x + label + 16, x + label + 16 + cell + arrow
        _heads(canvas, heads[1:], at, canvas.top + head_high / 2 - 6, cell + arrow - 6, LEAST)
        for j, (name, *cells) in enumerate(rows[k * shown : (k + 1) * shown]):
            y = canvas.top + head_high + j * pitch
            middle = y + (pitch - 8) / 2
            canvas.text(x, middle, name.text, size, width=label, lines=lines)
            for left, one in zip(at, cells, strict=True):
                if one.open:
                    canvas.blank(left, y, cell, pitch - 8)
                else:
                    canvas.cell(left, y, cell, pitch - 8, one, word=word)
            canvas.arrow(at[0] + cell + 8, at[1] - 8, middle)
    if cut > 0:
        more, quiet = texts(canvas.lang)["ask"]["more"].format(n=cut), canvas.theme.quiet
        canvas.text(canvas.left, canvas.bottom - 14, more, LEAST, width=canvas.room, colour=quiet)
