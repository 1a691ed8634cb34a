"""A few cells of a matrix, for words that are about them: some of its rows, or some of its columns."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from srm_data.views.content import Content, Table, TableCell
from srm_data.views.matrix_content import head, mark, party_cell, view_of

if TYPE_CHECKING:
    from srm_data.core.matrix import Area, Cell, Column, Matrix

_ASKED = "?"  # in the place of what is asked


@dataclass(frozen=True)
class Row:
    """A row of an excerpt: its area, and the columns whose cells are `lit` or still `open`."""

    area: Area
    lit: Collection[Column] = ()
    open: Collection[Column] = ()
    named: bool = True  # whether the name of the area is told


def excerpt(
    m: Matrix,
    rows: Sequence[Row],
    columns: Sequence[Column] | None = None,
    *,
    named: bool = True,
    headed: bool = True,
    parted: bool = False,
) -> Content:
    """Rows of a matrix under its headings, with the name of the matrix in the corner.

    Args:
        m: the matrix.
        rows: the rows, with what is lit or open in each.
        columns: the columns that are shown, all when left out.
        named: whether the matrix is named, or asked for.
        headed: whether the columns are named, or asked for.
        parted: whether a cell tells who does the work and who is accountable for it.
    """
    marked = not any(row.open for row in rows)  # a mark would look like what is still open
    shown = m.columns if columns is None else columns
    corner = head(m.short) if named else head(_ASKED, open=True)
    heads = (corner, *(head(c.label) if headed else head(_ASKED, open=True) for c in shown))
    lines = [
        (
            head(row.area.label) if row.named else head(_ASKED, open=True),
            *(
                TableCell(_ASKED, lit=c in row.lit, open=True)
                if c in row.open
                else _cell(m.cell(row.area, c), m.lang, lit=c in row.lit, parted=parted, marked=marked)
                for c in shown
            ),
        )
        for row in rows
    ]
    told = [m.cell(row.area, c) for row in rows for c in shown if c not in row.open]
    content = view_of(
        m,
        title=m.short if named else "",
        tables=(Table((heads, *lines), _told((heads, *lines)), "parties"),),
    )
    return replace(
        content,
        marked=marked and any(mark(cell) for cell in told),
        parted=parted and any(cell.parted for cell in told),
    )


def _cell(cell: Cell, lang: str, *, lit: bool, parted: bool, marked: bool) -> TableCell:
    made = party_cell(cell, lang, lit=lit)
    made = made if parted else replace(made, roles="", roles_told="")
    return made if marked else replace(made, mark="")


def _told(rows: Sequence[Sequence[TableCell]]) -> str:
    """The rows in words, such as "Azure, January 2026. Network controls: IaaS customer, PaaS shared."."""
    (corner, *heads), *lines = rows
    told = [
        f"{name.text}: "
        + ", ".join(f"{top.text} {cell.text.lower()}" for top, cell in zip(heads, cells, strict=True))
        for name, *cells in lines
    ]
    return f"{corner.text}. {'; '.join(told)}."
