"""The same result as an HTML table that is itself the live picture.

Every function returns a `Html`, which a notebook shows as it is. Text is escaped by the template
engine; colours follow JupyterLab's light and dark theme by themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from srm_data.core.compare import match_areas, place_duties, rungs, shared_columns
from srm_data.core.frames import as_matrix
from srm_data.core.incidents import as_incident
from srm_data.core.language import texts
from srm_data.core.vocabulary import MOVES, PARTIES
from srm_data.views import sentences as say
from srm_data.views.html.baseline_tables import (
    DEFAULT_SORTS,
    PATCHING_SORTS,
    lose_the_os,
    on_by_default,
    who_patches,
)
from srm_data.views.html.engine import Html, fill, render, style, style_sheet
from srm_data.views.html.long_table import rows
from srm_data.views.html.topic_table import topic

if TYPE_CHECKING:
    from srm_data.core.frames import MatrixLike
    from srm_data.core.incidents import Incident
    from srm_data.core.matrix import Matrix

__all__ = [
    "DEFAULT_SORTS",
    "PATCHING_SORTS",
    "Html",
    "about",
    "duties",
    "fill",
    "incident",
    "ladder",
    "lose_the_os",
    "matrix",
    "model",
    "on_by_default",
    "parties_of",
    "render",
    "rows",
    "side_by_side",
    "split",
    "style",
    "style_sheet",
    "topic",
    "what_if",
    "who_patches",
]

#: Changes whose count is worth a zero: their absence is part of the answer.
_ALWAYS_COUNTED = ("stop doing", "now shared", "still do")


def matrix(matrix: MatrixLike, lang: str | None = None) -> Html:
    """The whole matrix: areas down, columns across, a letter, hatch and colour in every cell.

    Args:
        matrix: an id from `list_matrices`, or a DataFrame from `load_matrix` or `read_matrix`.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown matrix or language.
    """
    m = as_matrix(matrix, lang)
    return _render("matrix", m, title=say.matrix_title(m), sentence=say.matrix(m, lang))


def model(matrix: MatrixLike, column: str, lang: str | None = None) -> Html:
    """The matrix with one column lit, its sentence, its split as a bar, and each cell's parts and source.

    Raises:
        UnknownNameError: for an unknown matrix, column or language.
    """
    m = as_matrix(matrix, lang)
    return _render(
        "model",
        m,
        title=say.model_title(m, column),
        sentence=say.model(m, column, lang),
        lit=m.column(column),
    )


def split(matrix: MatrixLike, lang: str | None = None) -> Html:
    """How many areas are the customer's, shared and the provider's, one bar a column."""
    m = as_matrix(matrix, lang)
    return _render("split", m, title=say.split_title(m))


def what_if(matrix: MatrixLike, before: str, after: str, lang: str | None = None) -> Html:
    """The difference between two columns, grouped by what happens to the customer's work.

    Raises:
        UnknownNameError: for an unknown matrix, column or language.
    """
    m = as_matrix(matrix, lang)
    return _render(
        "what_if",
        m,
        title=say.what_if_title(m, before, after),
        sentence=say.what_if(m, before, after, lang),
        groups=say.areas_by_change(m, before, after),
        shown=_ALWAYS_COUNTED,
        moves=MOVES,
        old=m.column(before),
        new=m.column(after),
    )


def ladder(matrix: MatrixLike, lang: str | None = None) -> Html:
    """The columns as rungs: how many areas each leaves to the provider, and which of them are new there.

    Raises:
        UnknownNameError: for an unknown matrix or language.
    """
    m = as_matrix(matrix, lang)
    return _render("ladder", m, title=say.ladder_title(m), sentence=say.ladder(m, lang), rungs=rungs(m))


def about(matrix: MatrixLike, lang: str | None = None) -> Html:
    """What to know about a matrix, folded: its notes, source, licence, and how it was checked."""
    return _render("about", as_matrix(matrix, lang))


def side_by_side(
    before: MatrixLike, after: MatrixLike, column: str | None = None, lang: str | None = None
) -> Html:
    """Two matrices on the areas and columns they have in common: two editions, or a stack and a matrix.

    Args:
        before: the older or first matrix, an id or a DataFrame.
        after: the newer or second one.
        column: only this column; all they share when left out.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown matrix, column or language.
        ValueError: when the two have no column in common.
    """
    old, new = as_matrix(before, lang), as_matrix(after, lang)
    return _render(
        "side_by_side",
        new,
        title=say.side_by_side_title(old, new, column),
        old=old,
        columns=shared_columns(old, new, column),
        pairs=match_areas(old, new),
        marked=False,
        feet=list(dict.fromkeys((say.foot(old), say.foot(new)))),
    )


def duties(matrix: MatrixLike, side: str, lang: str | None = None) -> Html:
    """The duties that the student page gives to one side, each beside the areas it is really about.

    Args:
        matrix: an id from `list_matrices`, or a DataFrame from `load_matrix`.
        side: "customer" or "provider", whose duty the page says it is.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown matrix, side or language.
    """
    m = as_matrix(matrix, lang)
    placed = place_duties(m, side)
    return _render("duties", m, title=texts(m.lang)["title"][f"duties_{side}"], duties=placed)


def incident(incident: str | Incident, lang: str | None = None) -> Html:
    """An incident on its matrix: its cells lit, who failed beside who answers, and what is said against it.

    Args:
        incident: an id from `load_incidents`, or its name.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown incident or language, with the nearest guess.
    """
    i = as_incident(incident, lang)
    return _render(
        "incident",
        i.matrix,
        title=say.incident_title(i, lang),
        sentence=say.incident(i, lang),
        i=i,
        # "both" is two parties that a cell can name; the last three of FAILED are none.
        failed=("customer", "provider") if i.failed_party == "both" else (i.failed_party,),
    )


def _render(view: str, m: Matrix, **context: Any) -> Html:
    marked = any(cell.qualifier or cell.disputed for cell in m.cells.values())
    shared = {"view": view, "m": m, "foot": say.foot(m), "parties_of": parties_of, "marked": marked}
    return Html(render("views.html", m.lang, **(shared | context)))


def parties_of(m: Matrix) -> list[str | None]:
    """The parties that occur in a matrix, for its legend."""
    present = {cell.party for cell in m.cells.values()}
    return [party for party in (*PARTIES, None) if party in present]
