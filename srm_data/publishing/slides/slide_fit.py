"""What fits on a slide: sizes of text and tables in pixels of a 1600 × 900 slide, measured first.

Text is not made smaller than 36 pixels (22 points) and a table not smaller than 30 (18 points), or 27
when that keeps it whole: what does not fit goes on to a next slide. Words with cells of a matrix stay on one
slide: there the words are 30 pixels at least, and the cells 24 (14 points).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from srm_data.publishing.slides.slide_text import Point, plain
from srm_data.views.content import Table, TableCell
from srm_data.views.figures.canvas import HEIGHT, MARGIN, WIDTH
from srm_data.views.figures.text_fit import measure

#: Where the body of a slide stands: under the title, above the foot.
TOP, BOTTOM = 150, HEIGHT - 78
ROOM = WIDTH - 2 * MARGIN

# A title is larger than all text under it, and text larger than a table.
TITLE_SIZES = range(50, 42, -1)
TITLE_LINES = 42  # of a title on two lines
TEXT_SIZES = range(40, 35, -2)
TABLE_SIZES = range(35, 29, -1)
EASY_SIZES = range(35, 30, -1)  # at which a row on one line goes before a larger size
TIGHT_SIZES = range(29, 26, -1)
FOOT = 20  # size of the source under a table
FOOT_ROOM = 1330  # its width: beside it stands the number of the slide
_FOOT_LINES = 2  # what stands under `BOTTOM`
LEADING = 1.2  # line height of the programs that show slides, in sizes
PAD_X, PAD_Y = 12, 3
BLANK, SEAM = 40, 18  # between words and the cells that they are about, and between two tables of cells
WORD_SIZES = range(40, 29, -2)
CELL_SIZES, CELLS_PER_WORD = range(34, 23, -1), 0.8  # and how large beside words
_HALF, _SPREAD = 0.5, 1.3  # how wide cells may be beside words, and how much wider than they need under them
_LETTERS_ONLY, _UNEVEN = 9, 8  # how much smaller all may be, for cells with words or equally wide ones
_AIR = 1.9  # height of a row of cells, in sizes
INDENT = 64  # of the words after a bullet

#: A reader without our font gets another one. DejaVu, which a bare Linux has, is the widest we met: so much
#: wider, plain and bold, and what fits in it fits in all.
_WIDER, _WIDER_BOLD = 1.16, 1.26


@dataclass(frozen=True)
class Fit:
    """A table with its measures: size of the text, width of every column, height of every row."""

    table: Table
    size: int
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    letters: bool  # whether the cells of a party hold its letter only


def _width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a line in pixels, with room for a wider font."""
    return measure(text, size, bold=bold) * (_WIDER_BOLD if bold else _WIDER)


def lines(text: str, size: float, room: float, *, bold: bool = False) -> int:
    """How many lines a text takes within `room` pixels.

    Args:
        text: one paragraph.
        size: of the letters, in pixels.
        room: how wide a line may be.
        bold: whether it is bold.
    """
    count, used = 1, 0.0
    blank = _width(" ", size, bold=bold)
    for word in _words(text, size, room, bold):
        long = _width(word, size, bold=bold)
        if used and used + blank + long > room:
            count, used = count + 1, long
        else:
            used += long + (blank if used else 0)
    return count


def _words(text: str, size: float, room: float, bold: bool) -> Iterator[str]:
    """The words of a text; one that is too long may break after a hyphen."""
    for word in text.split():
        parts = word.replace("-", "-\n").split("\n")
        yield from [word] if len(parts) == 1 or _width(word, size, bold=bold) <= room else filter(None, parts)


