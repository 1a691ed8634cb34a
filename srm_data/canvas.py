"""The slide that figures are drawn on: one size, one type scale, one way to draw a cell, a key, a foot.

Coordinates are pixels of a 1600 × 900 slide, from the top left. Text is measured before it is drawn,
so it shrinks or wraps instead of running over.
"""

from __future__ import annotations

import hashlib
import io
import os
import warnings
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from matplotlib import font_manager, rc_context
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

from srm_data import palette
from srm_data.files import write_whole
from srm_data.language import texts, unknown_name
from srm_data.matrix import Cell, Matrix
from srm_data.vocabulary import PARTIES

WIDTH, HEIGHT = 1600, 900
MARGIN = 56
FORMATS = ("svg", "png", "pdf")

_LEADING = 1.14  # distance of two lines of text, in sizes
_POINTS = 0.6  # one slide pixel in points: 1600 px are 13 1/3 inch
_FONTS = Path(__file__).parent / "fonts"
_FAMILY = "Atkinson Hyperlegible Next"
# Browsers without the font get Arial, which is as wide; matplotlib takes missing signs (→) from DejaVu.
_WEB_FAMILY = f"'{_FAMILY}', Arial, 'DejaVu Sans', sans-serif"


class Picture(Figure):
    """A matplotlib figure that knows its title and its alternative text and keeps them in every format."""

    heading: str = ""
    alt: str = ""

    def svg(self) -> str:
        """The figure as SVG to put in a page: role, title and description, text kept as text."""
        raw = io.StringIO()
        # One salt a figure: two figures on a page must not share ids, though they may say the same
        # (on-premises every edition leaves the customer everything).
        words = [self.heading, self.alt, *(text.get_text() for axes in self.axes for text in axes.texts)]
        key = hashlib.sha256("\n".join([str(self.get_facecolor()), *words]).encode()).hexdigest()[:8]
        with rc_context({"svg.hashsalt": key, "svg.fonttype": "none"}), warnings.catch_warnings():
            # The text stays text: a sign our font lacks, the reader's browser may well have.
            warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
            self.savefig(raw, format="svg", metadata={"Date": None, "Creator": None})
        _, _, body = raw.getvalue().partition("<svg ")
        attributes, _, rest = body.partition(">")
        # Only the view box stays: the page decides how wide the picture is.
        view_box = attributes.partition('viewBox="')[2].partition('"')[0]
        rest = rest.replace(f"'{_FAMILY}', 'DejaVu Sans'", _WEB_FAMILY)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
            f' viewBox="{view_box}" role="img" aria-labelledby="t{key} d{key}"'
            ' style="width:100%;max-width:60rem;height:auto">'
            f'<title id="t{key}">{escape(self.heading)}</title>'
            f'<desc id="d{key}">{escape(self.alt)}</desc>{rest}'
        )

    def _repr_html_(self) -> str:
        """The figure for a notebook: a light one follows JupyterLab into the dark theme."""
        picture = self.svg()
        if self.get_facecolor() != to_rgba(palette.THEMES["light"].ground):
            return picture
        pairs = palette.light_to_dark()
        for light in pairs:
            picture = picture.replace(f": {light}", f": var(--{light[1:]},{light})")
        dark = "".join(f"--{light[1:]}:{colour};" for light, colour in pairs.items())
        style = f'<style>[data-jp-theme-light="false"] .srm-figure{{{dark}}}</style>'
        return f'{style}<div class="srm-figure">{picture}</div>'

    def write(self, path: str | os.PathLike[str]) -> Path:
        """Save as SVG, PNG (1920 × 1080) or PDF by the ending of `path`; the same bytes every time.

        The file appears whole or not at all. Title and alternative text travel in its metadata.

        Raises:
            UnknownNameError: for any other ending.
            OSError: when the folder cannot be written to.
        """
        target = Path(path)
        kind = target.suffix.lstrip(".").lower()
        if kind not in FORMATS:
            raise unknown_name("format", kind, FORMATS)
        if kind == "svg":
            content = f'<?xml version="1.0" encoding="utf-8"?>\n{self.svg()}'.encode()
        else:
            raw = io.BytesIO()
            metadata: dict[str, Any] = {"Title": self.heading}
            metadata |= (
                {"Description": self.alt, "Software": None}
                if kind == "png"
                else {"Subject": self.alt, "Creator": None, "Producer": None, "CreationDate": None}
            )
            self.savefig(raw, format=kind, metadata=metadata, dpi=144)
            content = raw.getvalue()
        return write_whole(target, content)


