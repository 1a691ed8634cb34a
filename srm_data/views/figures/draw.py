"""The same result as a matplotlib figure, for slides, print and the lessons' still pictures.

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

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from srm_data.views.figures import rows
from srm_data.views import sentences as say
from srm_data.views.figures.slide import Slide
from srm_data.core.compare import match_areas, rungs, shared_columns
from srm_data.views.figures.frame import frame, marks, step_of, told
from srm_data.views.figures.grid import BETWEEN, Row, label_width, lay, one, one_a_party
from srm_data.core.incidents import as_incident
from srm_data.core.language import texts
from srm_data.core.frames import as_matrix
from srm_data.views.figures.picture import Picture, own_style
from srm_data.views.figures.shapes import bars, difference, incident_words, stairs, two_parts
from srm_data.core.topics import look_up

if TYPE_CHECKING:
    from srm_data.core.incidents import Incident
    from srm_data.core.frames import MatrixLike
    from srm_data.core.matrix import Column, Matrix


def build(draw: Callable[..., Picture], *what: object, **how: object) -> list[Picture]:
    """A figure step by step, for slides that reveal it: empty first, whole last.

    >>> [step.heading for step in build(split, "aws-lambda", lang="en")][0]
    'How much does the customer do alone?'
    """
    empty = draw(*what, **how, shown=0)
    return [empty, *(draw(*what, **how, shown=step) for step in range(1, empty.steps + 1))]


@own_style()
def matrix(
    matrix: MatrixLike,
    lang: str | None = None,
    theme: str = "light",
    *,
    size: str = "16:9",
    shown: int | None = None,
) -> Picture:
    """The whole matrix, revealed column by column."""
    m = as_matrix(matrix, lang)
    step = step_of(shown, len(m.columns), m.lang)
    asked = say.question("stack" if m.kind == "management" else "matrix", m.lang)
    open_ = [column.label for column in m.columns[step:]]
    said = told(say.matrix_title(m), say.matrix(m, lang), asked, open_, m.lang)
    slide = Slide(*said, theme, size, lang=m.lang, rows=rows.matrix(m, m.columns[:step]))
    frame(slide, m)
    _areas(slide, m, shown=step)
    return slide.finish(len(m.columns))


@own_style()
def model(
    matrix: MatrixLike,
    column: str,
    lang: str | None = None,
    theme: str = "light",
    *,
    size: str = "16:9",
    shown: int | None = None,
) -> Picture:
    """The matrix with one column lit and the others dimmed."""
    m = as_matrix(matrix, lang)
    chosen = m.column(column)
    step = step_of(shown, 1, m.lang)
    asked = say.question("model", m.lang, column=chosen.label)
    open_ = [] if step else [c.label for c in m.columns]
    said = told(say.model_title(m, column), say.model(m, column, lang), asked, open_, m.lang)
    slide = Slide(*said, theme, size, lang=m.lang, rows=rows.matrix(m, m.columns if step else ()))
    frame(slide, m)
    _areas(slide, m, lit=chosen, shown=len(m.columns) * step)
    return slide.finish()


@own_style()
def split(
    matrix: MatrixLike,
    lang: str | None = None,
    theme: str = "light",
    *,
    size: str = "16:9",
    shown: int | None = None,
) -> Picture:
    """How many areas are the customer's, shared and the provider's, a bar for each column."""
    m = as_matrix(matrix, lang)
    step = step_of(shown, len(m.columns), m.lang)
    open_ = [column.label for column in m.columns[step:]]
    asked = say.question("split", m.lang)
    said = told(say.split_title(m), say.split(m, lang), asked, open_, m.lang)
    slide = Slide(*said, theme, size, lang=m.lang, rows=rows.split(m, m.columns[:step]))
    frame(slide, m, marked=False)
    bars(slide, m, step)
    return slide.finish(len(m.columns))


@own_style()
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
    """
    m = as_matrix(matrix, lang)
    old, new = m.column(before), m.column(after)
    step = step_of(shown, 2, m.lang)
    asked = say.question("what_if", m.lang, before=old.label, after=new.label)
    said = told(
        say.what_if_title(m, before, after),
        say.what_if(m, before, after, lang),
        asked,
        [old.label, new.label][step:],
        m.lang,
    )
    slide = Slide(*said, theme, size, lang=m.lang, rows=rows.what_if(m, old, new, step))
    frame(slide, m)
    if step == 2:
        difference(slide, m, old, new)
    else:
        lines = _lines(m, (old, new))
        grid = lay(slide, lines, slide.room * 0.46, [old.label, new.label])
        grid.fill([old.label, new.label], shown=step)
    return slide.finish(2)


