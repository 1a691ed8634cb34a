"""The drawn parts of single figures: bars, stairs, a difference in groups, the words beside an incident."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data.views import sentences as say
from srm_data.views.figures.grid import GAP
from srm_data.core.language import texts
from srm_data.core.matrix import Cell
from srm_data.views.figures.text_fit import LEADING, fit, measure
from srm_data.core.vocabulary import MOVES

if TYPE_CHECKING:
    from srm_data.views.figures.slide import Slide
    from srm_data.core.incidents import Incident
    from srm_data.core.matrix import Area, Column, Matrix
    from srm_data.core.topics import Line


def bars(slide: Slide, m: Matrix, shown: int) -> None:
    """A bar for each column, as long as the matrix has areas, in pieces for the parties."""
    labels = 300 if slide.wide else slide.room * 0.3
    left = slide.left + labels
    unit = (slide.right - left) / len(m.areas)
    room = slide.bottom - slide.top
    pitch = min(140.0, room / len(m.columns))
    top = slide.top + (room - pitch * len(m.columns)) / 2
    for row, column in enumerate(m.columns):
        y = top + row * pitch
        slide.text(
            slide.left,
            y + pitch / 2,
            column.label,
            34,
            width=labels - 20,
            lines=2,
            height=pitch - 24,
            bold=True,
        )
        if row >= shown:
            slide.blank(left, y + 12, unit * len(m.areas) - GAP, pitch - 24)
            continue
        x = float(left)
        for party, n in m.count(column).items():
            if n:
                labelled = (f"{n} {texts(m.lang)['party'][party]['label']}", str(n))
                width = unit * n - GAP
                if width > 76:
                    slide.cell(x, y + 12, width, pitch - 24, Cell(party), labels=labelled)
                else:
                    slide.letter(x, y + 12, width, pitch - 24, party)
                x += unit * n


def stairs(slide: Slide, m: Matrix, found: list[tuple[Column, int, list[Area]]], shown: int) -> None:
    """A step for each rung, as high as the provider's share, with what is new on it."""
    width = (slide.room + GAP) / len(found) - GAP
    most = max(n for _, n, _ in found) or 1
    floor, head = slide.bottom, 104.0  # room above a step for its name and number
    unit = (floor - slide.top - head) / most
    for i, (column, n, came) in enumerate(found):
        x, height = slide.left + i * (width + GAP), max(10.0, unit * n)
        top = floor - height
        if i >= shown:
            slide.blank(x, slide.top, width, floor - slide.top)
            continue
        count = f"{n} / {len(m.areas)}"
        slide.text(
            x + 4,
            top - 72,
            column.label,
            32 if slide.wide else 26,
            width=width - 8,
            lines=2,
            height=56,
            bold=True,
        )
        slide.text(x + 4, top - 24, count, 26, width=width - 8, colour=slide.theme.quiet)
        ink = slide.theme.ink["provider"]
        slide.box(x, top, width, height, fill=ink.fill, edge=ink.edge)
        inside = 40.0 if slide.wide else 12.0  # a narrow slide needs the room of the hatch for words
        if n and slide.wide:
            slide.strip(x, top, height, "provider", colour=ink.text)
        new = [f"+\u00a0{area.label}" for area in came]
        _stack(slide, new, x + inside, top + 8, width - inside - 8, height - 16, ink.text)


def _stack(
    slide: Slide, lines: list[str], x: float, y: float, width: float, height: float, colour: str
) -> None:
    """Lines of text under each other, as large as the room allows."""
    if not lines:
        return
    size = 34.0

    def height_at(size: float) -> float:
        wrapped = [fit(line, size, width, 3) for line in lines]
        kept = all(fitted > size * 0.97 for _, fitted in wrapped)  # none had to shrink
        return sum(len(shown) for shown, _ in wrapped) * size * 1.2 if kept else float("inf")

    while size > 12 and height_at(size) > height:
        size -= 1
    for line in lines:
        shown, _ = fit(line, size, width, 3)
        block = len(shown) * size * 1.2
        slide.text(x, y + block / 2, line, size, width=width, lines=3, colour=colour)
        y += block


_STAYED = 116  # pixels for a group that stayed: heading and two lines of names


def difference(slide: Slide, m: Matrix, old: Column, new: Column) -> None:
    """What moved gets the room, a row each; what stayed is named in a few lines."""
    groups = {change: areas for change, areas in say.areas_by_change(m, old.id, new.id).items() if areas}
    moved = {change: areas for change, areas in groups.items() if change in MOVES}
    kept = {change: areas for change, areas in groups.items() if change not in MOVES}
    width, arrow = (330.0, 62.0) if slide.wide else (slide.room * 0.24, 50.0)
    old_x, new_x = slide.right - 2 * width - arrow, slide.right - width
    y = slide.top
    if moved:
        for x, column in ((old_x, old), (new_x, new)):
            slide.text(x, y + 18, column.label, 30, width=width, lines=2, height=56, bold=True)
        y += 40
    room = slide.bottom - y - _STAYED * len(kept)
    lines = sum(len(areas) for areas in moved.values())
    row = min(64.0, room / max(1, lines + len(moved)))
    head = max(row, 40.0)  # a heading stays readable among many rows
    row = min(row, (room - head * len(moved)) / max(1, lines))
    moving = [m.cell(area, column) for areas in moved.values() for area in areas for column in (old, new)]
    word = slide.word_size(moving, width, row - 6)
    for change, areas in moved.items():
        _change_head(slide, change, len(areas), y, head)
        y += head
        for area in areas:
            middle = y + row / 2
            slide.text(
                slide.left,
                middle,
                area.label,
                min(30, row * 0.72),
                width=old_x - slide.left - 24,
                lines=1 if slide.wide else 2,
                height=row - 4,
            )
            for x, column in ((old_x, old), (new_x, new)):
                slide.cell(x, y + 3, width, row - 6, m.cell(area, column), word=word)
            slide.arrow(old_x + width + 10, new_x - 10, middle)
            y += row
    y = max(y, slide.bottom - _STAYED * len(kept)) if moved else y + 30
    for change, areas in kept.items():
        _change_head(slide, change, len(areas), y, 46)
        names = ", ".join(area.label for area in areas)
        slide.text(
            slide.left,
            y + 46 + 30,
            names,
            24,
            width=slide.room,
            lines=3,
            height=62,
            colour=slide.theme.quiet,
        )
        y += _STAYED


