"""A whole workload, and two plans for it, as figures for slides and print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from srm_data.core.language import texts
from srm_data.core.vocabulary import MOVES
from srm_data.views.figures.frame import begin
from srm_data.views.figures.name_panels import Room, name_panels
from srm_data.views.figures.party_box import party_box
from srm_data.views.figures.picture import Picture
from srm_data.views.figures.text_fit import LEADING, LEAST, common_size, fit, listed, measure
from srm_data.views.matrix_content import named_party
from srm_data.workloads import compare_plans, content
from srm_data.workloads import sentences as say

if TYPE_CHECKING:
    from srm_data.views.content import TableCell
    from srm_data.views.figures.arrangement import Row
    from srm_data.views.figures.canvas import Canvas
    from srm_data.workloads.compare_plans import Whole
    from srm_data.workloads.workload import Workload

_GAP = 5.0  # between two parts of a bar


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
    if rows:
        _total(canvas, found)
    places = name_panels(canvas, [name.text for name, _ in rows], canvas.bottom, _rooms(rows, 1), loose=34)
    for (_, counts), place in zip(rows, places, strict=False):
        bar = place.x, place.y + 2, place.width, place.height - 4
        _bar(canvas, _parts(counts), bar)
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
    names = [name.text for name, *_ in rows]
    floor = canvas.bottom
    if still and found.together:
        floor = _stays(canvas, still, large=not rows)
    heads = [say.upper(label) for label in found.labels]
    places = name_panels(canvas, names, floor, _rooms(rows, 2), loose=60)
    for k, ((_, *sides), place) in enumerate(zip(rows, places, strict=False)):
        arrow = 52.0 if place.width > 300 else 34.0
        width = (place.width - arrow) / 2
        xs = place.x, place.x + width + arrow
        if place.first:
            head = common_size(heads, 28, width, 2, 58, bold=True)
            for x, label in zip(xs, heads, strict=True):
                canvas.text(x, place.y - 32, label, head, width=width, lines=2, height=60, bold=True)
            panel = [other for other in places[k:] if other.x == place.x]
            canvas.bracket(place.x - 14, place.y + 3, panel[-1].y + panel[-1].height - 3, open_to=1)
        for x, counts in zip(xs, sides, strict=True):
            _bar(canvas, _parts(counts), (x, place.y + 2, width, place.height - 4))
        canvas.arrow(xs[0] + width + 8, xs[1] - 8, place.y + place.height / 2)
    return canvas.finish()


def _rooms(rows: Sequence[Row], bars: int) -> list[Room]:
    """What so many bars and the arrow between them need beside the name of their area."""
    need = max((sum(map(_need, _parts(cell))) for _, *cells in rows for cell in cells), default=0)
    arrow, head = (34, 66) if bars == 2 else (0, 0)
    return [
        Room(max(least, bars * max(need, 90) + arrow), 1040, head) for least in (380 * bars, 210 * bars, 0)
    ]


def _parts(counts: TableCell) -> list[tuple[str, int]]:
    return [(said.party, int(said.text)) for said in counts.says]


def _need(part: tuple[str, int]) -> float:
    """The width that the number of a part needs, with the gap behind it."""
    return measure(str(part[1]), LEAST, bold=True) + 14 + _GAP


def _total(canvas: Canvas, found: Whole) -> None:
    """A bar of all duties together, with a ring around those of the customer, which the title is about."""
    label = texts(found.m.lang)["workload"]["all_duties"]
    high = 64.0
    wide = measure(label, 32, bold=True) + 24
    canvas.text(canvas.left, canvas.top + high / 2, label, 32, width=wide, bold=True)
    box = canvas.left + wide, canvas.top, canvas.right - canvas.left - wide, high
    parts = [(party, n) for party, n in found.total.items() if n]
    width = _bar(canvas, parts, box)
    if found.total["customer"]:
        canvas.around(box[0], box[1], width, high)
    else:
        canvas.around(canvas.left - 8, canvas.top, wide - 8, high)
    canvas.top += high + 22


def _stays(canvas: Canvas, names: list[str], *, large: bool) -> float:
    """The areas that no component changes, at the foot; with nothing else on the slide large from its top.

    Returns how far down there is room for what moves.
    """
    label = texts(canvas.lang)["workload"]["same_areas"]
    if large:
        canvas.text(canvas.left + 30, canvas.top + 24, label, 34, width=canvas.room - 30, bold=True)
        size, y = 52.0, canvas.top + 64
        most = int((canvas.bottom - y) / (size * LEADING))
        while size > LEAST and any(
            "…" in line for line in fit(", ".join(names), size, canvas.room - 30, most)[0]
        ):
            size -= 1
            most = int((canvas.bottom - y) / (size * LEADING))
        lines = listed(names, size, canvas.room - 30, most, canvas.lang)
        for k, line in enumerate(lines):
            canvas.text(canvas.left + 30, y + (k + 0.5) * size * LEADING, line, size, width=canvas.room)
        canvas.bracket(canvas.left + 8, canvas.top, y + len(lines) * size * LEADING, open_to=1)
        return canvas.bottom
    lines = listed(names, LEAST, canvas.room, 2, canvas.lang)
    step = LEAST * 1.22
    top = canvas.bottom - step * (len(lines) + 1)
    quiet = canvas.theme.quiet
    canvas.text(canvas.left, top + step / 2, label, LEAST, width=canvas.room, bold=True, colour=quiet)
    for k, line in enumerate(lines):
        canvas.text(canvas.left, top + (k + 1.5) * step, line, LEAST, width=canvas.room, colour=quiet)
    return top - 10


def _bar(canvas: Canvas, parts: Sequence[tuple[str, int]], box: tuple[float, float, float, float]) -> float:
    """How many each party has, in parts of a bar; returns the width of the first.

    Each part has the width that its number needs; the rest is divided by how many there are.
    """
    x, y, width, height = box
    needed = [_need(part) for part in parts]
    spare = width + _GAP - sum(needed)
    total = sum(n for _, n in parts)
    first = 0.0
    for (party, n), least in zip(parts, needed, strict=True):
        cell = named_party(party, canvas.lang)
        part = least + spare * n / total
        says = ((f"{n} {cell.text}",), (f"{n} {cell.letter}",), (str(n),))
        party_box(canvas, (x, y, part - _GAP, height), party, says, most=30)
        first = first or part - _GAP
        x += part
    return first
