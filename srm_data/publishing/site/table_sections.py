"""Every published table on one page, each row with an address of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from srm_data.core.shipped import shipped_ids, shipped_matrix
from srm_data.views.html import tables

if TYPE_CHECKING:
    from srm_data.core.matrix import Matrix

_ROW = re.compile(r'<tr>(?=<th scope="row")')


def table_sections(lang: str) -> list[dict[str, Any]]:
    """All matrices that ship, in the order of the data: id, short name, and the table with its rows named.

    Args:
        lang: "en" or "nl".
    """
    matrices = (shipped_matrix(one, lang) for one in shipped_ids())
    return [{"id": m.id, "short": m.short, "table": _with_addresses(m)} for m in matrices]


def row_address(matrix: str, area: str) -> str:
    """The id of a row on the page of tables."""
    return f"{matrix}.{area}"


def _with_addresses(m: Matrix) -> Markup:
    areas = iter(m.areas)
    body = tables.matrix(m, m.lang).body
    return Markup(_ROW.sub(lambda _: f'<tr id="{row_address(m.id, next(areas).id)}">', body))
