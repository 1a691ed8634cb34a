"""CSV that no spreadsheet takes for more than text, and the way back from it.

A cell that begins with ``=``, ``+``, ``-`` or ``@`` is a formula to a spreadsheet, and which cells there are
depends on where it cuts: with the separator of another country also after a semicolon, a tab, a new line
or a quote within a field. There an apostrophe goes before it, which spreadsheets take for "this is text".
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

# What may stand before a sign of a formula without taking its force: blanks that are cut off, and
# apostrophes, so that those that were there already come back.
_BEFORE = "[ '\u00a0\u200b\ufeff]*"
_FORMULA = "(?=[-=+@\uff1d\uff0b\uff0d\uff20])"
_RISKY = re.compile(rf"((?:^|[;\t\n\r\"])(?={_BEFORE}{_FORMULA})|^(?={_BEFORE}[\t\r]))")
_MADE_SAFE = re.compile(rf"((?:^|[;\t\n\r\"]))'(?={_BEFORE}{_FORMULA})|^'(?={_BEFORE}[\t\r])")


def as_csv(rows: Iterable[Iterable[object]], *, end: str = "\n", between: str = ",") -> str:
    """Rows as CSV, every cell inert.

    Args:
        rows: the cells of each row.
        end: what ends a row.
        between: what stands between two cells.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=end, delimiter=between)
    writer.writerows([inert(str(cell)) for cell in row] for row in rows)
    return out.getvalue()


def inert(cell: str) -> str:
    """A cell with an apostrophe before everything that a spreadsheet could take for a formula."""
    return _RISKY.sub(r"\1'", cell)


def as_typed(cell: str) -> str:
    """A cell of such a file as it was before."""
    return _MADE_SAFE.sub(lambda found: found[1] or "", cell) if "'" in cell else cell
