"""The tables that are made for slides only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from srm_data.core.language import texts
from srm_data.publishing.slides import stills
from srm_data.views import sentences as say

if TYPE_CHECKING:
    from srm_data.core.matrix import Matrix


def parts_table(m: Matrix, cell: Any, lang: str) -> stills.Table:
    """Who does which part of a shared cell, as two rows."""
    provider = cell.provider or m.provider_short
    rows = (
        (texts(lang)["label"]["customer_does"], cell.customer_part),
        (provider[0].upper() + provider[1:], cell.provider_part),
    )
    cells = [(stills.Cell(name, head=True), stills.Cell(told)) for name, told in rows]
    return stills.Table(tuple(cells), heads=0)


def moves(m: Matrix, corner: str) -> stills.Table:
    """Every move between two columns of a matrix, in numbers."""
    cell = stills.Cell
    head = (cell(corner, head=True), *(cell(column.label, head=True) for column in m.columns))
    rows = [head]
    for before in m.columns:
        row = [cell(before.label, head=True)]
        for after in m.columns:
            points = say.what_if_title(m, before.id, after.id).partition(": ")[2]
            row.append(cell("–" if before == after else points))
        rows.append(tuple(row))
    return stills.Table(tuple(rows), foot=say.foot(m))