class Slide:
    """Draws on one `Picture`; every method takes slide pixels."""

    def __init__(self, heading: str, alt: str, theme: str) -> None:
        self.theme = palette.theme(theme)
        _load_fonts()
        self.picture = Picture(
            figsize=(WIDTH * _POINTS / 72, HEIGHT * _POINTS / 72), facecolor=self.theme.ground
        )
        self.picture.heading, self.picture.alt = heading, alt
        self.axes = self.picture.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(HEIGHT, 0))
        self.axes.set_axis_off()
        self._stripes: dict[str, list[list[tuple[float, float]]]] = defaultdict(list)
        self._dots: dict[str, list[tuple[float, float]]] = defaultdict(list)

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
    ) -> None:
        """Write at most `lines` lines within `width` × `height` pixels around the middle line `y`."""
        shown, size = fit(text, size, width, lines, height=height, bold=bold)
        for i, line in enumerate(shown):
            self.axes.text(
                x,
                y + (i - (len(shown) - 1) / 2) * size * _LEADING,
                line,
                fontsize=size * _POINTS,
                family=[_FAMILY, "DejaVu Sans"],
                weight="bold" if bold else "normal",
                color=colour or self.theme.text,
                ha=align,
                va="center_baseline",
                parse_math=False,
            )

    def box(
        self, x: float, y: float, width: float, height: float, *, fill: str, edge: str, line: float = 2.5
    ) -> None:
        """A rounded rectangle."""
        self.axes.add_patch(
            FancyBboxPatch(
                (x, y),
                width,
                height,
                boxstyle="round,pad=0,rounding_size=7",
                facecolor=fill,
                edgecolor=edge,
                linewidth=line * _POINTS,
            )
        )

    def cell(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        cell: Cell,
        m: Matrix,
        *,
        dim: bool = False,
        labels: tuple[str, ...] = (),
    ) -> None:
        """One cell: fill, hatched strip, letter and word; dimmed it keeps only outline, letter and word.

        Of `labels`, by default the name of the party, the first that fits is written.
        """
        ink = self.theme.ink[cell.party]
        words = texts(m.lang)["party"][cell.party] if cell.party else texts(m.lang)["not_applicable"]
        fill, edge, text, hatch = ink.fill, ink.edge, ink.text, ink.text
        if dim:
            fill, edge, text, hatch = self.theme.ground, self.theme.line, self.theme.quiet, self.theme.line
        self.box(x, y, width, height, fill=fill, edge=edge)
        self.strip(x, y, height, cell.party, colour=hatch)
        mark = "?" if cell.disputed else "*" if cell.qualifier else ""
        size = min(32.0, height * 0.7)
        left = x + 38
        if cell.party:
            self.text(left, y + height / 2, words["letter"], size, width=size, bold=True, colour=text)
            left += size * 0.95
        room = x + width - left - 8
        for label in (*(labels or (words["label"],)), ""):
            _, fitted = fit(label + mark, size * 0.9, room)
            if fitted > size * 0.9 * 0.75 and measure(label + mark, fitted) <= room:
                self.text(left, y + height / 2, label + mark, fitted, width=room + 1, colour=text)
                break

    def strip(self, x: float, y: float, height: float, party: str | None, colour: str) -> None:
        """The hatch at the left of a cell: a bar (customer), stripes (shared) or dots (provider)."""
        hatch = palette.HATCHES[party]
        if hatch == "solid":
            self.axes.add_patch(Rectangle((x + 11, y + 8), 7, height - 16, facecolor=colour, linewidth=0))
        elif hatch == "stripes":
            left, top, right, bottom = x + 6, y + 6, x + 26, y + height - 6
            # Lines of slope 1, u + v = constant, cut off at the sides of the strip.
            for constant in _steps(left + top + 4, right + bottom, 8):
                low, high = max(left, constant - bottom), min(right, constant - top)
                if low < high:
                    self._stripes[colour].append([(low, constant - low), (high, constant - high)])
        elif hatch == "dots":
            rows = _steps(y + 11, y + height - 9, 8)
            self._dots[colour] += [(x + 10 + 7 * column, row) for row in rows for column in range(3)]

    def finish(self) -> Picture:
        """Draw what was collected: hatches of one colour are one object, which keeps the files small."""
        for colour, lines in self._stripes.items():
            self.axes.add_collection(
                LineCollection(lines, colors=colour, linewidths=2.2 * _POINTS, capstyle="butt"), autolim=False
            )
        for colour, points in self._dots.items():
            self.axes.plot(
                *zip(*points, strict=True), "o", color=colour, markersize=3.6 * _POINTS, markeredgewidth=0
            )
        return self.picture

    def head(self, m: Matrix) -> None:
        """Title and subtitle."""
        self.text(MARGIN, 58, self.picture.heading, 50, width=WIDTH - 2 * MARGIN, bold=True)
        self.text(MARGIN, 112, m.title, 25, width=WIDTH - 2 * MARGIN, colour=self.theme.quiet)

    def foot(self, m: Matrix, line: str, *, marks: bool) -> None:
        """The key to colour, letter and hatch, and the source under it.

        With `marks` it explains * and ? as well, where this matrix has them.
        """
        words = texts(m.lang)
        x, y = float(MARGIN), HEIGHT - 92.0
        present = {cell.party for cell in m.cells.values()}
        for party in (*PARTIES, None):
            if party not in present:
                continue
            says = words["not_applicable"]["key"]
            if party:
                says = words["party"][party]["runs" if m.kind == "management" else "key"]
            self.cell(x, y, 66 if party else 96, 40, Cell(party), m, labels=("",) if party else ())
            x += 0 if party else 30
            self.text(x + 78, y + 21, says, 22, width=400, colour=self.theme.quiet)
            x += 78 + measure(says, 22) + 44
        if marks and any(cell.qualifier or cell.disputed for cell in m.cells.values()):
            line += "   ·   " + words["label"]["marks"]
        self.text(MARGIN, HEIGHT - 26, line, 18, width=WIDTH - 2 * MARGIN, colour=self.theme.quiet)


