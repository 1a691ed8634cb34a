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

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from srm_data.core.compare import rungs
from srm_data.core.frames import as_matrix
from srm_data.core.incidents import as_incident
from srm_data.core.language import texts
from srm_data.core.topics import look_up
from srm_data.core.vocabulary import PARTIES
from srm_data.views import incident_content, matrix_content, topic_content
from srm_data.views import sentences as say
from srm_data.views.figures.areas import draw_areas
from srm_data.views.figures.arrangement import LOOKS, Across, Arranged, Look, across, arranged
from srm_data.views.figures.frame import begin, founded, key_of, step_of, titled
from srm_data.views.figures.incident import LOW, HitRows, NoRow, answer, ask, ask_row, table_columns
from srm_data.views.figures.ladder_stacks import stacks
from srm_data.views.figures.moved_areas import moved, unmoved
from srm_data.views.figures.party_blocks import party_blocks, to_fill_in
from srm_data.views.figures.picture import Picture
from srm_data.views.figures.sides import both_tables, differences
from srm_data.views.figures.split_bars import bars
from srm_data.views.figures.steps import in_steps
from srm_data.views.figures.topic import LinedUp
from srm_data.views.matrix_content import marks_told
from srm_data.views.titles import told_by_split

if TYPE_CHECKING:
    from srm_data.core.frames import MatrixLike
    from srm_data.core.incidents import Incident
    from srm_data.views.content import Content
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
    canvas = titled(content, [column.label for column in m.columns[step:]], theme, size, m.title)
    _areas(canvas, content)
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
    canvas = titled(content, [] if step else [c.label for c in m.columns], theme, size, m.title)
    _areas(canvas, content, m.columns.index(m.column(column)))
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
    told = told_by_split(m) if step == len(m.columns) else ()
    bars(canvas, content.tables[0], len(m.areas), told)
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
        moved(canvas, content.tables[0])
    else:
        unmoved(canvas, content.tables[0])
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
    """The columns as a ladder: a stack for each, with a block an area, and what is new for the provider.

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
    canvas = begin(content, open_, theme, size, subtitle)
    names = [column.label for column, _, _ in found]
    stacks(canvas, content.tables[0], len(m.areas), names, claimed=step == len(found))
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
    table, open_ = content.tables[0], [old.short, new.short][step:]
    subtitle = " · ".join(cell.text for cell in table.rows[0][2:])
    canvas = titled(content, open_, theme, size, subtitle, steady=False)
    founded(canvas, content, parties=key_of(content, open_), key=bool(open_))
    differences(canvas, table) if table.sets else both_tables(canvas, table)
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
    feet = [say.foot(m) for m in used]
    if len(used) > _FEET:  # each row names its table
        feet = [" · ".join(dict.fromkeys(m.short if len(used) <= _NAMED else m.provider for m in used))]
    subtitle = texts(found.lang)["ask"]["topic_sub"]
    canvas = titled(content, [m.short for m in used[step:]], theme, size, subtitle)
    heads, *rows = content.tables[0].rows
    lined_up = LinedUp.of(canvas, found, heads[1:], rows, told_by)
    whole = step == len(used)
    none = any(cell.party is None for m in used for cell in m.cells.values())
    parties = content.parties if whole else [*PARTIES, *(["none"] if none else [])]
    if whole and lined_up.marked and (marks := marks_told(content)):
        feet[-1] += f" · {marks}"
    canvas.foot(parties, feet, key=not lined_up.in_words)
    lined_up.draw(whole=whole)
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
    """An incident: its story, the row that was hit with a ring around its cells, who failed, whose row it is.

    Empty it tells the story and asks whose layer it was; the first step names the rows of the table, the
    second shows the place.

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
    open_ = [*texts(i.lang)["incident"]["blank"].values()] if step < 2 else []
    canvas = titled(replace(content, marked=False), open_, theme, size, f"{i.year} · {i.service}")
    columns = table_columns(canvas, i)
    part = NoRow(columns, i) if step == 2 and not i.areas else HitRows.of(columns, content)
    # Where every cell says its party in words, or where there is none, no key is needed.
    key = step == 0 or (step == 2 and isinstance(part, HitRows) and not columns.words_fit(part.cells, LOW))
    feet = [f"{texts(i.lang)['label']['source']}: {i.source_title}", *content.feet]
    canvas.foot(PARTIES if step == 0 else content.parties, feet, key=key)
    if step == 2:
        answer(canvas, i, part)
    else:
        (ask_row if step else ask)(canvas, i)
    return canvas.finish(2)


_FEET, _NAMED = 3, 8  # more tables than this are named without their sources, or by who made them


def _areas(canvas: Canvas, content: Content, lit: int | None = None) -> None:
    """Key, sources and areas of one matrix; `lit` is the number of the one column that it is about."""
    table = content.tables[0]
    whole = bool(table.sets)
    key = key_of(content, [] if whole else ["open"])
    if table.columns == 2:  # the areas by party, or a list of them
        founded(canvas, content, parties=key, key=not whole)
        party_blocks(canvas, table) if whole else to_fill_in(canvas, table)
        return
    tail = (" S/S" if content.parted else "") + ("?" if content.marked else "")
    founded(canvas, content, key=False)
    under_key = canvas.key_top(key, runs=content.runs)

    def tried(look: Look) -> tuple[Across, Arranged]:
        place = across(canvas, table, lit=lit, tail=tail, look=look)
        bottom = canvas.bottom if place.keyed(canvas.lang) else under_key
        return place, arranged(table, place, bottom - canvas.top, canvas.lang)

    # Where every cell names its party, only what is still open needs a key.
    place, found = min(map(tried, LOOKS if lit is None else LOOKS[:1]), key=lambda one: one[1].loss)
    if lit is not None and whole and found.loss:
        party_blocks(canvas, table, lit)
        return
    beside = place.keyed(canvas.lang)
    if not beside:
        canvas.key(key, runs=content.runs)
    draw_areas(canvas, table, place, found, lit=lit, key=key if beside and not whole else ())
