"""The drawn parts of single figures: bars, stairs, a difference in groups, the words beside an incident."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data.core.language import texts
from srm_data.views.figures.grid import GAP
from srm_data.views.figures.text_fit import LEADING, fit, measure
from srm_data.views.matrix_content import named_party

if TYPE_CHECKING:
    from srm_data.core.incidents import Incident
    from srm_data.core.topics import Line
    from srm_data.views.content import Table, TableCell
    from srm_data.views.figures.canvas import Canvas


def bars(canvas: Canvas, table: Table, areas: int) -> None:
    """A bar for each row of a table, as long as there are areas, in pieces for the parties.

    Args:
        canvas: the slide to draw on; it has its `head` and `foot`.
        table: of bars: a name and a cell that tells of several parties, in each row.
        areas: how many areas a whole bar stands for.
    """
    labels = 300 if canvas.wide else canvas.room * 0.3
    left = canvas.left + labels
    unit = (canvas.right - left) / areas
    room = canvas.bottom - canvas.top
    rows = table.rows[table.heads :]
    pitch = min(140.0, room / len(rows))
    top = canvas.top + (room - pitch * len(rows)) / 2
    for i, (name, bar) in enumerate(rows):
        y, high = top + i * pitch, pitch - 24
        middle, width = y + pitch / 2, labels - 20
        canvas.text(canvas.left, middle, name.text, 34, width=width, lines=2, height=high, bold=True)
        if bar.open:
            canvas.blank(left, y + 12, unit * areas - GAP, high)
        x = float(left)
        for said in bar.says:
            party, width = named_party(said.party, canvas.lang), unit * int(said.text) - GAP
            if width > 76:
                labelled = (f"{said.text} {party.text}", said.text)
                canvas.cell(x, y + 12, width, high, party, labels=labelled)
            else:
                canvas.letter(x, y + 12, width, high, said.party)
            x += width + GAP


def stairs(canvas: Canvas, table: Table, areas: int) -> None:
    """A step for each rung, as high as the provider's share of so many areas, with what is new on it.

    Args:
        canvas: the slide to draw on; it has its `head` and `foot`.
        table: of bars: a name, the counts of the parties and what is new, in each row.
        areas: how many areas the matrix has.
    """
    rows = table.rows[table.heads :]
    shares = [next((int(s.text) for s in bar.says if s.party == "provider"), 0) for _, bar, _ in rows]
    width = (canvas.room + GAP) / len(rows) - GAP
    floor, head = canvas.bottom, 104.0  # room above a step for its name and number
    unit = (floor - canvas.top - head) / (max(shares) or 1)
    for i, ((name, bar, came), n) in enumerate(zip(rows, shares, strict=True)):
        x, height = canvas.left + i * (width + GAP), max(10.0, unit * n)
        top = floor - height
        if bar.open:
            canvas.blank(x, canvas.top, width, floor - canvas.top)
            continue
        size = 32 if canvas.wide else 26
        canvas.text(x + 4, top - 72, name.text, size, width=width - 8, lines=2, height=56, bold=True)
        canvas.text(x + 4, top - 24, f"{n} / {areas}", 26, width=width - 8, colour=canvas.theme.quiet)
        ink = canvas.theme.ink["provider"]
        canvas.box(x, top, width, height, fill=ink.fill, edge=ink.edge)
        inside = 40.0 if canvas.wide else 12.0  # a narrow slide needs the room of the hatch for words
        if n and canvas.wide:
            canvas.strip(x, top, height, "provider", colour=ink.text)
        new = [f"+\u00a0{said.text}" for said in came.says]
        _stack(canvas, new, x + inside, top + 8, width - inside - 8, height - 16, ink.text)


def _stack(
    canvas: Canvas, lines: list[str], x: float, y: float, width: float, height: float, colour: str
) -> None:
    """Lines of text under each other, as large as the room allows."""
    if not lines:
        return
    size = 34.0

    def height_at(size: float) -> float:
        wrapped = [fit(line, size, width, 3) for line in lines]
        kept = all(fitted > size * 0.97 for _, fitted in wrapped)  # none had to shrink
        return sum(len(shown) for shown, _ in wrapped) * size * 1.2 if kept else float("inf")

    while size > 12 and height_at(size) > height:
        size -= 1
    for line in lines:
        shown, _ = fit(line, size, width, 3)
        block = len(shown) * size * 1.2
        canvas.text(x, y + block / 2, line, size, width=width, lines=3, colour=colour)
        y += block


_STAYED = 116  # pixels for a group that stayed: heading and two lines of names


def moves(canvas: Canvas, table: Table) -> None:
    """What moved gets the room, a row each; what stayed is named in a few lines."""
    groups = [(group, rows) for group, rows in table.grouped if group]
    moved = [(group, rows) for group, rows in groups if not rows[0][1].dim]
    kept = [(group, rows) for group, rows in groups if rows[0][1].dim]
    width, arrow = (330.0, 62.0) if canvas.wide else (canvas.room * 0.24, 50.0)
    xs = canvas.right - 2 * width - arrow, canvas.right - width
    y = canvas.top
    if moved:
        for x, head in zip(xs, table.rows[0][1:], strict=True):
            canvas.text(x, y + 18, head.text, 30, width=width, lines=2, height=56, bold=True)
        y += 40
    room = canvas.bottom - y - _STAYED * len(kept)
    lines = sum(len(rows) for _, rows in moved)
    high = min(64.0, room / max(1, lines + len(moved)))
    over = max(high, 40.0)  # a heading stays readable among many rows
    high = min(high, (room - over * len(moved)) / max(1, lines))
    word = canvas.word_size([cell for _, rows in moved for row in rows for cell in row[1:]], width, high - 6)
    for group, rows in moved:
        _group_head(canvas, group, y, over, canvas.theme.text)
        y += over
        for name, *cells in rows:
            middle, label = y + high / 2, xs[0] - canvas.left - 24
            size, most = min(30, high * 0.72), 1 if canvas.wide else 2
            canvas.text(canvas.left, middle, name.text, size, width=label, lines=most, height=high - 4)
            for x, cell in zip(xs, cells, strict=True):
                canvas.cell(x, y + 3, width, high - 6, cell, word=word)
            canvas.arrow(xs[0] + width + 10, xs[1] - 10, middle)
            y += high
    y = max(y, canvas.bottom - _STAYED * len(kept)) if moved else y + 30
    for group, rows in kept:
        _group_head(canvas, group, y, 46, canvas.theme.line)
        names, quiet = ", ".join(name.text for name, *_ in rows), canvas.theme.quiet
        canvas.text(canvas.left, y + 76, names, 24, width=canvas.room, lines=3, height=62, colour=quiet)
        y += _STAYED


def _group_head(canvas: Canvas, group: TableCell, y: float, height: float, line: str) -> None:
    """Heading of a group: what happens to so many areas, and what that means, over a line."""
    base = y + height - 5
    canvas.rule(base, line)
    size = min(30.0, height * 0.62)
    middle = base - size * 0.62
    canvas.text(canvas.left, middle, group.text, size, width=310, bold=True)
    x = canvas.left + (330 if canvas.wide else measure(group.text, size, bold=True) + 24)
    room, quiet = min(620, canvas.right - x), canvas.theme.quiet
    canvas.text(x, middle + 1, group.aside, size * 0.76, width=room, colour=quiet)
