"""The exercise with one cell of a matrix changed: which one, and what is said of each other."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import ipywidgets as w

from srm_data.core.frames import as_matrix, own_matrix
from srm_data.core.language import join, texts
from srm_data.core.vocabulary import PARTIES
from srm_data.learning import exercise_view
from srm_data.views.html import tables
from srm_data.views.still import Away, Still
from srm_data.widgets.explore import Shared, View

if TYPE_CHECKING:
    from srm_data.core.frames import MatrixLike
    from srm_data.core.matrix import Area, Column, Matrix


def find_wrong_cell(matrix: MatrixLike, lang: str | None = None) -> View:
    """One cell of the matrix has been changed. Find it, by area and by column.

    Which one is drawn from the name of the matrix, so the notebook does not hold it.

    Raises:
        ValueError: when the rows of the matrix do not all go one way, or are too short to break.
    """
    m = as_matrix(matrix, lang)
    words = texts(m.lang)["exercise"]
    shared = Shared()
    wrong = _tamper(m)
    area, column, false = wrong
    tampered = m.with_parties(
        {key: cell.party for key, cell in m.cells.items()} | {(area.id, column.id): false}
    )
    picture = tables.matrix(_bare(tampered, words["tampered"]), m.lang)
    areas = exercise_view.dropdown(texts(m.lang)["label"]["area"], [a.label for a in m.areas], shared)
    columns = exercise_view.dropdown(texts(m.lang)["label"][m.axis_key], [c.label for c in m.columns], shared)
    states: list[w.Widget] = [shared.html("")]
    for a in m.areas:
        row = [shared.html(""), *(shared.html(_about_cell(m, a, c, wrong)) for c in m.columns)]
        states.append(shared.linked(row, columns))
    children = [
        exercise_view.text(words["wrong_cell"], shared, m.lang),
        shared.html(picture.body),
        shared.row([areas, columns]),
        shared.linked(states, areas),
    ]
    away = Away(lambda: [Still(picture, headed=True, notes=(words["wrong_cell"],))])
    return exercise_view.exercise(children, "wrong_cell", m.lang, shared, away)


def _about_cell(m: Matrix, area: Area, column: Column, wrong: tuple[Area, Column, str]) -> str:
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
    return exercise_view.verdict(right, word, m.lang)


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
