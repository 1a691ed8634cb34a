"""A ladder: a stack of blocks for each rung, a block an area, with what the provider takes over below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from srm_data.core.language import texts
from srm_data.core.vocabulary import PARTIES
from srm_data.views.figures.party_box import party_box
from srm_data.views.figures.text_fit import LEADING, LEAST, common_size, fit, measure
from srm_data.views.matrix_content import named_party

if TYPE_CHECKING:
    from srm_data.views.content import Table, TableCell
    from srm_data.views.figures.canvas import Canvas

_BETWEEN = 26.0  # between two rungs
_GAP = 4.0  # between two blocks


def stacks(canvas: Canvas, table: Table, areas: int, heads: Sequence[str], *, claimed: bool) -> None:
    """A stack for each rung, the provider's blocks at its foot, named beside it with what is new there.

    Args:
        canvas: the slide to draw on; it has its `head` and `foot`.
        table: of bars: a name, the counts of the parties and what is new, in each row.
        areas: how many areas the matrix has: so many blocks has each stack.
        heads: the names of all rungs, also of those that are still open.
        claimed: whether to mark the provider's blocks of the first and the last rung.
    """
    rows = table.rows[table.heads :]
    pitch = (canvas.room + _BETWEEN) / len(rows)
    room = pitch - _BETWEEN
    # The number stands before the name of the party; with less room over it, with little before its letter.
    parties = [named_party(party, canvas.lang) for party in PARTIES]
    told = [
        ([f"{areas} {cell.text}" for cell in parties], 70.0),
        ([cell.text for cell in parties], 36.0),
        ([f"{areas} {cell.letter}" for cell in parties], 0.0),
    ]
    widest = [(max(measure(text, 1, bold=True) for text in says), least) for says, least in told]
    way = next(k for k, (wide, least) in enumerate(widest) if k == 2 or room - wide * LEAST - 24 >= least)
    longest = widest[way][0]
    type_size = LEAST if way else min(34.0, max(LEAST, room * 0.52 / longest))
    width = min(300.0, max(20.0, min(room * 0.42, room - longest * type_size - 24)))
    lines = 1 if all(measure(text, 26, bold=True) <= room for text in heads) else 2
    size = common_size(heads, 34, room, lines, 80, bold=True)
    head = max(len(fit(text, size, room, lines, bold=True)[0]) for text in heads) * size * LEADING
    top, floor = canvas.top + max(head, 40.0) + 14, canvas.bottom - 8
    high = (floor - top) / areas
    for i, (name, bar, came) in enumerate(rows):
        x = canvas.left + i * pitch
        if bar.open:
            canvas.blank(x, canvas.top, min(room, 240.0), top - canvas.top - 14)  # to write its name in
            blocks = areas if high > 12 else 1
            for k in range(blocks):
                each = areas * high / blocks
                canvas.blank(x, top + k * each, width, each - _GAP)
            continue
        middle = (canvas.top + top - 14) / 2
        canvas.text(x, middle, name.text, size, width=room, lines=lines, height=84, bold=True)
        counts = {said.party: int(said.text) for said in bar.says}
        counts["none"] = areas - sum(counts.values())
        y, places = top, []
        for party in ("none", "customer", "shared", "provider"):
            n = counts.get(party, 0)
            # In a table of very many areas a part is one block: theirs would be too thin to be seen.
            blocks = n if high > 12 else min(n, 1)
            for k in range(blocks):
                each = n * high / blocks
                party_box(canvas, (x, y + k * each, width, each - _GAP), party)
            if n:
                places.append((party, n, y, y + n * high - _GAP))
            y += n * high
        if claimed and i in (0, len(rows) - 1):
            _claim(canvas, counts.get("provider", 0), x, floor, width, high)
        _beside(canvas, places, came, (x + width + 16, top, room - width - 16, floor), type_size, way)


def _claim(canvas: Canvas, n: int, x: float, floor: float, width: float, high: float) -> None:
    """A ring around the provider's blocks; a line at the foot of a stack that has none."""
    if n:
        canvas.around(x, floor - n * high, width, n * high - _GAP)
    else:
        canvas.claim_rule(x, floor + 2, width)


def _beside(
    canvas: Canvas,
    places: list[tuple[str, int, float, float]],
    came: TableCell,
    box: tuple[float, float, float, float],
    size: float,
    way: int,
) -> None:
    """The name of each part of a stack beside it, and what is new under the provider's.

    Args:
        canvas: the slide to draw on.
        places: of the parts: the party, how many blocks, where it begins and ends.
        came: what is new for the provider.
        box: left and upper side of the room, its width, and how far down it goes.
        size: of the type.
        way: 0 number and name in a line, 1 under each other, 2 number and letter.
    """
    x, top, room, floor = box
    line = size * LEADING * (2 if way == 1 else 1)
    tops: list[float] = []
    at = top - 6
    for _, _, start, end in places:
        at = max(at, min((start + end) / 2 - line / 2, start + 2))
        tops.append(at)
        at += line + 8
    limit = floor
    for k in range(len(places) - 1, -1, -1):  # what was pushed under the foot goes up again
        tops[k] = min(tops[k], limit - line)
        limit = tops[k] - 8
    for (party, n, _, _), y in zip(places, tops, strict=True):
        cell = named_party(party, canvas.lang)
        said = [[f"{n} {cell.text}"], [str(n), cell.text], [f"{n} {cell.letter or cell.text}"]][way]
        for k, text in enumerate(said):
            middle = y + (k + 0.5) * size * LEADING
            canvas.text(x, middle, text, size, width=room + _BETWEEN / 2, bold=True)
    if places and places[-1][0] == "provider":
        _new(canvas, [said.text for said in came.says], x, tops[-1] + line + 4, room, floor)


def _new(canvas: Canvas, names: list[str], x: float, y: float, room: float, floor: float) -> None:
    """What is new on a rung, as far as there is room; the rest is counted."""
    size = LEAST
    shown = [fit(f"+\u00a0{name}", size, room, 3)[0] for name in names]
    if any(line.endswith("…") for lines in shown for line in lines):
        return
    more = texts(canvas.lang)["ask"]["more"]
    if measure(more.format(n=len(names)), size) > room + _BETWEEN / 2:
        return
    most = int((floor - y) / (size * LEADING))
    kept = list(shown)
    rest = 0
    while kept and sum(map(len, kept)) + (rest > 0) > most:
        kept.pop()
        rest += 1
    if not kept:
        return
    lines = [line for lines in kept for line in lines]
    if rest:
        lines.append(more.format(n=rest))
    for k, line in enumerate(lines):
        canvas.text(x, y + (k + 0.5) * size * LEADING, line, size, width=room + _BETWEEN / 2)
