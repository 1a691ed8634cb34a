"""Areas in rows under columns, with a bracket beside those that go together: the matrix, and one column of it.

A table that is too tall keeps its size of type: areas that have one party in all columns become one block,
rows that are alike become one, and what then has no room is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from srm_data.core.language import texts
from srm_data.core.vocabulary import PARTIES
from srm_data.views.content import RowSet, Table, TableCell
from srm_data.views.figures.text_fit import LEADING, LEAST, common_size, fit, measure
from srm_data.views.matrix_content import named_party

if TYPE_CHECKING:
    from srm_data.views.figures.canvas import Canvas

_GAP = 8.0  # between two columns
_BELOW = 6.0  # between two rows
_LINE = LEAST * LEADING
_RAIL = {1600: 252.0, 1200: 208.0, 900: 184.0}  # for brackets and their labels, by the width of the slide
_ARM = 20.0  # from the cells to a bracket
_HATCHED = 76.0  # a cell this wide has room for hatch and letter
_LETTER = 46.0  # and one this wide for a letter
_TALLEST = 96.0

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
    """

    cells: Row
    rows: tuple[int, ...]
    party: str = ""


def _word_room(lang: str, tail: str) -> float:
    """How wide a cell must be for hatch, letter, the longest name of a party and what may follow it."""
    names = (texts(lang)["party"][party]["label"] for party in PARTIES)
    return 38 + 32 * 0.95 + 10 + max(measure(name + tail, LEAST) for name in names)


def lines_of(text: str, width: float, most: int) -> int:
    """How many lines of the least size a text takes; more than `most` where it does not fit."""
    shown, _ = fit(text, LEAST, width, most)
    return most + 1 if shown[-1].endswith("…") else len(shown)


