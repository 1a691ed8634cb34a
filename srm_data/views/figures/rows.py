"""The same result as plain rows of words, headings first: the data table that travels with a picture.

Each function has the name of its figure. What a picture leaves open to be filled in is empty here too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from srm_data.views import sentences as say
from srm_data.core.compare import changes_by_area, match_areas, rungs, shared_columns
from srm_data.core.language import texts
from srm_data.core.vocabulary import PARTIES

if TYPE_CHECKING:
    from srm_data.core.incidents import Incident
    from srm_data.core.matrix import Area, Cell, Column, Matrix
    from srm_data.core.topics import Topic

Rows = list[list[str]]


def word(cell: Cell | None, lang: str) -> str:
    """The party of a cell as a word; a dash where there is no such cell."""
    if cell is None:
        return "–"
    return str(
        texts(lang)["party"][cell.party]["word"] if cell.party else texts(lang)["not_applicable"]["label"]
    )


def matrix(m: Matrix, shown: Sequence[Column]) -> Rows:
    """Areas down, columns across; only the columns in `shown` are filled."""
    heads = [texts(m.lang)["label"]["area"], *(c.label for c in m.columns)]
    body = [
        [area.label, *(word(m.cell(area, c), m.lang) if c in shown else "" for c in m.columns)]
        for area in m.areas
    ]
    return [heads, *body]


def split(m: Matrix, shown: Sequence[Column]) -> Rows:
    """How many areas each party has, a row a column."""
    labels = texts(m.lang)["party"]
    heads = [texts(m.lang)["label"][m.axis_key], *(labels[party]["word"] for party in PARTIES)]
    counts = {c: m.count(c) if c in shown else None for c in m.columns}
    return [
        heads,
        *([c.label, *(str(n[party]) if n else "" for party in PARTIES)] for c, n in counts.items()),
    ]


def what_if(m: Matrix, old: Column, new: Column, shown: int) -> Rows:
    """Before, after and what that does, a row an area; the second step fills in the last two."""
    label, changes = texts(m.lang)["label"], changes_by_area(m, old.id, new.id)
    rows = [[label["area"], old.label, new.label, label["change"]]]
    for area in m.areas:
        change = changes[area.id]
        after = [
            word(m.cell(area, new), m.lang),
            texts(m.lang)["change"][change]["word"] if change else "",
        ]
        before = word(m.cell(area, old), m.lang) if shown > 0 else ""
        rows.append([area.label, before, *(after if shown > 1 else ["", ""])])
    return rows


def ladder(m: Matrix, shown: int) -> Rows:
    """The columns as rungs, with how many areas the provider has there and which are new."""
    label = texts(m.lang)["label"]
    rows = [[label[m.axis_key], texts(m.lang)["party"]["provider"]["word"], label["new_here"]]]
    for i, (column, n, came) in enumerate(rungs(m)):
        told = [column.label, str(n), "; ".join(area.label for area in came)]
        rows.append(told if i < shown else ["", "", ""])
    return rows


def side_by_side(old: Matrix, new: Matrix, column: str | None, shown: int) -> Rows:
    """The areas of both, then the columns of the first, then those of the second."""
    columns = shared_columns(old, new, column)
    heads = [
        old.short,
        new.short,
        *(f"{c.label} ({old.short})" for c, _ in columns),
        *(f"{d.label} ({new.short})" for _, d in columns),
    ]

    def told(m: Matrix, area: Area | None, column: Column, open_: bool) -> str:
        return "" if open_ else word(m.cell(area, column) if area else None, m.lang)

    return [
        heads,
        *(
            [
                a.label if a else "–",
                b.label if b else "–",
                *(told(old, a, c, shown < 1) for c, _ in columns),
                *(told(new, b, d, shown < 2) for _, d in columns),
            ]
            for _, a, b in match_areas(old, new)
        ),
    ]


def topic(found: Topic, shown: Sequence[Matrix]) -> Rows:
    """A row an area, with its table and what it says under each service model."""
    label = texts(found.lang)["label"]
    heads = [label["matrix"], label["area"], *(say.model_label(model) for model in found.models)]
    lines = [line for line in found.lines if any(line.under(model) for model in found.models)]
    return [
        heads,
        *(
            [
                line.matrix.short,
                line.area.label,
                *(
                    "; ".join(dict.fromkeys(word(cell, found.lang) for _, cell in line.under(model))) or "–"
                    if line.matrix in shown
                    else ""
                    for model in found.models
                ),
            ]
            for line in lines
        ),
    ]


def incident(i: Incident, shown: int) -> Rows:
    """The table that the incident is laid on; the last step marks its cells."""
    heads, *body = matrix(i.matrix, i.matrix.columns if shown else ())
    if shown < 2:
        return [heads, *body]
    for area, line in zip(i.matrix.areas, body, strict=True):
        for k, column in enumerate(i.matrix.columns, 1):
            if i.holds(area, column):
                line[k] = f"{line[k]} ({i.name})"
    return [heads, *body]
