"""A whole workload, and two plans for it, as figures for slides and print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data.core.language import texts
from srm_data.core.matrix import Cell
from srm_data.core.vocabulary import MOVES, PARTIES
from srm_data.views.figures.frame import frame
from srm_data.views.figures.picture import Picture, own_style
from srm_data.views.figures.slide import Slide
from srm_data.views.figures.text_fit import common_size
from srm_data.workloads import compare_plans
from srm_data.workloads import sentences as say

if TYPE_CHECKING:
    from srm_data.core.matrix import Area
    from srm_data.workloads.compare_plans import Whole
    from srm_data.workloads.workload import Workload

_GAP = 8


@own_style()
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
    table = _table(found.m.lang, {"": found})
    slide = Slide(
        say.whole_title(found), say.whole(workload, lang), theme, size, lang=found.m.lang, rows=table
    )
    frame(slide, found.m, marked=False)
    areas = found.m.areas if found.by_model else ()
    labels = 400 if slide.wide else slide.room * 0.4
    pitch, type_size = _rows(list(areas), labels, slide.top, slide.bottom)
    for i, area in enumerate(areas):
        y = slide.top + i * pitch
        slide.text(
            slide.left, y + pitch / 2, area.label, type_size, width=labels - 20, lines=2, height=pitch * 0.9
        )
        _bar(slide, found, area, slide.left + labels, y + 4, slide.room - labels, pitch - 8)
    return slide.finish()


@own_style()
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

    Raises:
        UnknownNameError: for an unknown language, theme or size, or a column that the matrix does not have.
    """
    found = compare_plans.difference(before, after, lang)
    m = found.m
    both = {name for names in found.pairs.values() for name in names}
    sides = [_only(side, both) for side in (found.before, found.after)]
    table = _table(m.lang, {f"{name}: ": side for name, side in zip(found.labels, sides, strict=True)})
    said = say.difference_title(found), " ".join(say.sentences(found))
    slide = Slide(*said, theme, size, lang=m.lang, rows=table)
    frame(slide, m, marked=False)
    moved = {move.area.id for change in MOVES for move in found.moves[change]}
    rows = [area for area in m.areas if area.id in moved]
    still = [area.label for area in m.areas if area.id not in moved]
    left, arrow = (330.0, 56.0) if slide.wide else (slide.room * 0.3, 48.0)
    width = (slide.room - left - arrow) / 2
    xs = (slide.left + left, slide.left + left + width + arrow)
    y = slide.top
    if rows:
        head = common_size(found.labels, 28, width, 2, 58, bold=True)
        for x, label in zip(xs, found.labels, strict=True):
            slide.text(x, y + 20, say.upper(label), head, width=width, lines=2, height=58, bold=True)
        y += 54
    pitch, type_size = _rows(rows, left, y, slide.bottom - (_STAYED if still else 0))
    for area in rows:
        middle = y + pitch / 2
        slide.text(slide.left, middle, area.label, type_size, width=left - 20, lines=2, height=pitch * 0.9)
        for x, side in zip(xs, sides, strict=True):
            _bar(slide, side, area, x, y + 4, width, pitch - 8)
        slide.arrow(xs[0] + width + 8, xs[1] - 8, middle)
        y += pitch
    if still and found.together:
        words = texts(m.lang)["workload"]
        base = slide.bottom - _STAYED + 30 if rows else y + 40
        slide.text(slide.left, base, words["same_areas"], 26, width=slide.room, bold=True)
        names, quiet = ", ".join(still), slide.theme.quiet
        slide.text(slide.left, base + 42, names, 22, width=slide.room, lines=2, height=56, colour=quiet)
    return slide.finish()


_STAYED = 116  # pixels for the areas that stay: heading and two lines of names


def _table(lang: str, sides: dict[str, Whole]) -> list[list[str]]:
    """The numbers of a picture as rows: an area, and how many components each party has on each side."""
    words = texts(lang)
    parties = words["party"]
    head = [f"{name}{parties[party]['word']}" for name in sides for party in PARTIES]
    areas = next(iter(sides.values())).m.areas
    counts = [
        [area.label, *(str(side.count(area)[party]) for side in sides.values() for party in PARTIES)]
        for area in areas
    ]
    return [[words["label"]["area"], *head], *counts]


def _only(side: Whole, names: set[str]) -> Whole:
    """One side of a difference with the components of both plans only."""
    from srm_data.workloads.workload import Workload

    kept = tuple(c for c in side.plan.components if c.name in names)
    return compare_plans.Whole(side.m, Workload(kept, side.plan.name, side.plan.matrix))


def _rows(areas: list[Area], width: float, top: float, bottom: float) -> tuple[float, float]:
    """Height of a row and the size at which all labels fit."""
    pitch = min(84.0, (bottom - top) / max(1, len(areas)))
    size = common_size([area.label for area in areas] or [""], 27, width - 20, 2, pitch * 0.9)
    return pitch, size


def _bar(slide: Slide, side: Whole, area: Area, x: float, y: float, width: float, height: float) -> None:
    """How many components each party has in one area; a narrow part still shows its number."""
    words = texts(side.m.lang)["party"]
    counts = {party: n for party, n in side.count(area).items() if n}
    least = 104.0 if slide.wide else 88.0
    total = sum(counts.values())
    # Each part gets what a letter and a number need; the rest is divided by how many there are.
    spare = width - least * len(counts)
    for party, n in counts.items():
        part = least + spare * n / total
        labels = (f"{n} {words[party]['label']}", str(n))
        slide.cell(x, y, part - _GAP, height, Cell(party), labels=labels)
        x += part
