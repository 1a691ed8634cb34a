"""Who does which part of a shared cell, as a table of two rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data.core.language import texts
from srm_data.views import sentences as say
from srm_data.views.content import Content, Table, TableCell

if TYPE_CHECKING:
    from srm_data.core.matrix import Cell, Matrix


def parts(m: Matrix, cell: Cell, title: str = "") -> Content:
    """Both parts of a shared cell of a matrix.

    Args:
        m: the matrix.
        cell: a shared cell of it.
        title: of the table; none when left out.
    """
    provider = cell.provider or m.provider_short
    rows = (
        (texts(m.lang)["label"]["customer_does"], cell.customer_part),
        (provider[0].upper() + provider[1:], cell.provider_part),
    )
    cells = tuple((TableCell(name, head=True), TableCell(told)) for name, told in rows)
    return Content(title, tables=(Table(cells, title, heads=0),), feet=(say.foot(m),), lang=m.lang)
