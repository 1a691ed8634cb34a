"""Where areas stand in rows under columns, before anything is drawn: widths, heights, and what is left out.

A table that is too tall keeps its size of type: areas that have one party in all columns become one block,
rows that are alike become one, and what then has no room is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from srm_data.core.language import texts
from srm_data.core.vocabulary import PARTIES
from srm_data.views.content import RowSet, Table, TableCell
from srm_data.views.figures.text_fit import LEADING, LEAST, lines_of, listed, measure, narrowest

if TYPE_CHECKING:
    from srm_data.views.figures.canvas import Canvas

_GAP = 8.0  # between two columns
BELOW = 5.0  # between two rows
_LINE = LEAST * LEADING
_RAIL = {1600: 252.0, 1200: 208.0, 900: 198.0}  # for brackets and their labels, by the width of the slide
ARM = 20.0  # from the cells to a bracket
HATCHED = 76.0  # a cell this wide has room for hatch and letter
_LETTER = 60.0  # and one this wide for a letter

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
        return self.words and self.rail - ARM - 16 >= _word_room(lang, "")


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
    least = min(narrowest(names, 2), max(narrowest(names, 3), canvas.room * 0.22)) + 20
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
    taken = [lines_of(text, width, 2, bold=True) for text, width in shown]
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
    level = narrowest([head.text for head in heads], 2, bold=True) + 10
    least_by_look = {
        "words": need,
        "heads": max(HATCHED, level),
        "marks": HATCHED + measure(tail, LEAST) + 4 if tail else HATCHED,
        "hatches": HATCHED,
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
    widths = {i: max(84.0, narrowest([head.text], 2, bold=True) + 12) for i, head in enumerate(heads)}
    widths[lit] = max(need, 260.0)
    spare = room - sum(width + _GAP for width in widths.values()) - max(least, min(natural, 360))
    if not canvas.wide or spare < 0:
        return {lit: min(420.0, max(need, room - natural - _GAP))}
    widths[lit] += min(spare, 260.0)
    return widths


def turned_length(heads: Sequence[str], width: float) -> float:
    """How long headings are on their side, in two lines where a column is wide enough for them."""
    longest = max(measure(head, LEAST, bold=True) for head in heads) + 2
    if width < 2.5 * LEAST:
        return longest
    shorter = narrowest(heads, 2, bold=True) + 2
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
    if not item.party or lines_of(item.cells[0].text, block_room(place), lines) <= lines:
        return item
    text = " ".join(listed(item.names, LEAST, block_room(place), lines, lang))
    return replace(item, cells=(TableCell(text, head=True),))


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
    return sum(high + BELOW for high in heights_of(items, sets, place)) - BELOW


def heights_of(items: list[Item], sets: Sequence[RowSet], place: Across) -> list[float]:
    """The least heights: the lines of a name, and room for the label of each set.

    A label may reach beyond its rows where those of its neighbours leave room.

    Args:
        items: the rows from top to bottom.
        sets: that have a label.
        place: where the columns stand.
    """
    found = [_least(item, place) for item in items]
    places = [[k for k, item in enumerate(items) if item.rows[0] in group.rows] for group in sets]
    order = sorted(range(len(sets)), key=lambda i: places[i])
    labels = [lines_of(sets[i].label, label_room(place), 5, bold=True) * _LINE + 4 for i in order]
    heights = [sum(found[k] + BELOW for k in places[i]) for i in order]
    spare = [20.0, *(high - label for high, label in zip(heights, labels, strict=True)), 20.0]
    for i, here in enumerate(order):
        missing = -spare[i + 1] - max(0.0, min(spare[i], spare[i + 2]))
        for k in places[here]:
            found[k] += max(0.0, missing) / len(places[here])
    return found


def _least(item: Item, place: Across) -> float:
    wide = place.labels - 20
    if item.party:
        return lines_of(item.cells[0].text, block_room(place), 9) * _LINE + 12
    if len(item.cells) == 1:
        return _LINE + 4
    most = 3 if len(item.rows) == 1 else 9
    lines = lines_of(item.cells[0].text, wide, most)
    return max(30.0, lines * _LINE + 3) if lines <= most else 1000.0


def label_room(place: Across) -> float:
    """The width of the label beside a bracket, in slide pixels."""
    return place.rail - ARM - 16


def block_room(place: Across) -> float:
    """The width of the names in a block, in slide pixels."""
    return place.labels + sum(width + _GAP for _, _, width in place.columns) - _GAP - 90
