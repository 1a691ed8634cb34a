"""A bar for each column: how many areas each party has."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from srm_data.core.language import texts
from srm_data.views.figures.text_fit import LEADING, LEAST, measure

if TYPE_CHECKING:
    from srm_data.views.content import Said, Table
    from srm_data.views.figures.canvas import Canvas

_GAP = 8.0  # between two parts of a bar
_HIGHEST, _BETWEEN = 140.0, 24.0  # of a bar, and between two bars
_NAME = 46.0  # room of a name over its bar, in the shapes that have none at its left
_HATCH = 38.0  # from the side of a part to its words


def bars(canvas: Canvas, table: Table, areas: int, claimed: Collection[str]) -> None:
    """Draw a bar for each row of a table, as long as there are areas, in pieces for the parties.

    Each piece says its number: with the name of its party, with the letter, or over the letter where it is
    narrow.

    Args:
        canvas: the slide to draw on; it has its `head` and `foot`.
        table: of bars: a name and a cell that tells of several parties, in each row.
        areas: how many areas a whole bar stands for.
        claimed: the names of the rows that the title speaks of; the customer's part of these is marked.
    """
    rows = table.rows[table.heads :]
    labels, over = (300.0, 0.0) if canvas.wide else (0.0, _NAME)
    left = canvas.left + labels
    unit = (canvas.right - left + _GAP) / areas
    room = canvas.bottom - canvas.top
    pitch = min((_HIGHEST if len(rows) > 1 else 1.6 * _HIGHEST) + over, room / len(rows))
    high = pitch - over - (_BETWEEN if len(rows) < 5 else 14.0)
    top = canvas.top + (room - pitch * len(rows)) / 2
    words = _words(canvas, [said for _, bar in rows for said in bar.says], unit)
    for i, (name, bar) in enumerate(rows):
        y = top + i * pitch + over
        if over:
            canvas.text(canvas.left, y - over / 2 - 2, name.text, 28, width=canvas.room, bold=True)
        else:
            canvas.text(
                canvas.left, y + high / 2, name.text, 34, width=labels - 24, lines=2, height=high, bold=True
            )
        if bar.open:
            canvas.blank(left, y, unit * areas - _GAP, high)
        x = left
        for said in bar.says:
            width = unit * int(said.text) - _GAP
            _part(canvas, said, x, y, width, high, words=words)
            if said.party == "customer" and name.text in claimed:
                canvas.around(x, y, width, high)
            x += width + _GAP
        if name.text in claimed and bar.says and bar.says[0].party != "customer":
            canvas.upright(left - 4, y, y + high)  # where its part would begin


def _words(canvas: Canvas, parts: list[Said], unit: float) -> bool:
    """Whether the names of the parties fit in all parts that are not very narrow."""
    party = texts(canvas.lang)["party"]
    wide = [said for said in parts if int(said.text) * unit > 3 * unit or int(said.text) * unit > 150]
    return all(
        _HATCH + measure(f"{said.text} {party[said.party]['label']}", 28) <= int(said.text) * unit - _GAP - 8
        for said in wide
    )


def _part(
    canvas: Canvas, said: Said, x: float, y: float, width: float, height: float, *, words: bool
) -> None:
    """A part of a bar: the colour and hatch of its party, how many, and the name or letter."""
    ink = canvas.theme.ink[said.party]
    party = texts(canvas.lang)["party"][said.party]
    canvas.box(x, y, width, height, fill=ink.fill, edge=ink.edge)
    middle = y + height / 2
    for told in ([f"{said.text} {party['label']}"] if words else []) + [f"{said.text} {party['letter']}"]:
        for size in (32, 30, 28):
            if _HATCH + measure(told, size, bold=True) <= width - 8:
                canvas.strip(x, y, height, said.party, colour=ink.text)
                room = width - _HATCH - 8
                canvas.text(x + _HATCH, middle, told, size, width=room + 1, bold=True, colour=ink.text)
                return
    beside = f"{said.text} {party['letter']}"
    lines = [beside] if measure(beside, LEAST, bold=True) <= width - 8 else [said.text, party["letter"]]
    for k, line in enumerate(lines):
        at = middle + (k - (len(lines) - 1) / 2) * LEAST * LEADING
        canvas.text(x + width / 2, at, line, LEAST, width=width, bold=True, colour=ink.text, align="center")
