"""The marks of a figure as one artist of matplotlib, which draws them by itself: half the work of one each.

It is for files, where nobody changes a single mark; `paint.painted` has an artist for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import Any

from matplotlib.artist import Artist
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties
from matplotlib.patches import BoxStyle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from srm_data.views.figures.marks import Area, Box, Dots, Lines, Mark, Text
from srm_data.views.figures.text_fit import FAMILY, measure

#: One slide pixel in points: 1600 px are 13 1/3 inch.
POINTS = 0.6
_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}  # the share of a text that stands before its place


class MarksArtist(Artist):
    """All marks, in their order.

    Args:
        marks: the lowest first.
        width: of the slide, in its pixels.
    """

    def __init__(self, marks: Sequence[Mark], width: float) -> None:
        super().__init__()
        self.marks, self.width = marks, width

    def draw(self, renderer: Any) -> None:
        """Draw on whatever matplotlib draws on."""
        figure = self.get_figure()
        assert figure is not None
        drawing = _Drawing(renderer, figure.bbox, self.width)
        for mark in self.marks:
            drawing.draw(mark)


class _Drawing:
    """One renderer, and where the slide lies on it."""

    def __init__(self, renderer: Any, place: Any, width: float) -> None:
        self.renderer, self.high = renderer, place.height
        self.scale = place.width / width
        self.transform = Affine2D.from_values(self.scale, 0, 0, -self.scale, 0, self.high)

    def draw(self, mark: Mark) -> None:
        match mark:
            case Box():
                self._box(mark)
            case Area(points, fill):
                self._path(Path([*points, points[0]], closed=True), self._pen("none", 0), to_rgba(fill))
            case Lines(ends, colour, line):
                ways = [Path.MOVETO, Path.LINETO] * len(ends)
                self._path(Path([*chain(*ends)], ways), self._pen(colour, line))
            case Dots(points, colour, across):
                pen = self._pen(colour, 0)
                pen.set_snap(False)
                size = Affine2D().scale(across / 2 * self.scale)
                circle, face = Path.unit_circle(), to_rgba(colour)
                self.renderer.draw_markers(pen, circle, size, Path([*points]), self.transform, face)
                pen.restore()
            case Text():
                self._text(mark)

    def _box(self, box: Box) -> None:
        if box.corner:
            path = _rounded(box.x, box.y, box.width, box.height, box.corner)
        else:
            right, bottom = box.x + box.width, box.y + box.height
            corners = [(box.x, box.y), (right, box.y), (right, bottom), (box.x, bottom), (box.x, box.y)]
            path = Path(corners, closed=True)
        pen = self._pen(box.edge, box.line)
        if box.dashed:
            thick = box.line * POINTS
            pen.set_dashes(0, [4 * thick, 3 * thick])
        self._path(path, pen, None if box.fill == "none" else to_rgba(box.fill))

    def _path(self, path: Path, pen: GraphicsContextBase, fill: Any = None) -> None:
        self.renderer.draw_path(pen, path, self.transform, fill)
        pen.restore()

    def _pen(self, colour: str, line: float) -> GraphicsContextBase:
        """A pen of some slide pixels; "none" draws nothing."""
        pen: GraphicsContextBase = self.renderer.new_gc()
        drawn = line if colour != "none" else 0
        pen.set_linewidth(drawn * POINTS)
        pen.set_foreground(to_rgba(colour), isRGBA=True)
        pen.set_capstyle("butt")
        pen.set_joinstyle("miter")
        return pen

    def _text(self, text: Text) -> None:
        before = _BEFORE[text.align] * measure(text.text, text.size, bold=text.bold)
        x, y = (text.x, text.y + before) if text.turned else (text.x - before, text.y)
        down = y * self.scale if self.renderer.flipy() else self.high - y * self.scale
        pen = self._pen(text.colour, 1)
        face = _typeface(text.size * POINTS, text.bold)
        self.renderer.draw_text(pen, x * self.scale, down, text.text, face, 90 if text.turned else 0)
        pen.restore()


@cache
def _rounded(x: float, y: float, width: float, height: float, corner: float) -> Path:
    return BoxStyle.Round(pad=0, rounding_size=corner)(x, y, width, height, 1)


@cache
def _typeface(size: float, bold: bool) -> FontProperties:
    """The kit's; DejaVu Sans has the signs that it lacks (→)."""
    return FontProperties(family=[FAMILY, "DejaVu Sans"], weight="bold" if bold else "normal", size=size)