def split_points(points: Sequence[Point]) -> Iterator[tuple[int, list[Point]]]:
    """The lines of a slide with their size; several slides when they do not fit on one."""
    for size in TEXT_SIZES:
        if points_height(points, size) <= BOTTOM - TOP:
            yield size, list(points)
            return
    size = TEXT_SIZES[-1]
    pages = _pages(points, size)
    even = -(-len(points) // pages)  # no page with one lonely line
    for start in range(0, len(points), even):
        part = points[start : start + even]
        yield next((s for s in TEXT_SIZES if points_height(part, s) <= BOTTOM - TOP), size), list(part)


def _pages(points: Sequence[Point], size: int) -> int:
    for pages in range(1, len(points) + 1):
        even = -(-len(points) // pages)
        parts = [points[i : i + even] for i in range(0, len(points), even)]
        if all(points_height(part, size) <= BOTTOM - TOP for part in parts):
            return pages
    return len(points)


def points_height(points: Sequence[Point], size: float, room: float = ROOM) -> float:
    """How high these lines stand, the gaps between them included.

    Args:
        points: the lines.
        size: of their type.
        room: how wide they may be.
    """
    rows = [lines(plain(p.line), size, room - (INDENT if p.mark else 0)) * size * LEADING for p in points]
    return sum(rows) + gap(size) * max(0, len(rows) - 1)


def fit_words(
    points: Sequence[Point], tables: Sequence[Table], room: float, *, beside: bool
) -> tuple[int, list[Fit]] | None:
    """Words and the cells that they are about, on one slide: the size of the words, and the tables.

    None when they do not fit at the least sizes.

    Args:
        points: the words.
        tables: of cells, under each other; they are measured as one, so that their columns are in line.
        room: how high all may be.
        beside: whether the tables stand at the right of the words; else under them.
    """
    rows = tuple(row for table in tables for row in table.rows)
    starts = [sum(len(table.rows) for table in tables[:i]) for i in range(len(tables))]
    whole = replace(tables[0], rows=rows, groups=frozenset(starts[1:]))
    gaps = SEAM * (len(tables) - 1)
    found: list[tuple[float, int, Fit]] = []
    for small, letters in product(CELL_SIZES, (False, True)):
        needs = _all_needs(whole, small, letters)
        natural = sum(_even(whole, [most for _, most in needs]))
        wide = min(natural, ROOM * _HALF) if beside else min(natural * _SPREAD, ROOM)
        uneven = sum(_even(whole, [least for least, _ in needs])) > wide
        if not (fit := _measure(whole, small, letters, wide)):
            continue
        cells = sum(fit.heights) + gaps
        over = room if beside else room - BLANK - cells
        width = ROOM - wide - BLANK if beside else ROOM
        size = next((one for one in WORD_SIZES if points_height(points, one, width) <= over), None)
        if size and size > small and cells <= room:
            high = room - gaps if beside else room - BLANK - gaps - points_height(points, size, width)
            words = size * CELLS_PER_WORD
            likes = min(small, words) + (small + words) / 10
            likes -= _LETTERS_ONLY * letters + _UNEVEN * uneven + _unread(fit)
            found.append((likes, size, _airy(fit, high)))
    if not found:
        return None
    _, size, fit = max(found, key=lambda one: one[0])
    return size, [_cut(fit, start, table) for start, table in zip(starts, tables, strict=True)]


def _unread(fit: Fit) -> float:
    """How much larger a table must be to go before one whose headings and names stand on one line."""
    heads: set[int] = {*range(fit.table.heads), *fit.table.groups}
    counts = [(high - 2 * PAD_Y) / fit.size / LEADING for high in fit.heights]
    most = max(counts[i] for i in heads)
    folded = [count for i, count in enumerate(counts) if i not in heads and count > 1.5]
    return most * most * 0.7 + len(folded)


def _airy(fit: Fit, room: float) -> Fit:
    """Rows of one height, and higher than their words, as far as there is room for it."""
    heads = {*range(fit.table.heads), *fit.table.groups}
    rows = [high for i, high in enumerate(fit.heights) if i not in heads]
    room -= sum(fit.heights) - sum(rows)
    levels = range(round(max(*rows, fit.size * _AIR)), 0, -1)
    level = next(one for one in levels if sum(max(high, one) for high in rows) <= room)
    heights = (high if i in heads else max(high, level) for i, high in enumerate(fit.heights))
    return replace(fit, heights=tuple(heights))


def _cut(fit: Fit, start: int, table: Table) -> Fit:
    """One of the tables that were measured as one."""
    heights = fit.heights[start : start + len(table.rows)]
    return replace(fit, table=table, widths=fit.widths[: table.columns], heights=heights)


def title_size(text: str) -> int:
    """The size of a title: on one line when it stays large, else on two."""
    return next((size for size in TITLE_SIZES if _width(text, size, bold=True) <= ROOM), TITLE_LINES)


def gap(size: float) -> float:
    """The blank between two lines of a slide."""
    return size * 0.55


def foot_height(text: str) -> float:
    """How high the source at the foot of a slide stands."""
    return lines(text, FOOT, FOOT_ROOM) * FOOT * LEADING


def room_over(foot: str) -> float:
    """How high a table over this source may be: each line above two takes its own height of it."""
    return BOTTOM - TOP - max(0, foot_height(foot) - _FOOT_LINES * FOOT * LEADING)


def fit_whole(table: Table, room: float) -> Fit | None:
    """The table in one piece at the largest size at which it fits, or None.

    Words go before letters, and a readable size before a table in one piece. Rows of one line, which are all
    as high, go before a larger size.
    """
    kinds = _kinds(table)
    tries = [(EASY_SIZES, False), *((sizes, kind) for sizes in (TABLE_SIZES, TIGHT_SIZES) for kind in kinds)]
    for sizes, letters in tries:
        fits = [fit for fit in (_measure(table, size, letters) for size in sizes) if fit]
        fits = [fit for fit in fits if sum(fit.heights) <= room]
        if fits:
            best = min(fits, key=lambda fit: (_folded(fit), -fit.size))
            return _stretched(_evened(best, room), room)
    return None


def _kinds(table: Table) -> tuple[bool, ...]:
    """Whether the cells of a party are tried with their letter only."""
    return (False, True) if table.coloured else (False,)


def fit_table(table: Table, room: float = BOTTOM - TOP) -> Iterator[Fit]:
    """The table at the largest size at which it fits; several with the same headings when it does not."""
    if found := fit_whole(table, room):
        yield found
        return
    kinds = _kinds(table)
    size = TABLE_SIZES[-1]
    whole = [fit for letters in kinds if (fit := _measure(table, size, letters))] or [_squeezed(table, size)]
    fitted = min(whole, key=lambda fit: len(_packed(fit, room)))
    pages = _packed(fitted, room)
    cap = room
    while len(evener := _packed(fitted, cap - 10)) == len(pages):  # no last page with one lonely row
        pages, cap = evener, cap - 10
    for rows in pages:
        yield _stretched(_part(fitted, rows), room)


def _packed(fit: Fit, room: float) -> list[list[int]]:
    """The rows of each page; a heading goes to the page of what it heads."""
    head = sum(fit.heights[: fit.table.heads])
    pages: list[list[int]] = [[]]
    for i in range(fit.table.heads, len(fit.heights)):
        ahead = (i, i + 1) if i in fit.table.groups else (i,)
        need = sum(fit.heights[j] for j in (*pages[-1], *ahead) if j < len(fit.heights))
        if pages[-1] and head + need > room and i - 1 not in fit.table.groups:
            pages.append([])
        pages[-1].append(i)
    return pages


def _part(fit: Fit, rows: list[int]) -> Fit:
    table = fit.table
    kept = [*range(table.heads), *rows]
    groups = frozenset(i for i, row in enumerate(kept) if row in table.groups)
    part = replace(table, rows=tuple(table.rows[i] for i in kept), groups=groups)
    return replace(fit, table=part, heights=tuple(fit.heights[i] for i in kept))


def _measure(table: Table, size: int, letters: bool, room: float = ROOM) -> Fit | None:
    """Widths and heights at one size, or None where a word would have to be broken."""
    needs = _all_needs(table, size, letters)
    least, most = [need[0] for need in needs], [need[1] for need in needs]
    if sum(least) > room:
        return None
    if sum(_even(table, least)) <= room:
        least, most = _even(table, least), _even(table, most)
    # A heading over two lines costs less than names of rows that fold.
    named = [*most[: table.names], *least[table.names :]]
    if table.coloured and sum(named) <= room:
        least = named
    widths = tuple(_share(least, most, room))
    return Fit(table, size, widths, _heights(table, widths, size, letters), letters)


def _even(table: Table, widths: list[float]) -> list[float]:
    """Columns of parties are equally wide, so that a row can be read along."""
    of_parties = set()
    for row in table.rows:
        here = 0
        for cell in row:
            if cell.party or (cell.open and not cell.head):
                of_parties.add(here)
            here += cell.span
    widest = max((widths[i] for i in of_parties), default=0)
    return [widest if i in of_parties else width for i, width in enumerate(widths)]


def _squeezed(table: Table, size: int) -> Fit:
    """More columns than fit: each as much narrower as the others."""
    least = [_needs(table, column, size, True)[0] for column in range(table.columns)]
    widths = tuple(one * ROOM / sum(least) for one in least)
    return Fit(table, size, widths, _heights(table, widths, size, True), True)


def _share(least: list[float], most: list[float], room: float) -> list[float]:
    """Divide the room: every column what it must have, the rest by what it could use."""
    spare = room - sum(least)
    wishes = [b - a for a, b in zip(least, most, strict=True)]
    if sum(wishes) <= spare:  # all have their wish: what is left is shared alike
        return [b + (spare - sum(wishes)) / len(most) for b in most]
    return [a + spare * wish / sum(wishes) for a, wish in zip(least, wishes, strict=True)]


def _all_needs(table: Table, size: int, letters: bool) -> list[tuple[float, float]]:
    return [_needs(table, column, size, letters) for column in range(table.columns)]


def _needs(table: Table, column: int, size: int, letters: bool) -> tuple[float, float]:
    """The least width of a column (its longest word, a party whole) and the most (its longest line)."""
    least = most = size * 1.6 + 2 * PAD_X
    for i, row in enumerate(table.rows):
        here = 0
        for cell in row:
            if here == column and cell.span == 1:
                text = shown(cell, letters)
                bold = is_bold(table, i, cell)
                whole = _width(text, size, bold=bold) + 2 * PAD_X
                words = _words(text, size, 0, bold)
                longest = max((_width(w, size, bold=bold) for w in words), default=0) + 2 * PAD_X
                least = max(least, whole if cell.party else longest)
                most = max(most, min(whole, ROOM * 0.55))
            here += cell.span
    return least, max(least, most)


def _heights(table: Table, widths: Sequence[float], size: int, letters: bool) -> tuple[float, ...]:
    heights = []
    for i, row in enumerate(table.rows):
        here, most = 0, 1
        for cell in row:
            room = sum(widths[here : here + cell.span]) - 2 * PAD_X
            text = f"{shown(cell, letters)}  {cell.aside}".strip()
            most = max(most, lines(text, size, room, bold=is_bold(table, i, cell)))
            here += cell.span
        heights.append(most * size * LEADING + 2 * PAD_Y)
    return tuple(heights)


def _evened(fit: Fit, room: float) -> Fit:
    """Rows of one height, where there is room for it: they are easier to read along."""
    plain_rows = [i for i in range(fit.table.heads, len(fit.heights)) if i not in fit.table.groups]
    highest = max((fit.heights[i] for i in plain_rows), default=0)
    heights = tuple(highest if i in plain_rows else high for i, high in enumerate(fit.heights))
    return replace(fit, heights=heights) if fit.table.coloured and sum(heights) <= room else fit


def _folded(fit: Fit) -> int:
    """How many rows take more than one line; rows of prose are meant to."""
    rows = [fit.heights[i] for i in range(fit.table.heads, len(fit.heights)) if i not in fit.table.groups]
    return sum(high > min(rows) for high in rows) if fit.table.coloured else 0


def _stretched(fit: Fit, room: float) -> Fit:
    """A small table may take more room: its rows become up to half as high again."""
    more = min(1.5, room / sum(fit.heights))
    return replace(fit, heights=tuple(high * more for high in fit.heights))


def is_bold(table: Table, row: int, cell: TableCell) -> bool:
    """Headings of columns and groups, and the cells of a party that are not dimmed.

    Args:
        table: the table that the cell is in.
        row: number of its row, from 0.
        cell: the cell.
    """
    return bool(cell.party and not cell.dim) or (cell.head and (row < table.heads or row in table.groups))


def shown(cell: TableCell, letters: bool) -> str:
    """What a cell says: all, or the letter of its party where the column is narrow."""
    return cell.short if letters and cell.party else cell.whole


def for_slide(table: Table) -> Table:
    """The table without what is too small for a slide: the examples under a column, the reason of a row."""
    rows = [
        row
        if i in table.groups
        else tuple(
            replace(cell, aside=cell.source if cell.head else "" if table.kind == "changes" else cell.aside)
            for cell in row
        )
        for i, row in enumerate(table.rows)
    ]
    return replace(table, rows=tuple(rows))
