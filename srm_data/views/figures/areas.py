"""Areas in rows under columns, with a bracket beside those that go together: the matrix and one column."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from srm_data.views.figures.arrangement import ARM, BELOW, HATCHED, block_room, heights_of, label_room
from srm_data.views.figures.text_fit import LEAST, common_size, fit, narrowest
from srm_data.views.matrix_content import named_party

if TYPE_CHECKING:
    from srm_data.views.content import RowSet, Table, TableCell
    from srm_data.views.figures.arrangement import Across, Arranged, Item, Row
    from srm_data.views.figures.canvas import Canvas

_TALLEST = 96.0


def draw_areas(
    canvas: Canvas,
    table: Table,
    place: Across,
    arrangement: Arranged,
    *,
    lit: int | None = None,
    key: Collection[str] = (),
) -> None:
    """Headings, rows, and brackets beside them once the table is whole.

    Args:
        canvas: the slide, with title and foot.
        table: of areas, with its sets and bands.
        place: where the columns stand.
        arrangement: what stands in the rows.
        lit: number of the column that the figure is about.
        key: parties to explain beside the rows, while some are not filled in.
    """
    top = canvas.top + place.heads
    items, sets, _ = arrangement
    least = heights_of(items, sets, place)
    spare = canvas.bottom - top - sum(high + BELOW for high in least) + BELOW
    tallest = _TALLEST if len(items) > 6 else 150.0
    heights = _grown(least, spare, tallest)
    _headings(canvas, table.rows[0][1:], place, top, lit)
    sides = _rows(canvas, items, place, top, heights)
    if key:
        _key_beside(canvas, key, place, top)
    if not table.sets:
        return
    brackets(canvas, items, sides, place, sets, [group for group in table.sets if group.claim])
    if lit is not None:
        _, x, width = next(column for column in place.columns if column[0] == lit)
        canvas.claim_rule(x, top - 7, width)
    elif not any(group.claim for group in table.sets):
        x = place.columns[0][1]
        canvas.claim_rule(x, top - 7, place.right - x)


def _grown(least: list[float], spare: float, tallest: float) -> list[float]:
    """The rows share what room is left: the lowest grow first, so that they come out alike."""
    low, high = 0.0, tallest
    for _ in range(20):
        level = (low + high) / 2
        if sum(max(one, level) - one for one in least) > spare:
            high = level
        else:
            low = level
    return [max(one, round(low - 0.005, 2)) for one in least]


def _headings(canvas: Canvas, heads: Row, place: Across, top: float, lit: int | None) -> None:
    shown = [(heads[i], x, width, i) for i, x, width in place.columns]
    if place.turned:
        length = place.heads - 18
        for head, x, width, _ in shown:
            middle = x + width / 2
            canvas.text(middle, top - 12, head.text, LEAST, width=length, lines=2, bold=True, turned=True)
        return
    high = place.heads - 16
    sizes = {i: common_size([head.text], 30, width - 8, 2, high, bold=True) for head, _, width, i in shown}
    alike = min(size for i, size in sizes.items() if i != lit or len(sizes) == 1)
    for head, x, width, i in shown:
        size = sizes[i] if i == lit else alike
        quiet = canvas.theme.quiet if lit not in (None, i) else ""
        y, high = top - 6 - (place.heads - 12) / 2, place.heads - 14
        canvas.text(x + 4, y, head.text, size, width=width - 6, lines=2, height=high, bold=True, colour=quiet)


def _rows(
    canvas: Canvas, items: list[Item], place: Across, top: float, heights: list[float]
) -> list[tuple[float, float]]:
    """Draw the rows; returns the upper and lower side of each."""
    wide = place.labels - 20
    named = [(item, high) for item, high in zip(items, heights, strict=True) if len(item.cells) > 1]
    size = min(
        (common_size([item.cells[0].text], 30, wide, 9, high - 2) for item, high in named), default=LEAST
    )
    lit = [
        (cell, width, high)
        for item, high in named
        for i, _, width in place.columns
        for cell in [item.cells[1 + i]]
        if not cell.dim
    ]
    word = min((canvas.word_size([cell], width, high) for cell, width, high in lit), default=0.0)
    sides, y = [], top
    for item, high in zip(items, heights, strict=True):
        middle = y + high / 2
        name = item.cells[0].text
        if item.party:
            _block(canvas, item, place, y, high)
        elif len(item.cells) == 1:
            canvas.text(canvas.left, middle, name, LEAST, width=place.labels + 300, colour=canvas.theme.quiet)
        else:
            canvas.text(canvas.left, middle, name, size, width=wide, lines=9, height=high)
            for i, x, width in place.columns:
                one_cell(canvas, item.cells[1 + i], x, y, width, high, word)
        sides.append((y, y + high))
        y += high + BELOW
    return sides


def one_cell(
    canvas: Canvas, cell: TableCell, x: float, y: float, width: float, height: float, word: float
) -> None:
    """A cell that is open, names a party, or has no counterpart.

    Args:
        canvas: the slide to draw on.
        cell: what to draw.
        x: left side.
        y: upper side.
        width: of the cell.
        height: of the cell.
        word: size of the names of parties; 0 leaves them out.
    """
    if cell.open:
        canvas.blank(x, y, width, height)
    elif not cell.party:
        quiet = canvas.theme.quiet
        canvas.text(x + width / 2, y + height / 2, cell.text, 26, width=width, colour=quiet, align="center")
    elif width < HATCHED and cell.letter:
        canvas.letter(x, y, width, height, cell.party)
    else:
        canvas.cell(x, y, width, height, cell, dim=cell.dim, word=0 if cell.dim else word)


def _block(canvas: Canvas, item: Item, place: Across, y: float, high: float) -> None:
    """Areas of one party, named in one block over all columns."""
    party = named_party(item.party, canvas.lang)
    ink = canvas.theme.ink[item.party if party.letter else None]
    x, width = canvas.left, place.right - canvas.left
    canvas.cell(x, y, width, high, party, word=0)
    canvas.text(
        x + 74,
        y + high / 2,
        item.cells[0].text,
        30,
        width=block_room(place),
        lines=9,
        height=high - 8,
        colour=ink.text,
    )


def _key_beside(canvas: Canvas, parties: Collection[str], place: Across, top: float) -> None:
    """The key in the place where the brackets come."""
    cells = [named_party(party, canvas.lang) for party in parties]
    x, width = place.right + ARM + 12, label_room(place)
    word = canvas.word_size(cells, width, 46)
    for k, cell in enumerate(cells):
        canvas.cell(x, top + k * 58, width, 46, cell, word=word)


def brackets(
    canvas: Canvas,
    items: list[Item],
    sides: list[tuple[float, float]],
    place: Across,
    drawn: Sequence[RowSet],
    claimed: Sequence[RowSet],
) -> None:
    """A bracket beside each set of rows with its label; that of the claim in the accent colour.

    Args:
        canvas: the slide to draw on.
        items: the rows, as they are drawn.
        sides: upper and lower side of each.
        place: where the columns stand.
        drawn: the sets that have a label.
        claimed: those that the title is about.
    """
    rows = {row for group in claimed for row in group.rows}
    own = not rows or any(
        {*group.rows} == rows for group in drawn
    )  # the claim has a bracket of its own among them
    x = place.right + ARM
    for group in drawn:
        (first, last), *_ = runs(items, sides, {*group.rows})
        claim = {*group.rows} == rows
        at = x + (0 if own else 16)
        canvas.bracket(at, first + 2, last - 2, claim=claim)
        colour = canvas.theme.accent if claim else canvas.theme.quiet
        room, middle = canvas.right - at - 12, (first + last) / 2
        lines = len(fit(group.label, LEAST, room, 5, bold=claim)[0])
        width = narrowest([group.label], lines, bold=claim) + 1 if lines > 1 else room
        canvas.text(at + 12, middle, group.label, LEAST, width=width, lines=5, bold=claim, colour=colour)
    if not own:
        for first, last in runs(items, sides, rows):
            canvas.bracket(x - 4, first, last)


def runs(items: list[Item], sides: list[tuple[float, float]], rows: set[int]) -> list[tuple[float, float]]:
    """From where to where rows that stand together lie, for each such run.

    Args:
        items: the rows as they are drawn.
        sides: upper and lower side of each.
        rows: which of the table count.
    """
    found: list[tuple[float, float]] = []
    joined = False
    for item, (first, last) in zip(items, sides, strict=True):
        mine = {*item.rows} <= rows
        if mine and joined:
            found[-1] = found[-1][0], last
        elif mine:
            found.append((first, last))
        joined = mine
    return found
