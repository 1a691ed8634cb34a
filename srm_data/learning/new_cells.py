"""Questions about cells that no lesson shows, made from the data: stem, key, feedback, hints and source.

Which tables they come from stands in ``data/new_cells.csv``, with the lesson from which on they are asked.
Only cells that are sure and undisputed are asked.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from srm_data.core.dataset import read_table, rows_by
from srm_data.core.language import texts
from srm_data.core.matrix import Area, Cell, Column, Matrix
from srm_data.core.shipped import shipped_matrix
from srm_data.core.topics import topics_of
from srm_data.core.vocabulary import PARTIES
from srm_data.learning.questions import Option, Question

PREFIX = "cell:"
_COMPARED_WITH = "azure-2026"


def new_cell_questions(lang: str, lessons: Collection[int] | None = None) -> list[Question]:
    """Every question that can be made, in the order of the tables and their cells.

    Each has the id ``cell:<matrix>/<area>/<column>``, so that a corrected cell corrects the question.

    Args:
        lang: "en" or "nl".
        lessons: only those that are asked from one of these lessons on; all when left out.
    """
    tables = (row for row in read_table("new_cells") if lessons is None or int(row["lesson"]) in lessons)
    return [question for row in tables for question in _of_table(row["matrix"], lang)]


@cache
def _of_table(matrix: str, lang: str) -> tuple[Question, ...]:
    row, m = rows_by("new_cells", "matrix")[matrix], shipped_matrix(matrix, lang)
    return tuple(
        _question(m, area, column, cell, int(row["lesson"]), row[f"context_{lang}"])
        for area, column, cell in m.walk()
        if _may_be_asked(m, area, column, cell)
    )


def _may_be_asked(m: Matrix, area: Area, column: Column, cell: Cell) -> bool:
    """Whether a cell has one party of which the source leaves no doubt, and a subject of its own."""
    sure = cell.party in PARTIES and cell.confidence == "high" and not cell.disputed
    return sure and not cell.parted and bool(topics_of(m.id, area.id, column.id))


def _question(m: Matrix, area: Area, column: Column, cell: Cell, lesson: int, context: str) -> Question:
    words = texts(m.lang)["new_cell"]
    one = len(m.columns) == 1
    stem = words["stem_one" if one else "stem"].format(
        context=context, area=area.label, about=area.about, column=column.label
    )
    said = words["feedback"]
    options = tuple(
        Option(party, texts(m.lang)["party"][party]["label"], said[f"{party}_{cell.party}"])
        for party in PARTIES
    )
    return Question(
        id=f"{PREFIX}{m.id}/{area.id}/{column.id}",
        lang=m.lang,
        kind="cell",
        lesson=lesson,
        difficulty=2,
        exams=(),
        stem=stem,
        options=options,
        key=str(cell.party),
        hints=(words["hint_what"], words["hint_reach"], *_compared(m, area, column, cell)),
        matrix=m,
        area=area.label,
        column="" if one else column.label,
        cell=cell,
        level="apply",
        idea=topics_of(m.id, area.id, column.id)[0],
    )


def _compared(m: Matrix, area: Area, column: Column, cell: Cell) -> list[str]:
    """The same idea in a table that the lessons show, where it has the same party; maybe none."""
    idea = topics_of(m.id, area.id, column.id)[0]
    known = shipped_matrix(_COMPARED_WITH, m.lang)
    party = texts(m.lang)["party"][cell.party]["label"]
    return [
        texts(m.lang)["new_cell"]["hint_compare"].format(
            matrix=known.short, area=there.label, column=under.label, party=party.casefold()
        )
        for there, under, held in known.walk()
        if held.party == cell.party and idea in topics_of(known.id, there.id, under.id)
    ][:1]
