"""The same result as an HTML table that is itself the live picture.

Every function returns a `Html`, which a notebook shows as it is. Text is escaped by the template
engine; colours follow JupyterLab's light and dark theme by themselves.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from srm_data.core.frames import as_matrix
from srm_data.core.incidents import as_incident
from srm_data.views import incident_content
from srm_data.views import matrix_content as content
from srm_data.views.html.baseline_tables import (
    DEFAULT_SORTS,
    PATCHING_SORTS,
    lose_the_os,
    on_by_default,
    who_patches,
)
from srm_data.views.html.engine import Html, fill, render, show, style, style_sheet
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
    "render",
    "rows",
    "side_by_side",
    "split",
    "style",
    "style_sheet",
    "to_fill_in",
    "topic",
    "what_if",
    "who_patches",
]


def matrix(matrix: MatrixLike, lang: str | None = None) -> Html:
    """The whole matrix: areas down, columns across, a letter, hatch and colour in every cell.

    Args:
        matrix: an id from `list_matrices`, or a DataFrame from `load_matrix` or `read_matrix`.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown matrix or language.
    """
    return show(content.matrix(as_matrix(matrix, lang)))


def to_fill_in(m: Matrix) -> Html:
    """The matrix with room for a pen: nothing in it, and nothing about it, says who is responsible for what.

    Args:
        m: the matrix.
    """
    empty = content.matrix(m, 0)
    (table,) = empty.tables
    asked = replace(table, title=empty.question)
    return show(replace(empty, title=empty.question, sentence="", tables=(asked,)))


def model(matrix: MatrixLike, column: str, lang: str | None = None) -> Html:
    """The matrix with one column lit, its sentence, its split as a bar, and each cell's parts and source.

    Args:
        matrix: an id from `list_matrices`, or a DataFrame from `load_matrix` or `read_matrix`.
        column: label or id of the column to light, such as "SaaS".
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown matrix, column or language.
    """
    return show(content.model(as_matrix(matrix, lang), column))


def split(matrix: MatrixLike, lang: str | None = None) -> Html:
    """How many areas are the customer's, shared and the provider's, one bar a column."""
    return show(content.split(as_matrix(matrix, lang)), said=False)


def what_if(matrix: MatrixLike, before: str, after: str, lang: str | None = None) -> Html:
    """The difference between two columns, grouped by what happens to the customer's work.

    Args:
        matrix: an id from `list_matrices`, or a DataFrame from `load_matrix` or `read_matrix`.
        before: label or id of the column one comes from, such as "IaaS".
        after: label or id of the column one goes to.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown matrix, column or language.
    """
    return show(content.what_if(as_matrix(matrix, lang), before, after))


def ladder(matrix: MatrixLike, lang: str | None = None) -> Html:
    """The columns as rungs: how many areas each leaves to the provider, and which of them are new there.

    Raises:
        UnknownNameError: for an unknown matrix or language.
    """
    return show(content.ladder(as_matrix(matrix, lang)))


def about(matrix: MatrixLike, lang: str | None = None) -> Html:
    """What to know about a matrix, folded: its notes, source, licence, and how it was checked."""
    return show(content.about(as_matrix(matrix, lang)))


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
    return show(content.side_by_side(old, new, column), said=False)


def duties(matrix: MatrixLike, side: str, lang: str | None = None) -> Html:
    """The duties that the student page gives to one side, each beside the areas it is really about.

    Args:
        matrix: an id from `list_matrices`, or a DataFrame from `load_matrix`.
        side: "customer" or "provider", whose duty the page says it is.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown matrix, side or language.
    """
    return show(content.duties(as_matrix(matrix, lang), side), said=False)


def incident(incident: str | Incident, lang: str | None = None) -> Html:
    """An incident on its matrix: its cells lit, who failed beside who answers, and what is said against it.

    Args:
        incident: an id from `load_incidents`, or its name.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown incident or language, with the nearest guess.
    """
    return show(incident_content.incident(as_incident(incident, lang)))
