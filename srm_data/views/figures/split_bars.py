"""How many areas each party has: a bar for each column, with a number in each of its parts."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from srm_data.core.vocabulary import PARTIES
from srm_data.views.figures.party_box import party_box
from srm_data.views.figures.text_fit import LEAST, measure
from srm_data.views.matrix_content import named_party

if TYPE_CHECKING:
    from srm_data.views.content import Table, TableCell
    from srm_data.views.figures.canvas import Canvas

_GAP = 6.0  # between two parts of a bar
_ZERO = 44.0  # width of the number of areas where the customer has no part of a bar


def bars(canvas: Canvas, table: Table, areas: int, told: Collection[int]) -> None:
    """A bar for each row of a table, as long as there are areas, in parts for the parties.

    Args:
        canvas: the slide to draw on; it has its `head` and `foot`.
        table: of bars: a name and a cell that tells of several parties, in each row.
        areas: how many areas a whole bar stands for.
        told: the rows that the title is about; it is about what the customer has in them.
    """
    rows = table.rows[table.heads :]
    if len(rows) == 1:
        _party_by_party(canvas, rows[0][1], areas)
        return
    # On a narrow slide a name stands over its bar: beside it there would be no room for the numbers.
    over = 0.0 if canvas.wide else 38.0
    labels = 330.0 if canvas.wide else 0.0
    left = canvas.left + labels
    unit = (canvas.right - left + _GAP) / areas
    pitch = (canvas.bottom - canvas.top) / len(rows)
    high = min(pitch - over - 26, 150.0)
    for i, (name, bar) in enumerate(rows):
        top = canvas.top + i * pitch + (pitch - over - high) / 2
        y = top + over
        none = not bar.open and i in told and not _count(bar, "customer")
        if over:
            width = canvas.room - 2 * _ZERO
            canvas.text(canvas.left, top + over / 2 - 3, name.text, 28, width=width, bold=True)
            x = canvas.left + measure(name.text, 28, bold=True) + 20
            slot = x, top - 1.0, _ZERO, over - 6
        else:
            width = labels - _ZERO - 10
            canvas.text(
                canvas.left, y + high / 2, name.text, 34, width=width, lines=3, height=pitch - 8, bold=True
            )
            slot = left - _ZERO - 8, y, _ZERO, high
        if none:
            _zero(canvas, slot)
        if bar.open:
            canvas.blank(left, y, unit * areas - _GAP, high)
        else:
            _bar(canvas, bar, (left, y, unit, high), claimed=i in told)


def _count(bar: TableCell, party: str) -> int:
    return next((int(said.text) for said in bar.says if said.party == party), 0)


def _zero(canvas: Canvas, slot: tuple[float, float, float, float]) -> None:
    """The number of a part that is not there, in a ring: the title is about it."""
    x, y, width, height = slot
    canvas.text(x + width / 2, y + height / 2, "0", 28, width=width, bold=True, align="center")
    canvas.around(*slot)


def _bar(canvas: Canvas, bar: TableCell, box: tuple[float, float, float, float], *, claimed: bool) -> None:
    """The parts of a bar, each with its number; over the bar where the part is too narrow for it."""
    x, y, unit, high = box
    for said in bar.says:
        party, width = named_party(said.party, canvas.lang), unit * int(said.text) - _GAP
        n, letter = said.text, party.letter or party.text
        says = ((f"{n} {party.text}",), (f"{n} {letter}",), (n, letter), (n,))
        if not party_box(canvas, (x, y, width, high), said.party, says):
            middle = min(x + width / 2, canvas.right - measure(n, LEAST) / 2)
            canvas.text(middle, y - 13, n, LEAST, width=100, bold=True, align="center")
        if claimed and said.party == "customer":
            canvas.around(x, y, width, high)
        x += width + _GAP


def _party_by_party(canvas: Canvas, bar: TableCell, areas: int) -> None:
    """A table of one column has no bars to compare, so each party has a row, with a block for each area."""
    parties = [*PARTIES, *(said.party for said in bar.says if said.party not in PARTIES)]
    named = [named_party(party, canvas.lang) for party in parties]
    counts = [areas if bar.open else _count(bar, party) for party in parties]
    size = 40.0 if canvas.wide else 30.0
    labels = max(measure(f"{areas} {cell.text}", size, bold=True) for cell in named) + 36
    left = canvas.left + labels
    unit = (canvas.right - left + _GAP) / max(counts)
    pitch = (canvas.bottom - canvas.top) / len(parties)
    high = min(pitch - 30, 150.0)
    for i, (party, cell, n) in enumerate(zip(parties, named, counts, strict=True)):
        y = canvas.top + i * pitch + (pitch - high) / 2
        name = cell.text if bar.open else f"{n} {cell.text}"
        canvas.text(canvas.left, y + high / 2, name, size, width=labels - 20, bold=True)
        if bar.open:
            canvas.blank(left, y, unit * n - _GAP, high)
            continue
        for k in range(n):
            party_box(canvas, (left + k * unit, y, unit - _GAP, high), party)
        if party == "customer" and n:
            canvas.around(left, y, unit * n - _GAP, high)
        elif party == "customer":
            canvas.around(canvas.left - 10, y + high / 2 - 34, labels, 68)
