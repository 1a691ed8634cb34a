"""A whole workload, and two plans for it, as figures for slides and print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data import plans
from srm_data import workload_words as say
from srm_data.canvas import HEIGHT, MARGIN, WIDTH, Picture, Slide, common_size
from srm_data.language import texts
from srm_data.matrix import Cell
from srm_data.vocabulary import MOVES
from srm_data.words import foot

if TYPE_CHECKING:
    from srm_data.matrix import Area
    from srm_data.plans import Whole
    from srm_data.workload import Workload

_TOP, _BOTTOM = 150, HEIGHT - 118  # between title and key
_GAP = 8


def whole(workload: Workload, lang: str | None = None, theme: str = "light") -> Picture:
    """How many components each party has, a bar for each area.

    Args:
        workload: components placed on services.
        lang: "en" or "nl"; the language in use when left out.
        theme: "light" or "dark".

    Returns:
        A 16:9 figure that looks the same for six components and for five thousand.

    Raises:
        UnknownNameError: for an unknown language or theme.
    """
    found = plans.whole(workload, lang)
    slide = Slide(say.whole_title(found), say.whole(workload, lang), theme)
    areas = found.m.areas if found.by_model else ()
    pitch, size = _rows(list(areas), 400)
    for i, area in enumerate(areas):
        y = _TOP + i * pitch
        slide.text(MARGIN, y + pitch / 2, area.label, size, width=380, lines=2, height=pitch * 0.9)
        _bar(slide, found, area, MARGIN + 400, y + 4, WIDTH - 2 * MARGIN - 400, pitch - 8)
    slide.head(found.m)
    slide.foot(found.m, foot(found.m), marks=False)
    return slide.finish()


def difference(before: Workload, after: Workload, lang: str | None = None, theme: str = "light") -> Picture:
    """The areas in which a plan moves work, before and after; those it leaves alone are named.

    Only components in both plans are counted; the alternative text says which stand in one only.

    Raises:
        UnknownNameError: for an unknown language or theme, or a column that the matrix does not have.
    """
    found = plans.difference(before, after, lang)
    slide = Slide(say.difference_title(found), " ".join(say.sentences(found)), theme)
    m = found.m
    both = {name for names in found.pairs.values() for name in names}
    sides = [_only(side, both) for side in (found.before, found.after)]
    moved = {move.area.id for change in MOVES for move in found.moves[change]}
    rows = [area for area in m.areas if area.id in moved]
    still = [area.label for area in m.areas if area.id not in moved]
    left, arrow = 330.0, 56.0
    width = (WIDTH - 2 * MARGIN - left - arrow) / 2
    xs = (MARGIN + left, MARGIN + left + width + arrow)
    y = float(_TOP)
    if rows:
        size = common_size(found.labels, 28, width, 2, 58, bold=True)
        for x, label in zip(xs, found.labels, strict=True):
            slide.text(x, y + 20, say.upper(label), size, width=width, lines=2, height=58, bold=True)
        y += 54
    pitch, size = _rows(rows, left, top=y, bottom=_BOTTOM - (_STAYED if still else 0))
    for area in rows:
        slide.text(MARGIN, y + pitch / 2, area.label, size, width=left - 20, lines=2, height=pitch * 0.9)
        for x, side in zip(xs, sides, strict=True):
            _bar(slide, side, area, x, y + 4, width, pitch - 8)
        slide.axes.annotate(
            "",
            (xs[1] - 8, y + pitch / 2),
            (xs[0] + width + 8, y + pitch / 2),
            arrowprops={"arrowstyle": "-|>,head_width=.35,head_length=.6", "color": slide.theme.text},
        )
        y += pitch
    if still and found.together:
        words = texts(m.lang)["workload"]
        base = _BOTTOM - _STAYED + 30 if rows else y + 40
        slide.text(MARGIN, base, words["same_areas"], 26, width=WIDTH - 2 * MARGIN, bold=True)
        names = ", ".join(still)
        slide.text(
            MARGIN,
            base + 42,
            names,
            22,
            width=WIDTH - 2 * MARGIN,
            lines=2,
            height=56,
            colour=slide.theme.quiet,
        )
    slide.head(m)
    slide.foot(m, foot(m), marks=False)
    return slide.finish()


_STAYED = 116  # pixels for the areas that stay: heading and two lines of names


def _only(side: Whole, names: set[str]) -> Whole:
    """One side of a difference with the components of both plans only."""
    from srm_data.workload import Workload

    kept = tuple(c for c in side.plan.components if c.name in names)
    return plans.Whole(side.m, Workload(kept, side.plan.name, side.plan.matrix))


def _rows(areas: list[Area], width: float, top: float = _TOP, bottom: float = _BOTTOM) -> tuple[float, float]:
    """Height of a row and the size at which all labels fit."""
    pitch = min(84.0, (bottom - top) / max(1, len(areas)))
    size = common_size([area.label for area in areas] or [""], 27, width - 20, 2, pitch * 0.9)
    return pitch, size


def _bar(slide: Slide, side: Whole, area: Area, x: float, y: float, width: float, height: float) -> None:
    """How many components each party has in one area; a narrow part still shows its number."""
    words = texts(side.m.lang)["party"]
    counts = {party: n for party, n in side.count(area).items() if n}
    least = 104.0
    total = sum(counts.values())
    # Each part gets what a letter and a number need; the rest is divided by how many there are.
    spare = width - least * len(counts)
    for party, n in counts.items():
        part = least + spare * n / total
        labels = (f"{n}  {words[party]['label']}", str(n))
        slide.cell(x, y, part - _GAP, height, Cell(party), side.m, labels=labels)
        x += part
