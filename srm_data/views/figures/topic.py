"""The figure of a topic: several tables under each other, where they agree and where they do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from srm_data.core.language import texts
from srm_data.views.content import Said, TableCell
from srm_data.views.figures.columns import Columns, runs
from srm_data.views.figures.text_fit import LEADING, LEAST, common_size, measure, paragraph_height

if TYPE_CHECKING:
    from srm_data.core.matrix import Cell
    from srm_data.core.topics import Line, Topic
    from srm_data.views.figures.canvas import Canvas

_LABELS = 430.0  # width of the names, where they stand beside the cells
_NAME = 44.0  # height of a name over its cells
_ROW, _ROW_LEAST, _GAP = 160.0, 34.0, 12.0
_TWO_LINES = 62.0  # a row as high as this has its table on a line of its own
_BELOW = 22.0  # between the cells and the bracket under them
_AIR, _REST = 26.0, 40.0
_FEW, _MANY = 4, 8  # rows on a narrow slide with their names over the cells, and on a wide one


@dataclass(frozen=True)
class LinedUp:
    """The rows about a topic on a slide that has its `head`; `draw` comes after its `foot`."""

    canvas: Canvas
    found: Topic
    heads: Sequence[TableCell]
    rows: Sequence[tuple[TableCell, ...]]
    lines: Sequence[Line]

    @classmethod
    def of(
        cls,
        canvas: Canvas,
        found: Topic,
        heads: Sequence[TableCell],
        rows: Sequence[tuple[TableCell, ...]],
        lines: Sequence[Line],
    ) -> LinedUp:
        """The rows as a slide of this shape can hold them.

        Many of them become one for each table; and where a cell has room for its word but not for the mark of
        a note, it has the word. The mark of a dispute always stays.

        Args:
            canvas: the slide, with its `head`.
            found: the topic.
            heads: the service models.
            rows: the name of an area with its table, and its cells, for each line.
            lines: those that the rows are from.
        """
        many = len(rows) > (_MANY if canvas.wide else _FEW)
        made = cls(canvas, found, heads, _by_table(rows) if many else rows, lines)
        bare = replace(made, rows=[tuple(_without_note(cell) for cell in row) for row in made.rows])
        return bare if bare.in_words and not made.in_words else made

    @property
    def over(self) -> bool:
        """Whether the names stand over the cells: on a narrow slide that has few rows."""
        return not self.canvas.wide and len(self.rows) <= _FEW

    @property
    def columns(self) -> Columns:
        """Where the columns lie."""
        s = self.canvas
        longest = max(measure(name.source or name.text, LEAST) for name, *_ in self.rows) + 24
        labels = 0.0 if self.over else _LABELS if s.wide else min(longest, s.room * 0.5)
        return Columns(s, s.left + labels, s.room - labels, len(self.heads))

    @property
    def in_words(self) -> bool:
        """Whether each cell says its party in words, so that no key is needed."""
        cells = [cell for _, *cells in self.rows for cell in cells]
        return not any(cell.open for cell in cells) and self.columns.words_fit(cells, 40)

    @property
    def marked(self) -> bool:
        """Whether a cell bears a mark."""
        cells = [cell for _, *cells in self.rows for cell in cells]
        return any(cell.mark or any(said.mark for said in cell.says) for cell in cells)

    def draw(self, *, whole: bool) -> None:
        """The rows, what the tables agree on, and under them the two parts of a shared cell.

        Args:
            whole: whether all tables are filled in, so that it can be told where they agree.
        """
        s, columns = self.canvas, self.columns
        head, band = columns.head_height(self.heads), self._band if whole else 0.0
        room = s.bottom - s.top - head - band
        name = _NAME if self.over else 0.0
        most = max(1, int((room + _GAP) // (name + _ROW_LEAST + _GAP / 2)))
        shown, rest = self.rows, 0
        if most < len(self.rows):  # a line tells how many there are besides
            shown, room = self.rows[: most - 1], room - _REST
            rest = len(self.rows) - len(shown)
        least = name + (48.0 if self.over or not s.wide else 74.0) + _GAP
        size, notes = self._notes_that_fit(room - len(shown) * least, whole=whole)
        under = _AIR + sum(high for high, _ in notes) if notes else 0.0
        gap = _GAP if (room - under) / len(shown) > 60 else _GAP / 2
        pitch = min(name + _ROW + gap, (room - under) / len(shown))
        high = pitch - name - gap
        y = self._rows(shown, s.top + head, pitch, high)
        if whole:
            self._agreement(y, shown, pitch, high)
            y += band
        if rest:
            s.rest(s.left, y + _REST / 2, rest, s.room)
            return
        # What is left over goes between the parts, so that they fill the slide.
        spare = max(0.0, s.bottom - y - under) / (len(notes) + 1)
        y += _AIR + min(spare, 30.0)
        for k, (tall, note) in enumerate(notes):
            self._note(note, y, size)
            y += tall + (min(spare, 12.0) if k < len(notes) - 1 else 0)

    @property
    def _band(self) -> float:
        return _BELOW + 14 + max(lines for _, _, lines in self._verdicts()) * LEAST * LEADING

    def _verdicts(self) -> list[tuple[str, tuple[int, int], int]]:
        """What the tables do in each run of columns, and in how many lines that can be said; 0 where not."""
        s, columns = self.canvas, self.columns
        words = texts(s.lang)["topic"]
        verdicts = [self.found.verdict(model) for model in self.found.models]
        found = []
        for verdict in dict.fromkeys(verdicts):
            bold = verdict == self._claim
            for run in runs([k for k, one in enumerate(verdicts) if one == verdict]):
                width = columns.span(*run)[1]
                fits = all(measure(word, LEAST, bold=bold) <= width for word in words[verdict].split())
                high = paragraph_height(words[verdict], LEAST, width, bold=bold)
                found.append((verdict, run, round(high / LEAST / LEADING) if fits else 0))
        if all(lines for _, _, lines in found):
            return found
        # Too narrow: only what the title is about is said, on one line that may be wider than its columns.
        return [(verdict, run, int(verdict == self._claim)) for verdict, run, _ in found]

    @property
    def _claim(self) -> str:
        """What the title is about: where the tables differ, or else that they agree."""
        verdicts = {self.found.verdict(model) for model in self.found.models}
        return "differ" if "differ" in verdicts else "agree"

    def _rows(self, shown: Sequence[tuple[TableCell, ...]], top: float, pitch: float, high: float) -> float:
        """Names and cells; returns where the last row ends."""
        s, columns = self.canvas, self.columns
        columns.heads(s.top, self.heads)
        cells = [cell for _, *cells in self.rows for cell in cells]
        word = s.word_size(cells, columns.wide, high)
        for j, (name, *row) in enumerate(shown):
            y = top + j * pitch
            if self.over:
                self._name_over(name, y)
                columns.row(y + _NAME, high, row, word)
            else:
                self._name_beside([row[0] for row in shown], j, y + high / 2, high)
                columns.row(y, high, row, word)
        return top + (len(shown) - 1) * pitch + (_NAME if self.over else 0) + high

    def _name_over(self, name: TableCell, y: float) -> None:
        s, size = self.canvas, 28.0
        table = f"  {name.source}"
        while size > LEAST and measure(name.text, size, bold=True) + measure(table, LEAST) > s.room:
            size -= 1
        s.text(s.left, y + 18, name.text, size, width=s.room, bold=True)
        x = s.left + measure(name.text, size, bold=True)
        if name.source and x + measure(table, LEAST) <= s.right:
            s.text(x, y + 19, table, LEAST, width=s.right - x, colour=s.theme.quiet)

    def _name_beside(self, names: Sequence[TableCell], j: int, middle: float, high: float) -> None:
        s, quiet, width = self.canvas, self.canvas.theme.quiet, self.columns.x - self.canvas.left - 20
        name = names[j]
        if not name.source:
            size = common_size([one.text for one in names], 30, width, 1, high)
            s.text(s.left, middle, name.text, size, width=width)
            return
        if high >= _TWO_LINES:
            two = high >= 3 * LEAST * LEADING + 4
            room = high - LEAST * LEADING
            size = common_size([one.text for one in names], 30, width, 2 if two else 1, room, bold=True)
            tall = paragraph_height(name.text, size, width, bold=True)
            up = middle - (tall + LEAST * LEADING) / 2
            s.paragraph(s.left, up, name.text, size, width, bold=True)
            s.text(s.left, up + tall + LEAST * LEADING / 2, name.source, LEAST, width=width, colour=quiet)
            return
        # One line a row: the area where it fits with its table, else the table alone, which tells them apart.
        both = f"{name.text}, {name.source}"
        fits = measure(both, LEAST) <= width
        s.text(s.left, middle, both if fits else name.source, LEAST, width=width)

    def _agreement(self, y: float, shown: Sequence[tuple[TableCell, ...]], pitch: float, high: float) -> None:
        """Under each run of columns what the tables do there; those that the title is about are marked."""
        s, columns = self.canvas, self.columns
        words, below = texts(s.lang)["topic"], y + _BELOW
        told = self._verdicts()
        roomy = all(columns.span(*run)[1] > 240 for _, run, _ in told)
        for verdict, run, lines in told:
            left, width = columns.span(*run)
            marked = verdict == self._claim
            if verdict == "agree":
                s.bracket_under(left, below, width, claim=marked)
            elif verdict == "differ":
                self._ring(left, width, y, len(shown), pitch, high)
            if not lines:
                continue
            size = 28 if roomy else LEAST
            room = max(width, measure(words[verdict], size, bold=marked) if lines == 1 else 0)
            s.text(
                max(s.left + room / 2, min(left + width / 2, s.right - room / 2)),
                below + 8 + lines * LEAST * LEADING / 2,
                words[verdict],
                size,
                width=room + 1,
                lines=lines,
                bold=marked,
                colour=s.theme.accent if marked else s.theme.quiet,
                align="center",
            )

    def _ring(self, left: float, width: float, y: float, rows: int, pitch: float, high: float) -> None:
        """Around cells of columns that differ, not around all: that would run through the names over them."""
        s = self.canvas
        if not self.over:
            top = y - high - (rows - 1) * pitch
            s.around(left, top, width, y - top)
            return
        for j in range(rows):
            s.around(left, y - j * pitch - high, width, high)

    def _notes_that_fit(self, room: float, *, whole: bool) -> tuple[float, list[tuple[float, _Note]]]:
        """The size of the notes and each with its height: all of them, or the first of the shared cells.

        Args:
            room: how high they may be together.
            whole: whether all tables are filled in.
        """
        notes = self._notes(whole=whole)
        shared = bool(notes) and notes[0].cell is not None
        for kept in range(len(notes), 0, -1) if shared else [len(notes)]:
            for size in (32.0, 30.0, 28.0, 26.0, LEAST):
                high = [self._height(note, size) for note in notes[:kept]]
                if notes and sum(high) + _AIR <= room:
                    return size, [*zip(high, notes, strict=False)]
        return LEAST, []

    def _notes(self, *, whole: bool) -> list[_Note]:
        """What stands under the rows: the parts of the shared cells, or what each row is about."""
        differ = (
            [model for model in self.found.models if self.found.verdict(model) == "differ"] if whole else []
        )
        told = [
            _Note(f"{line.matrix.short}, {column.label}", cell=cell)
            for line in self.lines
            for model in differ
            for column, cell in line.under(model)
            if cell.customer_part and cell.provider_part
        ]
        return told or [_Note(line.area.label, reason=line.reason) for line in self.lines if line.reason]

    def _height(self, note: _Note, size: float) -> float:
        s = self.canvas
        if note.cell is None:
            return paragraph_height(note.told, size, s.room) + 10
        half = (s.room - 40) / 2 - 64
        parts = (note.cell.customer_part, note.cell.provider_part)
        return 54 + max(52, *(paragraph_height(part, size, half) for part in parts))

    def _note(self, note: _Note, y: float, size: float) -> None:
        s = self.canvas
        if note.cell is None:
            s.paragraph(s.left, y, note.told, size, s.room)
            return
        s.text(s.left, y + 16, note.title, 28, width=s.room, bold=True)
        half = (s.room - 40) / 2
        parts = (("customer", note.cell.customer_part), ("provider", note.cell.provider_part))
        for k, (party, part) in enumerate(parts):
            x = s.left + k * (half + 40)
            s.letter(x, y + 44, 48, 48, party)
            s.paragraph(x + 64, y + 40, part, size, half - 64)


@dataclass(frozen=True)
class _Note:
    """What is told under the rows: who does which part of a shared cell, or why a row is about the topic."""

    title: str
    cell: Cell | None = None
    reason: str = ""

    @property
    def told(self) -> str:
        return f"{self.title}: {self.reason}"


def _without_note(cell: TableCell) -> TableCell:
    return replace(cell, mark="") if cell.mark == "*" else cell


def _by_table(rows: Sequence[tuple[TableCell, ...]]) -> list[tuple[TableCell, ...]]:
    """A row for each table, in place of one for each of its areas."""
    tables: dict[str, list[tuple[TableCell, ...]]] = {}
    for row in rows:
        tables.setdefault(row[0].source, []).append(row)
    return [
        (TableCell(table, head=True), *(_together(cells) for cells in list(zip(*those, strict=True))[1:]))
        for table, those in tables.items()
    ]


_MARKS = ("", "*", "?")  # the last weighs most


def _together(cells: Sequence[TableCell]) -> TableCell:
    """What one table says in its cells under a model: one party, or several beside each other."""
    told = [cell for cell in cells if cell.open or cell.party or cell.says]
    if not told or told[0].open:
        return told[0] if told else cells[0]
    said: dict[str, Said] = {}
    for cell in told:
        for one in cell.says or (Said(cell.party, mark=cell.mark),):
            known = said.setdefault(one.party, one)
            if _MARKS.index(one.mark) > _MARKS.index(known.mark):
                said[one.party] = one
    if len(said) == 1:
        return replace(told[0], mark=next(iter(said.values())).mark) if told[0].party else told[0]
    return TableCell(says=tuple(said.values()))
