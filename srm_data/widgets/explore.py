"""The views to choose in: a matrix by its columns, a move between two, a topic across providers.

What they show is content of `views.component_content`, and all that happens in them happens in the browser:
so a click answers within a frame, and a page without a kernel works.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from srm_data.core.frames import as_matrix, listed
from srm_data.core.language import resolve_language, texts
from srm_data.core.shipped import shipped_ids, shipped_matrix
from srm_data.core.topics import all_topics
from srm_data.views import component_content
from srm_data.views import sentences as say
from srm_data.views.content import Content, Table, TableCell
from srm_data.views.html import tables
from srm_data.views.still import Away, Still, about_matrices
from srm_data.widgets.component import ComponentView

if TYPE_CHECKING:
    from srm_data.core.frames import MatrixLike
    from srm_data.core.matrix import Matrix


def explore(
    matrix: MatrixLike | Iterable[MatrixLike] | None = None, lang: str | None = None, *, covered: bool = False
) -> ComponentView:
    """Choose a column by its heading; open a cell to read who does which part.

    Args:
        matrix: one matrix (an id or a DataFrame), several to choose from, or all that ship when
            left out.
        lang: "en" or "nl"; the language in use when left out.
        covered: whether a column shows its parties only when its heading is chosen.

    Raises:
        UnknownNameError: for an unknown matrix or language.
        ValueError: for a list without a matrix.
    """
    lang = resolve_language(lang)
    chosen = _chosen(shipped_ids() if matrix is None else matrix, lang)
    slides: Callable[[], Iterable[Still]] = tuple
    if len(chosen) == 1:
        slides = partial(_column_by_column if covered else _whole, chosen[0])
    return ComponentView(
        "srm-explore",
        component_content.explore(chosen, lang, covered=covered),
        Away(slides, paper="itself" if covered else "nothing", about=about_matrices(chosen, lang)),
        tables.to_fill_in(chosen[0]) if covered else tables.matrix(chosen[0], lang),
        texts(lang)["widget"]["explore_hint"],
    )


def _chosen(matrix: MatrixLike | Iterable[MatrixLike], lang: str) -> list[Matrix]:
    if chosen := [as_matrix(one, lang) for one in listed(matrix)]:
        return chosen
    raise ValueError(texts(lang)["error"]["nothing_to_choose"])


def _whole(m: Matrix) -> Iterator[Still]:
    """What there is to explore in a matrix: the table, and each column in a sentence."""
    said = tuple(say.model(m, column.id, m.lang) for column in m.columns)
    yield Still(tables.matrix(m, m.lang), notes=said)


def _column_by_column(m: Matrix) -> Iterator[Still]:
    """The figure to fill in, and then with one column more each time."""
    from srm_data.views.figures import draw

    yield Still(draw.matrix(m, m.lang, shown=0))
    for n, column in enumerate(m.columns, 1):
        yield Still(draw.matrix(m, m.lang, shown=n), step=True, notes=(say.model(m, column.id, m.lang),))


def what_if(
    matrix: MatrixLike | Iterable[MatrixLike] | None = None, lang: str | None = None
) -> ComponentView:
    """Choose two columns; see what moving from the one to the other does to the customer's work.

    Args:
        matrix: one matrix (an id or a DataFrame), several to choose from, or all that ship with
            two columns or more when left out.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown matrix or language.
        ValueError: for a matrix of one column, or a list without a matrix.
    """
    lang = resolve_language(lang)
    if matrix is None:
        matrix = [m for one in shipped_ids() if len((m := shipped_matrix(one, lang)).columns) > 1]
    chosen = _chosen(matrix, lang)
    for m in chosen:
        if len(m.columns) < 2:
            raise ValueError(texts(lang)["error"]["two_columns"].format(matrix=m.short))
    made = component_content.what_if(chosen, lang)
    before, after = (chosen[0].columns[i].id for i in made["matrices"][0]["start"])
    return ComponentView(
        "srm-what-if",
        made,
        Away(
            partial(map, _moves, chosen[:1] if len(chosen) == 1 else ()), about=about_matrices(chosen, lang)
        ),
        tables.what_if(chosen[0], before, after, lang),
        texts(lang)["widget"]["what_if_hint"],
    )


def _moves(m: Matrix) -> Still:
    """Every move between two columns of a matrix, in numbers."""
    words = texts(m.lang)["slides"]
    heads = (TableCell(column.label, head=True) for column in m.columns)
    rows = [(TableCell(words["from_to"], head=True), *heads)]
    for a in m.columns:
        told = [say.what_if_title(m, a.id, b.id).partition(": ")[2] for b in m.columns]
        cells = (TableCell("–" if a == b else said) for b, said in zip(m.columns, told, strict=True))
        rows.append((TableCell(a.label, head=True), *cells))
    title = words["moves"].format(matrix=m.short)
    return Still(Content(title, tables=(Table(tuple(rows), title),), feet=(say.foot(m),), lang=m.lang))


def explore_topics(
    matrices: MatrixLike | Iterable[MatrixLike] | None = None, lang: str | None = None
) -> ComponentView:
    """Choose a topic; see what several providers say about it, lined up under their service models.

    Args:
        matrices: the matrices to line up, ids or DataFrames; all but the stack when left out. Topics on
            which none of them has a row are not offered.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown matrix or language.
        ValueError: for a matrix about management, such as "stack".
    """
    lang = resolve_language(lang)
    found = [topic for topic in all_topics(matrices, lang) if topic.lines]
    views = [tables.topic(topic.id, topic.matrices, lang) for topic in found]
    pick = (texts(lang)["label"]["topic"], [topic.label for topic in found])
    return ComponentView(
        "srm-tables",
        component_content.prepared([view.body for view in views], lang, pick=pick, as_list=True),
        Away(
            partial(map, partial(Still, headed=True), views[:1]),
            about=texts(lang)["slides"]["topics"].format(n=len(views)),
        ),
        views[0],
        texts(lang)["widget"]["topics_hint"],
    )
