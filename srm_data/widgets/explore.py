"""Controls that pick a state, and the prepared view of every state.

No fact and no drawing lives here, and no callback: all states are made once from `tables` and linked
to native controls in the browser. So a click answers within a frame, nothing can fail behind the
learner's back, and an exported page works without a kernel.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import ipywidgets as w
from ipywidgets.widgets.widget_description import DescriptionStyle
from ipywidgets.widgets.widget_string import HTMLStyle

from srm_data.core.frames import as_matrix, listed
from srm_data.core.language import resolve_language, texts
from srm_data.core.shipped import shipped_ids, shipped_matrix
from srm_data.core.topics import all_topics
from srm_data.views import sentences as say
from srm_data.views.content import Content, Table, TableCell
from srm_data.views.html import tables
from srm_data.views.still import Away, Paper, Still

if TYPE_CHECKING:
    from collections.abc import Callable

    from srm_data.core.frames import MatrixLike
    from srm_data.core.matrix import Column, Matrix


class View(w.VBox):  # type: ignore[misc]
    """A widget whose plain text says what to do where the widget itself cannot show.

    With `kept_in`, a language, it is one that keeps or answers something: in JupyterLab it says so in
    that language while no kernel hears it, such as the next day, before its cell is run.

    `away` says what it is on a slide, on paper and on a page without a kernel.
    """

    def __init__(
        self, children: list[w.Widget], hint: str, kept_in: str | None = None, away: Away | None = None
    ) -> None:
        self._hint, self.away = hint, away or Away()
        super().__init__(children)
        self._dom_classes = ("srm-view", f"srm-kept-{kept_in}") if kept_in else ("srm-view",)

    def __repr__(self) -> str:
        return self._hint


def explore(matrix: MatrixLike | Iterable[MatrixLike] | None = None, lang: str | None = None) -> View:
    """Choose a matrix and a column; see it lit, in a sentence, as a bar, and who does which part.

    Args:
        matrix: one matrix (an id or a DataFrame), several to choose from, or all that ship when
            left out. With one, only the column is left to choose.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown matrix or language.
    """
    lang = resolve_language(lang)
    shared = Shared()

    def panel(m: Matrix) -> w.Widget:
        control = shared.radio(m.axis_key, m, lang)
        views = [shared.html(tables.model(m, column.id, lang).body) for column in m.columns]
        about = [shared.html(tables.about(m, lang).body)] if m.notes else []
        return shared.box([control, shared.linked(views, control), *about])

    return _choose_matrix(matrix, lang, panel, shared, "explore_hint", _whole, paper="nothing")


def _whole(m: Matrix) -> Still:
    """What there is to explore in a matrix: the table, and each column in a sentence."""
    said = tuple(say.model(m, column.id, m.lang) for column in m.columns)
    return Still(tables.matrix(m, m.lang), notes=said)


def what_if(matrix: MatrixLike | Iterable[MatrixLike] | None = None, lang: str | None = None) -> View:
    """Choose two columns; see what moving from the one to the other does to the customer's work.

    Args:
        matrix: one matrix (an id or a DataFrame), several to choose from, or all that ship with
            two columns or more when left out.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown matrix or language.
    """
    lang = resolve_language(lang)
    if matrix is None:
        matrix = [m for one in shipped_ids() if len((m := shipped_matrix(one, lang)).columns) > 1]
    shared = Shared()

    def panel(m: Matrix) -> w.Widget:
        labels = [column.label for column in m.columns]
        start = labels.index("IaaS") if "IaaS" in labels[:-1] else 0
        before = shared.radio("before", m, lang, start)
        after = shared.radio("after", m, lang, min(start + 1, len(labels) - 1))
        rows = [
            shared.linked([shared.html(tables.what_if(m, a.id, b.id, lang).body) for b in m.columns], after)
            for a in m.columns
        ]
        return shared.box([shared.row([before, after]), shared.linked(rows, before)])

    return _choose_matrix(matrix, lang, panel, shared, "what_if_hint", _moves)


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
) -> View:
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
    shared = Shared()
    found = [topic for topic in all_topics(matrices, lang) if topic.lines]
    control = w.Dropdown(
        options=[(topic.label, i) for i, topic in enumerate(found)],
        description=texts(lang)["label"]["topic"],
        style=shared.described,
        layout=shared.control,
    )
    views = [shared.html(tables.topic(topic.id, topic.matrices, lang).body) for topic in found]
    css = shared.html(f"<style>{tables.style()}</style>")

    def first() -> list[Still]:
        return [Still(tables.topic(topic.id, topic.matrices, lang), headed=True) for topic in found[:1]]

    hint = texts(lang)["widget"]["topics_hint"]
    return View([css, control, shared.linked(views, control)], hint, away=Away(first))


def _choose_matrix(
    matrix: MatrixLike | Iterable[MatrixLike] | None,
    lang: str,
    panel: Callable[[Matrix], w.Widget],
    shared: Shared,
    hint: str,
    still: Callable[[Matrix], Still],
    paper: Paper = "itself",
) -> View:
    """A drop-down of matrices over a stack of their panels; one alone has a still instead."""
    if matrix is None:
        matrix = shipped_ids()
    matrices = [as_matrix(one, lang) for one in listed(matrix)]
    panels = [panel(m) for m in matrices]
    css = shared.html(f"<style>{tables.style()}</style>")
    hint = texts(lang)["widget"][hint]
    if len(panels) == 1:
        return View([css, panels[0]], hint, away=Away(lambda: [still(matrices[0])], paper=paper))
    control = w.Dropdown(
        options=[(m.short, i) for i, m in enumerate(matrices)],
        description=texts(lang)["label"]["matrix"],
        style=shared.described,
        layout=shared.control,
    )
    return View([css, control, shared.linked(panels, control)], hint, away=Away(paper=paper))


def _column_option(column: Column, label: str, lang: str) -> str:
    """What a radio button for a column says: "IaaS", or "from IaaS" where there is a "to" as well."""
    return str(texts(lang)["option"].get(label, "{column}").format(column=column.label))


class Shared:
    """Widgets of one view share layout and style models: a third of the state and of the messages."""

    def __init__(self) -> None:
        self.layout = w.Layout(width="100%")
        self.control = w.Layout(width="max-content", max_width="100%")
        self.plain = HTMLStyle()
        self.described = DescriptionStyle(description_width="initial")

    def html(self, body: str) -> w.HTML:
        """A piece of HTML."""
        return w.HTML(body, layout=self.layout, style=self.plain)

    def box(self, children: list[w.Widget]) -> w.VBox:
        """Widgets under each other."""
        return w.VBox(children, layout=self.layout)

    def row(self, children: list[w.Widget]) -> w.HBox:
        """Widgets beside each other, wrapping where the page is narrow."""
        return w.HBox(children, layout=w.Layout(flex_flow="row wrap", grid_gap="0 28px"))

    def radio(self, label: str, m: Matrix, lang: str, start: int = 0) -> w.RadioButtons:
        """Radio buttons for the columns of a matrix.

        Nothing ties the heading of such a group to its buttons for a screen reader, so where two
        groups offer the same columns each button says itself what it is: "from IaaS", "to PaaS".

        Args:
            label: what they choose, as a key of ``[label]`` in the locale, such as "before".
            m: the matrix.
            lang: "en" or "nl".
            start: number of the column that is chosen at first, from 0; the first when left out.
        """
        options = [_column_option(column, label, lang) for column in m.columns]
        return w.RadioButtons(
            options=[(option, i) for i, option in enumerate(options)],
            index=start,
            description=texts(lang)["label"][label],
            orientation="horizontal",
            style=self.described,
            layout=self.control,
        )

    def linked(self, children: list[w.Widget], control: w.Widget) -> w.Stack:
        """The prepared states of a control: the browser shows the one that is chosen."""
        stack = w.Stack(children, selected_index=control.index, layout=self.layout)
        w.jslink((control, "index"), (stack, "selected_index"))
        return stack
