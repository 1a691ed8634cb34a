"""The marks of a figure painted with matplotlib, for PNG, PDF, and whoever wants to work on the figure."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from matplotlib import font_manager, rc_context, rcParams, rcParamsDefault
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Polygon, Rectangle

from srm_data.views.figures.marks import Area, Box, Dots, Lines, Mark, Text
from srm_data.views.figures.marks_artist import POINTS, MarksArtist
from srm_data.views.figures.palette_png import palette_png
from srm_data.views.figures.text_fit import FAMILY, font_files

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DPI = 144  # of a PNG: 1920 pixels for the 1600 of a slide

# matplotlib's own settings, but for those of the session: which windows and hooks it has.
_NEUTRAL = {
    name: value
    for name, value in rcParamsDefault.items()
    if name not in ("backend", "backend_fallback", "interactive", "toolbar", "figure.hooks")
}


@contextmanager
def _own_style() -> Iterator[None]:
    """Paint as matplotlib does without a matplotlibrc, whatever the user's says.

    Artists take their settings when they are made, and the writers of PNG and PDF when they write.
    """
    with rc_context():
        dict.update(rcParams, _NEUTRAL)  # these values are checked already, and there are three hundred
        yield


def painted(marks: Sequence[Mark], width: float, height: float, ground: str) -> Figure:
    """A matplotlib figure of the size of a slide, with an artist for each mark.

    Args:
        marks: the lowest first.
        width: of the slide, in its pixels.
        height: likewise.
        ground: colour behind all marks, as "#rrggbb".
    """
    with _own_style():
        figure = _empty(width, height, ground)
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
        axes.set_axis_off()
        for place, mark in enumerate(marks):
            _paint(axes, mark, place)
    return figure


def for_files(marks: Sequence[Mark], width: float, height: float, ground: str) -> Figure:
    """The same for `png` and `pdf`, with all marks in one artist.

    Args:
        marks: the lowest first.
        width: of the slide, in its pixels.
        height: likewise.
        ground: colour behind all marks, as "#rrggbb".
    """
    with _own_style():
        figure = _empty(width, height, ground)
        figure.add_artist(MarksArtist(marks, width))
    return figure


def _empty(width: float, height: float, ground: str) -> Figure:
    _load_fonts()
    return Figure(figsize=(width * POINTS / 72, height * POINTS / 72), facecolor=ground)


def png(figure: Figure, title: str, words: str) -> bytes:
    """A painted figure as PNG.

    Args:
        figure: see `painted`.
        title: goes into a text chunk.
        words: what the figure shows, in another.
    """
    said = {"Title": title, "Description": words}
    with _own_style():
        small = palette_png(figure, _DPI, said)
    return small or _saved(figure, "png", {**said, "Software": None})


def pdf(figure: Figure, title: str, words: str) -> bytes:
    """A painted figure as a PDF of one page, whose text is text.

    Args:
        figure: see `painted`.
        title: of the document.
        words: what the figure shows, its subject.
    """
    dated = {"Creator": None, "Producer": None, "CreationDate": None}
    return _saved(figure, "pdf", {"Title": title, "Subject": words, **dated})


def _saved(figure: Figure, kind: str, metadata: dict[str, Any]) -> bytes:
    raw = io.BytesIO()
    with _own_style():
        rcParams["pdf.fonttype"] = 42  # a subset of the font itself: half the bytes of its signs as drawings
        figure.savefig(raw, format=kind, metadata=metadata, dpi=_DPI)
    return raw.getvalue()


def _paint(axes: Axes, mark: Mark, place: int) -> None:
    """One mark. `add_artist` does not measure it, for limits that are fixed; `place` keeps the order."""
    match mark:
        case Box():
            _paint_box(axes, mark, place)
        case Area(points, fill):
            axes.add_artist(Polygon(points, facecolor=fill, linewidth=0, zorder=place))
        case Lines(ends, colour, line):
            axes.add_artist(
                LineCollection(ends, colors=colour, linewidths=line * POINTS, capstyle="butt", zorder=place)
            )
        case Dots(points, colour, across):
            columns = [*zip(*points, strict=True)]
            size = across * POINTS
            axes.plot(*columns, "o", color=colour, markersize=size, markeredgewidth=0, zorder=place)
        case Text():
            axes.text(
                mark.x,
                mark.y,
                mark.text,
                fontsize=mark.size * POINTS,
                family=[FAMILY, "DejaVu Sans"],  # which has the signs that the kit's typeface lacks (→)
                weight="bold" if mark.bold else "normal",
                color=mark.colour,
                ha=mark.align,
                va="baseline",
                rotation=90 if mark.turned else 0,
                rotation_mode="anchor",
                parse_math=False,
                zorder=place,
            )


def _paint_box(axes: Axes, box: Box, place: int) -> None:
    look: dict[str, Any] = {
        "facecolor": box.fill,
        "edgecolor": box.edge,
        "linewidth": box.line * POINTS,
        "linestyle": (0, (4, 3)) if box.dashed else "solid",
        "zorder": place,
    }
    at = (box.x, box.y)
    if box.corner:
        style = f"round,pad=0,rounding_size={box.corner}"
        axes.add_artist(FancyBboxPatch(at, box.width, box.height, boxstyle=style, **look))
    else:
        axes.add_artist(Rectangle(at, box.width, box.height, **look))


@cache
def _load_fonts() -> None:
    """Make the kit's own font known to matplotlib, so that figures look the same on every machine."""
    for path in font_files().values():
        font_manager.fontManager.addfont(path)
