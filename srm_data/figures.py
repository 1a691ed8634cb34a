"""The same result as a matplotlib figure, for slides, print and the lessons' still pictures.

One function a figure; each states one point in its title. All return a `canvas.Picture`, which shows
itself in a notebook as accessible SVG and writes itself as SVG, PNG or PDF with `write`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data import words as say
from srm_data.canvas import HEIGHT, MARGIN, WIDTH, Picture, Slide
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
        slide.text(MARGIN, y + pitch / 2, column.label, 34, width=280, lines=2, bold=True)
        x = float(left)
        for party, n in m.count(column).items():
            if n:
                label = f"{n}  {texts(m.lang)['party'][party]['label']}"
                slide.cell(x, y + 12, unit * n - _GAP, pitch - 24, Cell(party), m, label=label)
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
    rows = sum(len(areas) for areas in groups.values())
    head, row = _row_heights(rows, len(groups))
    width, arrow = 330.0, 62.0
    right = WIDTH - MARGIN
    old_x, new_x = right - 2 * width - arrow, right - width
    slide.text(old_x, _TOP + 18, old.label, 30, width=width, bold=True)
    slide.text(new_x, _TOP + 18, new.label, 30, width=width, bold=True)
    y = _TOP + 44.0
    for change, areas in groups.items():
        words = texts(m.lang)["change"][change]
        moved = change in MOVES
        line = slide.theme.text if moved else slide.theme.line
        slide.axes.plot([MARGIN, right], [y + head - 3] * 2, color=line, linewidth=1.5)
        slide.text(MARGIN, y + head * 0.58, f"{len(areas)}  {words['label']}", 28, width=400, bold=True)
        slide.text(
            MARGIN + 330, y + head * 0.58 + 1, words["meaning"], 21, width=560, colour=slide.theme.quiet
        )
        y += head
        for area in areas:
            middle = y + row / 2
            slide.text(MARGIN, middle, area.label, 27, width=old_x - MARGIN - 24, lines=2 if row > 46 else 1)
            for x, column in ((old_x, old), (new_x, new)):
                slide.cell(x, y + 3, width, row - 6, m.cell(area, column), m, dim=not moved)
            if moved:
                slide.axes.annotate(
                    "",
                    (new_x - 10, middle),
                    (old_x + width + 10, middle),
                    arrowprops={"arrowstyle": "-|>,head_width=.35,head_length=.6", "color": slide.theme.text},
                )
            y += row
    return _finish(slide, m)


def _row_heights(rows: int, groups: int) -> tuple[float, float]:
    """Height of a group's heading and of a row, so that all fit between title and key."""
    room = _BOTTOM - _TOP - 44
    row = min(52.0, room / (rows + 1.2 * groups))
    return row * 1.2, row


def _grid(slide: Slide, m: Matrix, lit: Column | None) -> None:
    """Areas down, columns across."""
    labels = 400 if len(m.columns) < 5 else 350
    left = MARGIN + labels
    pitch_x = (WIDTH - MARGIN - left + _GAP) / max(len(m.columns), 2)
    head = 60
    pitch_y = min(64.0, (_BOTTOM - _TOP - head) / len(m.areas))
    for i, column in enumerate(m.columns):
        x = left + i * pitch_x
        on = lit is None or column == lit
        slide.text(
            x + 4,
            _TOP + head / 2 - 4,
            column.label,
            30,
            width=pitch_x - _GAP - 8,
            lines=2,
            bold=True,
            colour="" if on else slide.theme.quiet,
        )
        if lit is not None and on:
            slide.axes.plot(
                [x, x + pitch_x - _GAP], [_TOP + head - 4] * 2, color=slide.theme.accent, linewidth=4
            )
        for j, area in enumerate(m.areas):
            y = _TOP + head + j * pitch_y
            slide.cell(x, y, pitch_x - _GAP, pitch_y - _GAP * 0.75, m.cell(area, column), m, dim=not on)
    for j, area in enumerate(m.areas):
        y = _TOP + head + (j + 0.5) * pitch_y - _GAP * 0.375
        slide.text(MARGIN, y, area.label, 27, width=labels - 20, lines=2 if pitch_y > 34 else 1)


def _finish(slide: Slide, m: Matrix, *, marks: bool = True) -> Picture:
    slide.head(m)
    slide.foot(m, say.foot(m), marks=marks)
    return slide.finish()
