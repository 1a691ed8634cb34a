"""Areas under one column, as a block for each party that names them, or as a list to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from srm_data.views.content import RowSet, Table
from srm_data.views.figures.areas import one_cell
from srm_data.views.figures.arrangement import Item
from srm_data.views.figures.text_fit import LEADING, LEAST, fit, lines_of, listed, measure
from srm_data.views.matrix_content import named_party

if TYPE_CHECKING:
    from srm_data.views.figures.canvas import Canvas

_GAP = 22.0  # between two blocks
_HEAD = 62.0  # height of the name of a party in its block
_GAP_LOW, _HEAD_LOW = 12.0, 50.0  # where they stand under each other
_IN = 42.0  # from the side of a block to its words: the hatch stands there
_SIZES = (40.0, 36.0, 32.0, 30.0, 28.0, 26.0, LEAST)

#: A line of a block, and whether it heads those under it.
Line = tuple[str, bool]


def party_blocks(canvas: Canvas, table: Table, column: int = 0) -> None:
    """A block for each party beside each other, as long as its list; under each other where one is too long.

    Args:
        canvas: the slide, with title and foot.
        table: of areas, with its sets by party in that column, and its bands.
        column: its number.
    """
    blocks = [(group, _listed(table, group, column)) for group in table.sets]
    width = (canvas.room + _GAP) / len(blocks) - _GAP
    room = canvas.bottom - canvas.top - 10
    for size in _SIZES:
        heights = [_list_height(lines, width - _IN - 14, size) for _, lines in blocks]
        if max(heights) + _HEAD + 16 <= room:
            spare = (room - max(heights) - _HEAD - 16) / max(len(lines) for _, lines in blocks)
            for k, (group, lines) in enumerate(blocks):
                x = canvas.left + k * (width + _GAP)
                _column(canvas, group, lines, x, width, size, min(spare, 40.0))
            return
    _stacked(canvas, table, column, room)


def _listed(table: Table, group: RowSet, column: int) -> list[Line]:
    """The areas of a party, each with the signs of its cell, under the bands of the source if it has them."""

    def names(rows: Sequence[int]) -> list[Line]:
        return [(_name(table, row, column), False) for row in rows]

    if not table.bands:
        return names(group.rows)
    found: list[Line] = []
    for band in table.bands:
        if mine := [row for row in group.rows if row in band.rows]:
            found += [(band.label, True), *names(mine)]
    return found


def _name(table: Table, row: int, column: int) -> str:
    name, *cells = table.rows[1 + row]
    return name.text + cells[column].tail.replace(" ", "\u00a0")


def _list_height(lines: Sequence[Line], width: float, size: float) -> float:
    return sum(_line_height(line, width, size) for line in lines)


def _line_height(line: Line, width: float, size: float) -> float:
    text, bold = line
    shown, fitted = fit(text, size, width, 3, bold=bold)
    if fitted < size or shown[-1].endswith("…"):
        return 10_000
    return len(shown) * size * LEADING + 9 + (8 if bold else 0)


def _column(
    canvas: Canvas, group: RowSet, lines: Sequence[Line], x: float, width: float, size: float, air: float
) -> None:
    """A block from the top: the party with its count, then its areas."""
    y, inner = canvas.top + 6, width - _IN - 14
    height = _HEAD + 10 + _list_height(lines, inner, size) + air * len(lines)
    ink = _box(canvas, group, x, y, width, height)
    if group.claim:
        canvas.around(x, y, width, height)
    y += _HEAD
    for line in lines:
        high = _line_height(line, inner, size) + air
        text, bold = line
        low = 4 if bold else 0
        canvas.text(x + _IN, y + high / 2 + low, text, size, width=inner, lines=3, bold=bold, colour=ink)
        y += high


def _box(canvas: Canvas, group: RowSet, x: float, y: float, width: float, height: float) -> str:
    """The ground of a block with its hatch, letter and label; returns the colour of its words."""
    party = named_party(group.party, canvas.lang)
    ink = canvas.theme.ink[group.party if party.letter else None]
    canvas.box(x, y, width, height, fill=ink.fill, edge=ink.edge)
    canvas.strip(x, y, height, group.party if party.letter else None, colour=ink.text)
    canvas.text(x + _IN, y + 34, group.label, 34, width=width - _IN - 10, bold=True, colour=ink.text)
    return ink.text


def _stacked(canvas: Canvas, table: Table, column: int, room: float) -> None:
    """A block for each party under each other, with its areas in running text."""
    inner = canvas.room - _IN - 14
    gaps = (len(table.sets) - 1) * _GAP_LOW

    def told(lines: int) -> list[list[str]]:
        return [_paragraphs(table, group, column, inner, lines, canvas.lang) for group in table.sets]

    def heights(paragraphs: list[list[str]], size: float) -> list[float]:
        return [
            _HEAD_LOW + sum(len(fit(text, size, inner, 20)[0]) * size * LEADING + 4 for text in texts) + 6
            for texts in paragraphs
        ]

    tries = [(told(20), size) for size in _SIZES] + [(told(lines), LEAST) for lines in (6, 5, 4, 3, 2, 1)]
    shown, size = next((one for one in tries if sum(heights(*one)) + gaps <= room), tries[-1])
    high = heights(shown, size)
    spare = min(28.0, max(0.0, room - sum(high) - gaps) / len(shown))
    y = canvas.top + 6
    for group, paragraphs, height in zip(table.sets, shown, high, strict=True):
        ink = _box(canvas, group, canvas.left, y, canvas.room, height + spare)
        if group.claim:
            canvas.around(canvas.left, y, canvas.room, height + spare)
        at = y + _HEAD_LOW + spare / 2
        for text in paragraphs:
            block = len(fit(text, size, inner, 20)[0]) * size * LEADING
            canvas.text(canvas.left + _IN, at + block / 2, text, size, width=inner, lines=20, colour=ink)
            at += block + 4
        y += height + spare + _GAP_LOW


def _paragraphs(table: Table, group: RowSet, column: int, width: float, lines: int, lang: str) -> list[str]:
    """The areas of a party in running text, a paragraph of so many lines at most for each band."""
    bands = table.bands or (RowSet("", group.rows),)
    found = []
    for band in bands:
        if names := [_name(table, row, column) for row in group.rows if row in band.rows]:
            names[0] = f"{band.label}: {names[0]}" if band.label else names[0]
            found.append(" ".join(listed(names, LEAST, width, lines, lang)))
    return found


def to_fill_in(canvas: Canvas, table: Table) -> None:
    """The areas in the order of the table, each with an open cell, in as many columns as it takes.

    Args:
        canvas: the slide, with title and foot.
        table: of areas and one column.
    """
    items = [Item(row, (i,)) for i, row in enumerate(table.rows[1:])]
    room = canvas.bottom - canvas.top
    longest = max(measure(item.cells[0].text, 28) for item in items) + 20
    most = 3 if canvas.wide else 2
    for count in range(1, most + 1):
        width = (canvas.room + _GAP * 2) / count - _GAP * 2
        cell = min(560.0, max(84.0, width - longest))
        each = -(-len(items) // count)
        wide = width - cell - 16
        high = max(lines_of(item.cells[0].text, wide, 4) for item in items) * LEAST * LEADING + 12
        if (each * high <= room and each <= 10) or count == most:
            break
    fitting = int(room // high)
    rest = len(items) - fitting * count
    pitch = min(124.0, room / min(each, fitting))
    shown = items[: fitting * count - 1] if rest > 0 else items
    each = -(-len(shown) // count) if rest <= 0 else fitting
    for k, item in enumerate(shown):
        x, y = canvas.left + k // each * (width + _GAP * 2), canvas.top + k % each * pitch
        name, open_ = item.cells
        one_cell(canvas, open_, x, y, cell, pitch - 8, 0)
        canvas.text(x + cell + 16, y + (pitch - 8) / 2, name.text, 30, width=wide, lines=4, height=pitch - 6)
    if rest > 0:
        k = len(shown)
        x, y = canvas.left + k // each * (width + _GAP * 2), canvas.top + k % each * pitch
        canvas.rest(x, y + (pitch - 8) / 2, len(items) - k, width)
