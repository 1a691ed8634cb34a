"""What the view of an incident says: its table, who failed beside who answers, and the other side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from srm_data.core.language import texts
from srm_data.views import sentences as say
from srm_data.views.cell_facts import source_fact
from srm_data.views.content import Content, Fact, Table, TableCell
from srm_data.views.matrix_content import grid_rows, head, matrix, named_party

if TYPE_CHECKING:
    from srm_data.core.incidents import Incident


def incident(i: Incident, step: int = 2) -> Content:
    """An incident laid on its matrix.

    Filled in in two steps: the table, and then the cells where the incident lies. The second table says
    who failed and who answers.
    """
    words = texts(i.lang)
    said, m = words["incident"], i.matrix
    whole = matrix(m)
    heads = tuple(replace(cell, lit=step == 2 and c in i.columns) for cell, c in _columns(whole, i))
    rows = []
    for area, (name, *cells) in zip(i.matrix.areas, grid_rows(m, m.columns if step else ()), strict=True):
        here = [i.holds(area, column) for column in m.columns]
        line = [
            replace(
                cell,
                dim=not hit,
                lit=hit,
                plain=(f"{cell.plain[0]} ({i.name})",) if hit else cell.plain,
            )
            if step == 2
            else cell
            for cell, hit in zip(cells, here, strict=True)
        ]
        rows.append((replace(name, lit=step == 2 and area in i.areas), *line))
    if not i.areas and step == 2:
        places = (TableCell("–", lit=True) if c in i.columns else TableCell() for c in m.columns)
        rows.append((head(said["no_row"].format(layer=i.layer), lit=True), *places))
    title = say.incident_title(i, i.lang)
    sure = words["label"]["confidence"].format(confidence=words["confidence"][i.confidence])
    told = [
        Fact(said["why" if i.areas else "why_none"], i.why),
        Fact(said["other_side"], i.other_side),
        Fact("", said["ours"], quiet=True) if i.other_side_basis == "reading" else None,
        Fact(said["question"], i.question),
        source_fact(i, f", {i.year} · {sure}", quiet=True),
    ]
    return replace(
        whole,
        title=title,
        sentence=say.incident(i, i.lang),
        question=say.question("incident", i.lang, name=i.name),
        tables=(Table((heads, *rows), title, "parties"), _who(i)),
        facts=tuple(fact for fact in told if fact),
    )


def _columns(whole: Content, i: Incident) -> list[tuple[TableCell, object]]:
    return list(zip(whole.tables[0].rows[0], (None, *i.matrix.columns), strict=True))


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
