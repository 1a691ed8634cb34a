"""A long table in HTML, a page at a time, of the rows that a search finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data.core.language import resolve_language
from srm_data.core.services import baselines_about
from srm_data.views import sentences as say
from srm_data.views.content import Content, from_words
from srm_data.views.html.engine import Html, render
from srm_data.views.search import PAGE, find_rows, heading, shown

if TYPE_CHECKING:
    import pandas as pd


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
    counted = say.rows(len(found), len(table), page, pages, lang)
    columns = [(str(name), heading(str(name), lang)) for name in table.columns]
    lines = [
        [shown(value, lang, str(name)) for name, value in zip(table.columns, line, strict=True)]
        for line in part.itertuples(index=False)
    ]
    foot = say.baselines_foot(version, lang) if version else ""
    body = render(
        "rows.html",
        lang,
        columns=columns,
        lines=lines,
        sort=sort,
        descending=descending,
        counted=counted,
        about=baselines_about(version, lang) if version else None,
        foot=foot,
        long=len(table) > PAGE,
    )
    words = from_words([[name for _, name in columns], *lines])
    return Html(body, Content("", counted, tables=(words,), feet=(foot,) if foot else (), lang=lang))