def _steps(first: float, last: float, step: float) -> list[float]:
    """Evenly spaced numbers from `first` up to `last`."""
    return [first + i * step for i in range(int((last - first) // step) + 1)]


def fit(
    text: str, size: float, width: float, lines: int = 1, *, height: float = 1000, bold: bool = False
) -> tuple[list[str], float]:
    """Wrap `text` into at most `lines` lines within `width` × `height` pixels, `size` at most.

    Returns the lines and their size, the largest that fits. Text that does not fit at 60 % of
    `size` ends in an ellipsis.
    """
    best: tuple[list[str], float] = ([], 0)
    for count in range(1, lines + 1):
        tried = min(size, height / (count * _LEADING))
        while tried > max(best[1], size * 0.6):
            wrapped = _wrap(text, tried, width, bold)
            if len(wrapped) <= count and all(measure(line, tried, bold=bold) <= width for line in wrapped):
                best = wrapped, tried
                break
            tried *= 0.96
    if best[0]:
        return best
    smallest = size * 0.6
    wrapped = _wrap(text, smallest, width, bold)
    kept = [_cut(line, smallest, width, bold) for line in wrapped[:lines]]
    if len(wrapped) > lines:
        kept[-1] = _cut(f"{kept[-1]} {wrapped[lines]}", smallest, width, bold)
    return kept, smallest


def _cut(line: str, size: float, width: float, bold: bool) -> str:
    """The line itself, or as much of it as fits with an ellipsis."""
    if measure(line, size, bold=bold) <= width:
        return line
    while line and measure(line + "…", size, bold=bold) > width:
        line = line[:-1]
    return line.rstrip() + "…"


def common_size(
    labels: Iterable[str], size: float, width: float, lines: int, height: float, *, bold: bool = False
) -> float:
    """The size at which all `labels` fit, so that a row of headings looks alike; 75 % of it at least."""
    sizes = [fit(label, size, width, lines, height=height, bold=bold)[1] for label in labels]
    return max(min(sizes), size * 0.75)


def _wrap(text: str, size: float, width: float, bold: bool) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and measure(longer, size, bold=bold) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def measure(text: str, size: float, *, bold: bool = False) -> float:
    """Width of one line of text in slide pixels at `size` pixels."""
    return _width_at_100(text, bold) * size / 100


@cache
def _width_at_100(text: str, bold: bool) -> float:
    font = font_manager.get_font(_font_files()["bold" if bold else "normal"])
    font.set_size(100, 72)
    font.set_text("".join(sign if font.get_char_index(ord(sign)) else "m" for sign in text))
    return float(font.get_width_height()[0] / 64)


@cache
def _font_files() -> dict[str, str]:
    return {
        "normal": str(_FONTS / "AtkinsonHyperlegibleNext-Regular.ttf"),
        "bold": str(_FONTS / "AtkinsonHyperlegibleNext-Bold.ttf"),
    }


@cache
def _load_fonts() -> None:
    """Make the kit's own font known to matplotlib, so that figures look the same on every machine."""
    for path in _font_files().values():
        font_manager.fontManager.addfont(path)
