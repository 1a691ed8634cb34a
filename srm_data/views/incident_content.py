"""What the view of an incident says: its table, who failed beside who answers, and the other side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from srm_data.core.language import texts
from srm_data.views import sentences as say
from srm_data.views.cell_facts import source_fact
from srm_data.views.content import Content, Fact, Table, TableCell
from srm_data.views.matrix_content import column_heads, grid_rows, head, named_party, view_of

if TYPE_CHECKING:
    from srm_data.core.incidents import Incident


def incident(i: Incident, step: int = 2) -> Content:
    """An incident laid on its matrix.

    Filled in in two steps: the table, and then the cells where the incident lies. The second table says
    who failed and who answers.
    """
    words, m = texts(i.lang), i.matrix
    said, placed = words["incident"], step == 2
    rows = grid_rows(m, m.columns if step else ())
    heads = column_heads(m, i.columns if placed else ())
    title = say.incident_title(i, i.lang)
    sure = words["label"]["confidence"].format(confidence=words["confidence"][i.confidence])
    told = [
        Fact(said["why" if i.areas else "why_none"], i.why),
        Fact(said["other_side"], i.other_side),
        Fact("", said["ours"], quiet=True) if i.other_side_basis == "reading" else None,
        Fact(said["question"], i.question),
        source_fact(i, f", {i.year} · {sure}", quiet=True),
    ]
    return view_of(
        m,
        title=title,
        sentence=say.incident(i, i.lang),
        question=say.question("incident", i.lang, name=i.name),
        tables=(Table((heads, *(_placed(i, rows) if placed else rows)), title, "parties"), _who(i)),
        facts=tuple(fact for fact in told if fact),
    )


def _placed(i: Incident, rows: list[tuple[TableCell, ...]]) -> list[tuple[TableCell, ...]]:
    """The rows of the matrix with the cells where the incident lies; a row more where none is about it."""
    lit = []
    for area, (name, *cells) in zip(i.matrix.areas, rows, strict=True):
        line = [replace(name, lit=area in i.areas)]
        for column, cell in zip(i.matrix.columns, cells, strict=True):
            here = i.holds(area, column)
            plain = (f"{cell.plain[0]} ({i.name})",) if here else cell.plain
            line.append(replace(cell, dim=not here, lit=here, plain=plain))
        lit.append(tuple(line))
    if not i.areas:
        places = (TableCell("–", lit=True) if c in i.columns else TableCell() for c in i.matrix.columns)
        lit.append((head(texts(i.lang)["incident"]["no_row"].format(layer=i.layer), lit=True), *places))
    return lit


def _who(i: Incident) -> Table:
    """Who failed, beside who answers by the table."""
    words = texts(i.lang)
    said = words["incident"]
    # "both" is two parties that a cell can name; the last three of FAILED are none.
    names = ("customer", "provider") if i.failed_party == "both" else (i.failed_party,)
    failed = [
        named_party(name, i.lang)
        if name in words["party"]
        else TableCell(said["failed"][name]["label"], party="none")
        for name in names
    ]
    answers = [named_party(party, i.lang) for party in i.answers] or [TableCell(words["label"]["no_row"])]
    heads = (head(said["who_failed"], span=len(failed)), head(said["who_answers"], span=len(answers)))
    return Table((heads, (*failed, *answers)), names=0)
