"""Two matrices beside each other: cells that differ are large, rows that agree are one line of names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from srm_data.views.content import RowSet, Table, TableCell
from srm_data.views.figures.areas import one_cell
from srm_data.views.figures.arrangement import turned_length
from srm_data.views.figures.text_fit import LEADING, LEAST, common_size, fit, lines_of, listed
from srm_data.views.matrix_content import named_party

if TYPE_CHECKING:
    from srm_data.views.content import Said
    from srm_data.views.figures.canvas import Canvas

_LINE = LEAST * LEADING
_BETWEEN = 28.0  # the two tables
_ARROW = 56.0
_BELOW = 8.0
_AIR = 14.0  # over a list of names
_SHORTS = 74.0  # the names of the matrices over their cells
_TALLEST = 132.0  # a cell that differs
_NONE = "–"  # the name of a row that a table does not have


@dataclass(frozen=True)
class Changed:
    """A cell that two matrices answer differently; `column` and `was` are "" where they go without saying."""

    name: str
    column: str
    was: str  # the name of the row in the older matrix
    old: TableCell
    new: TableCell

    def told(self, *, brief: bool) -> tuple[str, str]:
        """The name, and what stands under it."""
        if brief:
            return " · ".join(filter(None, (self.name, self.column))), ""
        return self.name, " · ".join(filter(None, (self.column, self.was)))


@dataclass(frozen=True)
class Named:
    """Rows that are told by their names."""

    label: str
    names: str
    size: float
    block: float  # height of the names
    claim: bool

    @property
    def height(self) -> float:
        """How high label and names are together."""
        return self.size * 1.5 + self.block + 6


def differences(canvas: Canvas, table: Table) -> None:
    """The cells that differ, a line each, over the rows of one matrix only and those that agree.

    Args:
        canvas: the slide, with title and foot.
        table: two names, then the cells of both under each column; it has its sets.
    """
    changed = _changed(table, canvas.lang)
    others = [group for group in table.sets if not any(_changes(table, row) for row in group.rows)]
    room = canvas.bottom - canvas.top
    large = [(size, 4, False) for size in (34.0, 30.0, 28.0, 26.0, LEAST)]
    for size, lines, brief in (*large, (LEAST, 2, False), (LEAST, 2, True), (LEAST, 1, True)):
        lists = _lists(canvas, table, others, size, lines)
        low = sum(max(one.height for one in row) + _AIR for row in lists)
        heights = [_least(canvas, *one.told(brief=brief)) for one in changed]
        high = _SHORTS + sum(heights) if changed else 0.0
        if high + low <= room:
            break
    rest = 0  # cells
    while high + low > room and len(changed) > 1:  # a line counts those that have no room
        rest += 1
        changed, heights = changed[:-1], heights[:-1]
        high = _SHORTS + sum(heights) + _LINE + _AIR
    spare = room - high - low
    y = canvas.top
    if changed:
        grow = max(0.0, min(spare / len(changed), _TALLEST - max(heights)))
        spare -= grow * len(changed)
        told = [one.told(brief=brief) for one in changed]
        y = _lines(canvas, table, changed, told, [one + grow for one in heights])
    if rest:
        canvas.rest(canvas.left, y + _LINE / 2, rest, canvas.room)
        y += _LINE + _AIR
    air = _AIR + max(0.0, min(44.0, spare / max(1, len(lists))))
    for row in lists:
        y += air
        x, width = float(canvas.left), _width(canvas, len(row))
        for one in row:
            _named(canvas, one, x, y, width)
            x += width + _BETWEEN
        y += max(one.height for one in row)


def _changes(table: Table, row: int) -> bool:
    return any(cell.changed for cell in table.rows[1 + row])


def _width(canvas: Canvas, abreast: int) -> float:
    return (canvas.room + _BETWEEN) / abreast - _BETWEEN


def _lists(
    canvas: Canvas, table: Table, sets: Sequence[RowSet], size: float, lines: int
) -> list[list[Named]]:
    """What is in one matrix only, beside each other on a wide slide, then what agrees."""
    alone = [group for group in sets if _side(table, group) is not None]
    rows = [alone] if canvas.wide and alone else [[group] for group in alone]
    rows += [[group] for group in sets if group not in alone]
    return [
        [_list(table, group, _width(canvas, len(row)) - 30, size, lines, canvas.lang) for group in row]
        for row in rows
    ]


def _side(table: Table, group: RowSet) -> int | None:
    """Which of the two matrices alone has these rows."""
    old, new, *_ = table.rows[1 + group.rows[0]]
    return 0 if new.text == _NONE else 1 if old.text == _NONE else None


def _list(table: Table, group: RowSet, width: float, size: float, lines: int, lang: str) -> Named:
    side = _side(table, group)
    names = dict.fromkeys(table.rows[1 + row][1 if side is None else side].text for row in group.rows)
    told = listed([*names], size, width, lines, lang)
    return Named(group.label, " ".join(told), size, len(told) * size * LEADING, group.claim)


def _named(canvas: Canvas, one: Named, x: float, y: float, width: float) -> None:
    """Names under their label; a bracket where the title counts them."""
    colour = canvas.theme.accent if one.claim else canvas.theme.quiet
    canvas.bracket(x + 6, y, y + one.height, open_to=1, claim=one.claim)
    x += 26
    canvas.text(x, y + one.size * 0.75, one.label, one.size, width=width - 30, bold=True, colour=colour)
    quiet = "" if one.claim else canvas.theme.quiet
    y += one.size * 1.5 + one.block / 2
    canvas.text(x, y, one.names, one.size, width=width - 30, lines=4, height=one.block + 2, colour=quiet)


def _cell_width(canvas: Canvas) -> float:
    return {1600: 330.0, 1200: 250.0, 900: 218.0}[canvas.width]


def _label_room(canvas: Canvas) -> float:
    return canvas.room - 2 * _cell_width(canvas) - _ARROW - 24


def _least(canvas: Canvas, name: str, under: str) -> float:
    wide = _label_room(canvas)
    lines = lines_of(name, wide * 0.94, 3) + (lines_of(under, wide, 2) if under else 0)
    return max(40.0, lines * _LINE + 6) + _BELOW + 6


def _lines(
    canvas: Canvas,
    table: Table,
    changed: Sequence[Changed],
    told: Sequence[tuple[str, str]],
    heights: Sequence[float],
) -> float:
    """The names of both matrices, and a line for each cell that differs; returns where they end."""
    cell, wide = _cell_width(canvas), _label_room(canvas)
    xs = canvas.right - 2 * cell - _ARROW - 4, canvas.right - cell - 4
    for x, head in zip(xs, table.rows[0][:2], strict=True):
        middle, high = canvas.top + _SHORTS / 2 - 8, _SHORTS - 12
        canvas.text(x + 4, middle, head.text, 28, width=cell - 4, lines=2, height=high, bold=True)
    sides = [side for one in changed for side in (one.old, one.new)]
    word = min(canvas.word_size([side], cell, high - _BELOW - 6) for side in sides for high in heights)
    rooms = [
        (name, height - _BELOW - 6 - (lines_of(under, wide, 2) * _LINE if under else 0))
        for (name, under), height in zip(told, heights, strict=True)
    ]
    size = min(common_size([name], 34, wide, 3, room, bold=True) for name, room in rooms)
    y = canvas.top + _SHORTS
    for one, (name, under), height in zip(changed, told, heights, strict=True):
        high = height - _BELOW - 6
        below = lines_of(under, wide, 2) * _LINE if under else 0.0
        block = len(fit(name, size, wide, 3, bold=True)[0]) * size * LEADING
        top = y + (high - block - below) / 2
        canvas.text(canvas.left, top + block / 2, name, size, width=wide, lines=3, bold=True)
        if under:
            middle, quiet = top + block + below / 2, canvas.theme.quiet
            canvas.text(canvas.left, middle, under, LEAST, width=wide, lines=2, colour=quiet)
        for x, side in zip(xs, (one.old, one.new), strict=True):
            one_cell(canvas, side, x, y, cell, high, word)
        canvas.arrow(xs[0] + cell + 10, xs[1] - 10, y + high / 2)
        canvas.around(xs[0], y, canvas.right - 4 - xs[0], high)
        y += height
    return y


def _changed(table: Table, lang: str) -> list[Changed]:
    """Every cell that differs, with its row, and its column where there are several."""
    (_, _, *heads), *rows = table.rows
    return [
        Changed(
            new.text,
            head.text if len(heads) > 1 else "",
            old.text if old.text.casefold() != new.text.casefold() else "",
            *(_said(said, lang) for said in cell.says),
        )
        for old, new, *cells in rows
        for head, cell in zip(heads, cells, strict=True)
        if cell.changed
    ]


def _said(said: Said, lang: str) -> TableCell:
    return named_party(said.party, lang, mark=said.mark) if said.party else TableCell(_NONE)


def both_tables(canvas: Canvas, table: Table) -> None:
    """The rows of two matrices with the cells of both, while one of them is still open.

    Args:
        canvas: the slide, with title and foot.
        table: two names, then the cells of both under each column.
    """
    (*heads,), rows = table.rows[0], table.rows[1:]
    shorts, heads = heads[:2], heads[2:]
    n = 2 * len(heads)
    named = [_one_name(row[0].text, row[1].text) for row in rows]
    newest = [row[0].text if row[1].text == _NONE else row[1].text for row in rows]
    labels = canvas.room * (0.34 if n > 2 else 0.5)
    block = (canvas.room - labels - _BETWEEN) / 2
    wide = (block + _BELOW) / len(heads) - _BELOW
    turned = len(heads) > 1 and any(lines_of(head.text, wide - 6, 2) > 2 for head in heads)
    high = 0.0
    if len(heads) > 1:
        high = turned_length([head.text for head in heads], wide) + 16 if turned else 2 * _LINE + 8
    short_lines = max(lines_of(short.text, block - 4, 3, bold=True) for short in shorts)
    top = canvas.top + short_lines * _LINE + 14 + high
    room = canvas.bottom - top
    kept = len(rows)
    if _tall(named, labels) > room:
        named = newest
    while _tall(named[:kept], labels) + (_LINE + 6) * (kept < len(rows)) > room and kept > 1:
        kept -= 1
    least = [_tall([name], labels) for name in named[:kept]]
    rest = len(rows) - kept
    grow = min(60.0, max(0.0, room - sum(least) - (_LINE + 6) * (rest > 0)) / kept)
    for k, short in enumerate(shorts):
        x = canvas.left + labels + k * (block + _BETWEEN)
        middle = canvas.top + short_lines * _LINE / 2
        canvas.text(x + 4, middle, short.text, LEAST, width=block - 4, lines=3, bold=True)
        canvas.rule(canvas.top + short_lines * _LINE + 6, canvas.theme.line, x=x, width=block)
        if len(heads) > 1:
            _heads(canvas, [head.text for head in heads], x, wide, (top - high, top), turned=turned)
    y = top
    for row, name, one in zip(rows, named, least, strict=False):
        height = one + grow - _BELOW
        canvas.text(canvas.left, y + height / 2, name, 28, width=labels - 20, lines=3, height=height)
        for k in (0, 1):
            x = canvas.left + labels + k * (block + _BETWEEN)
            for i, cell in enumerate(row[2:]):
                side = _said(cell.says[k], canvas.lang) if k < len(cell.says) else TableCell(open=True)
                word = canvas.word_size([side], wide, height) if len(heads) == 1 else 0.0
                one_cell(canvas, side, x + i * (wide + _BELOW), y, wide, height, word)
        y += height + _BELOW
    if rest:
        canvas.rest(canvas.left, y + _LINE / 2, rest, canvas.room)


def _heads(
    canvas: Canvas, names: Sequence[str], x: float, wide: float, between: tuple[float, float], *, turned: bool
) -> None:
    """The names over the columns of one matrix, turned where they are too long to lie.

    Args:
        canvas: the slide to draw on.
        names: of the columns.
        x: the left side of the first column.
        wide: the width of a column.
        between: the upper and the lower side of the room for the names.
        turned: whether they stand upright.
    """
    upper, lower = between
    for i, name in enumerate(names):
        at = x + i * (wide + _BELOW)
        if turned:
            length = lower - upper - 12
            canvas.text(at + wide / 2, lower - 8, name, LEAST, width=length, lines=2, bold=True, turned=True)
        else:
            canvas.text(at + 4, (upper + lower) / 2, name, LEAST, width=wide - 4, lines=2, bold=True)


def _one_name(old: str, new: str) -> str:
    """The name of a row in both matrices."""
    names = dict.fromkeys(name for name in (old, new) if name != _NONE)
    return " / ".join(names)


def _tall(names: Sequence[str], labels: float) -> float:
    return sum(max(30.0, lines_of(name, labels - 20, 3) * _LINE + 3) + _BELOW for name in names)