def across(canvas: Canvas, table: Table, *, lit: int | None = None, tail: str = "") -> Across:
    """Find room for names, columns and rail.

    Args:
        canvas: the slide, with its title.
        table: a row of headings, then rows of a name and cells.
        lit: number of the one column that the figure is about: it is wide, and on a narrow slide alone.
        tail: what may follow the name of a party in a cell.
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
        widths, words = _alike(heads, room, natural, least, need)
    labels = room - sum(width + _GAP for width in widths.values())
    x, columns = canvas.left + labels, []
    for i, width in widths.items():
        columns.append((i, x, width))
        x += width + _GAP
    shown = [(heads[i].text, width - 8) for i, width in widths.items()]
    taken = [lines_of_bold(text, width, 2) for text, width in shown]
    turned = max(taken) > 2
    if turned:
        high = turned_length([text for text, _ in shown], min(widths.values())) + 24
    else:
        high = max(taken) * 30.0 + 22
    return Across(labels, tuple(columns), words, turned, high, beside)


def _alike(
    heads: Row, room: float, natural: float, least: float, need: float
) -> tuple[dict[int, float], bool]:
    """The widths of columns that are all alike, and whether their cells have room for words."""
    n = len(heads)
    wide = (room - natural) / n - _GAP
    if wide >= need:
        wide = min(wide, 340.0 if n > 2 else 420.0)
    elif room - n * (need + _GAP) >= least:
        wide = need
    else:
        level = _narrowest([head.text for head in heads], 2, bold=True) + 10  # no need to turn the headings
        wide = min(max(120.0, level), max(_HATCHED, wide))
        if wide < level and room - n * (level + _GAP) >= least:
            wide = level
        if room - n * (wide + _GAP) < least:
            wide = max(_LETTER, (room - least) / n - _GAP)
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
        return all(not fit(name, LEAST, width, lines, bold=bold)[0][-1].endswith("…") for name in names)

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
    longest = max(measure(head, LEAST, bold=True) for head in heads)
    return longest if width < 2.5 * LEAST else _narrowest(heads, 2, bold=True) + 2


# What stands in the rows


class Arranged(NamedTuple):
    """The rows from top to bottom, and the sets or bands that have a bracket."""

    items: list[Item]
    sets: tuple[RowSet, ...]


def arranged(table: Table, place: Across, room: float, lang: str) -> Arranged:
    """The rows in the order of the table, or by set where a set would be torn apart; less of it in little room.

    Args:
        table: of areas.
        place: where its columns stand.
        room: height for the rows.
        lang: of the line that counts the rest.
    """
    items = [Item(row, (i,)) for i, row in enumerate(table.rows[1:])]
    if not table.sets:
        return Arranged(_cut([items], place, room, lang), ())
    for sets in filter(None, (table.bands, table.sets)):
        order = [*sets]
        if all(group.rows[-1] - group.rows[0] < len(group.rows) for group in sets):
            order.sort(key=lambda group: group.rows)  # none is torn apart
        grouped = [[items[i] for i in group.rows] for group in order]
        folded = [
            [_folded(group, one.party)] if one.party and len(group) > 1 else group
            for one, group in zip(order, grouped, strict=True)
        ]
        for tried in (grouped, folded, [_merged(group) for group in folded]):
            if _height(tried, sets, place) <= room:
                return Arranged([item for group in tried for item in group], sets)
    return Arranged(_cut(tried, place, room, lang, sets), sets)


def too_tall(table: Table, place: Across, room: float) -> bool:
    """Whether the rows of a table have no room under their headings."""
    items = [Item(row, (i,)) for i, row in enumerate(table.rows[1:])]
    return place.heads + _height([items], table.bands or table.sets, place) > room


def _folded(items: list[Item], party: str) -> Item:
    """Areas of one party as one block that names them."""
    names = ", ".join(item.cells[0].text for item in items)
    return Item((TableCell(names, head=True),), tuple(row for item in items for row in item.rows), party)


def _merged(items: list[Item]) -> list[Item]:
    """Neighbours that say the same become one row with all their names."""
    found: list[Item] = []
    for item in items:
        last = found[-1] if found else None
        if last and not item.party and [c.short for c in last.cells[1:]] == [c.short for c in item.cells[1:]]:
            name = replace(last.cells[0], text=f"{last.cells[0].text}, {item.cells[0].text}")
            found[-1] = Item((name, *last.cells[1:]), last.rows + item.rows)
        else:
            found.append(item)
    return found


def _cut(
    groups: list[list[Item]], place: Across, room: float, lang: str, sets: Sequence[RowSet] = ()
) -> list[Item]:
    """As many rows as there is room for; behind those of a set that is cut a line counts the others."""
    words = texts(lang)["row_set"]
    cut: list[tuple[int, ...]] = [()] * len(groups)
    kept = [[*group] for group in groups]

    def told() -> list[list[Item]]:
        return [
            [*group, Item((TableCell(_more(words, len(rows)), head=True),), rows)] if rows else group
            for group, rows in zip(kept, cut, strict=True)
        ]

    while _height(told(), sets, place) > room:
        longest = max(range(len(kept)), key=lambda k: sum(not item.party for item in kept[k]))
        if len(kept[longest]) < 2:
            break
        cut[longest] = kept[longest].pop().rows + cut[longest]
    return [item for group in told() for item in group]


def _more(words: dict[str, str], n: int) -> str:
    return words["more_one"] if n == 1 else words["more"].format(n=n)


def _height(groups: list[list[Item]], sets: Sequence[RowSet], place: Across) -> float:
    items = [item for group in groups for item in group]
    return sum(high + _BELOW for high in _heights(items, sets, place)) - _BELOW


def _heights(items: list[Item], sets: Sequence[RowSet], place: Across) -> list[float]:
    """The least heights: the lines of a name, and a set is as high as its label."""
    found = [_least(item, place) for item in items]
    for group in sets:
        mine = [k for k, item in enumerate(items) if item.rows[0] in group.rows]
        label = lines_of(group.label, _label_room(place), 4) * _LINE + 4
        missing = label - sum(found[k] + _BELOW for k in mine)
        for k in mine:
            found[k] += max(0.0, missing) / len(mine)
    return found


def _least(item: Item, place: Across) -> float:
    wide = place.labels - 20
    if item.party:
        return lines_of(item.cells[0].text, _block_room(place), 9) * _LINE + 12
    if len(item.cells) == 1:
        return _LINE + 4
    return max(32.0, lines_of(item.cells[0].text, wide, 3 if len(item.rows) == 1 else 6) * _LINE + 4)


def _label_room(place: Across) -> float:
    return place.rail - _ARM - 16


def _block_room(place: Across) -> float:
    return place.labels + sum(width + _GAP for _, _, width in place.columns) - _GAP - 90


# Drawing


def draw_areas(
    canvas: Canvas, table: Table, place: Across, *, lit: int | None = None, key: Collection[str] = ()
) -> None:
    """Headings, rows, and brackets beside them once the table is whole.

    Args:
        canvas: the slide, with title and foot.
        table: of areas, with its sets and bands.
        place: where the columns stand.
        lit: number of the column that the figure is about.
        key: parties to explain beside the rows, while some are not filled in.
    """
    top = canvas.top + place.heads
    items, sets = arranged(table, place, canvas.bottom - top, canvas.lang)
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
    level, found = max(least), [*least]
    low, high = 0.0, tallest
    for _ in range(40):
        level = (low + high) / 2
        found = [max(one, level) for one in least]
        if sum(found) - sum(least) > spare:
            high = level
        else:
            low = level
    return [max(one, low) for one in least]


def _headings(canvas: Canvas, heads: Row, place: Across, top: float, lit: int | None) -> None:
    shown = [(heads[i], x, width, i) for i, x, width in place.columns]
    if place.turned:
        length = place.heads - 22
        for head, x, width, _ in shown:
            middle = x + width / 2
            canvas.text(middle, top - 14, head.text, LEAST, width=length, lines=2, bold=True, turned=True)
        return
    size = min(
        common_size([head.text], 30, width - 8, 2, place.heads - 16, bold=True) for head, _, width, _ in shown
    )
    for head, x, width, i in shown:
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
        (common_size([item.cells[0].text], 30, wide, 6, high - 2) for item, high in named), default=LEAST
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
            canvas.text(canvas.left, middle, name, size, width=wide, lines=6, height=high)
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
    own = any({*group.rows} == rows for group in drawn)  # the claim has a bracket of its own among them
    x = place.right + _ARM
    for group in drawn:
        (first, last), *_ = runs(items, sides, {*group.rows})
        claim = {*group.rows} == rows
        at = x + (0 if own else 16)
        canvas.bracket(at, first + 2, last - 2, claim=claim)
        colour = canvas.theme.accent if claim else canvas.theme.quiet
        width = canvas.right - at - 12
        canvas.text(
            at + 12, (first + last) / 2, group.label, LEAST, width=width, lines=5, bold=claim, colour=colour
        )
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