@own_style()
def ladder(
    matrix: MatrixLike,
    lang: str | None = None,
    theme: str = "light",
    *,
    size: str = "16:9",
    shown: int | None = None,
) -> Picture:
    """The columns as a staircase: a step is as high as the provider's share, and says what is new there."""
    m = as_matrix(matrix, lang)
    found = rungs(m)
    step = step_of(shown, len(found), m.lang)
    open_ = [column.label for column, _, _ in found[step:]]
    said = told(
        say.ladder_title(m), say.ladder(m, lang), say.question("ladder", m.lang), sorted(open_), m.lang
    )
    slide = Slide(*said, theme, size, lang=m.lang, rows=rows.ladder(m, step))
    names = " · ".join(sorted(open_))  # what is still to be put in order
    frame(slide, m, marked=False, parties={"provider"}, subtitle=names)
    stairs(slide, m, found, step)
    return slide.finish(len(found))


@own_style()
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

    Raises:
        ValueError: when the two have no column in common.
    """
    old, new = as_matrix(before, lang), as_matrix(after, lang)
    step = step_of(shown, 2, new.lang)
    columns = shared_columns(old, new, column)
    said = told(
        say.side_by_side_title(old, new, column),
        say.side_by_side(old, new, column, lang),
        say.question("side_by_side", new.lang, before=old.short, after=new.short),
        [old.short, new.short][step:],
        new.lang,
    )
    slide = Slide(*said, theme, size, lang=new.lang, rows=rows.side_by_side(old, new, column, step))
    parties = {cell.party for m in (old, new) for cell in m.cells.values()}
    slide.head(" · ".join(dict.fromkeys((old.title, new.title))))
    slide.foot(parties, [say.foot(old), say.foot(new)])
    lines = [
        Row(
            (b or a).label,  # type: ignore[union-attr]
            one(
                *(old.cell(a, c) if a else None for c, _ in columns),
                *(new.cell(b, d) if b else None for _, d in columns),
            ),
            note=a.label if a and b and a.label != b.label else "",
        )
        for _, a, b in match_areas(old, new)
    ]
    n = len(columns)
    differ = {
        (j, i)
        for j, line in enumerate(lines)
        for i in range(n)
        if line.cells[i] and line.cells[n + i] and line.cells[i][0].party != line.cells[n + i][0].party
    }
    grid = lay(slide, lines, label_width(slide, 4 if n > 1 else 2), [c.label for c, _ in columns], blocks=2)
    grid.names()
    left = slide.left + grid.labels
    width = (slide.right - left - BETWEEN) / 2
    for k, m in enumerate((old, new)):
        x = left + k * (width + BETWEEN)
        slide.text(x + 4, slide.top + 16, m.short, 28, width=width - 8, bold=True)
        slide.rule(slide.top + 36, slide.theme.line, x=x, width=width)
        heads = [pair[k].label for pair in columns]
        open_ = 0 if step <= k else None
        grid.block(heads, x, width, slice(k * n, k * n + n), shown=open_, rings=differ if step == 2 else ())
    return slide.finish(2)


@own_style()
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

    Raises:
        ValueError: for a matrix about management, or when no column counts as a service model.
    """
    found = look_up(topic, matrices, lang)
    if not found.models:
        raise ValueError(texts(found.lang)["ask"]["no_model"].format(topic=found.label))
    told_by = [line for line in found.lines if any(line.under(model) for model in found.models)]
    used = [m for m in found.matrices if any(line.matrix is m for line in told_by)]
    step = step_of(shown, len(used), found.lang)
    said = told(
        say.topic_title(found),
        say.topic(found.id, found.matrices, lang),
        say.question("topic", found.lang, topic=found.label),
        [m.short for m in used[step:]],
        found.lang,
    )
    slide = Slide(*said, theme, size, lang=found.lang, rows=rows.topic(found, used[:step]))
    lines = [
        Row(
            line.area.label,
            tuple(one_a_party(cell for _, cell in line.under(model)) for model in found.models),
            note=line.matrix.short,
            open=line.matrix not in used[:step],
        )
        for line in told_by
    ]
    cells = [cell for line in lines for cells in line.cells for cell in cells]
    feet = [say.foot(m) for m in used] if len(used) <= _FEET else [" · ".join(m.short for m in used)]
    slide.head(texts(found.lang)["ask"]["topic_sub"])
    slide.foot({cell.party for cell in cells}, [*feet[:-1], feet[-1] + marks(cells, found.lang)])
    heads = [say.model_label(model) for model in found.models]
    grid = lay(slide, lines, label_width(slide, len(heads)), heads)
    differ = [i for i, model in enumerate(found.models) if found.verdict(model) == "differ"]
    whole = step == len(used)
    grid.fill(heads, under=differ if whole else ())
    if whole and len(lines) <= 4:
        two_parts(slide, [(line, found.models[k]) for line in told_by for k in differ], grid.bottom + 30)
    return slide.finish(len(used))


