"""The exercise with one cell of a matrix changed: which one, and what is said of each other."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from srm_data.core.frames import as_matrix, own_matrix
from srm_data.core.language import join, texts
from srm_data.core.vocabulary import PARTIES
from srm_data.learning import exercise_view
from srm_data.views import component_content, matrix_content
from srm_data.views.html import tables
from srm_data.views.html.engine import show
from srm_data.views.still import Away, Still

if TYPE_CHECKING:
    from srm_data.core.frames import MatrixLike
    from srm_data.core.matrix import Area, Column, Matrix
    from srm_data.learning.exercise_view import Verdicts
    from srm_data.widgets.component import ComponentView


def find_wrong_cell(matrix: MatrixLike, lang: str | None = None) -> ComponentView:
    """One cell of the matrix has been changed. Find it in the table itself.

    Which one is drawn from the name of the matrix, so the notebook does not hold it.

    Raises:
        ValueError: when the rows of the matrix do not all go one way, or are too short to break.
    """
    m = as_matrix(matrix, lang)
    words = texts(m.lang)["exercise"]
    wrong = _tamper(m)
    area, column, false = wrong
    tampered = m.with_parties(
        {key: cell.party for key, cell in m.cells.items()} | {(area.id, column.id): false}
    )
    bare = _bare(tampered, words["tampered"])
    shown = matrix_content.matrix(bare)
    # Its own title would claim something that is true of the mistake only.
    table = (replace(shown.tables[0], title=words["tampered"]),)
    whole = show(replace(shown, title=words["tampered"], question="", sentence="", tables=table, feet=()))
    verdicts = exercise_view.Verdicts(m.lang)
    made = component_content.table_json(bare, shown)
    for row, a in zip(made["rows"], m.areas, strict=True):
        row["said"] = [_about_cell(m, a, c, wrong, verdicts) for c in m.columns]
    content = exercise_view.content(
        words["wrong_cell"],
        "wrong_cell",
        m.lang,
        parties=component_content.parties_json(m.lang),
        title=words["tampered"],
        said=verdicts.all(),
        **made,
    )
    away = Away(lambda: [Still(whole, headed=True, notes=(words["wrong_cell"],))], about=words["tampered"])
    task = tables.render("exercises.html", m.lang, view="text", text=words["wrong_cell"])
    return exercise_view.exercise("srm-wrong-cell", content, away, task + whole.body)


def _about_cell(
    m: Matrix, area: Area, column: Column, wrong: tuple[Area, Column, str], verdicts: Verdicts
) -> int:
    """The verdict on one cell. Right is the changed one, and each other that would mend the row as well."""
    words = texts(m.lang)["exercise"]
    row, changed, false = wrong
    parties = [false if c == changed else m.cell(row, c).party for c in m.columns]
    mends = [m.columns[i] for i in sorted(_mended_by(parties))]
    right = area == row and column in mends
    truth = m.cell(area, column).party
    party = texts(m.lang)["party"][truth]["word"] if truth else texts(m.lang)["not_applicable"]["label"]
    word = words["found" if right and column == changed else "cell_stands"].format(party=party)
    if right and len(mends) > 1:
        labels = join([c.label for c in mends if c != column], m.lang)
        told = words["mends_too" if column == changed else "mends"]
        word += " " + told.format(columns=labels, column=changed.label)
    elif area == row and not right:
        word += " " + words["warm"]
    return verdicts.add(right, word)


def _tamper(m: Matrix) -> tuple[Area, Column, str]:
    """A cell and a wrong party for it that breaks the run of its row, so that it can be found.

    Raises:
        ValueError: when no cell does, or a row is broken as published.
    """
    rows = {area: [m.cell(area, column).party for column in m.columns] for area in m.areas}
    candidates = [
        (area, i, party)
        for area, row in rows.items()
        for i, (before, here, after) in enumerate(zip(row, row[1:], row[2:], strict=False), 1)
        for party in PARTIES
        if here and before == here == after != party
    ]
    if not candidates or not all(map(_rises, rows.values())):
        raise ValueError(texts(m.lang)["exercise"]["no_wrong_cell"].format(matrix=m.short))
    # Rather one that can be told by looking: changing any other cell would not mend the row.
    plain = [c for c in candidates if _mended_by(_with(rows[c[0]], c[1], c[2])) == {c[1]}]
    area, i, party = random.Random(f"tamper {m.id}").choice(plain or candidates)  # noqa: S311 - a game
    return area, m.columns[i], party


def _rises(row: list[str | None]) -> bool:
    """Whether work only goes from the customer to the provider, from left to right."""
    order = [PARTIES.index(party) for party in row if party]
    return order == sorted(order)


def _with(row: list[str | None], i: int, party: str) -> list[str | None]:
    return [*row[:i], party, *row[i + 1 :]]


def _mended_by(row: list[str | None]) -> set[int]:
    """The places where another party would make the row rise."""
    return {i for i, here in enumerate(row) if here and any(_rises(_with(row, i, p)) for p in PARTIES)}


def _bare(m: Matrix, name: str) -> Matrix:
    """Only labels and parties, under another name: notes and marks would give the changed cell away."""
    return own_matrix({(a.label, c.label): cell.party for a, c, cell in m.walk()}, {"name": name}, m.lang)
