"""The cells of a matrix that a lesson puts on a slide with its words, and the lines that ask for them.

In the words of a slide such a line is a picture: ``![](row:azure-2026/network-controls/paas)`` is the row
*Network controls* with the cell of PaaS lit, ``![](column:azure-2026/iaas+paas?)`` is all rows under two
columns. What is asked has a question mark: before a name, the name is not told (``?paas``); after a column,
its cells are open (``paas?``). ``*`` is every column. ``roles`` is a row too, in which a cell also tells who
does the work and who is accountable for it. Rows of one matrix with the same columns make one table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from srm_data.core.language import unknown_name
from srm_data.core.shipped import shipped_matrix
from srm_data.core.vocabulary import UnknownNameError
from srm_data.views.excerpt import Row, excerpt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from srm_data.core.matrix import Area, Column, Matrix
    from srm_data.views.content import Content

KINDS = ("row", "roles", "column")


class PictureError(Exception):
    """There is no such picture; its text is the reason, `line` what asks for it."""

    def __init__(self, line: str, reason: str) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True)
class _Frame:
    """What the rows of one table have in common."""

    matrix: Matrix
    columns: tuple[Column, ...]
    named: bool
    headed: bool
    parted: bool
    tall: bool


def read(lines: Sequence[str], lang: str) -> tuple[list[Content], bool]:
    """What the lines of one slide ask for, and whether it is a table to stand beside the words.

    Args:
        lines: such as "row:azure-2026/network-controls/paas".
        lang: "en" or "nl".

    Raises:
        PictureError: for a kind, matrix, area or column that does not exist, with the nearest guess.
    """
    found: list[tuple[_Frame, list[Row]]] = []
    for line in lines:
        try:
            frame, rows = _read(line, lang)
        except UnknownNameError as error:
            raise PictureError(line, str(error)) from error
        if found and found[-1][0] == frame:
            found[-1][1].extend(rows)
        else:
            found.append((frame, rows))
    contents = [
        excerpt(
            frame.matrix,
            rows,
            frame.columns,
            named=frame.named,
            headed=frame.headed,
            parted=frame.parted,
        )
        for frame, rows in found
    ]
    return contents, any(frame.tall for frame, _ in found)


def _read(line: str, lang: str) -> tuple[_Frame, list[Row]]:
    kind, _, path = line.partition(":")
    if kind not in KINDS:
        raise unknown_name("picture", kind, KINDS)
    name, *parts = path.split("/")
    m = shipped_matrix(name.removeprefix("?"), lang)
    tall = kind == "column"
    asked = [] if tall else [_area(m, (parts or [""])[0].removeprefix("?"))]
    path = "".join(parts[len(asked) :][:1])
    named = path.split("+") if path or tall else []
    columns = {one: _columns(m, one.strip("?")) for one in named}
    some = tuple(column for found in columns.values() for column in found)
    blank = [column for one, found in columns.items() if one.endswith("?") for column in found]
    headed = not any(one.startswith("?") for one in named)
    told = not parts[0].startswith("?") if asked else True
    few = tall or not (told and headed)  # beside others, a row or a column is known without its name
    shown = some if few else m.columns
    frame = _Frame(m, shown, not name.startswith("?"), headed, kind == "roles", tall)
    lit = () if few or named == ["*?"] else some
    return frame, [Row(area, lit, blank, told) for area in asked or m.areas]


def _area(m: Matrix, name: str) -> Area:
    areas = {area.id: area for area in m.areas}
    if name not in areas:
        raise unknown_name("area", name, areas)
    return areas[name]


def _columns(m: Matrix, name: str) -> tuple[Column, ...]:
    return m.columns if name == "*" else (m.column(name),)
