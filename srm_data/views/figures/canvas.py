"""The slide that figures are drawn on: three shapes, one type scale, one way to draw a cell, a key, a foot.

Coordinates are slide pixels from the top left; every shape is 900 of them high, so type is as large on a
wall whatever the shape. Text is measured before it is drawn, so it shrinks or wraps instead of running over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import pairwise

from srm_data.core.language import texts, unknown_name
from srm_data.core.vocabulary import PARTIES
from srm_data.views import palette
from srm_data.views.content import TableCell
from srm_data.views.figures.marks import ORDER, Area, Box, Dots, Lines, Mark, Point, Text
from srm_data.views.figures.picture import Picture
from srm_data.views.figures.text_fit import LEADING, LEAST, balanced, fit, measure, paragraph_height
from srm_data.views.matrix_content import named_party

#: Width and height in slide pixels.
SIZES = {"16:9": (1600, 900), "4:3": (1200, 900), "1:1": (900, 900)}
WIDTH, HEIGHT = SIZES["16:9"]
MARGIN = 56

# The type scale; what is in between belongs to a figure, and nothing but the foot is under `text_fit.LEAST`.
_TITLE, _SUBTITLE, _KEY, _FOOT = 50, 26, 24, 18
_SMALL_TITLE = 40  # a title takes another line before it is smaller than this
_MARK = 40  # height of a cell in the key
_PITCH = 48  # distance of two rows of the key
_AIR = 15.7  # under the foot, and between foot and key
_RISE = 0.36  # from the middle of a line to where its letters stand, in sizes
_HEAD = (14.0, 6.0)  # of an arrow: how long, and how far to each side


class Canvas:
    """Draws on one `Picture`; every method takes slide pixels.

    `head` and `foot` come first: they settle `top` and `bottom`, between which the figure has its room.
    """

    def __init__(
        self,
        heading: str,
        alt: str,
        theme: str = "light",
        size: str = "16:9",
        *,
        lang: str = "en",
        rows: Sequence[Sequence[str]] = (),
    ) -> None:
        if size not in SIZES:
            raise unknown_name("size", size, SIZES)
        theme = palette.worn(theme)
        self.theme, self.lang = palette.theme(theme), lang
        self.width, self.height = SIZES[size]
        margin = MARGIN if self.width > self.height else 40
        self.left, self.right = margin, self.width - margin
        self.room = self.right - self.left
        self.top, self.bottom = 0.0, float(self.height)
        self.picture = Picture(
            heading,
            alt,
            rows,
            lang=lang,
            theme=theme,
            width=self.width,
            height=self.height,
            ground=self.theme.ground,
        )
        self._marks: list[Mark] = []
        self._stripes: dict[str, list[tuple[Point, Point]]] = defaultdict(list)
        self._dots: dict[str, list[Point]] = defaultdict(list)
        self._title_lines = self._foot_from = self._foot_lines = 0

    @property
    def wide(self) -> bool:
        """Whether there is room for a word in every cell."""
        return self.width > 1200

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        width: float,
        lines: int = 1,
        height: float = 1000,
        bold: bool = False,
        colour: str = "",
        align: str = "left",
        turned: bool = False,
    ) -> None:
        """Write at most `lines` lines within `width` × `height` pixels around a point.

        Args:
            x: where it begins, ends or has its middle: see `align`.
            y: middle of the lines; where they begin when `turned`.
            text: what to write.
            size: height of the type; less when it would not fit.
            width: of the room.
            lines: how many lines there may be.
            height: of the room.
            bold: whether the type is bold.
            colour: as "#rrggbb"; that of all text when left out.
            align: "left", "center" or "right".
            turned: whether the lines run upwards, with `x` in their middle.
        """
        shown, size = fit(text, size, width, lines, height=height, bold=bold)
        for i, line in enumerate(shown):
            off = (i - (len(shown) - 1) / 2) * size * LEADING + size * _RISE
            at = (x + off, y) if turned else (x, y + off)
            mark = Text(*at, line, size, colour or self.theme.text, bold, align, turned)
            self._marks.append(mark)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str,
        edge: str,
        line: float = 2.5,
        dashed: bool = False,
    ) -> None:
        """A rounded rectangle.

        Args:
            x: left side.
            y: upper side.
            width: of the box.
            height: of the box.
            fill: colour inside, as "#rrggbb", or "none".
            edge: colour of the line around, likewise.
            line: how thick that is.
            dashed: whether it is dashed.
        """
        self._marks.append(Box(x, y, width, height, fill, edge, line, 7, dashed))

    def rule(self, y: float, colour: str, *, x: float = 0, width: float = 0, line: float = 2.5) -> None:
        """A line across the slide, or `width` of it from `x`.

        Args:
            y: how far down.
            colour: as "#rrggbb".
            x: where it begins; at the left margin when 0.
            width: how long; as wide as the room between the margins when 0.
            line: how thick.
        """
        left = x or self.left
        self._marks.append(Lines((((left, y), (left + (width or self.room), y)),), colour, line))

    def arrow(self, start: float, end: float, y: float) -> None:
        """A level arrow.

        Args:
            start: where it begins, from the left.
            end: where its head is, from the left.
            y: how far down.
        """
        long, side = _HEAD
        neck, colour = end - long, self.theme.text
        self._marks += [
            Lines((((start, y), (neck + 1, y)),), colour, 2),
            Area(((end, y), (neck, y - side), (neck, y + side)), colour),
        ]

    def blank(self, x: float, y: float, width: float, height: float) -> None:
        """A cell to fill in on the board.

        Args:
            x: left side.
            y: upper side.
            width: of the cell.
            height: of the cell.
        """
        self.box(x, y, width, height, fill=self.theme.ground, edge=self.theme.ink[None].edge, dashed=True)

    def around(self, x: float, y: float, width: float, height: float) -> None:
        """A ring around what the title's claim is about.

        Args:
            x: left side of what it is around.
            y: upper side.
            width: of what it is around.
            height: likewise.
        """
        box = (x - 4, y - 4, width + 8, height + 8)
        self._marks.append(Box(*box, "none", self.theme.accent, 5, 7, claim=True))

    def bracket(self, x: float, top: float, bottom: float, *, open_to: int = -1, claim: bool = True) -> None:
        """A bracket beside the rows that the title's claim is about, or beside others that go together.

        Args:
            x: where its upright line stands.
            top: where it begins.
            bottom: where it ends.
            open_to: the side of the rows: -1 when they are at its left, 1 when they are at its right.
            claim: whether the title is about them; else it is a quiet one.
        """
        arm = x + open_to * 12
        self._bracket((arm, top), (x, top), (x, bottom), (arm, bottom), claim=claim)

    def bracket_under(self, x: float, y: float, width: float, *, claim: bool = True) -> None:
        """A bracket under columns, open to them.

        Args:
            x: where it begins.
            y: how far down its level line is.
            width: how long that is.
            claim: whether the title's claim is about these columns; a quiet bracket otherwise.
        """
        end, arm = x + width, y - 12
        self._bracket((x, arm), (x, y), (end, y), (end, arm), claim=claim)

    def _bracket(self, *corners: Point, claim: bool) -> None:
        colour, line = (self.theme.accent, 5.0) if claim else (self.theme.quiet, 2.5)
        self._marks.append(Lines(tuple(pairwise(corners)), colour, line, claim=claim))

    def rest(self, x: float, y: float, n: int, width: float) -> None:
        """Say quietly how many there are for which there is no room, such as "and 4 more".

        Args:
            x: where the words begin.
            y: the middle of their line.
            n: how many there are.
            width: of the room.
        """
        told = texts(self.lang)["ask"]["more"].format(n=n)
        self.text(x, y, told, LEAST, width=width, colour=self.theme.quiet)

    def paragraph(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        width: float,
        *,
        bold: bool = False,
        colour: str = "",
    ) -> float:
        """Write running text at exactly this size from a point down; returns where it ends.

        Args:
            x: left side.
            y: upper side.
            text: what to write.
            size: height of the type.
            width: of the room.
            bold: whether the type is bold.
            colour: as "#rrggbb"; that of all text when left out.
        """
        height = paragraph_height(text, size, width, bold=bold)
        lines, middle = round(height / size / LEADING), y + height / 2
        self.text(
            x, middle, text, size, width=width, lines=lines, height=height + 1, bold=bold, colour=colour
        )
        return y + height

    def claim_rule(self, x: float, y: float, width: float) -> None:
        """A line over or under what the title's claim is about, such as the heading of a column.

        Args:
            x: where it begins.
            y: how far down.
            width: how long.
        """
        self._marks.append(Lines((((x, y), (x + width, y)),), self.theme.accent, 6.5, claim=True))

    def cell(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        cell: TableCell,
        *,
        dim: bool = False,
        word: float | None = None,
        labels: tuple[str, ...] = ("",),
    ) -> None:
        """One cell: fill, hatched strip, letter and word; dimmed it keeps only outline, letter and word.

        Args:
            x: left side.
            y: upper side.
            width: of the cell.
            height: of the cell.
            cell: whose party it shows, and whether a note belongs to it.
            dim: without fill.
            word: size of the party's name, see `word_size`; 0 leaves it out.
            labels: without `word`, the first of these that fits is written in its place.
        """
        party = cell.party if cell.letter else None
        ink = self.theme.ink[party]
        fill, edge, text, hatch = ink.fill, ink.edge, ink.text, ink.text
        if dim:
            fill, edge, text, hatch = self.theme.ground, self.theme.line, self.theme.quiet, self.theme.line
        self.box(x, y, width, height, fill=fill, edge=edge)
        self.strip(x, y, height, party, colour=hatch)
        size = min(32.0, max(LEAST, height * 0.7))
        if word and cell.letter:
            size = min(size, word / 0.9)
        left = x + 38 if party else x + 12
        if party:
            self.text(left, y + height / 2, cell.letter, size, width=size, bold=True, colour=text)
            left += size * 0.95
        room = x + width - left - 8
        if word is None:
            word = max(LEAST, size * 0.9)
            labels = (*(label for label in labels if measure(label, LEAST) <= room), "")
        else:  # a cell that does not apply has no letter, so it keeps its word
            labels = (cell.text,) if word or not party else ("",)
            word = word or max(LEAST, size * 0.9)
        said = labels[0] + cell.tail
        if said and measure(said, LEAST) <= room:  # a very narrow cell drops its mark
            self.text(left, y + height / 2, said, word, width=room + 1, colour=text)

    def letter(self, x: float, y: float, width: float, height: float, party: str) -> None:
        """A cell too narrow for its hatch: fill and letter.

        Args:
            x: left side.
            y: upper side.
            width: of the cell.
            height: of the cell.
            party: "customer", "shared" or "provider".
        """
        ink, letter = self.theme.ink[party], texts(self.lang)["party"][party]["letter"]
        self.box(x, y, width, height, fill=ink.fill, edge=ink.edge)
        size, middle = min(28.0, max(LEAST, width * 0.9)), y + height / 2
        self.text(
            x + width / 2, middle, letter, size, width=width, bold=True, colour=ink.text, align="center"
        )

    def word_size(self, cells: Collection[TableCell], width: float, height: float) -> float:
        """The one size at which the words of all these cells fit; 0 when it would be too small to read.

        Args:
            cells: those that should look alike; one without a letter does not count.
            width: of one cell.
            height: of one cell.
        """
        size = min(32.0, max(LEAST, height * 0.7))
        said = {cell.text + cell.tail for cell in cells if cell.letter}
        # The letter before a word is in proportion to it: 0.95 of a letter that is 1 / 0.9 of the word.
        fits = (width - 38 - 8) / (max((measure(word, 1) for word in said), default=0.0) + 0.95 / 0.9)
        fitted = min(max(LEAST, size * 0.9), fits)
        return fitted if fitted >= LEAST else 0.0

    def strip(self, x: float, y: float, height: float, party: str | None, colour: str) -> None:
        """The hatch at the left of a cell: a bar (customer), stripes (shared) or dots (provider).

        Args:
            x: left side of the cell.
            y: upper side of the cell.
            height: of the cell.
            party: "customer", "shared" or "provider"; None has no hatch.
            colour: as "#rrggbb".
        """
        hatch = palette.HATCHES[party]
        if hatch == "solid":
            self._marks.append(Box(x + 11, y + 8, 7, height - 16, colour))
        elif hatch == "stripes":
            left, top, right, bottom = x + 6, y + 6, x + 26, y + height - 6
            # Lines of slope 1, u + v = constant, cut off at the sides of the strip.
            for constant in _steps(left + top + 4, right + bottom, 8):
                low, high = max(left, constant - bottom), min(right, constant - top)
                if low < high:
                    self._stripes[colour].append(((low, constant - low), (high, constant - high)))
        elif hatch == "dots":
            rows = _steps(y + 11, y + height - 9, 8)
            self._dots[colour] += [(x + 10 + 7 * column, row) for row in rows for column in range(3)]

    def head(self, subtitle: str, titles: Sequence[str] = ()) -> None:
        """Title and subtitle; a title that would be too small on one line takes two, or three when narrow.

        Args:
            subtitle: the line under the title.
            titles: those of the figure in other steps: it has room for the longest, so nothing moves.
        """
        heading = self.picture.heading
        shown, size = self._title(heading)
        width = balanced(heading, size, self.room, len(shown), bold=True)
        self._title_lines = len(shown)
        extra = (len(shown) - 1) * size * LEADING
        longest = max(
            ((len(lines) - 1) * size * LEADING for lines, size in map(self._title, titles)), default=0
        )
        self.text(self.left, 58 + extra / 2, heading, size, width=width, lines=len(shown), bold=True)
        below = 110 + extra
        under, size = fit(subtitle, _SUBTITLE, self.room, 2)
        more = (len(under) - 1) * size * LEADING
        quiet = self.theme.quiet
        self.text(self.left, below + more / 2, subtitle, size, width=self.room, lines=2, colour=quiet)
        self.top = max(below, 110 + longest) + more + 38

    def _title(self, heading: str) -> tuple[list[str], float]:
        """The lines of a title, and their size."""
        size = min(_TITLE, self.room / max(measure(heading, 1, bold=True), 1e-9))
        lines = 1 if size >= _SMALL_TITLE else 2 if self.wide else 3
        return fit(heading, max(size, _SMALL_TITLE + 4), self.room, lines, bold=True)

    def foot(
        self, parties: Collection[str], lines: Sequence[str], *, runs: bool = False, key: bool = True
    ) -> None:
        """The key to colour, letter and hatch, and the sources under it.

        Args:
            parties: those that the key explains.
            lines: source and edition of each matrix.
            runs: the figure tells who runs a layer, not who is responsible for it.
            key: whether there is a key at all: where every cell says its party in words it needs none.
        """
        self.picture.foot = lines
        self._foot_from = len(self._marks)
        y = self.height - _AIR
        for line in reversed(lines):
            most = 2 if self.wide else 3
            shown, size = fit(line, _FOOT, self.room, most)
            block = len(shown) * size * LEADING
            self._foot_lines += len(shown)
            middle, quiet = y - block / 2, self.theme.quiet
            self.text(self.left, middle, line, _FOOT, width=self.room, lines=most, colour=quiet)
            y -= block + 4
        self.bottom = y - 22
        if key:
            self.key(parties, runs=runs)

    def key(self, parties: Collection[str], *, runs: bool = False) -> None:
        """The key to colour, letter and hatch, above the sources.

        Args:
            parties: those that it explains.
            runs: the figure tells who runs a layer, not who is responsible for it.
        """
        rows = self._key([p for p in (*PARTIES, "none") if p in parties], runs)
        self.bottom = self.key_top(parties, runs=runs)
        y = self.bottom + 22
        for row in rows:
            x = float(self.left)
            for party, says in row:
                key_cell = named_party(party, self.lang)
                self.cell(x, y, 66 if key_cell.letter else 96, _MARK, key_cell, word=0)
                x += 78 if key_cell.letter else 108
                self.text(x, y + 21, says, _KEY, width=self.right - x, colour=self.theme.quiet)
                x += measure(says, _KEY) + 44
            y += _PITCH

    def key_top(self, parties: Collection[str], *, runs: bool = False) -> float:
        """Where the room of a figure ends that has a key.

        Args:
            parties: those that it explains.
            runs: see `key`.
        """
        rows = self._key([p for p in (*PARTIES, "none") if p in parties], runs)
        return self.bottom - (_AIR - 4 + _MARK + _PITCH * (len(rows) - 1))

    def _key(self, parties: list[str], runs: bool) -> list[list[tuple[str, str]]]:
        """What the key says, in rows: at length where one row holds it, else by name."""
        words = texts(self.lang)
        none, name = words["not_applicable"]["key"], "runs" if runs else "key"
        short = {p: none if p == "none" else words["party"][p]["label"] for p in parties}
        long = {p: none if p == "none" else words["party"][p][name] for p in parties}
        for says, most in ((long, 1), (short, 9)):
            rows: list[list[tuple[str, str]]] = [[]]
            x = 0.0
            for party in parties:
                wide = (108 if party == "none" else 78) + measure(says[party], _KEY) + 44
                if rows[-1] and x + wide - 44 > self.room:
                    rows.append([])
                    x = 0
                rows[-1].append((party, says[party]))
                x += wide
            if len(rows) <= most:
                break
        return rows

    def finish(self, steps: int = 1) -> Picture:
        """The picture of all that was drawn; the hatches of one colour are one mark."""
        hatches: list[Mark] = [
            *(Lines(tuple(ends), colour, 2.2) for colour, ends in self._stripes.items()),
            *(Dots(tuple(points), colour, 3.6) for colour, points in self._dots.items()),
        ]
        marks = [*self._marks, *hatches]
        self.picture.marks = sorted(marks, key=lambda mark: ORDER.index(type(mark)))
        foot = self._marks[self._foot_from : self._foot_from + self._foot_lines]
        self.picture.frame = [*self._marks[: self._title_lines], *foot]
        self.picture.steps = steps
        return self.picture


def _steps(first: float, last: float, step: float) -> list[float]:
    """Evenly spaced numbers from `first` up to `last`."""
    return [first + i * step for i in range(int((last - first) // step) + 1)]
