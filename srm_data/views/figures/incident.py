"""The figure of an incident: its story, large, and with it the row that was hit and whose that is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from srm_data.core.language import texts
from srm_data.views.figures.columns import Columns, runs
from srm_data.views.figures.text_fit import LEAST, measure, paragraph_height
from srm_data.views.incident_sentences import incident_verdict

if TYPE_CHECKING:
    from srm_data.core.incidents import Incident
    from srm_data.views.content import Content, TableCell
    from srm_data.views.figures.canvas import Canvas

_STORY, _BETWEEN = 600.0, 64.0  # on a wide slide: width of the story, and what is left beside it
_UNDER = 30.0  # between the story and what stands under it, on a narrow slide
_LARGE, _SMALL = (46, 44, 42, 40, 38, 36, 34, 32, 30), (29, 28, 27, 26, 25, LEAST)  # sizes of the story
_VERDICT, _DISPUTE = 40.0, 28.0
_NAME = 44.0  # for the name of a row over its cells
LOW = 40.0  # height of a quiet cell
_AIR = 20.0  # between two parts


class Room(NamedTuple):
    """Where a part lies, in slide pixels."""

    x: float
    y: float
    width: float
    height: float


class Told(NamedTuple):
    """What of a whole incident there is room for; the story and the row that was hit always stand."""

    beside: bool  # the rows beside the one that was hit, or the names of all rows where none was
    counted: bool  # how many rows there are besides
    dispute: bool


#: What is left out first stands last; what is disputed goes only when nothing else does.
_TOLD = tuple(
    Told(beside, counted, dispute)
    for dispute in (True, False)
    for beside, counted in ((True, True), (True, False), (False, True), (False, False))
)


def rooms(
    canvas: Canvas, story: str, options: Sequence[Told], least: Callable[[Told], float]
) -> tuple[float, Room, Told]:
    """The size of the story, the room beside or under it, and the first option that fits there.

    The story is as large as can be, but it takes small type before what is disputed is left out.

    Args:
        canvas: the slide, with its `head` and `foot`.
        story: what happened.
        options: what may stand with the story, the fullest first.
        least: how high an option is at least.
    """
    height = canvas.bottom - canvas.top
    if canvas.wide:
        size = next((s for s in _LARGE if paragraph_height(story, s, _STORY) <= height), LEAST)
        x = canvas.left + _STORY + _BETWEEN
        room = Room(x, canvas.top, canvas.right - x, height)
        return size, room, next((one for one in options if least(one) <= height), options[-1])

    def under(size: float) -> Room:
        used = paragraph_height(story, size, canvas.room) + _UNDER
        return Room(canvas.left, canvas.top + used, canvas.room, height - used)

    for dispute, sizes in product((True, False), (_LARGE[5:], _SMALL)):
        for one, size in product((one for one in options if one.dispute is dispute), sizes):
            if least(one) <= under(size).height:
                return size, under(size), one
    return LEAST, under(LEAST), options[-1]


def tell_story(canvas: Canvas, story: str, size: float) -> None:
    """Write the story at the left of a wide slide, or over the whole width at the top of a narrow one.

    Args:
        canvas: the slide, with its `head` and `foot`.
        story: what happened.
        size: height of the type, as `rooms` chose it.
    """
    canvas.paragraph(canvas.left, canvas.top, story, size, _STORY if canvas.wide else canvas.room)


def ask(canvas: Canvas, i: Incident) -> None:
    """The story alone, and lines to fill in: which row, whose it is, and who failed."""
    labels = [*texts(i.lang)["incident"]["blank"].values()]
    size, room, _ = rooms(canvas, i.story, [_TOLD[-1]], lambda _: 68.0 * len(labels))
    tell_story(canvas, i.story, size)
    pitch = room.height / len(labels)
    for k, label in enumerate(labels):
        y = room.y + k * pitch
        if canvas.wide:
            canvas.text(room.x, y + 18, label, 30, width=room.width, bold=True)
            canvas.blank(room.x, y + 46, room.width, pitch - 46 - (28 if k < len(labels) - 1 else 0))
        else:
            high, left = min(110.0, pitch - 12), room.width * 0.38
            canvas.text(room.x, y + high / 2, label, 30, width=left - 16, lines=2, bold=True)
            canvas.blank(room.x + left, y, room.width - left, high)


def ask_row(canvas: Canvas, i: Incident) -> None:
    """The story, and the names of all rows of the table: none of them stands out."""
    words = texts(i.lang)["incident"]
    names = [area.label for area in i.matrix.areas]
    columns = 1 if canvas.wide and len(names) < 12 else 2
    down = -(-(len(names) + 1) // columns)
    least = 44.0 + down * 30.0
    size, room, _ = rooms(canvas, i.story, [_TOLD[-1]], lambda _: least)
    tell_story(canvas, i.story, size)
    canvas.text(room.x, room.y + 18, words["ask"]["row"], 30, width=room.width, bold=True)
    top = room.y + 50
    pitch = min(84.0, (room.height - 50) / down)
    listed = [*names, words["option_none"]]
    parts = [listed[k : k + down] for k in range(0, len(listed), down)]
    widest = [max(measure(name, 1) for name in part) for part in parts]
    gap = 40.0
    type_ = min(32.0, pitch * 0.8, (room.width - gap * (len(parts) - 1)) / sum(widest))
    type_ = max(LEAST, type_)
    spare = room.width - sum(widest) * type_ - gap * (len(parts) - 1)
    x = room.x
    for part, wide in zip(parts, widest, strict=True):
        width = wide * type_ + max(0.0, spare) / len(parts)
        for k, name in enumerate(part):
            y = top + k * pitch
            canvas.rule(y, canvas.theme.line, x=x, width=width, line=1.5)
            colour = canvas.theme.quiet if name == words["option_none"] else ""
            canvas.text(x, y + pitch / 2, name, type_, width=width + 1, colour=colour)
        x += width + gap


def table_columns(canvas: Canvas, i: Incident) -> Columns:
    """Where the columns of the table lie beside or under the story."""
    x = canvas.left + _STORY + _BETWEEN if canvas.wide else canvas.left
    return Columns(canvas, x, canvas.right - x, len(i.matrix.columns))


def answer(canvas: Canvas, i: Incident, part: HitRows | NoRow) -> None:
    """The whole: story, the row that was hit with those beside it, who failed and what is disputed.

    Args:
        canvas: the slide, with its `head` and `foot`.
        i: the incident.
        part: the rows of its table, or what stands for them where no row is about it.
    """
    verdict = incident_verdict(i)
    dispute = texts(i.lang)["incident"]["dispute"].format(dispute=i.dispute) if i.dispute else ""
    width = part.columns.width

    def words(told: Told, size: float) -> float:
        high = paragraph_height(verdict, size, width, bold=True) + _AIR
        return high + (paragraph_height(dispute, _type(size), width) + _AIR if told.dispute else 0)

    options = [told for told in _TOLD if i.dispute or not told.dispute]
    size, room, told = rooms(canvas, i.story, options, lambda told: part.least(told) + words(told, LEAST + 2))
    tell_story(canvas, i.story, size)
    sizes = [_VERDICT - step for step in range(int(_VERDICT - LEAST - 2))]
    large = next((s for s in sizes if part.least(told) + words(told, s) <= room.height), LEAST + 2)
    y = part.draw(room, room.height - words(told, large), told)
    y = canvas.paragraph(room.x, y + _AIR, verdict, large, width, bold=True)
    if told.dispute:
        canvas.paragraph(room.x, y + _AIR, dispute, _type(large), width)


def _type(verdict: float) -> float:
    """Size of what is disputed, under a verdict of that size."""
    return max(LEAST, min(_DISPUTE, verdict - 4))


@dataclass(frozen=True)
class HitRows:
    """The rows that were hit, each large with a ring, and quiet ones above and below."""

    columns: Columns
    heads: Sequence[TableCell]
    rows: Sequence[tuple[TableCell, ...]]
    lang: str

    @classmethod
    def of(cls, columns: Columns, content: Content) -> HitRows:
        """Those of an incident; what the marks of its table mean is not told here, so they are left out."""
        heads, *rows = content.tables[0].rows
        plain = [(name, *(replace(cell, mark="", roles="") for cell in cells)) for name, *cells in rows]
        return cls(columns, heads[1:], plain, content.lang)

    @property
    def cells(self) -> list[TableCell]:
        """The cells that are drawn at most."""
        return [cell for row in self._shown(beside=True) for cell in row[1:]]

    def _shown(self, *, beside: bool) -> list[tuple[TableCell, ...]]:
        hit = [j for j, (name, *_) in enumerate(self.rows) if name.lit]
        first, last = hit[0] - beside, hit[-1] + beside
        return [row for j, row in enumerate(self.rows) if first <= j <= last]

    def least(self, told: Told) -> float:
        """How high it is at least."""
        shown = self._shown(beside=told.beside)
        hit = sum(row[0].lit for row in shown)
        high = self.columns.head_height(self.heads) + hit * (_NAME + 54 + 16)
        high += (len(shown) - hit) * (30 + LOW + 12)
        return high + (34 if told.counted else 0)

    def draw(self, room: Room, height: float, told: Told) -> float:
        """Draw it from the top of a room; returns where it ends.

        Args:
            room: where to draw.
            height: of the room that it may take.
            told: what of it there is room for.
        """
        columns, s = self.columns, self.columns.canvas
        shown = self._shown(beside=told.beside)
        hit = sum(row[0].lit for row in shown)
        share = max(0.0, height - self.least(told)) / (3 * hit + len(shown) - hit)
        high, low = 54 + min(90.0, 3 * share), LOW + min(24.0, share)
        large, small = (s.word_size(self.cells, columns.wide, h) for h in (high, low))
        lit = {k for row in shown for k, cell in enumerate(row[1:]) if cell.lit}
        quiet = {k for k in range(columns.count) if k not in lit}
        columns.heads(room.y, self.heads, quiet)
        y = room.y + columns.head_height(self.heads)
        for name, *cells in shown:
            if name.lit:
                s.text(room.x, y + 17, name.text, 30, width=room.width, bold=True)
                columns.row(y + _NAME, high, cells, large)
                for first, last in runs([k for k, cell in enumerate(cells) if cell.lit]):
                    left, wide = columns.span(first, last)
                    s.around(left, y + _NAME, wide, high)
                y += _NAME + high + 16
            else:
                s.text(room.x, y + 14, name.text, LEAST, width=room.width, colour=s.theme.quiet)
                columns.row(y + 30, low, cells, small)
                y += 30 + low + 12
        if told.counted:
            s.rest(room.x, y + 14, len(self.rows) - len(shown), room.width)
            y += 34
        return y - 8


@dataclass(frozen=True)
class NoRow:
    """What failed, an empty row with a ring, and the names of all rows: none of them is about it."""

    columns: Columns
    i: Incident

    @property
    def _layer(self) -> str:
        return self.i.layer[:1].upper() + self.i.layer[1:]

    @property
    def _areas(self) -> str:
        areas = ", ".join(area.label for area in self.i.matrix.areas)
        return str(
            texts(self.i.lang)["incident"]["all_areas"].format(n=len(self.i.matrix.areas), areas=areas)
        )

    def least(self, told: Told) -> float:
        """How high it is at least."""
        width = self.columns.width
        named = paragraph_height(self._areas, 26, width) + _AIR if told.beside else 0
        return paragraph_height(self._layer, 30, width, bold=True) + 12 + 54 + named

    def draw(self, room: Room, height: float, told: Told) -> float:
        """Draw it from the top of a room; returns where it ends.

        Args:
            room: where to draw.
            height: of the room that it may take.
            told: what of it there is room for.
        """
        s = self.columns.canvas
        high = 54 + min(90.0, max(0.0, height - self.least(told)))
        y = s.paragraph(room.x, room.y, self._layer, 30, room.width, bold=True) + 12
        nobody = s.theme.ink[None]
        s.box(room.x, y, room.width, high, fill=nobody.fill, edge=nobody.edge)
        says = texts(self.i.lang)["label"]["no_row"]
        s.text(room.x + 20, y + high / 2, says, 32, width=room.width - 40, colour=nobody.text)
        s.around(room.x, y, room.width, high)
        y += high
        if told.beside:
            y = s.paragraph(room.x, y + _AIR, self._areas, 26, room.width, colour=s.theme.quiet)
        return y
