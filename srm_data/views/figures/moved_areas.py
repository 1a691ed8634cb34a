"""What if: what moves, in large blocks of one kind of move each; what stays, in a few quiet lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from srm_data.views.figures.name_panels import Room, name_panels
from srm_data.views.figures.party_box import party_box
from srm_data.views.figures.text_fit import LEADING, LEAST, fit, listed, measure

if TYPE_CHECKING:
    from srm_data.views.content import Table, TableCell
    from srm_data.views.figures.arrangement import Row
    from srm_data.views.figures.canvas import Canvas

_QUIET = LEAST * 1.22  # height of a line that tells what stays
_AIR = 18.0  # between two blocks
_SMALLEST = 58.0  # height of the cells of a block
_APART = 30.0  # between two columns of names
_LOOSE = 0.16  # between two names under each other, in sizes

#: Columns of names, each name in its lines.
_Columns = list[list[list[str]]]


@dataclass(frozen=True)
class _Block:
    """Areas that go from one party to the same other one."""

    group: TableCell | None  # the heading over it; None where the block before has the same
    sides: tuple[TableCell, TableCell]
    names: list[str]


def moved(canvas: Canvas, table: Table) -> None:
    """Blocks of what moves, and under them what stays; where nothing moves what stays has the room.

    Args:
        canvas: the slide to draw on; it has its `head` and `foot`.
        table: the two columns, its rows grouped by what the move does.
    """
    groups = [(group, rows) for group, rows in table.grouped if group]
    moving = [(group, rows) for group, rows in groups if not rows[0][1].dim]
    kept = [(group, rows) for group, rows in groups if rows[0][1].dim]
    blocks = list(_blocks(moving or kept))
    for most in (2, 1):
        lines = _stays(canvas, kept if moving else [], most)
        floor = canvas.bottom - sum(len(names) * _QUIET + 8 for _, names in lines)
        drawn = _layout(canvas, blocks, floor - canvas.top - (12 if lines else 0))
        if not any(cut for _, cut in drawn.placed):
            break
    _draw(canvas, drawn, [cell.text for cell in table.rows[0][1:]])
    y = floor
    wide = max((measure(label, LEAST, bold=True) for label, _ in lines), default=0) + 20
    for label, names in lines:
        middle, quiet = y + _QUIET / 2, canvas.theme.quiet
        canvas.text(canvas.left, middle, label, LEAST, width=wide, bold=True, colour=quiet)
        for k, line in enumerate(names):
            at = y + (k + 0.5) * _QUIET
            canvas.text(canvas.left + wide, at, line, LEAST, width=canvas.room, colour=canvas.theme.quiet)
        y += len(names) * _QUIET + 8


def _blocks(groups: Sequence[tuple[TableCell, list[Row]]]) -> Iterator[_Block]:
    """A block for each pair of parties, under the heading of its group."""

    def pair(row: Row) -> tuple[str, str]:
        return row[1].party, row[2].party

    for group, rows in groups:
        head: TableCell | None = group
        for _, found in groupby(sorted(rows, key=pair), key=pair):
            same = list(found)
            yield _Block(head, (same[0][1], same[0][2]), [name.text for name, *_ in same])
            head = None


def _stays(
    canvas: Canvas, kept: Sequence[tuple[TableCell, list[Row]]], most: int
) -> list[tuple[str, list[str]]]:
    """What stays where it was: a label and so many lines of names for each kind; the rest is counted."""
    labels = [group.text for group, _ in kept]
    room = canvas.room - max((measure(label, LEAST, bold=True) for label in labels), default=0) - 20
    return [
        (label, listed([name.text for name, *_ in rows], LEAST, room, most, canvas.lang))
        for label, (_, rows) in zip(labels, kept, strict=True)
    ]


@dataclass(frozen=True)
class _Layout:
    """How large the type is, and what stands in each block."""

    size: float
    head: float  # height of a heading
    placed: list[tuple[_Columns, bool]]  # of each block; whether names were cut
    blocks: list[_Block]
    spare: float


def _cell_room(canvas: Canvas) -> tuple[float, float]:
    """Width of a cell of a party, and of the arrow between two."""
    if canvas.wide:
        return 240.0, 56.0
    return (170.0, 48.0) if canvas.room > 900 else (62.0, 38.0)


def _layout(canvas: Canvas, blocks: list[_Block], room: float) -> _Layout:
    """The largest type at which all names fit under each other; else after each other, else cut."""
    cell, arrow = _cell_room(canvas)
    width = canvas.room - 2 * cell - arrow - 50
    heads = sum(block.group is not None for block in blocks)

    def height(placed: list[_Columns], size: float, head: float) -> float:
        bodies = [max(_SMALLEST, _tall(columns, size)) for columns in placed]
        return sum(bodies) + heads * head + (len(blocks) - 1) * _AIR

    # A name on one line is read faster than a somewhat larger one on two.
    for lines, sizes in ((1, range(52, 29, -1)), (2, range(36, int(LEAST) - 1, -1))):
        for size in sizes:
            head = 54.0 if size > 28 else 44.0
            for count in (1, 2, 3):
                placed = [_columns(block.names, size, width, count, lines) for block in blocks]
                if all(placed) and height(placed, size, head) <= room:
                    spare = room - height(placed, size, head)
                    return _Layout(size, head, [(columns, False) for columns in placed], blocks, spare)
    head = 44.0
    for most in range(12, 0, -1):
        told = [listed(block.names, LEAST, width, most, canvas.lang) for block in blocks]
        said = [[[lines]] for lines in told]
        if height(said, LEAST, head) <= room:
            break
    more = [", ".join(block.names) != " ".join(lines) for block, lines in zip(blocks, told, strict=True)]
    spare = max(0.0, room - height(said, LEAST, head))
    return _Layout(LEAST, head, list(zip(said, more, strict=True)), blocks, spare)


def _columns(names: list[str], size: float, width: float, count: int, most: int) -> _Columns:
    """Names under each other in at most so many columns, each in its lines; none where one does not fit."""
    count = min(count, len(names))
    each = (width - _APART * (count - 1)) / count
    wrapped = []
    for name in names:
        lines, fitted = fit(name, size, each, most)
        if fitted < size or lines[-1].endswith("…"):
            return []
        wrapped.append(lines)
    rows = -(-len(names) // count)
    return [wrapped[k : k + rows] for k in range(0, len(names), rows)]


def _tall(columns: _Columns, size: float) -> float:
    """Height of the tallest of some columns."""
    return max(sum(len(lines) * LEADING + _LOOSE for lines in names) for names in columns) * size


def _draw(canvas: Canvas, layout: _Layout, heads: list[str]) -> None:
    cell, arrow = _cell_room(canvas)
    x_after, x_names = canvas.left + cell + arrow, canvas.left + 2 * cell + arrow + 50
    width = canvas.right - x_names
    talls = [_tall(columns, layout.size) for columns, _ in layout.placed]
    longest = max(measure(side.text, 1, bold=True) for b in layout.blocks for side in b.sides)
    word = min(44.0, (cell - 58) / longest)
    if word < LEAST:  # the letters stand alone, or the words without a hatch
        word = 44.0 if cell < longest * LEAST else LEAST
    y = canvas.top
    for i, block in enumerate(layout.blocks):
        columns, _ = layout.placed[i]
        body = max(_SMALLEST, talls[i]) + layout.spare * talls[i] / sum(talls)
        if block.group:
            _head(canvas, block.group, x_names - 26, y, layout.head)
            if not i:
                _over(canvas, heads, (canvas.left, x_after), cell, y, layout.head)
            y += layout.head
        for x, side in zip((canvas.left, x_after), block.sides, strict=True):
            party_box(canvas, (x, y, cell, body), side.party, _said(side), most=word)
        canvas.arrow(canvas.left + cell + 8, x_after - 8, y + body / 2)
        canvas.bracket(x_names - 26, y, y + body, open_to=1)
        each = (width - _APART * (len(columns) - 1)) / len(columns)
        line = layout.size * LEADING
        most = max(map(len, columns))
        loose = min((body - talls[i]) / most, layout.size * 0.7) + _LOOSE * layout.size
        first = y + (body - (talls[i] - _LOOSE * most * layout.size) - loose * most) / 2
        for k, names in enumerate(columns):
            at, down = x_names + k * (each + _APART), first
            for lines in names:
                for j, text in enumerate(lines):
                    middle = down + loose / 2 + (j + 0.5) * line
                    canvas.text(at, middle, text, layout.size, width=each + 2)
                down += len(lines) * line + loose
        y += body + _AIR


def _head(canvas: Canvas, group: TableCell, x: float, y: float, height: float) -> None:
    """What happens to so many areas, and what that means where there is room."""
    size = min(34.0, height * 0.66)
    middle = y + height / 2 - 2
    canvas.text(x, middle, group.text, size, width=canvas.right - x, bold=True)
    x += measure(group.text, size, bold=True) + 22
    if measure(group.aside, LEAST) <= canvas.right - x:
        room, quiet = canvas.right - x + 1, canvas.theme.quiet
        canvas.text(x, middle + 3, group.aside, LEAST, width=room, colour=quiet)


def _over(
    canvas: Canvas, heads: list[str], xs: tuple[float, float], width: float, y: float, height: float
) -> None:
    """The names of the two columns over the cells, where both fit; the title has them as well."""
    if all(measure(head, LEAST, bold=True) <= width for head in heads):
        for x, head in zip(xs, heads, strict=True):
            canvas.text(x + width / 2, y + height / 2, head, 28, width=width, bold=True, align="center")


def unmoved(canvas: Canvas, table: Table) -> None:
    """The areas in the order of the table, with the cells before and after; the open ones are empty.

    Args:
        canvas: the slide to draw on; it has its `head` and `foot`.
        table: the two columns, not grouped yet.
    """
    rows = table.rows[table.heads :]
    heads = [head.text for head in table.rows[0][1:]]
    names = [name.text for name, *_ in rows]
    # Two cells and the arrow between them; narrow ones have no room for a heading.
    rooms = (Room(340, 960, 44), Room(164, 960), Room(112, 960))
    for (_, *cells), row in zip(rows, name_panels(canvas, names, canvas.bottom, rooms), strict=False):
        arrow = 40.0 if row.width > 120 else 28.0
        cell = (row.width - arrow) / 2
        xs = row.x, row.x + cell + arrow
        if row.first and row.y > canvas.top:
            _over(canvas, heads, xs, cell, canvas.top, row.y - canvas.top)
        for x, side in zip(xs, cells, strict=True):
            if side.open:
                canvas.blank(x, row.y + 2, cell, row.height - 4)
            else:
                box = x, row.y + 2, cell, row.height - 4
                party_box(canvas, box, side.party, _said(side), most=30)
        canvas.arrow(xs[0] + cell + 5, xs[1] - 5, row.y + row.height / 2)


def _said(side: TableCell) -> tuple[tuple[str, ...], ...]:
    return ((side.text,), (side.letter,)) if side.letter else ((side.text,),)
