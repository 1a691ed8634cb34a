"""The same result as a matplotlib figure, for slides, print and the lessons' still pictures.

One function a figure; each states one point in its title. All return a `canvas.Picture`, which shows
itself in a notebook as accessible SVG and writes itself as SVG, PNG or PDF with `write`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data import words as say
from srm_data.canvas import HEIGHT, MARGIN, WIDTH, Picture, Slide, common_size
from srm_data.language import texts
from srm_data.loaders import as_matrix
from srm_data.matrix import Cell
from srm_data.vocabulary import MOVES

if TYPE_CHECKING:
    from srm_data.loaders import MatrixLike
    from srm_data.matrix import Column, Matrix

_TOP, _BOTTOM = 150, HEIGHT - 118  # between title and key
_GAP = 8


def matrix(matrix: MatrixLike, lang: str | None = None, theme: str = "light") -> Picture:
    """The whole matrix.

    Args:
        matrix: an id from `list_matrices`, or a DataFrame from `load_matrix` or `read_matrix`.
        lang: "en" or "nl"; the language in use when left out.
        theme: "light" or "dark".

    Returns:
        A 16:9 figure of 1600 × 900 slide pixels (13.3 × 7.5 inch).

    Raises:
        UnknownNameError: for an unknown matrix, language or theme.
    """
    m = as_matrix(matrix, lang)
    slide = Slide(say.matrix_title(m), say.matrix(matrix, lang), theme)
    _grid(slide, m, lit=None)
    return _finish(slide, m)


def model(matrix: MatrixLike, column: str, lang: str | None = None, theme: str = "light") -> Picture:
    """The matrix with one column lit and the others dimmed.

    Raises:
        UnknownNameError: for an unknown matrix, column, language or theme.
    """
    m = as_matrix(matrix, lang)
    slide = Slide(say.model_title(m, column), say.model(matrix, column, lang), theme)
    _grid(slide, m, lit=m.column(column))
    return _finish(slide, m)


def split(matrix: MatrixLike, lang: str | None = None, theme: str = "light") -> Picture:
    """How many areas are the customer's, shared and the provider's, a bar for each column.

    Raises:
        UnknownNameError: for an unknown matrix, language or theme.
    """
    m = as_matrix(matrix, lang)
    slide = Slide(say.split_title(m), say.split(matrix, lang), theme)
    left = MARGIN + 300
    unit = (WIDTH - MARGIN - left) / len(m.areas)
    pitch = min(140.0, (_BOTTOM - _TOP) / len(m.columns))
    top = _TOP + ((_BOTTOM - _TOP) - pitch * len(m.columns)) / 2
    for row, column in enumerate(m.columns):
        y = top + row * pitch
        slide.text(MARGIN, y + pitch / 2, column.label, 34, width=280, lines=2, height=pitch - 24, bold=True)
        x = float(left)
        for party, n in m.count(column).items():
            if n:
                labels = (f"{n}  {texts(m.lang)['party'][party]['label']}", str(n))
                slide.cell(x, y + 12, unit * n - _GAP, pitch - 24, Cell(party), m, labels=labels)
                x += unit * n
    return _finish(slide, m, marks=False)


def what_if(
    matrix: MatrixLike, before: str, after: str, lang: str | None = None, theme: str = "light"
) -> Picture:
    """The difference between two columns, grouped by what happens to the customer's work.

    Raises:
        UnknownNameError: for an unknown matrix, column, language or theme.
    """
    m = as_matrix(matrix, lang)
    old, new = m.column(before), m.column(after)
    slide = Slide(say.what_if_title(m, before, after), say.what_if(matrix, before, after, lang), theme)
    groups = {change: areas for change, areas in say.areas_by_change(m, before, after).items() if areas}
    moved = {change: areas for change, areas in groups.items() if change in MOVES}
    kept = {change: areas for change, areas in groups.items() if change not in MOVES}
    width, arrow = 330.0, 62.0
    right = WIDTH - MARGIN
    old_x, new_x = right - 2 * width - arrow, right - width
    y = float(_TOP)
    if moved:
        slide.text(old_x, y + 18, old.label, 30, width=width, lines=2, height=56, bold=True)
        slide.text(new_x, y + 18, new.label, 30, width=width, lines=2, height=56, bold=True)
        y += 40
    # What moved gets the room: a row each. What stayed is named in a few lines.
    room = _BOTTOM - y - _STAYED * len(kept)
    row = min(64.0, room / max(1, sum(len(areas) for areas in moved.values()) + len(moved)))
    for change, areas in moved.items():
        _change_head(slide, m, change, len(areas), y, row)
        y += row
        for area in areas:
            middle = y + row / 2
            slide.text(MARGIN, middle, area.label, min(30, row * 0.72), width=old_x - MARGIN - 24)
            for x, column in ((old_x, old), (new_x, new)):
                slide.cell(x, y + 3, width, row - 6, m.cell(area, column), m)
            slide.axes.annotate(
                "",
                (new_x - 10, middle),
                (old_x + width + 10, middle),
                arrowprops={"arrowstyle": "-|>,head_width=.35,head_length=.6", "color": slide.theme.text},
            )
            y += row
    y = max(y, _BOTTOM - _STAYED * len(kept)) if moved else y + 30
    for change, areas in kept.items():
        _change_head(slide, m, change, len(areas), y, 46)
        names = ", ".join(area.label for area in areas)
        slide.text(
            MARGIN, y + 46 + 30, names, 24, width=right - MARGIN, lines=2, height=58, colour=slide.theme.quiet
        )
        y += _STAYED
    return _finish(slide, m)


_STAYED = 116  # pixels for a group that stayed: heading and two lines of names


def _change_head(slide: Slide, m: Matrix, change: str, count: int, y: float, height: float) -> None:
    """Heading of a group: how many, what happens to them, and what that means, over a line."""
    words = texts(m.lang)["change"][change]
    right = WIDTH - MARGIN
    base = y + height - 5
    colour = slide.theme.text if change in MOVES else slide.theme.line
    slide.axes.plot([MARGIN, right], [base] * 2, color=colour, linewidth=1.5)
    size = min(30.0, height * 0.62)
    middle = base - size * 0.62
    slide.text(MARGIN, middle, f"{count}  {words['label']}", size, width=310, bold=True)
    slide.text(MARGIN + 330, middle + 1, words["meaning"], size * 0.76, width=620, colour=slide.theme.quiet)


def _grid(slide: Slide, m: Matrix, lit: Column | None) -> None:
    """Areas down, columns across."""
    labels = {1: 620, 2: 520, 3: 460, 4: 400}.get(len(m.columns), 350)
    left = MARGIN + labels
    pitch_x = (WIDTH - MARGIN - left + _GAP) / len(m.columns)
    head = 66
    pitch_y = min(84.0, (_BOTTOM - _TOP - head) / len(m.areas))
    width, height = pitch_x - _GAP, pitch_y - _GAP * 0.75
    head_size = common_size([c.label for c in m.columns], 30, width - 8, 2, head - 10, bold=True)
    for i, column in enumerate(m.columns):
        x = left + i * pitch_x
        on = lit is None or column == lit
        colour = "" if on else slide.theme.quiet
        middle = _TOP + head / 2 - 6
        slide.text(
            x + 4,
            middle,
            column.label,
            head_size,
            width=width - 8,
            lines=2,
            height=head - 10,
            bold=True,
            colour=colour,
        )
        if lit is not None and on:
            slide.axes.plot([x, x + width], [_TOP + head - 5] * 2, color=slide.theme.accent, linewidth=4)
        for j, area in enumerate(m.areas):
            slide.cell(x, _TOP + head + j * pitch_y, width, height, m.cell(area, column), m, dim=not on)
    size = common_size([area.label for area in m.areas], 27, labels - 20, 2, pitch_y * 0.9)
    for j, area in enumerate(m.areas):
        y = _TOP + head + j * pitch_y + height / 2
        slide.text(MARGIN, y, area.label, size, width=labels - 20, lines=2, height=pitch_y * 0.9)


def _finish(slide: Slide, m: Matrix, *, marks: bool = True) -> Picture:
    slide.head(m)
    slide.foot(m, say.foot(m), marks=marks)
    return slide.finish()
