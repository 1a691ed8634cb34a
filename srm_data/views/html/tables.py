"""The same result as an HTML table that is itself the live picture.

Every function returns a `Html`, which a notebook shows as it is. Text is escaped by the template
engine; colours follow JupyterLab's light and dark theme by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import jinja2

from srm_data.core.baselines import MACHINE, by_host_access, defaults, patching, services_with, with_models
from srm_data.core.compare import match_areas, place_duties, rungs, shared_columns
from srm_data.core.frames import as_matrix
from srm_data.core.incidents import as_incident
from srm_data.core.language import resolve_language, texts, unknown_name
from srm_data.core.services import baselines_about, family
from srm_data.core.topics import look_up
from srm_data.core.vocabulary import LANGUAGES, MOVES, NOT_APPLICABLE, PARTIES
from srm_data.files.paths import TEMPLATES
from srm_data.views import sentences as say
from srm_data.views.html import widths
from srm_data.views.palette import THEMES
from srm_data.views.search import PAGE, find_rows, heading, shown

if TYPE_CHECKING:
    import pandas as pd

    from srm_data.core.frames import MatrixLike
    from srm_data.core.incidents import Incident
    from srm_data.core.matrix import Matrix
    from srm_data.core.topics import Line

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
        sentence=say.topic(found.id, found.matrices, lang),
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


#: How the tables of the baselines can be sorted, and which way each goes.
DEFAULT_SORTS = {"name": "ascending", "supported": "descending", "on": "descending", "share": "descending"}
PATCHING_SORTS = {"service": "ascending", "model": "ascending", "answer": "ascending"}


def on_by_default(
    baselines: pd.DataFrame, by: str = "control_domain", sort: str = "name", lang: str | None = None
) -> Html:
    """How many security features are on by default, a row a family of controls or a service.

    Args:
        baselines: rows of v3.0, from `load_baselines`.
        by: "control_domain" or "service".
        sort: "name", "supported", "on" or "share"; numbers begin with the highest.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for another `by` or `sort`.
        ValueError: for rows of another version.
    """
    lang = resolve_language(lang)
    if sort not in DEFAULT_SORTS:
        raise unknown_name("order", sort, DEFAULT_SORTS)
    counted = defaults(baselines, by)
    name = counted.index.map(lambda label: family(str(label), lang))
    counted = counted.assign(name=name.astype(str)).sort_values("name", key=lambda x: x.str.casefold())
    if sort != "name":
        counted = counted.sort_values(sort, ascending=False, kind="stable")
    title = texts(lang)["baseline"]["defaults"]["title"].format(share=say.per_cent(counted))
    sentence = say.on_by_default(baselines, by, lang)
    rows = [(row.name, row.supported, row.on, row.share) for row in counted.itertuples(index=False)]
    return _baselines(
        "defaults",
        "v3.0",
        lang,
        title=title,
        sentence=sentence,
        rows=rows,
        by=by,
        sort=sort,
        direction=DEFAULT_SORTS[sort],
    )


def who_patches(
    baselines: pd.DataFrame, party: str | None = None, sort: str = "service", lang: str | None = None
) -> Html:
    """Who patches the operating system, a row a service, beside the model on which we placed it.

    Args:
        baselines: rows of v1.1, from `load_baselines`.
        party: only services where this is the answer: "customer", "shared", "provider" or "n/a".
        sort: "service", "model" or "answer".
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for another party or sort.
        ValueError: for rows of another version.
    """
    lang = resolve_language(lang)
    if sort not in PATCHING_SORTS:
        raise unknown_name("order", sort, PATCHING_SORTS)
    if party not in (choices := (None, *PARTIES, NOT_APPLICABLE)):
        raise unknown_name("party", party, filter(None, choices))
    found = with_models(patching(baselines), "v1.1", lang)
    if sort != "service":
        found = found.sort_values({"answer": "responsibility"}.get(sort, sort), kind="stable")
    keys = dict(zip(found["responsibility"].cat.categories, PARTIES, strict=True))
    rows = [
        (service, row.model if isinstance(row.model, str) else "", keys.get(row.responsibility))
        for service, row in zip(found.index, found.itertuples(), strict=True)
    ]
    shown = [row for row in rows if party in (None, row[2] or NOT_APPLICABLE)]
    counts = say.count_parties(found["responsibility"])
    title = texts(lang)["baseline"]["patching"]["title"].format(n=len(rows), **counts)
    sentence = say.who_patches(baselines, lang)
    return _baselines(
        "patching",
        "v1.1",
        lang,
        title=title,
        sentence=sentence,
        rows=shown,
        sort=sort,
        direction=PATCHING_SORTS[sort],
    )


def lose_the_os(baselines: pd.DataFrame, access: str = "full", lang: str | None = None) -> Html:
    """Controls on the machine by what access the customer has to it, and the services behind one row.

    Args:
        baselines: rows of v3.0, from `load_baselines`.
        access: which services to list: "full", "read-only" or "none".
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for another access.
        ValueError: for rows of another version.
    """
    lang = resolve_language(lang)
    services = services_with(baselines, access)
    counted = by_host_access(baselines)
    words = texts(lang)["baseline"]["access"]
    levels = list(dict.fromkeys(counted.index.get_level_values("host_access")))
    rows = [(level, [counted.loc[(name, level)] for name in MACHINE]) for level in levels]
    named = baselines[
        (baselines["host_access"] == access)
        & baselines["control_domain"].isin(MACHINE)
        & baselines["supported"].isna()
        & baselines["responsibility"].notna()
    ]
    return _baselines(
        "access",
        "v3.0",
        lang,
        title=words["title"],
        sentence=say.lose_the_os(baselines, lang),
        rows=rows,
        lit=access,
        families=[family(name, lang) for name in MACHINE],
        services=[
            (str(name), list(counts))
            for name, counts in zip(services.index, services.to_numpy(), strict=True)
        ],
        named=named["service"].astype(str).value_counts().to_dict(),
        parties=PARTIES,
    )


def rows(
    table: pd.DataFrame,
    search: str = "",
    sort: str = "",
    descending: bool = False,
    page: int = 1,
    lang: str | None = None,
) -> Html:
    """A page of a hundred rows of any table, of those that hold every word of a search.

    Args:
        table: the DataFrame; its columns are shown, its index is not.
        search: words that must stand in a row, see `search.find_rows`.
        sort: name of the column to sort by.
        descending: from high to low, or from Z to A.
        page: from 1; past the end the last page is shown.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for a column that is not there.
    """
    lang = resolve_language(lang)
    found = find_rows(table, search, sort, descending, lang)
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(page, 1), pages)
    first = (page - 1) * PAGE
    part = found.iloc[first : first + PAGE]
    version = table.attrs.get("baselines")
    return Html(
        render(
            "rows.html",
            lang,
            columns=[(str(name), heading(str(name), lang)) for name in table.columns],
            lines=[
                [shown(value, lang, str(name)) for name, value in zip(table.columns, line, strict=True)]
                for line in part.itertuples(index=False)
            ],
            sort=sort,
            descending=descending,
            counted=say.rows(len(found), len(table), page, pages, lang),
            about=baselines_about(version, lang) if version else None,
            foot=say.baselines_foot(version, lang) if version else "",
            long=len(table) > PAGE,
        )
    )


def _baselines(view: str, version: str, lang: str, **context: Any) -> Html:
    """A table of the baselines with what it does not say, its source and its edition."""
    about = baselines_about(version, lang)
    foot = say.baselines_foot(version, lang)
    return Html(render("baselines.html", lang, view=view, about=about, foot=foot, **context))


@cache
def style() -> str:
    """The style sheet every view needs, once a page."""
    return style_sheet("style.css")


@cache
def style_sheet(template: str) -> str:
    """A style sheet with the colours of the palette filled in, on one line."""
    apart = {lang: texts(lang)["kernel"]["apart"] for lang in LANGUAGES}
    css = _environment().get_template(template).render(themes=THEMES, widths=widths, apart=apart)
    return "".join(line.strip() for line in css.splitlines())


def render(template: str, lang: str, **context: Any) -> str:
    """Fill a template with everything escaped, in the wrapper that the style sheet knows."""
    return f'<div class="srm" lang="{lang}">{fill(template, lang, **context)}</div>'


def fill(template: str, lang: str, **context: Any) -> str:
    """Fill a template with everything escaped, and nothing around it."""
    return _environment().get_template(template).render(words=texts(lang), lang=lang, **context)


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
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=jinja2.select_autoescape(["html"]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    measures = (widths.widest, widths.heads, widths.blocks, widths.cards)
    environment.globals |= {measure.__name__: measure for measure in measures}
    return environment
