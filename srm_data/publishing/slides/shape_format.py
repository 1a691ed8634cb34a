"""How a shape on a PowerPoint slide is placed, coloured, bulleted and edged."""

from __future__ import annotations

from typing import Any

from srm_data.publishing.slides.slide_fit import INDENT
from srm_data.publishing.slides.theme import EMU
from srm_data.views.content import Table, TableCell

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SIDES = ("lnL", "lnR", "lnT", "lnB")
_OPPOSITE = {"lnL": "lnR", "lnR": "lnL", "lnT": "lnB", "lnB": "lnT"}
_RING, _DASHES = 57150, 28575  # width of the line around a cell: 4.5 and 2.25 points


def emu(box: tuple[float, float, float, float]) -> list[int]:
    """The sides of a box of slide pixels as Office measures them."""
    return [round(side * EMU) for side in box]


def place(holder: Any, box: tuple[float, float, float, float]) -> None:
    """Put a shape in a box of slide pixels."""
    holder.left, holder.top, holder.width, holder.height = emu(box)


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


def around(box: tuple[float, float, float, float], more: float) -> tuple[float, float, float, float]:
    """A box with so much more on every side."""
    left, top, wide, high = box
    return left - more, top - more, wide + 2 * more, high + 2 * more


def hatch(shapes: Any, kind: str, box: tuple[float, float, float, float]) -> Any:
    """Draw the hatch of a party as one shape: a bar, stripes or dots.

    Args:
        shapes: of the slide.
        kind: one of `palette.HATCHES`.
        box: where it stands, in slide pixels.
    """
    left, top, wide, high = box
    right, bottom = left + wide, top + high
    lines: list[list[tuple[float, float]]] = []
    if kind == "solid":
        lines = [[(left + 4, top), (left + 12, top), (left + 12, bottom), (left + 4, bottom)]]
    elif kind == "stripes":  # of slope 1, cut off at the sides
        for constant in range(round(left + top) + 6, round(right + bottom), 9):
            low, high = max(left, constant - bottom), min(right, constant - top)
            lines.append([(low, constant - low), (high, constant - high)])
    else:
        spots = ((x, y) for y in range(round(top) + 2, round(bottom) - 3, 8) for x in (0, 8, 16))
        lines = [
            [(left + x, y), (left + x + 4, y), (left + x + 4, y + 4), (left + x, y + 4)] for x, y in spots
        ]
    pen = shapes.build_freeform(*lines[0][0], scale=EMU)
    for n, line in enumerate(lines):
        if n:
            pen.move_to(*line[0])
        pen.add_line_segments(line[1:], close=kind != "stripes")
    made = pen.convert_to_shape()
    bare(made)
    return made


def veil(shape: Any, name: str, part: float) -> None:
    """Fill with a theme colour that covers so much of what is under it.

    Args:
        shape: what lies over the rest.
        name: of the colour, such as "bg1".
        part: how much is covered, from 0 to 1.
    """
    from lxml import etree

    solid(shape.fill, name)
    shape.line.fill.background()
    (scheme,) = shape._element.spPr.iter("{*}schemeClr")
    alpha = etree.SubElement(scheme, f"{_A}alpha")
    alpha.set("val", str(round(part * 100_000)))


def hanging(shape: Any, left: float, right: float, indent: float) -> None:
    """Words in the middle of a shape's height; lines after the first begin where its tab ends.

    Args:
        shape: whose text it is.
        left: from its left side to the words.
        right: from the words to its right side.
        indent: how far the tab goes.
    """
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.margin_left, frame.margin_right = round(left * EMU), round(right * EMU)
    frame.margin_top = frame.margin_bottom = 0
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(round(indent * EMU)))
    properties.set("indent", str(round(-indent * EMU)))


def typed(paragraph: Any, lang: str, points: float) -> None:
    """How what is typed into an empty paragraph will look: bold, in the colour of text.

    Args:
        paragraph: an empty one.
        lang: of what is typed, as PowerPoint names it, such as "en-GB".
        points: its size.
    """
    from lxml import etree

    end = paragraph._p.get_or_add_endParaRPr()
    end.set("lang", lang)
    end.set("sz", str(round(points * 100)))
    end.set("b", "1")
    fill = etree.SubElement(end, f"{_A}solidFill")
    etree.SubElement(fill, f"{_A}schemeClr", val="tx1")


