"""How a shape on a PowerPoint slide is placed, coloured, bulleted and edged."""

from __future__ import annotations

from typing import Any

from srm_data.publishing.slides.slide_fit import INDENT
from srm_data.publishing.slides.theme import EMU
from srm_data.views.content import TableCell

_SIDES = ("lnL", "lnR", "lnT", "lnB")
_OPPOSITE = {"lnL": "lnR", "lnR": "lnL", "lnT": "lnB", "lnB": "lnT"}
_RING = 57150  # width of the line around a cell, 4.5 points


def place(holder: Any, box: tuple[float, float, float, float]) -> None:
    """Put a shape in a box of slide pixels."""
    holder.left, holder.top, holder.width, holder.height = (round(value * EMU) for value in box)


def colour(name: str) -> Any:
    """The theme colour that Office gives this name."""
    from pptx.enum.dml import MSO_THEME_COLOR as THEME

    names = {"tx1": THEME.TEXT_1, "tx2": THEME.TEXT_2, "bg1": THEME.BACKGROUND_1, "bg2": THEME.BACKGROUND_2}
    return names.get(name) or getattr(THEME, name.upper().replace("ACCENT", "ACCENT_"))


def rgb(colour: str) -> Any:
    """A colour written as #rrggbb."""
    from pptx.dml.color import RGBColor

    return RGBColor(*(int(colour[i : i + 2], 16) for i in (1, 3, 5)))  # type: ignore[no-untyped-call]


def solid(fill: Any, accent: str | None) -> None:
    """Fill with a theme colour, or with nothing."""
    if accent is None:
        fill.background()
    else:
        fill.solid()
        fill.fore_color.theme_color = colour(accent)


def bare(shape: Any) -> None:
    """Without the shadow and the colours that shapes bring along."""
    style = shape._element.find("{*}style")
    shape._element.remove(style)


def bullet(paragraph: Any, mark: str) -> None:
    """A real bullet or number, so that adding a line goes on in the same way."""
    from lxml import etree

    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(INDENT * EMU))
    properties.set("indent", str(-INDENT * EMU))
    name = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    if mark[0].isdigit():
        etree.SubElement(properties, f"{name}buFont", typeface="+mj-lt")
        etree.SubElement(properties, f"{name}buAutoNum", type="arabicPeriod", startAt=mark.rstrip("."))
    elif mark[0].isalpha():
        start = str(ord(mark[0]) - ord("A") + 1)
        etree.SubElement(properties, f"{name}buFont", typeface="+mj-lt")
        etree.SubElement(properties, f"{name}buAutoNum", type="alphaUcPeriod", startAt=start)
    else:
        etree.SubElement(properties, f"{name}buFont", typeface="Arial")
        etree.SubElement(properties, f"{name}buChar", char=mark)


def borders(target: Any, cell: TableCell, *, over: bool, under: bool) -> None:
    """Gaps in the colour of the ground; lines over and under a row, the accent around what changed.

    Args:
        target: python-pptx's cell.
        cell: what stands in it: what is lit or changed gets lines in the accent, what is open dashed ones.
        over: whether a line stands over it.
        under: whether a line stands under it.
    """
    sides = dict.fromkeys(_SIDES, ("bg1", 38100))
    if over:
        sides["lnT"] = ("tx2", 9525)
    if under:
        sides["lnB"] = ("accent4", 38100) if cell.lit else ("tx2", 9525)
    if cell.open:
        sides = dict.fromkeys(sides, ("tx2", 28575))
    if cell.changed:
        sides = dict.fromkeys(sides, ("accent4", 38100))
    for side, (colour, width) in sides.items():
        _line(target, side, colour, width, dashed=cell.open)


def ring(grid: Any, row: int, column: int) -> None:
    """A line in the accent around a cell.

    Each edge belongs to two cells, and programs differ in which of the two they draw.

    Args:
        grid: python-pptx's table.
        row: number of the row, from 0.
        column: number of the column, from 0.
    """
    for side, (down, right) in {"lnL": (0, -1), "lnR": (0, 1), "lnT": (-1, 0), "lnB": (1, 0)}.items():
        _line(grid.cell(row, column), side, "accent4", _RING)
        if 0 <= row + down < len(grid.rows) and 0 <= column + right < len(grid.columns):
            _line(grid.cell(row + down, column + right), _OPPOSITE[side], "accent4", _RING)


def _line(target: Any, side: str, colour: str, width: int, *, dashed: bool = False) -> None:
    """One edge of a cell of a table, in the place of the one that it had."""
    from lxml import etree

    name = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    properties = target._tc.get_or_add_tcPr()
    line = etree.Element(f"{name}{side}", w=str(width))
    fill = etree.SubElement(line, f"{name}solidFill")
    etree.SubElement(fill, f"{name}schemeClr", val=colour)
    if dashed:
        etree.SubElement(line, f"{name}prstDash", val="dash")
    if (old := properties.find(f"{name}{side}")) is not None:
        properties.remove(old)
    before = [properties.find(f"{name}{one}") for one in _SIDES[: _SIDES.index(side)]]  # they have an order
    properties.insert(sum(one is not None for one in before), line)