def _change_head(slide: Slide, change: str, count: int, y: float, height: float) -> None:
    """Heading of a group: how many, what happens to them, and what that means, over a line."""
    words = texts(slide.lang)["change"][change]
    base = y + height - 5
    slide.rule(base, slide.theme.text if change in MOVES else slide.theme.line)
    size = min(30.0, height * 0.62)
    middle = base - size * 0.62
    head = f"{count} {words['label']}"
    slide.text(slide.left, middle, head, size, width=310, bold=True)
    x = slide.left + (330 if slide.wide else measure(head, size, bold=True) + 24)
    slide.text(
        x,
        middle + 1,
        words["meaning"],
        size * 0.76,
        width=min(620, slide.right - x),
        colour=slide.theme.quiet,
    )


def two_parts(slide: Slide, places: list[tuple[Line, str]], y: float) -> None:
    """Who does which part in the shared cells among these, as far as the room below `y` goes."""
    words = texts(slide.lang)["label"]
    told = [
        (line.matrix, column, cell)
        for line, model in places
        for column, cell in line.under(model)
        if cell.customer_part and cell.provider_part
    ]
    room = (slide.bottom - y) / max(1, len(told))
    for m, column, cell in told if room > 90 else ():
        slide.text(slide.left, y + 16, f"{m.short}, {column.label}", 26, width=slide.room, bold=True)
        side = m.provider_short if slide.wide else texts(slide.lang)["party"]["provider"]["label"]
        pairs = ((words["customer_does"], cell.customer_part), (side, cell.provider_part))
        half = (slide.room - 40) / 2
        for k, (who, part) in enumerate(pairs):
            x = slide.left + k * (half + 40)
            _paragraph(slide, f"{who}: {part}", x, y + 40, half, room - 50, 26)
        y += room


def incident_words(slide: Slide, i: Incident, shown: int) -> float:
    """The words beside an incident; returns the width that is left for its table.

    A wide slide has them at the right, a narrow one under the table, and `bottom` moves up. The story
    comes first; with the last step who failed, who answers by the table, and what is disputed.
    """
    words = texts(slide.lang)["incident"]
    if slide.wide:
        x, y, width, height = slide.right - 420.0, slide.top + 8, 420.0, slide.bottom - slide.top - 8
        left = slide.room - 460.0
    else:
        width, height = float(slide.room), 210.0
        slide.bottom -= height + 10
        x, y = float(slide.left), slide.bottom + 10
        left = width
    if shown < 2:
        _paragraph(slide, i.story, x, y, width, height, 27)
        return left
    failed = ("customer", "provider") if i.failed_party == "both" else (i.failed_party,)
    half = width if slide.wide else (width - 24) / 2
    for k, (head, parties) in enumerate(((words["who_failed"], failed), (words["who_answers"], i.answers))):
        at, down = (x, y + k * 140) if slide.wide else (x + k * (half + 24), y)
        slide.text(
            at, down + 14, head, 24, width=half, bold=True, lines=2 if not slide.wide else 1, height=40
        )
        _parties(slide, parties, at, down + 44, half, 58)
    rest = 290 if slide.wide else 114
    parts = [i.layer[:1].upper() + i.layer[1:] + ".", i.why if slide.wide else "", i.dispute]
    _paragraph(slide, " ".join(part for part in parts if part), x, y + rest, width, height - rest, 25)
    return left


def _parties(slide: Slide, parties: tuple[str, ...], x: float, y: float, width: float, height: float) -> None:
    """Parties as cells beside each other; what is no party, or nobody, as words in a frame."""
    words = texts(slide.lang)
    known = [party for party in parties if party in words["party"]]
    part = (width + GAP) / max(1, len(known))
    cells = [Cell(party) for party in known]
    word = slide.word_size(cells, part - GAP, height) if cells else 0
    for k, cell in enumerate(cells):
        slide.cell(x + k * part, y, part - GAP, height, cell, word=word)
    if not known:
        said = words["incident"]["failed"][parties[0]]["label"] if parties else words["label"]["no_row"]
        nobody = slide.theme.ink[None]
        slide.box(x, y, width, height, fill=nobody.fill, edge=nobody.edge)
        slide.text(x + 14, y + height / 2, said, 26, width=width - 24, lines=2, height=height - 6)


def _paragraph(slide: Slide, text: str, x: float, y: float, width: float, height: float, size: float) -> None:
    """Running text from the top, as large as the room allows."""
    lines = max(1, int(height // (size * 0.62)))
    shown, size = fit(text, size, width, lines, height=height)
    slide.text(x, y + len(shown) * size * LEADING / 2, text, size, width=width, lines=lines, height=height)
