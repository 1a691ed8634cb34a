"""Areas in rows under columns, with a bracket beside those that go together: the matrix and one column.

A table that is too tall keeps its size of type: areas that have one party in all columns become one block,
rows that are alike become one, and what then has no room is counted.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from srm_data.core.language import texts
from srm_data.core.vocabulary import PARTIES
from srm_data.views.content import RowSet, Table, TableCell
from srm_data.views.figures.text_fit import LEADING, LEAST, common_size, fit, measure
from srm_data.views.matrix_content import named_party

if TYPE_CHECKING:
    from srm_data.views.figures.canvas import Canvas

_GAP = 8.0  # between two columns
_BELOW = 5.0  # between two rows
_LINE = LEAST * LEADING
_RAIL = {1600: 252.0, 1200: 208.0, 900: 198.0}  # for brackets and their labels, by the width of the slide
_ARM = 20.0  # from the cells to a bracket
_HATCHED = 76.0  # a cell this wide has room for hatch and letter
_LETTER = 60.0  # and one this wide for a letter
_TALLEST = 96.0

#: What a cell has room for: the name of its party; a heading that is not turned over its column; the mark
#: behind a letter; a hatch before it; a letter alone.
Look = Literal["words", "heads", "marks", "hatches", "letters"]
LOOKS: tuple[Look, ...] = ("words", "heads", "marks", "hatches", "letters")

#: A row of a table: the cell that names it, then its cells.
Row = tuple[TableCell, ...]


@dataclass(frozen=True)
class Across:
    """Where the columns stand.

    Attributes:
        labels: width of the names of the rows.
        columns: number of each column that is drawn, with its left side and width.
        words: whether a cell has room for the name of its party.
        turned: whether the headings run upwards.
        heads: height of the headings.
        rail: width of the brackets at the right and their labels.
    """

    labels: float
    columns: tuple[tuple[int, float, float], ...]
    words: bool
    turned: bool
    heads: float
    rail: float

    @property
    def right(self) -> float:
        """Where the last column ends."""
        _, x, width = self.columns[-1]
        return x + width

    def keyed(self, lang: str) -> bool:
        """Whether the rail has room for the key while a figure is filled in."""
        return self.words and self.rail - _ARM - 16 >= _word_room(lang, "")


@dataclass(frozen=True)
class Item:
    """What stands in one row: an area, several that are alike, a block of areas, or a count of areas.

    Attributes:
        cells: the name and the cells; the name alone for a block and for a count.
        rows: the rows of the table that it stands for.
        party: of a block.
        names: of the areas of a block.
    """

    cells: Row
    rows: tuple[int, ...]
    party: str = ""
    names: tuple[str, ...] = ()


def _word_room(lang: str, tail: str) -> float:
    """How wide a cell must be for hatch, letter, the longest name of a party and what may follow it."""
    names = (texts(lang)["party"][party]["label"] for party in PARTIES)
    return 38 + 32 * 0.95 + 10 + max(measure(name + tail, LEAST) for name in names)


def lines_of(text: str, width: float, most: int) -> int:
    """How many lines of the least size a text takes; more than `most` where it does not fit."""
    shown, _ = fit(text, LEAST, width, most)
    return most + 1 if any(line.endswith("…") for line in shown) else len(shown)


def across(
    canvas: Canvas, table: Table, *, lit: int | None = None, tail: str = "", look: Look = "words"
) -> Across:
    """Find room for names, columns and rail.

    Args:
        canvas: the slide, with its title.
        table: a row of headings, then rows of a name and cells.
        lit: number of the one column that the figure is about: it is wide, and on a narrow slide alone.
        tail: what may follow the name of a party in a cell.
        look: what the cells have room for; the less, the more is left for the names of the rows.
    """
    heads, names = table.rows[0][1:], [row[0].text for row in table.rows[1:]]
    beside = _RAIL[canvas.width]
    room, need = canvas.room - beside, _word_room(canvas.lang, tail)
    natural = max(measure(name, 28) for name in names) + 24
    least = min(_narrowest(names, 2), max(_narrowest(names, 3), canvas.room * 0.22)) + 20
    if lit is not None:
        widths = _lit(canvas, heads, lit, room, natural, least, need)
        words = True
    else:
        widths, words = _alike(heads, room, natural, least, need, tail, look)
    labels = room - sum(width + _GAP for width in widths.values())
    x, columns = canvas.left + labels, []
    for i, width in widths.items():
        columns.append((i, x, width))
        x += width + _GAP
    shown = [(heads[i].text, width - 8) for i, width in widths.items()]
    taken = [lines_of_bold(text, width, 2) for text, width in shown]
    turned = max(taken) > 2
    if turned:
        high = turned_length([text for text, _ in shown], min(widths.values())) + 20
    else:
        high = max(taken) * 30.0 + 22
    return Across(labels, tuple(columns), words, turned, high, beside)


def _alike(
    heads: Row, room: float, natural: float, least: float, need: float, tail: str, look: Look
) -> tuple[dict[int, float], bool]:
    """The widths of columns that are all alike, and whether their cells have room for words."""
    n = len(heads)
    wide = (room - natural) / n - _GAP
    level = _narrowest([head.text for head in heads], 2, bold=True) + 10
    least_by_look = {
        "words": need,
        "heads": max(_HATCHED, level),
        "marks": _HATCHED + measure(tail, LEAST) + 4 if tail else _HATCHED,
        "hatches": _HATCHED,
        "letters": _LETTER,
    }
    narrower = LOOKS[LOOKS.index(look) :]
    look = next((one for one in narrower if room - n * (least_by_look[one] + _GAP) >= least), "letters")
    most = {"words": 340.0 if n > 2 else 420.0, "letters": _LETTER}.get(look, max(130.0, level))
    wide = max(least_by_look[look], min(most, wide))
    if room - n * (wide + _GAP) < least:
        wide = least_by_look[look]
    return dict.fromkeys(range(n), wide), wide >= need


def _lit(
    canvas: Canvas, heads: Row, lit: int, room: float, natural: float, least: float, need: float
) -> dict[int, float]:
    """The widths of the columns where one of them counts."""
    widths = {i: max(84.0, _narrowest([head.text], 2, bold=True) + 12) for i, head in enumerate(heads)}
    widths[lit] = max(need, 260.0)
    spare = room - sum(width + _GAP for width in widths.values()) - max(least, min(natural, 360))
    if not canvas.wide or spare < 0:
        return {lit: min(420.0, max(need, room - natural - _GAP))}
    widths[lit] += min(spare, 120.0)
    return widths


def _narrowest(names: Collection[str], lines: int, *, bold: bool = False) -> float:
    """The least width in which all names fit in so many lines of the least size."""

    def fits(width: float) -> bool:
        shown = [line for name in names for line in fit(name, LEAST, width, lines, bold=bold)[0]]
        return not any(line.endswith("…") for line in shown)

    width = max(measure(name, LEAST, bold=bold) for name in names)
    while width > 60 and fits(width - 6):
        width -= 6
    return width


def lines_of_bold(text: str, width: float, most: int) -> int:
    """`lines_of` for a heading."""
    shown, _ = fit(text, LEAST, width, most, bold=True)
    return most + 1 if any(line.endswith("…") for line in shown) else len(shown)


def turned_length(heads: Sequence[str], width: float) -> float:
    """How long headings are on their side, in two lines where a column is wide enough for them."""
    longest = max(measure(head, LEAST, bold=True) for head in heads) + 2
    if width < 2.5 * LEAST:
        return longest
    shorter = _narrowest(heads, 2, bold=True) + 2
    return shorter if shorter < 0.75 * longest else longest


# What stands in the rows


class Arranged(NamedTuple):
    """The rows from top to bottom, the sets or bands with a bracket, and how much is lost; 0 for nothing."""

    items: list[Item]
    sets: tuple[RowSet, ...]
    loss: int


_NO_BANDS, _CUT = 10, 20  # the loss where the bands give way to the sets, and where rows have no room


def arranged(table: Table, place: Across, room: float, lang: str) -> Arranged:
    """The rows in the order of the table, or by set where a set would be torn apart; fewer in little room.

    Args:
        table: of areas.
        place: where its columns stand.
        room: height for headings and rows.
        lang: of the line that counts the rest.
    """
    items = [Item(row, (i,)) for i, row in enumerate(table.rows[1:])]
    room -= place.heads
    if not table.sets:
        return Arranged(*_cut([items], place, room, lang))
    cuts = []
    for sets in filter(None, (table.bands, table.sets)):
        order = [*sets]
        if all(group.rows[-1] - group.rows[0] < len(group.rows) for group in sets):
            order.sort(key=lambda group: group.rows)  # none is torn apart
        grouped = [[items[i] for i in group.rows] for group in order]
        folded = [
            [_folded(group, one.party)] if one.party and len(group) > 1 else group
            for one, group in zip(order, grouped, strict=True)
        ]
        merged = [_merged(group) for group in folded]
        shorter = [
            [[_shortened(item, place, lines, lang) for item in group] for group in merged]
            for lines in (4, 3, 2)
        ]
        worse = _NO_BANDS if table.bands and sets == table.sets else 0
        for loss, tried in enumerate((grouped, folded, merged, *(shorter if sets == table.sets else ()))):
            if _height(tried, sets, place) <= room:
                return Arranged([item for group in tried for item in group], sets, loss + worse)
        cuts.append(Arranged(*_cut(tried, place, room, lang, table.sets, sets)))
    return min(cuts, key=lambda cut: cut.loss)


def _folded(items: list[Item], party: str) -> Item:
    """Areas of one party as one block that names them."""
    names = tuple(item.cells[0].text for item in items)
    rows = tuple(row for item in items for row in item.rows)
    return Item((TableCell(", ".join(names), head=True),), rows, party, names)


def _merged(items: list[Item]) -> list[Item]:
    """Rows that say the same become one with all their names; a mark that not all have goes to the name."""
    alike: dict[tuple[str, ...], list[Item]] = {}
    for item in items:
        alike.setdefault(tuple(cell.roles or cell.party for cell in item.cells[1:]), []).append(item)
    return [_as_one(rows) if len(rows) > 1 else rows[0] for rows in alike.values()]


def _as_one(items: list[Item]) -> Item:
    first = items[0].cells[1:]
    if all([cell.mark for cell in item.cells[1:]] == [cell.mark for cell in first] for item in items):
        cells, names = first, [item.cells[0].text for item in items]
    else:
        cells = tuple(replace(cell, mark="") for cell in first)
        names = [
            item.cells[0].text + ("?" if "?" in marks else "*" if "*" in marks else "")
            for item in items
            for marks in [[cell.mark for cell in item.cells[1:]]]
        ]
    name = replace(items[0].cells[0], text=", ".join(names))
    return Item((name, *cells), tuple(row for item in items for row in item.rows))


def _shortened(item: Item, place: Across, lines: int, lang: str) -> Item:
    """A block with as many of its names as have room in so many lines, and how many there are besides."""
    if not item.party or lines_of(item.cells[0].text, _block_room(place), lines) <= lines:
        return item
    text = as_many(item.names, _block_room(place), lines, lang)
    return replace(item, cells=(TableCell(text, head=True),))


def as_many(names: Sequence[str], width: float, lines: int, lang: str) -> str:
    """As many names as have room in so many lines of the least size, and how many there are besides.

    Args:
        names: of areas.
        width: of a line.
        lines: how many there are.
        lang: "en" or "nl".
    """
    more = texts(lang)["ask"]["more"]
    told = ", ".join(names)
    n = len(names)
    while n > 1 and lines_of(told, width, lines) > lines:
        n -= 1
        told = f"{', '.join(names[:n])} {more.format(n=len(names) - n)}"
    return told


def _cut(
    groups: list[list[Item]],
    place: Across,
    room: float,
    lang: str,
    told_of: Sequence[RowSet] = (),
    sets: tuple[RowSet, ...] = (),
) -> tuple[list[Item], tuple[RowSet, ...], int]:
    """As many rows as there is room for, with their sets and the loss.

    Behind those of a set that is cut a line counts the others. What the title is about is not cut.
    """
    more = texts(lang)["ask"]["more"]
    claimed = {row for group in told_of if group.claim for row in group.rows}
    cut: list[tuple[int, ...]] = [()] * len(groups)
    kept = [[*group] for group in groups]

    def told() -> list[list[Item]]:
        return [
            [*group, Item((TableCell(more.format(n=len(rows)), head=True),), rows)] if rows else group
            for group, rows in zip(kept, cut, strict=True)
        ]

    while _height(told(), sets, place) > room:
        free = [[item for item in group if not item.party and not {*item.rows} <= claimed] for group in kept]
        longest = max(range(len(kept)), key=lambda k: len(free[k]))
        if not free[longest] or len(kept[longest]) < 2:
            break
        last = free[longest][-1]
        kept[longest].remove(last)
        cut[longest] = last.rows + cut[longest]
    lost = sum(map(len, cut))
    if _height(told(), sets, place) > room:
        lost += 100
    return [item for group in told() for item in group], sets, _CUT + lost if lost else 0


def _height(groups: list[list[Item]], sets: Sequence[RowSet], place: Across) -> float:
    items = [item for group in groups for item in group]
    return sum(high + _BELOW for high in _heights(items, sets, place)) - _BELOW


def _heights(items: list[Item], sets: Sequence[RowSet], place: Across) -> list[float]:
    """The least heights: the lines of a name, and room for the label of each set.

    A label may reach beyond its rows where those of its neighbours leave room.
    """
    found = [_least(item, place) for item in items]
    places = [[k for k, item in enumerate(items) if item.rows[0] in group.rows] for group in sets]
    order = sorted(range(len(sets)), key=lambda i: places[i])
    labels = [lines_of_bold(sets[i].label, _label_room(place), 5) * _LINE + 4 for i in order]
    heights = [sum(found[k] + _BELOW for k in places[i]) for i in order]
    spare = [20.0, *(high - label for high, label in zip(heights, labels, strict=True)), 20.0]
    for i, here in enumerate(order):
        missing = -spare[i + 1] - max(0.0, min(spare[i], spare[i + 2]))
        for k in places[here]:
            found[k] += max(0.0, missing) / len(places[here])
    return found


def _least(item: Item, place: Across) -> float:
    wide = place.labels - 20
    if item.party:
        return lines_of(item.cells[0].text, _block_room(place), 9) * _LINE + 12
    if len(item.cells) == 1:
        return _LINE + 4
    most = 3 if len(item.rows) == 1 else 9
    lines = lines_of(item.cells[0].text, wide, most)
    return max(30.0, lines * _LINE + 3) if lines <= most else 1000.0


def _label_room(place: Across) -> float:
    return place.rail - _ARM - 16


def _block_room(place: Across) -> float:
    return place.labels + sum(width + _GAP for _, _, width in place.columns) - _GAP - 90


# Drawing


def draw_areas(
    canvas: Canvas,
    table: Table,
    place: Across,
    arrangement: Arranged,
    *,
    lit: int | None = None,
    key: Collection[str] = (),
) -> None:
    """Headings, rows, and brackets beside them once the table is whole.

    Args:
        canvas: the slide, with title and foot.
        table: of areas, with its sets and bands.
        place: where the columns stand.
        arrangement: what stands in the rows.
        lit: number of the column that the figure is about.
        key: parties to explain beside the rows, while some are not filled in.
    """
    top = canvas.top + place.heads
    items, sets, _ = arrangement
    least = _heights(items, sets, place)
    spare = canvas.bottom - top - sum(high + _BELOW for high in least) + _BELOW
    tallest = _TALLEST if len(items) > 6 else 150.0
    heights = _grown(least, spare, tallest)
    _headings(canvas, table.rows[0][1:], place, top, lit)
    sides = _rows(canvas, items, place, top, heights)
    if key:
        _key_beside(canvas, key, place, top)
    if not table.sets:
        return
    whole = (top, sides[-1][1])
    brackets(canvas, items, sides, place, sets, [group for group in table.sets if group.claim])
    if lit is not None:
        _, x, width = next(column for column in place.columns if column[0] == lit)
        canvas.claim_rule(x, top - 7, width)
    elif not any(group.claim for group in table.sets):
        x = place.columns[0][1]
        canvas.claim_rule(x, whole[0] - 7, place.right - x)


def _grown(least: list[float], spare: float, tallest: float) -> list[float]:
    """The rows share what room is left: the lowest grow first, so that they come out alike."""
    low, high = 0.0, tallest
    for _ in range(20):
        level = (low + high) / 2
        if sum(max(one, level) - one for one in least) > spare:
            high = level
        else:
            low = level
    return [max(one, round(low - 0.005, 2)) for one in least]


def _headings(canvas: Canvas, heads: Row, place: Across, top: float, lit: int | None) -> None:
    shown = [(heads[i], x, width, i) for i, x, width in place.columns]
    if place.turned:
        length = place.heads - 18
        for head, x, width, _ in shown:
            middle = x + width / 2
            canvas.text(middle, top - 12, head.text, LEAST, width=length, lines=2, bold=True, turned=True)
        return
    high = place.heads - 16
    sizes = {i: common_size([head.text], 30, width - 8, 2, high, bold=True) for head, _, width, i in shown}
    alike = min(size for i, size in sizes.items() if i != lit or len(sizes) == 1)
    for head, x, width, i in shown:
        size = sizes[i] if i == lit else alike
        quiet = canvas.theme.quiet if lit not in (None, i) else ""
        y, high = top - 6 - (place.heads - 12) / 2, place.heads - 14
        canvas.text(x + 4, y, head.text, size, width=width - 6, lines=2, height=high, bold=True, colour=quiet)


def _rows(
    canvas: Canvas, items: list[Item], place: Across, top: float, heights: list[float]
) -> list[tuple[float, float]]:
    """Draw the rows; returns the upper and lower side of each."""
    wide = place.labels - 20
    named = [(item, high) for item, high in zip(items, heights, strict=True) if len(item.cells) > 1]
    size = min(
        (common_size([item.cells[0].text], 30, wide, 9, high - 2) for item, high in named), default=LEAST
    )
    lit = [
        (cell, width, high)
        for item, high in named
        for i, _, width in place.columns
        for cell in [item.cells[1 + i]]
        if not cell.dim
    ]
    word = min((canvas.word_size([cell], width, high) for cell, width, high in lit), default=0.0)
    sides, y = [], top
    for item, high in zip(items, heights, strict=True):
        middle = y + high / 2
        name = item.cells[0].text
        if item.party:
            _block(canvas, item, place, y, high)
        elif len(item.cells) == 1:
            canvas.text(canvas.left, middle, name, LEAST, width=place.labels + 300, colour=canvas.theme.quiet)
        else:
            canvas.text(canvas.left, middle, name, size, width=wide, lines=9, height=high)
            for i, x, width in place.columns:
                one_cell(canvas, item.cells[1 + i], x, y, width, high, word)
        sides.append((y, y + high))
        y += high + _BELOW
    return sides


def one_cell(
    canvas: Canvas, cell: TableCell, x: float, y: float, width: float, height: float, word: float
) -> None:
    """A cell that is open, names a party, or has no counterpart.

    Args:
        canvas: the slide to draw on.
        cell: what to draw.
        x: left side.
        y: upper side.
        width: of the cell.
        height: of the cell.
        word: size of the names of parties; 0 leaves them out.
    """
    if cell.open:
        canvas.blank(x, y, width, height)
    elif not cell.party:
        quiet = canvas.theme.quiet
        canvas.text(x + width / 2, y + height / 2, cell.text, 26, width=width, colour=quiet, align="center")
    elif width < _HATCHED and cell.letter:
        canvas.letter(x, y, width, height, cell.party)
    else:
        canvas.cell(x, y, width, height, cell, dim=cell.dim, word=0 if cell.dim else word)


def _block(canvas: Canvas, item: Item, place: Across, y: float, high: float) -> None:
    """Areas of one party, named in one block over all columns."""
    party = named_party(item.party, canvas.lang)
    ink = canvas.theme.ink[item.party if party.letter else None]
    x, width = canvas.left, place.right - canvas.left
    canvas.cell(x, y, width, high, party, word=0)
    canvas.text(
        x + 74,
        y + high / 2,
        item.cells[0].text,
        30,
        width=_block_room(place),
        lines=9,
        height=high - 8,
        colour=ink.text,
    )


def _key_beside(canvas: Canvas, parties: Collection[str], place: Across, top: float) -> None:
    """The key in the place where the brackets come."""
    cells = [named_party(party, canvas.lang) for party in parties]
    x, width = place.right + _ARM + 12, _label_room(place)
    word = canvas.word_size(cells, width, 46)
    for k, cell in enumerate(cells):
        canvas.cell(x, top + k * 58, width, 46, cell, word=word)


def brackets(
    canvas: Canvas,
    items: list[Item],
    sides: list[tuple[float, float]],
    place: Across,
    drawn: Sequence[RowSet],
    claimed: Sequence[RowSet],
) -> None:
    """A bracket beside each set of rows with its label; that of the claim in the accent colour.

    Args:
        canvas: the slide to draw on.
        items: the rows, as they are drawn.
        sides: upper and lower side of each.
        place: where the columns stand.
        drawn: the sets that have a label.
        claimed: those that the title is about.
    """
    rows = {row for group in claimed for row in group.rows}
    own = not rows or any(
        {*group.rows} == rows for group in drawn
    )  # the claim has a bracket of its own among them
    x = place.right + _ARM
    for group in drawn:
        (first, last), *_ = runs(items, sides, {*group.rows})
        claim = {*group.rows} == rows
        at = x + (0 if own else 16)
        canvas.bracket(at, first + 2, last - 2, claim=claim)
        colour = canvas.theme.accent if claim else canvas.theme.quiet
        room, middle = canvas.right - at - 12, (first + last) / 2
        lines = len(fit(group.label, LEAST, room, 5, bold=claim)[0])
        width = _narrowest([group.label], lines, bold=claim) + 1 if lines > 1 else room
        canvas.text(at + 12, middle, group.label, LEAST, width=width, lines=5, bold=claim, colour=colour)
    if not own:
        for first, last in runs(items, sides, rows):
            canvas.bracket(x - 4, first, last)


def runs(items: list[Item], sides: list[tuple[float, float]], rows: set[int]) -> list[tuple[float, float]]:
    """From where to where rows that stand together lie, for each such run.

    Args:
        items: the rows as they are drawn.
        sides: upper and lower side of each.
        rows: which of the table count.
    """
    found: list[tuple[float, float]] = []
    joined = False
    for item, (first, last) in zip(items, sides, strict=True):
        mine = {*item.rows} <= rows
        if mine and joined:
            found[-1] = found[-1][0], last
        elif mine:
            found.append((first, last))
        joined = mine
    return found
