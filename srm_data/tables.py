"""The same result as an HTML table that is itself the live picture.

Every function returns a `Html`, which a notebook shows as it is. Text is escaped by the template
engine; colours follow JupyterLab's light and dark theme by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2

from srm_data import words as say
from srm_data.comparison import common_columns, match_areas, place_duties
from srm_data.incidents import as_incident
from srm_data.language import texts
from srm_data.loaders import as_matrix
from srm_data.palette import THEMES
from srm_data.topics import look_up
from srm_data.vocabulary import MOVES, PARTIES

if TYPE_CHECKING:
    from srm_data.incidents import Incident
    from srm_data.loaders import MatrixLike
    from srm_data.matrix import Matrix
    from srm_data.topics import Line

#: Changes whose count is worth a zero: their absence is part of the answer.
_ALWAYS_COUNTED = ("stop doing", "now shared", "still do")


@dataclass(frozen=True)
class Html:
    """A piece of HTML that shows itself in a notebook.

    `body` is the view alone, for a page or widget that holds `style` once; ``str()`` of the whole
    is complete in itself.
    """

    body: str

    def __str__(self) -> str:
        return f"<style>{style()}</style>{self.body}"

    def _repr_html_(self) -> str:
        return str(self)


def matrix(matrix: MatrixLike, lang: str | None = None) -> Html:
    """The whole matrix: areas down, columns across, a letter, hatch and colour in every cell.

    Args:
        matrix: an id from `list_matrices`, or a DataFrame from `load_matrix` or `read_matrix`.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown matrix or language.
    """
    m = as_matrix(matrix, lang)
    return _render("matrix", m, title=say.matrix_title(m), sentence=say.matrix(matrix, lang))


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
        sentence=say.model(matrix, column, lang),
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
        sentence=say.what_if(matrix, before, after, lang),
        groups=say.areas_by_change(m, before, after),
        shown=_ALWAYS_COUNTED,
        moves=MOVES,
        old=m.column(before),
        new=m.column(after),
    )


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
    columns = common_columns(old, new)
    if column is not None:
        columns = [(old.column(column), new.column(column))]
    pairs = match_areas(old, new)
    changed = sum(
        old.cell(a, c).party != new.cell(b, d).party for _, a, b in pairs if a and b for c, d in columns
    )
    title = texts(new.lang)["title"]["side_by_side"].format(before=old.short, after=new.short, n=changed)
    return _render(
        "side_by_side",
        new,
        title=title,
        old=old,
        columns=columns,
        pairs=pairs,
        marked=False,
        feet=[say.foot(old), say.foot(new)],
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


def topic(
    topic: str, matrices: MatrixLike | Iterable[MatrixLike] | None = None, lang: str | None = None
) -> Html:
    """One topic across providers, lined up under the service models that they share.

    Each area stands with its table and the reason why it is about the topic; columns that are no service
    model follow under their own names.

    Args:
        topic: id of a topic or its name, such as "network-controls".
        matrices: the matrices to line up, ids or DataFrames; all but the stack when left out.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown topic, matrix or language.
        ValueError: for a matrix about management, such as "stack".
    """
    found = look_up(topic, matrices, lang)
    used = [m for m in found.matrices if found.lines_of(m)]
    cells = [(line, line.matrix.cell(line.area, column)) for line in found.lines for column in line.columns]
    parties = {cell.party for _, cell in cells}
    notes = [(line.matrix, line.area, cell.qualifier) for line, cell in cells if cell.qualifier]
    body = render(
        "topic.html",
        found.lang,
        found=found,
        title=say.topic_title(found),
        sentence=say.topic(topic, matrices, lang),
        label=say.model_label,
        parties=[party for party in (*PARTIES, None) if party in parties],
        notes=[note for i, note in enumerate(notes) if note not in notes[:i]],
        reasons=[(m, groups) for m in used if (groups := _by_reason(found.lines_of(m)))],
        feet=list(dict.fromkeys(say.foot(m) for m in used)),  # several tables of one page have one foot
    )
    return Html(body)


def _by_reason(lines: list[Line]) -> list[tuple[str, list[str], str]]:
    """The columns of one matrix by the model they count as and why: (model, labels, reason)."""
    groups: dict[tuple[str, str], list[str]] = {}
    for column in {c.id: c for line in lines for c in line.columns}.values():
        groups.setdefault((column.model, column.model_reason), []).append(column.label)
    return [(model, labels, reason) for (model, reason), labels in groups.items() if reason]


@cache
def style() -> str:
    """The style sheet every view needs, once a page."""
    css = _environment().get_template("style.css").render(themes=THEMES)
    return "".join(line.strip() for line in css.splitlines())


def render(template: str, lang: str, **context: Any) -> str:
    """Fill a template with everything escaped, in the wrapper that the style sheet knows."""
    body = _environment().get_template(template).render(words=texts(lang), **context)
    return f'<div class="srm" lang="{lang}">{body}</div>'


def _render(view: str, m: Matrix, **context: Any) -> Html:
    marked = any(cell.qualifier or cell.disputed for cell in m.cells.values())
    shared = {"view": view, "m": m, "foot": say.foot(m), "parties_of": parties_of, "marked": marked}
    return Html(render("views.html", m.lang, **(shared | context)))


def parties_of(m: Matrix) -> list[str | None]:
    """The parties that occur in a matrix, for its legend."""
    present = {cell.party for cell in m.cells.values()}
    return [party for party in (*PARTIES, None) if party in present]


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=jinja2.select_autoescape(["html"]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
