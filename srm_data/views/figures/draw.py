"""The same result as a figure, for slides, print and the lessons' still pictures.

One function a figure; each states one point in its title. All return a `Picture`, which shows itself in
a notebook as accessible SVG and writes itself as SVG, PNG or PDF with `write`. All take

- ``lang``: "en" or "nl"; the language in use when left out;
- ``theme``: "light", "dark", or "print" for grey paper;
- ``size``: "16:9", "4:3" or "1:1";
- ``shown``: how much is filled in. Left out, the figure is whole. 0 is empty, to fill in on the board,
  and asks in its title what the whole one states; 1, 2, ... reveal it step by step (see `build`).

and raise

- ``UnknownNameError`` for an unknown matrix, column, language, theme or size;
- ``ValueError`` for a step that is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from srm_data.core.compare import rungs
from srm_data.core.frames import as_matrix
from srm_data.core.incidents import as_incident
from srm_data.core.language import texts
from srm_data.core.topics import look_up
from srm_data.views import incident_content, matrix_content, topic_content
from srm_data.views import sentences as say
from srm_data.views.content import TableCell
from srm_data.views.figures.frame import begin, step_of
from srm_data.views.figures.grid import BETWEEN, label_width, lay
from srm_data.views.figures.picture import Picture
from srm_data.views.figures.shapes import bars, incident_words, moves, stairs, two_parts
from srm_data.views.figures.steps import in_steps
from srm_data.views.matrix_content import named_party

if TYPE_CHECKING:
    from srm_data.core.frames import MatrixLike
    from srm_data.core.incidents import Incident
    from srm_data.core.matrix import Matrix
    from srm_data.views.content import Content, Said
    from srm_data.views.figures.grid import Grid, Row
    from srm_data.views.figures.canvas import Canvas


def build(draw: Callable[..., Picture], *what: object, **how: object) -> list[Picture]:
    """A figure step by step, for slides that reveal it: empty first, whole last.

    >>> [step.heading for step in build(split, "aws-lambda", lang="en")][0]
    'How much does the customer do alone?'
    """
    empty = draw(*what, **how, shown=0)
    return [empty, *(draw(*what, **how, shown=step) for step in range(1, empty.steps + 1))]


@in_steps
def matrix(
    matrix: MatrixLike,
    lang: str | None = None,
    theme: str = "light",
    *,
    size: str = "16:9",
    shown: int | None = None,
) -> Picture:
    """The whole matrix, revealed column by column.

    Args:
        matrix: an id from `list_matrices`, or a DataFrame from `load_matrix` or `read_matrix`.
        lang: "en" or "nl"; the language in use when left out.
        theme: "light" when left out, "dark", or "print" for grey paper.
        size: shape of the slide: "16:9" when left out, "4:3" or "1:1".
        shown: how many columns are filled in, from 0; all when left out.
    """
    m = as_matrix(matrix, lang)
    step = step_of(shown, len(m.columns), m.lang)
    content = matrix_content.matrix(m, step)
    canvas = begin(content, [column.label for column in m.columns[step:]], theme, size, m.title)
    _grid(canvas, content, bands=_bands(m) if step == len(m.columns) else None)
    return canvas.finish(len(m.columns))


def model(
    matrix: MatrixLike,
    column: str,
    lang: str | None = None,
    theme: str = "light",
    *,
    size: str = "16:9",
    shown: int | None = None,
) -> Picture:
    """The matrix with one column lit and the others dimmed.

    Args:
        matrix: an id from `list_matrices`, or a DataFrame from `load_matrix` or `read_matrix`.
        column: label or id of the column to light.
        lang: "en" or "nl"; the language in use when left out.
        theme: "light" when left out, "dark", or "print" for grey paper.
        size: shape of the slide: "16:9" when left out, "4:3" or "1:1".
        shown: 0 is empty, 1 whole; whole when left out.
    """
    m = as_matrix(matrix, lang)
    step = step_of(shown, 1, m.lang)
    content = matrix_content.model(m, column, step)
    canvas = begin(content, [] if step else [c.label for c in m.columns], theme, size, m.title)
    _grid(canvas, content, under=True, bands=_bands(m) if step else None)
    return canvas.finish()


@in_steps
def split(
    matrix: MatrixLike,
    lang: str | None = None,
    theme: str = "light",
    *,
    size: str = "16:9",
    shown: int | None = None,
) -> Picture:
    """How many areas are the customer's, shared and the provider's, a bar for each column.

    Args:
        matrix: an id from `list_matrices`, or a DataFrame from `load_matrix` or `read_matrix`.
        lang: "en" or "nl"; the language in use when left out.
        theme: "light" when left out, "dark", or "print" for grey paper.
        size: shape of the slide: "16:9" when left out, "4:3" or "1:1".
        shown: how many columns are filled in, from 0; all when left out.
    """
    m = as_matrix(matrix, lang)
    step = step_of(shown, len(m.columns), m.lang)
    content = matrix_content.split(m, step)
    canvas = begin(content, [column.label for column in m.columns[step:]], theme, size, m.title)
    bars(canvas, content.tables[0], len(m.areas))
    return canvas.finish(len(m.columns))


@in_steps
def what_if(
    matrix: MatrixLike,
    before: str,
    after: str,
    lang: str | None = None,
    theme: str = "light",
    *,
    size: str = "16:9",
    shown: int | None = None,
) -> Picture:
    """The difference between two columns, grouped by what happens to the customer's work.

    It is revealed in two steps: what is before, and then what the move does.

    Args:
        matrix: an id from `list_matrices`, or a DataFrame from `load_matrix` or `read_matrix`.
        before: label or id of the column one comes from, such as "IaaS".
        after: label or id of the column one goes to.
        lang: "en" or "nl"; the language in use when left out.
        theme: "light" when left out, "dark", or "print" for grey paper.
        size: shape of the slide: "16:9" when left out, "4:3" or "1:1".
        shown: 0 is empty, 1 fills in what is before, 2 also what the move does; 2 when left out.
    """
    m = as_matrix(matrix, lang)
    step = step_of(shown, 2, m.lang)
    content = matrix_content.what_if(m, before, after, step)
    open_ = [m.column(before).label, m.column(after).label][step:]
    canvas = begin(content, open_, theme, size, m.title)
    if step == 2:
        moves(canvas, content.tables[0])
    else:
        _grid(canvas, content, canvas.room * 0.46)
    return canvas.finish(2)


@in_steps
def ladder(
    matrix: MatrixLike,
    lang: str | None = None,
    theme: str = "light",
    *,
    size: str = "16:9",
    shown: int | None = None,
) -> Picture:
    """The columns as a staircase: a step is as high as the provider's share, and says what is new there.

    Args:
        matrix: an id from `list_matrices`, or a DataFrame from `load_matrix` or `read_matrix`.
        lang: "en" or "nl"; the language in use when left out.
        theme: "light" when left out, "dark", or "print" for grey paper.
        size: shape of the slide: "16:9" when left out, "4:3" or "1:1".
        shown: how many columns have their step, from 0; all when left out.
    """
    m = as_matrix(matrix, lang)
    found = rungs(m)
    step = step_of(shown, len(found), m.lang)
    content = matrix_content.ladder(m, step)
    open_ = sorted(column.label for column, _, _ in found[step:])
    # What is still to be put in order stands under the title.
    subtitle = " · ".join(open_) or m.title
    canvas = begin(content, open_, theme, size, subtitle, parties=["provider"])
    stairs(canvas, content.tables[0], len(m.areas))
    return canvas.finish(len(found))


@in_steps
def side_by_side(
    before: MatrixLike,
    after: MatrixLike,
    column: str | None = None,
    lang: str | None = None,
    theme: str = "light",
    *,
    size: str = "16:9",
    shown: int | None = None,
) -> Picture:
    """Two matrices on what they have in common, with a ring around the cells that differ.

    Two editions, or with `column` the stack against a matrix. Revealed in two steps, one matrix each.

    Args:
        before: the older or first matrix, an id or a DataFrame.
        after: the newer or second one.
        column: only this column; all they share when left out.
        lang: "en" or "nl"; the language in use when left out.
        theme: "light" when left out, "dark", or "print" for grey paper.
        size: shape of the slide: "16:9" when left out, "4:3" or "1:1".
        shown: 0 is empty, 1 fills in the first matrix, 2 both; both when left out.

    Raises:
        ValueError: when the two have no column in common.
    """
    old, new = as_matrix(before, lang), as_matrix(after, lang)
    step = step_of(shown, 2, new.lang)
    content = matrix_content.side_by_side(old, new, column, step)
    subtitle = " · ".join(dict.fromkeys((old.title, new.title)))
    canvas = begin(content, [old.short, new.short][step:], theme, size, subtitle)
    heads, *rows = content.tables[0].rows
    columns = heads[2:]
    lines = [_both(row, len(columns), new.lang) for row in rows]
    grid = lay(canvas, lines, label_width(canvas, 4 if len(columns) > 1 else 2), columns, blocks=2)
    grid.names()
    left = canvas.left + grid.labels
    width = (canvas.right - left - BETWEEN) / 2
    for k, m in enumerate((old, new)):
        x = left + k * (width + BETWEEN)
        canvas.text(x + 4, canvas.top + 16, m.short, 28, width=width - 8, bold=True)
        canvas.rule(canvas.top + 36, canvas.theme.line, x=x, width=width)
        first = 1 + k * len(columns)
        grid.block(columns, x, width, slice(first, first + len(columns)))
    return canvas.finish(2)


@in_steps
def topic(
    topic: str,
    matrices: MatrixLike | Iterable[MatrixLike] = ("azure-2026", "gcp"),
    lang: str | None = None,
    theme: str = "light",
    *,
    size: str = "16:9",
    shown: int | None = None,
) -> Picture:
    """Several providers on one topic, under the service models that they share; a line where they differ.

    Revealed table by table.

    Args:
        topic: id of a topic, or its name, such as "network-controls" or "Network controls".
        matrices: one matrix or several, ids or DataFrames; Azure of 2026 and Google when left out.
        lang: "en" or "nl"; the language in use when left out.
        theme: "light" when left out, "dark", or "print" for grey paper.
        size: shape of the slide: "16:9" when left out, "4:3" or "1:1".
        shown: how many tables are filled in, from 0; all when left out.

    Raises:
        ValueError: for a matrix about management, or when no column counts as a service model.
    """
    found = look_up(topic, matrices, lang)
    if not found.models:
        raise ValueError(texts(found.lang)["ask"]["no_model"].format(topic=found.label))
    told_by = [line for line in found.lines if any(line.under(model) for model in found.models)]
    used = [m for m in found.matrices if any(line.matrix is m for line in told_by)]
    step = step_of(shown, len(used), found.lang)
    content = topic_content.topic(found, used[:step])
    feet = [say.foot(m) for m in used] if len(used) <= _FEET else [" · ".join(m.short for m in used)]
    subtitle = texts(found.lang)["ask"]["topic_sub"]
    canvas = begin(content, [m.short for m in used[step:]], theme, size, subtitle, feet=feet)
    whole = step == len(used)
    grid = _grid(canvas, content, under=whole)
    if whole and len(told_by) <= 4:
        differ = [model for model in found.models if found.verdict(model) == "differ"]
        two_parts(canvas, [(line, model) for line in told_by for model in differ], grid.bottom + 30)
    return canvas.finish(len(used))


@in_steps
def incident(
    incident: str | Incident,
    lang: str | None = None,
    theme: str = "light",
    *,
    size: str = "16:9",
    shown: int | None = None,
) -> Picture:
    """An incident on its layer: its cells in colour with a ring around, and who failed beside who answers.

    Empty it tells the story and asks whose layer it was; the first step shows the table, the second the
    place.

    Args:
        incident: an id from `load_incidents`, or its name.
        lang: "en" or "nl"; the language in use when left out.
        theme: "light" when left out, "dark", or "print" for grey paper.
        size: shape of the slide: "16:9" when left out, "4:3" or "1:1".
        shown: 0 is empty, 1 shows the table, 2 also the place; 2 when left out.
    """
    i = as_incident(incident, lang)
    step = step_of(shown, 2, i.lang)
    content = incident_content.incident(i, step)
    words = texts(i.lang)["incident"]
    columns = [column.label for column in i.matrix.columns]
    open_ = [[*columns, words["who_failed"]], [words["layer"]], []][step]
    source = f"{texts(i.lang)['label']['source']}: {i.source_title}"
    feet = [source, *content.feet]
    canvas = begin(replace(content, marked=False), open_, theme, size, f"{i.year} · {i.service}", feet=feet)
    heads, *rows = content.tables[0].rows
    if step == 2:
        if not i.areas:  # the whole name of what has no row would make all names small
            name, *cells = rows[-1]
            rows[-1] = (replace(name, text=texts(i.lang)["label"]["no_row"]), *cells)
        rows = _around(rows, _MOST, texts(i.lang)["ask"]["more"])
    width = incident_words(canvas, i, content.tables[1] if step == 2 else None)
    labels = label_width(canvas, len(heads) - 1) * (width / canvas.room) * 1.1
    lay(canvas, rows, labels, heads[1:], width=width).fill(heads[1:], width)
    return canvas.finish(2)


_FEET = 3  # more tables than this are named without their sources
_MOST = 12  # rows of a table about an incident


def _around(rows: list[Row], most: int, more: str) -> list[Row]:
    """At most so many rows, around those where the incident lies; a line tells how many there are besides."""
    if len(rows) <= most:
        return rows
    here = min(j for j, (name, *_) in enumerate(rows) if name.lit)
    first = max(0, min(here - most // 2, len(rows) - most))
    rest = (TableCell(more.format(n=len(rows) - most), head=True), *[TableCell("–")] * (len(rows[0]) - 1))
    shown = rows[first : first + most]
    # The line that tells of the others stands where they would.
    return [rest, *shown] if first else [*shown, rest]


def _both(row: Row, columns: int, lang: str) -> Row:
    """A row of two tables: the name it has in the newer one, then the cells of the one and of the other."""
    old, new, *cells = row
    named = new if new.text != "–" else old
    note = old.text if "–" not in (old.text, new.text) and old.text != new.text else ""
    sides = [
        _one(cell, cell.says[k], lang) if k < len(cell.says) else TableCell(open=True)
        for k in (0, 1)
        for cell in cells
    ]
    assert len(sides) == 2 * columns
    return (replace(named, source=note), *sides)


def _one(cell: TableCell, said: Said, lang: str) -> TableCell:
    """What one of two tables says in a place."""
    if not said.party:
        return TableCell("–")
    return named_party(said.party, lang, mark=said.mark, changed=cell.changed)


def _bands(m: Matrix) -> dict[int, str]:
    """The names of the bands of a matrix, by the first row of each. They tell what an empty figure asks."""
    return {m.areas.index(areas[0]): band for band, areas in m.bands}


def _grid(
    canvas: Canvas,
    content: Content,
    labels: float = 0,
    *,
    under: bool = False,
    bands: Mapping[int, str] | None = None,
) -> Grid:
    """Areas down, columns across."""
    heads, *rows = content.tables[0].rows
    grid = lay(canvas, rows, labels or label_width(canvas, len(heads) - 1), heads[1:], bands=bands)
    grid.fill(heads[1:], under=under)
    return grid
