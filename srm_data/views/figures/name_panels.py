"""Rows with a name and something beside it, in one to three panels, with the type as large as fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from srm_data.core.language import texts
from srm_data.views.figures.text_fit import LEADING, LEAST, fit, measure

if TYPE_CHECKING:
    from srm_data.views.figures.canvas import Canvas

_APART = 40.0  # between two panels
_BESIDE = 24.0  # between a name and what stands beside it


@dataclass(frozen=True)
class PanelRow:
    """Where the part of a row beside its name is; `first` when it is the uppermost of a panel."""

    x: float
    y: float
    width: float
    height: float
    first: bool


@dataclass(frozen=True)
class Room:
    """What each row needs beside its name: a width, and the height of a heading over the panel."""

    least: float
    most: float
    head: float = 0.0


def name_panels(
    canvas: Canvas, names: Sequence[str], bottom: float, rooms: Sequence[Room], *, loose: float = 40
) -> list[PanelRow]:
    """Write names under each other and return the place beside each; those that do not fit are counted.

    Args:
        canvas: the slide to draw on; it has its `head`.
        names: of the rows.
        bottom: how far down there is room.
        rooms: what may stand beside a name, the best first.
        loose: how much higher a row may be than it needs.
    """
    # A name on one line is read faster than a somewhat larger one on two.
    whole = [(size, 1) for size in range(36, 27, -1)] + [(size, 3) for size in range(36, int(LEAST) - 1, -1)]
    for n in range(len(names), 0, -1):
        floor = bottom - (34 if n < len(names) else 0)
        for (size, lines), panels in product(whole if n == len(names) else [(int(LEAST), 3)], (1, 2, 3)):
            for room in rooms:
                if placed := _placed(canvas, names[:n], floor, size, lines, panels, room, loose):
                    if n < len(names):
                        more = texts(canvas.lang)["ask"]["more"].format(n=len(names) - n)
                        canvas.text(canvas.left, floor + 18, more, LEAST, width=canvas.room)
                    return placed
    return []


def _placed(
    canvas: Canvas,
    names: Sequence[str],
    bottom: float,
    size: float,
    most: int,
    panels: int,
    room: Room,
    loose: float,
) -> list[PanelRow]:
    """Write the names when they fit in so many panels, and return their rows; else nothing.

    Args:
        canvas: the slide to draw on.
        names: of the rows.
        bottom: how far down there is room.
        size: of the type.
        most: how many lines a name may have.
        panels: how many panels there are beside each other.
        room: what stands beside a name.
        loose: how much higher a row may be than it needs.
    """
    wide = (canvas.room - _APART * (panels - 1)) / panels
    label = wide - room.least - _BESIDE
    if label < 100:
        return []
    wrapped = [fit(name, size, label, most) for name in names]
    if any(got < size or lines[-1].endswith("…") for lines, got in wrapped):
        return []
    heights = [max(len(lines) * size * LEADING + 3, 30.0) for lines, _ in wrapped]
    top = canvas.top + room.head
    cuts = _cuts(heights, panels)
    tall = max(sum(heights[start:end]) for start, end in cuts)
    if tall > bottom - top:
        return []
    longest = max(measure(line, size) for lines, _ in wrapped for line in lines)
    beside = max(room.least, min(wide - longest - 2 * _BESIDE, room.most))
    most_rows = max(end - start for start, end in cuts)
    spare = min((bottom - top - tall) / most_rows, loose)
    rows = []
    for panel, (start, end) in enumerate(cuts):
        left, y = canvas.left + panel * (wide + _APART), top
        for k in range(start, end):
            high = heights[k] + spare
            canvas.text(left, y + high / 2, names[k], size, width=label, lines=most)
            rows.append(PanelRow(left + wide - beside, y, beside, high, k == start))
            y += high
    return rows


def _cuts(heights: Sequence[float], panels: int) -> list[tuple[int, int]]:
    """Where each panel begins and ends, such that the tallest is as low as can be."""
    limit = max(max(heights), sum(heights) / panels)
    while True:
        cuts, start, tall = [], 0, 0.0
        for k, height in enumerate(heights):
            if tall + height > limit + 0.01:
                cuts.append((start, k))
                start, tall = k, 0.0
            tall += height
        cuts.append((start, len(heights)))
        if len(cuts) <= panels:
            return cuts
        limit += 4
