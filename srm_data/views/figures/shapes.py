"""The drawn parts of single figures: who does which part of a topic, the words beside an incident."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data.core.language import texts
from srm_data.views.figures.grid import GAP
from srm_data.views.figures.text_fit import LEADING, fit

if TYPE_CHECKING:
    from srm_data.core.incidents import Incident
    from srm_data.core.topics import Line
    from srm_data.views.content import Table, TableCell
    from srm_data.views.figures.canvas import Canvas


def two_parts(canvas: Canvas, places: list[tuple[Line, str]], y: float) -> None:
    """Who does which part in the shared cells among these, as far as the room below `y` goes.

    Args:
        canvas: the slide to draw on.
        places: a line of a topic and the service model under which to look, for each.
        y: upper side of the words, in slide pixels.
    """
    words = texts(canvas.lang)["label"]
    told = [
        (line.matrix, column, cell)
        for line, model in places
        for column, cell in line.under(model)
        if cell.customer_part and cell.provider_part
    ]
    room = (canvas.bottom - y) / max(1, len(told))
    for m, column, cell in told if room > 90 else ():
        canvas.text(canvas.left, y + 16, f"{m.short}, {column.label}", 26, width=canvas.room, bold=True)
        side = m.provider_short if canvas.wide else texts(canvas.lang)["party"]["provider"]["label"]
        pairs = ((words["customer_does"], cell.customer_part), (side, cell.provider_part))
        half = (canvas.room - 40) / 2
        for k, (who, part) in enumerate(pairs):
            x = canvas.left + k * (half + 40)
            _paragraph(canvas, f"{who}: {part}", x, y + 40, half, room - 50, 26)
        y += room


def incident_words(canvas: Canvas, i: Incident, who: Table | None) -> float:
    """The words beside an incident; returns the width that is left for its table.

    A wide slide has them at the right, a narrow one under the table, and `bottom` moves up. The story
    comes first; with the table of who failed and who answers also what is disputed.

    Args:
        canvas: the slide to draw on; it has its `head` and `foot`.
        i: the incident.
        who: the table of who failed and who answers; None while that is not told yet.
    """
    if canvas.wide:
        x, y, width, height = canvas.right - 420.0, canvas.top + 8, 420.0, canvas.bottom - canvas.top - 8
        left = canvas.room - 460.0
    else:
        width, height = float(canvas.room), 210.0
        canvas.bottom -= height + 10
        x, y = float(canvas.left), canvas.bottom + 10
        left = width
    if who is None:
        _paragraph(canvas, i.story, x, y, width, height, 27)
        return left
    half = width if canvas.wide else (width - 24) / 2
    heads, row = who.rows
    first = 0
    for k, head in enumerate(heads):
        at, down = (x, y + k * 140) if canvas.wide else (x + k * (half + 24), y)
        lines = 1 if canvas.wide else 2
        canvas.text(at, down + 14, head.text, 24, width=half, bold=True, lines=lines, height=40)
        _parties(canvas, row[first : first + head.span], at, down + 44, half, 58)
        first += head.span
    rest = 290 if canvas.wide else 114
    parts = [i.layer[:1].upper() + i.layer[1:] + ".", i.why if canvas.wide else "", i.dispute]
    _paragraph(canvas, " ".join(part for part in parts if part), x, y + rest, width, height - rest, 25)
    return left


def _parties(
    canvas: Canvas, cells: tuple[TableCell, ...], x: float, y: float, width: float, height: float
) -> None:
    """Parties as cells beside each other; what is no party, or nobody, as words in a frame."""
    part = (width + GAP) / len(cells)
    word = canvas.word_size(cells, part - GAP, height)
    for k, cell in enumerate(cells):
        if cell.letter:
            canvas.cell(x + k * part, y, part - GAP, height, cell, word=word)
            continue
        nobody = canvas.theme.ink[None]
        canvas.box(x, y, width, height, fill=nobody.fill, edge=nobody.edge)
        canvas.text(x + 14, y + height / 2, cell.text, 26, width=width - 24, lines=2, height=height - 6)


def _paragraph(canvas: Canvas, text: str, x: float, y: float, width: float, height: float, size: float) -> None:
    """Running text from the top, as large as the room allows."""
    lines = max(1, int(height // (size * 0.62)))
    shown, size = fit(text, size, width, lines, height=height)
    canvas.text(x, y + len(shown) * size * LEADING / 2, text, size, width=width, lines=lines, height=height)
