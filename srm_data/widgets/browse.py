"""Search, sort and leaf through a long table, all in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data.core.language import resolve_language, texts
from srm_data.views import component_content
from srm_data.views.html import tables
from srm_data.views.still import Away
from srm_data.widgets.component import ComponentView

if TYPE_CHECKING:
    import pandas as pd


def browse(table: pd.DataFrame, lang: str | None = None) -> ComponentView:
    """Look things up in a long table: search, sort by a heading, a hundred rows at a time.

    Args:
        table: a DataFrame, such as `load_baselines` gives, with the columns to show.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown language.
    """
    lang = resolve_language(lang)
    return ComponentView(
        "srm-browse",
        component_content.browse(table, lang),
        Away(paper="nothing"),
        tables.rows(table, lang=lang),
        texts(lang)["rows"]["hint"],
    )
