"""A whole workload, and two plans for it, as figures for slides and print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from srm_data.core.language import texts
from srm_data.core.vocabulary import MOVES
from srm_data.views.figures.frame import begin
from srm_data.views.figures.picture import Picture
from srm_data.views.figures.text_fit import common_size
from srm_data.views.matrix_content import named_party
from srm_data.workloads import compare_plans, content
from srm_data.workloads import sentences as say

if TYPE_CHECKING:
    from srm_data.views.content import TableCell
    from srm_data.views.figures.areas import Row
    from srm_data.views.figures.canvas import Canvas
    from srm_data.workloads.workload import Workload

_GAP = 8


def whole(
    workload: Workload, lang: str | None = None, theme: str = "light", *, size: str = "16:9"
) -> Picture:
    """How many components each party has, a bar for each area.

    Args:
        workload: components placed on services.
        lang: "en" or "nl"; the language in use when left out.
        theme: "light", "dark" or "print".
        size: "16:9", "4:3" or "1:1".

    Returns:
        A figure that looks the same for six components and for five thousand.

    Raises:
        UnknownNameError: for an unknown language, theme or size.
    """
    found = compare_plans.whole(workload, lang)
    shown = content.whole(found)
    canvas = begin(replace(shown, marked=False), [], theme, size, found.m.title)
    rows = shown.tables[0].rows[1:] if found.by_model else ()
    labels = 400 if canvas.wide else canvas.room * 0.4
    pitch, type_size = _rows(rows, labels, canvas.top, canvas.bottom)
    for i, (name, counts) in enumerate(rows):
        y, high = canvas.top + i * pitch, pitch * 0.9
        canvas.text(canvas.left, y + pitch / 2, name.text, type_size, width=labels - 20, lines=2, height=high)
        _bar(canvas, counts, canvas.left + labels, y + 4, canvas.room - labels, pitch - 8)
    return canvas.finish()


def difference(
    before: Workload,
    after: Workload,
    lang: str | None = None,
    theme: str = "light",
    *,
    size: str = "16:9",
) -> Picture:
    """The areas in which a plan moves work, before and after; those it leaves alone are named.

    Only components in both plans are counted; the alternative text says which stand in one only.

    Args:
        before: the plan one comes from.
        after: the plan one goes to, on the same matrix.
        lang: "en" or "nl"; the language in use when left out.
        theme: "light" when left out, "dark", or "print" for grey paper.
        size: shape of the slide: "16:9" when left out, "4:3" or "1:1".

    Raises:
        UnknownNameError: for an unknown language, theme or size, or a column that the matrix does not have.
    """
    found = compare_plans.difference(before, after, lang)
    shown = content.difference(found)
    canvas = begin(replace(shown, marked=False), [], theme, size, found.m.title)
    areas = dict(zip(found.m.areas, shown.tables[0].rows[1:], strict=True))
    moved = {move.area for change in MOVES for move in found.moves[change]}
    rows = [row for area, row in areas.items() if area in moved]
    still = [area.label for area in areas if area not in moved]
    left, arrow = (330.0, 56.0) if canvas.wide else (canvas.room * 0.3, 48.0)
    width = (canvas.room - left - arrow) / 2
    xs = (canvas.left + left, canvas.left + left + width + arrow)
    y = canvas.top
    if rows:
        head = common_size(found.labels, 28, width, 2, 58, bold=True)
        for x, label in zip(xs, found.labels, strict=True):
            canvas.text(x, y + 20, say.upper(label), head, width=width, lines=2, height=58, bold=True)
        y += 54
    pitch, type_size = _rows(rows, left, y, canvas.bottom - (_STAYED if still else 0))
    for name, *sides in rows:
        middle, high = y + pitch / 2, pitch * 0.9
        canvas.text(canvas.left, middle, name.text, type_size, width=left - 20, lines=2, height=high)
        for x, counts in zip(xs, sides, strict=True):
            _bar(canvas, counts, x, y + 4, width, pitch - 8)
        canvas.arrow(xs[0] + width + 8, xs[1] - 8, middle)
        y += pitch
    if still and found.together:
        words = texts(found.m.lang)["workload"]
        base = canvas.bottom - _STAYED + 30 if rows else y + 40
        canvas.text(canvas.left, base, words["same_areas"], 26, width=canvas.room, bold=True)
        names, quiet = ", ".join(still), canvas.theme.quiet
        canvas.text(canvas.left, base + 42, names, 22, width=canvas.room, lines=2, height=56, colour=quiet)
    return canvas.finish()


_STAYED = 116  # pixels for the areas that stay: heading and two lines of names


def _rows(rows: Sequence[Row], width: float, top: float, bottom: float) -> tuple[float, float]:
    """Height of a row and the size at which all labels fit."""
    pitch = min(84.0, (bottom - top) / max(1, len(rows)))
    labels = [name.text for name, *_ in rows] or [""]
    return pitch, common_size(labels, 27, width - 20, 2, pitch * 0.9)


def _bar(canvas: Canvas, counts: TableCell, x: float, y: float, width: float, height: float) -> None:
    """How many components each party has in one area; a narrow part still shows its number."""
    least = 104.0 if canvas.wide else 88.0
    total = sum(int(said.text) for said in counts.says)
    # Each part gets what a letter and a number need; the rest is divided by how many there are.
    spare = width - least * len(counts.says)
    for said in counts.says:
        party = named_party(said.party, canvas.lang)
        part = least + spare * int(said.text) / total
        canvas.cell(x, y, part - _GAP, height, party, labels=(f"{said.text} {party.text}", said.text))
        x += part
