"""A box of one party with large words in it: a part of a bar, a side of a move, a block of a stack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from srm_data.views.figures.text_fit import LEADING, LEAST, measure

if TYPE_CHECKING:
    from srm_data.views.figures.canvas import Canvas

_HATCH = 40.0  # room that the hatch takes at the left of a box


def party_box(
    canvas: Canvas,
    box: tuple[float, float, float, float],
    party: str,
    says: Sequence[tuple[str, ...]] = (),
    *,
    most: float = 36,
) -> bool:
    """Draw a box and the first of several texts that fits in it; returns whether one did.

    Args:
        canvas: the slide to draw on.
        box: its left side, upper side, width and height.
        party: "customer", "shared", "provider", or "none" for not applicable.
        says: texts to try, each as its lines.
        most: the size of the type at most.
    """
    x, y, width, height = box
    known = party if party != "none" else None
    ink = canvas.theme.ink[known]
    canvas.box(x, y, width, height, fill=ink.fill, edge=ink.edge)
    for lines in says or ((),):
        wide = max((measure(line, 1, bold=True) for line in lines), default=0)
        high = (len(lines) - 1) * LEADING + 1
        for hatch in (_HATCH, 0) if known and height >= 26 else (0,):
            room = width - hatch - (16 if hatch else 8)
            size = min(most, (height - 2) / high, room / wide) if lines else most
            if (lines and size < LEAST) or room < 0:
                continue
            if hatch:
                canvas.strip(x, y, height, party, colour=ink.text)
            for k, line in enumerate(lines):
                middle = y + height / 2 + (k - (len(lines) - 1) / 2) * size * LEADING
                at, align = (x + hatch, "left") if hatch else (x + width / 2, "center")
                canvas.text(at, middle, line, size, width=width, bold=True, colour=ink.text, align=align)
            return bool(lines)
    return False