@own_style()
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
    """
    i = as_incident(incident, lang)
    m = i.matrix
    step = step_of(shown, 2, i.lang)
    words = texts(i.lang)["incident"]
    open_ = [[column.label for column in m.columns], [words["layer"]], []][step]
    said = told(
        say.incident_title(i, i.lang),
        say.incident(i, i.lang),
        say.question("incident", i.lang, name=i.name),
        [*open_, words["who_failed"]] if open_ and step == 0 else open_,
        i.lang,
    )
    slide = Slide(*said, theme, size, lang=i.lang, rows=rows.incident(i, step))
    slide.head(f"{i.year} · {i.service}")
    source = f"{texts(i.lang)['label']['source']}: {i.source_title}"
    slide.foot({cell.party for cell in m.cells.values()}, [source, say.foot(m)])
    final = step == 2
    lines, place = _around(i, 12 if final else 99)
    if not final:
        lines = [line for line in lines if any(line.cells)]  # the row that is not there would tell
    heads = [column.label for column in m.columns]
    width = incident_words(slide, i, step)
    labels = label_width(slide, len(heads)) * (width / slide.room) * 1.1
    grid = lay(slide, lines, labels, heads, width=width)
    grid.fill(
        heads, width, shown=None if step else 0, lit=place if final else None, rings=place if final else ()
    )
    return slide.finish(2)


def _around(i: Incident, most: int) -> tuple[list[Row], set[tuple[int, int]]]:
    """The rows of the table about an incident, at most so many around its place, and its cells among them.

    What failed may have no row; then an empty one stands at the end.
    """
    m, words = i.matrix, texts(i.lang)
    lines = _lines(m, m.columns)
    here = [m.areas.index(area) for area in i.areas] or [len(lines)]
    if not i.areas:
        lines.append(Row(words["label"]["no_row"], one(*(None for _ in m.columns))))
    columns = [k for k, column in enumerate(m.columns) if column in i.columns]
    if len(lines) <= most:
        return lines, {(j, k) for j in here for k in columns}
    first = max(0, min(min(here) - most // 2, len(lines) - most))
    rest = Row(str(words["ask"]["more"].format(n=len(lines) - most)), one(*(None for _ in m.columns)))
    shown = lines[first : first + most]
    # The line that tells of the others stands where they would.
    return ([rest, *shown] if first else [*shown, rest]), {
        (j - first + bool(first), k) for j in here for k in columns
    }


_FEET = 3  # more tables than this are named without their sources


def _lines(m: Matrix, columns: tuple[Column, ...]) -> list[Row]:
    """A row of the grid for each area, with its cells under these columns."""
    return [Row(area.label, one(*(m.cell(area, column) for column in columns))) for area in m.areas]


def _areas(slide: Slide, m: Matrix, *, shown: int, lit: Column | None = None) -> None:
    """Areas down, columns across."""
    lines = _lines(m, m.columns)
    heads = [column.label for column in m.columns]
    grid = lay(slide, lines, label_width(slide, len(heads)), heads)
    if lit is None:
        grid.fill(heads, shown=shown)
    else:
        i = m.columns.index(lit)
        grid.fill(heads, shown=shown, lit={(j, i) for j in range(len(lines))}, under=[i])
