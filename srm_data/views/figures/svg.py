"""The marks of a figure as SVG: text stays text, and each mark is a line, so a change is small in git."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from srm_data.views.figures.marks import Area, Box, Dots, Lines, Mark, Point, Text
from srm_data.views.figures.text_fit import FAMILY, measure

#: A program without the kit's typeface takes one that is about as wide.
_FAMILY = f"'{FAMILY}', Arial, 'Liberation Sans', 'DejaVu Sans Condensed', 'DejaVu Sans', sans-serif"
_ANCHOR = {"left": "", "center": ";text-anchor:middle", "right": ";text-anchor:end"}


def drawn(marks: Iterable[Mark]) -> Iterator[str]:
    """The elements that draw these marks, a line each."""
    yield f'<g style="font-family:{_FAMILY}">'
    yield from map(_element, marks)
    yield "</g>"


def _element(mark: Mark) -> str:
    match mark:
        case Box():
            return _box(mark)
        case Area(points, fill):
            return f'<path d="{_way(points)}z" style="fill:{fill}"/>'
        case Lines(ends, colour, line):
            way = "".join(map(_way, ends))
            return f'<path d="{way}" style="fill:none;stroke:{colour};stroke-width:{_number(line)}"/>'
        case Dots(points, colour, across):
            # A line that is next to nothing long, with round ends.
            way = "".join(f"{_way([point])}h.01" for point in points)
            look = f"fill:none;stroke:{colour};stroke-width:{_number(across)};stroke-linecap:round"
            return f'<path d="{way}" style="{look}"/>'
        case Text():
            return _text(mark)


def _box(box: Box) -> str:
    place = "".join(
        f' {name}="{_number(value)}"'
        for name, value in (
            ("x", box.x),
            ("y", box.y),
            ("width", box.width),
            ("height", box.height),
            ("rx", box.corner),
        )
        if value
    )
    look = f"fill:{box.fill}"
    if box.edge != "none":
        look += f";stroke:{box.edge};stroke-width:{_number(box.line)}"
    if box.dashed:
        look += f";stroke-dasharray:{_number(4 * box.line)} {_number(3 * box.line)}"
    return f'<rect{place} style="{look}"/>'


def _text(text: Text) -> str:
    x, y = _number(text.x), _number(text.y)
    look = f"font-size:{_number(text.size)}px;fill:{text.colour}{_ANCHOR[text.align]}"
    if text.bold:
        look += ";font-weight:700"
    more = f' transform="rotate(-90 {x} {y})"' if text.turned else ""
    if len(text.text) > 1:
        # In another typeface it runs over nothing: the gaps between its letters change, their shapes do not.
        more += f' textLength="{_number(measure(text.text, text.size, bold=text.bold))}"'
    return f'<text x="{x}" y="{y}" style="{look}"{more}>{escape(text.text)}</text>'


def _way(points: Iterable[Point]) -> str:
    return "".join(
        f"{'L' if n else 'M'}{_number(x)} {_number(y)}".replace(" -", "-") for n, (x, y) in enumerate(points)
    )


def _number(value: float) -> str:
    """A hundredth of a pixel is more than anybody sees."""
    return f"{round(value, 2) + 0.0:.6g}"