def decorative(shape: Any) -> None:
    """Tell programs that read aloud to skip a shape."""
    from pptx.oxml import parse_xml

    space = "http://schemas.microsoft.com/office/drawing/2017/decorative"
    shape._element.nvSpPr.cNvPr.append(
        parse_xml(
            '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            f'<a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}"><adec:decorative xmlns:adec="{space}"'
            ' val="1"/></a:ext></a:extLst>'
        )
    )


def numbered(paragraph: Any, mark: str) -> None:
    """A real number or letter, so that adding a line goes on in the same way."""
    from lxml import etree

    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(INDENT * EMU))
    properties.set("indent", str(-INDENT * EMU))
    digit = mark[0].isdigit()
    start = mark.rstrip(".") if digit else str(ord(mark[0]) - ord("A") + 1)
    kind = "arabicPeriod" if digit else "alphaUcPeriod"
    etree.SubElement(properties, f"{_A}buFont", typeface="+mj-lt")
    etree.SubElement(properties, f"{_A}buAutoNum", type=kind, startAt=start)


def borders(target: Any, cell: TableCell, *, over: bool, under: bool) -> None:
    """Gaps in the colour of the ground; lines over and under a row, the accent around what changed.

    Args:
        target: python-pptx's cell.
        cell: what stands in it: lit or changed, it gets lines in the accent.
        over: whether a line stands over it.
        under: whether a line stands under it.
    """
    sides = dict.fromkeys(_SIDES, ("bg1", 38100))
    if over:
        sides["lnT"] = ("tx2", 9525)
    if under:
        sides["lnB"] = ("accent4", 38100) if cell.lit else ("tx2", 9525)
    if cell.changed:
        sides = dict.fromkeys(sides, ("accent4", 38100))
    for side, (colour, width) in sides.items():
        _line(target, side, colour, width)


def rings(grid: Any, table: Table) -> None:
    """A line around each cell that is lit, and a dashed one around each that is still open.

    An edge belongs to two cells, and programs differ in which of the two they draw. So both get the line,
    after all other lines.

    Args:
        grid: python-pptx's table.
        table: what stands in it.
    """
    for dashed in (True, False):
        for i, row in enumerate(table.rows):
            for column, cell in enumerate(row):
                if cell.open if dashed else cell.lit and not cell.head:
                    _ring(grid, i, column, dashed=dashed)


def _ring(grid: Any, row: int, column: int, *, dashed: bool) -> None:
    colour, width = ("tx2", _DASHES) if dashed else ("accent4", _RING)
    for side, (down, right) in {"lnL": (0, -1), "lnR": (0, 1), "lnT": (-1, 0), "lnB": (1, 0)}.items():
        _line(grid.cell(row, column), side, colour, width, dashed=dashed)
        if 0 <= row + down < len(grid.rows) and 0 <= column + right < len(grid.columns):
            _line(grid.cell(row + down, column + right), _OPPOSITE[side], colour, width, dashed=dashed)


def _line(target: Any, side: str, colour: str, width: int, *, dashed: bool = False) -> None:
    """One edge of a cell of a table, in the place of the one that it had."""
    from lxml import etree

    properties = target._tc.get_or_add_tcPr()
    line = etree.Element(f"{_A}{side}", w=str(width))
    fill = etree.SubElement(line, f"{_A}solidFill")
    etree.SubElement(fill, f"{_A}schemeClr", val=colour)
    if dashed:
        etree.SubElement(line, f"{_A}prstDash", val="dash")
    if (old := properties.find(f"{_A}{side}")) is not None:
        properties.remove(old)
    before = [properties.find(f"{_A}{one}") for one in _SIDES[: _SIDES.index(side)]]  # they have an order
    properties.insert(sum(one is not None for one in before), line)
