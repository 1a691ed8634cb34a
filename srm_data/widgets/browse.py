"""Search, sort and leaf through a long table. What one types is open, so this needs a kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as w

from srm_data.core.language import resolve_language, texts
from srm_data.views.html import tables
from srm_data.views.search import PAGE, find_rows, heading
from srm_data.views.still import Away
from srm_data.widgets.explore import Shared, View

if TYPE_CHECKING:
    import pandas as pd


def browse(table: pd.DataFrame, lang: str | None = None) -> View:
    """Look things up in a long table: search, sort by a column, a hundred rows at a time.

    A page without a kernel shows the first hundred rows and says so.

    Args:
        table: a DataFrame, such as `load_baselines` gives, with the columns to show.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown language.
    """
    lang = resolve_language(lang)
    words = texts(lang)["rows"]
    shared = Shared()
    names = ["", *map(str, table.columns)]
    search = w.Text(
        description=words["search"],
        placeholder=words["example"],
        style={"description_width": "initial"},
        layout=w.Layout(width="min(100%, 26rem)"),
    )
    sort = w.Dropdown(
        options=[(heading(name, lang) if name else words["as_it_is"], name) for name in names],
        description=words["sort"],
        style=shared.described,
        layout=shared.control,
    )
    turned = w.Checkbox(description=words["turned"], indent=False, layout=shared.control)
    back, on = (
        w.Button(description=words[name], layout=w.Layout(width="auto")).add_class("srm-button")
        for name in ("back", "on")
    )
    page = 1
    shown = shared.html("")

    def show(_: Any = None, turn: int = 0) -> None:
        nonlocal page
        try:
            last = max(1, -(-len(find_rows(table, search.value, lang=lang)) // PAGE))
            page = min(max(page + turn, 1), last) if turn else 1
            back.disabled, on.disabled = page == 1, page == last
            shown.value = tables.rows(table, search.value, sort.value, turned.value, page, lang).body
        except Exception as error:  # JupyterLab shows a learner nothing of it
            shown.value = tables.render(
                "bets.html", lang, view="note", text=f"{type(error).__name__}: {error}"
            )
            raise

    for control in (search, sort, turned):
        control.observe(show, "value")
    back.on_click(lambda _: show(turn=-1))
    on.on_click(lambda _: show(turn=1))
    show()
    css = shared.html(f"<style>{tables.style()}</style>")
    controls = [shared.row([search, sort, turned])]
    if len(table) > PAGE:
        controls.append(shared.row([back, on]))
    return View([css, *controls, shown], words["hint"], lang, Away(needs_kernel="lab"))
