"""A drawn figure that says in every format what it shows: title, words and table go with it."""

from __future__ import annotations

import hashlib
import io
import os
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, unescape

from matplotlib import rc_context, rcParams, rcParamsDefault
from matplotlib.figure import Figure

from srm_data.views import palette
from srm_data.files.inert_csv import as_csv
from srm_data.files.write_whole import write_own, write_whole
from srm_data.core.language import unknown_name
from srm_data.views.figures.small_svg import smaller
from srm_data.views.figures.text_fit import FAMILY, measure

FORMATS = ("svg", "png", "pdf")
DPI = 144  # of a PNG: two pixels for each of the SVG's
POINTS = 0.6  # one slide pixel in points: 1600 px are 13 1/3 inch

# Browsers without the font get one that is about as wide; matplotlib takes missing signs (→) from DejaVu.
_WEB_FAMILY = f"'{FAMILY}', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
_TEXT = re.compile(r'<text style="([^"<]*)"([^<>]*)>([^<]{2,})</text>')


# matplotlib's own settings, but for those of the session: which windows and hooks it has.
_NEUTRAL = {
    name: value
    for name, value in rcParamsDefault.items()
    if name not in ("backend", "backend_fallback", "interactive", "toolbar", "figure.hooks")
}


@contextmanager
def own_style() -> Iterator[None]:
    """Draw as matplotlib does without a matplotlibrc, whatever the user's says; also as a decorator.

    Artists take their settings when they are made, and the writers of SVG, PNG and PDF when they write.
    """
    with rc_context():
        dict.update(rcParams, _NEUTRAL)  # these values are checked already, and there are three hundred
        yield


class Picture(Figure):
    """A matplotlib figure that knows its words and keeps them in every format.

    Attributes:
        heading: the title, which states the point.
        alt: the alternative text, one or more sentences.
        rows: the data table behind the figure, headings first.
        foot: source and edition, a line each.
        lang: language of all words.
        about: the short name of the one matrix that it shows; "" for several.
        theme: name of the theme it wears.
        steps: in how many steps it is built up, see `draw.build`.
    """

    heading: str = ""
    alt: str = ""
    rows: Sequence[Sequence[str]] = ()
    foot: Sequence[str] = ()
    lang: str = "en"
    about: str = ""
    theme: str = "light"
    steps: int = 1

    def table(self) -> str:
        """The data table as CSV; empty when there is none."""
        return as_csv(self.rows)

    def description(self) -> str:
        """What a reader without the picture needs: title, alternative text, the table row by row, source."""
        table = "\n".join(" | ".join(row) for row in self.rows)
        parts = (self.heading, self.alt, table, "\n".join(self.foot))
        return "\n\n".join(part for part in parts if part) + "\n"

    def svg(self) -> str:
        """The figure as SVG to put in a page: role, title and description, text kept as text."""
        return self._svg(self.alt)

    def _svg(self, description: str) -> str:
        raw = io.StringIO()
        # One salt a figure: two figures on a page must not share ids, though they may say the same
        # (on-premises every edition leaves the customer everything).
        words = [self.heading, self.alt, *(text.get_text() for axes in self.axes for text in axes.texts)]
        look = [str(self.get_facecolor()), str(self.get_size_inches())]
        key = hashlib.sha256("\n".join([*look, *words]).encode()).hexdigest()[:8]
        with own_style(), warnings.catch_warnings():
            rcParams.update({"svg.hashsalt": key, "svg.fonttype": "none"})
            # The text stays text: a sign our font lacks, the reader's browser may well have.
            warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
            self.savefig(raw, format="svg", metadata={"Date": None, "Creator": None})
        _, _, body = raw.getvalue().partition("<svg ")
        attributes, _, rest = body.partition(">")
        # Only the view box stays: the page decides how wide the picture is.
        view_box = attributes.partition('viewBox="')[2].partition('"')[0]
        rest = _TEXT.sub(_at_its_width, rest.replace(f"'{FAMILY}', 'DejaVu Sans'", _WEB_FAMILY))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
            f' viewBox="{view_box}" role="img" aria-labelledby="t{key} d{key}" lang="{self.lang}"'
            ' style="width:100%;max-width:60rem;height:auto">'
            f'<title id="t{key}">{escape(self.heading)}</title>'
            f'<desc id="d{key}">{escape(description)}</desc>{smaller(rest, view_box)}'
        )

    def _repr_html_(self) -> str:
        """The figure for a notebook: a light one follows JupyterLab into the dark theme."""
        picture = self.svg()
        if self.theme != "light":
            return picture
        pairs = palette.light_to_dark()
        for light in pairs:
            picture = picture.replace(f":{light}", f":var(--{light[1:]},{light})")
        dark = "".join(f"--{light[1:]}:{colour};" for light, colour in pairs.items())
        style = f'<style>[data-jp-theme-light="false"] .srm-figure{{{dark}}}</style>'
        return f'{style}<div class="srm-figure">{picture}</div>'

    def write(self, path: str | os.PathLike[str]) -> Path:
        """Save as SVG, PNG (two pixels for each of the SVG's) or PDF by the ending of `path`.

        The same figure gives the same bytes every time, and a file appears whole or not at all.
        The words travel with it: in an SVG as title and description with the table row by row; in a
        PDF as tags, with the table attached; in a PNG as text chunks, and in a text file of the same
        name beside it.

        Raises:
            UnknownNameError: for any other ending.
            OSError: when the folder cannot be written to.
        """
        target = Path(path)
        return self._write(target, write_whole)

    def write_own(self, path: str | os.PathLike[str]) -> Path:
        """Save like `write`, but leave a file alone that somebody changed; see `write_whole.write_own`."""
        return self._write(Path(path), write_own)

    def _write(self, target: Path, write: Callable[[Path, bytes], Path]) -> Path:
        kind = target.suffix.lstrip(".").lower()
        if kind not in FORMATS:
            raise unknown_name("format", kind, FORMATS)
        content = {"svg": self._svg_file, "png": self.png, "pdf": self._pdf_file}[kind]()
        made = write(target, content)
        if kind == "png":
            write(made.with_suffix(".txt"), self.description().encode())
        return made

    def _svg_file(self) -> bytes:
        table = "\n".join(" | ".join(row) for row in self.rows)
        described = f"{self.alt}\n{table}" if table else self.alt
        return f'<?xml version="1.0" encoding="utf-8"?>\n{self._svg(described)}'.encode()

    def png(self) -> bytes:
        """The figure as PNG, two pixels for each of the SVG's; title and words are in its text chunks."""
        # Here, not above: only a PNG needs it.
        from srm_data.views.figures.palette_png import palette_png

        said = {"Title": self.heading, "Description": self.alt}
        with own_style():
            small = palette_png(self, DPI, said)
        return small or self._bytes("png", {**said, "Software": None})

    def _pdf_file(self) -> bytes:
        from srm_data.views.figures.pdf_tags import tag_pdf

        dated = {"Creator": None, "Producer": None, "CreationDate": None}
        page = self._bytes("pdf", {"Title": self.heading, "Subject": self.alt, **dated})
        return tag_pdf(page, title=self.heading, alt=self.alt, lang=self.lang, table=self.table())

    def _bytes(self, kind: str, metadata: dict[str, Any]) -> bytes:
        raw = io.BytesIO()
        with own_style():
            rcParams["pdf.fonttype"] = (
                42  # a subset of the font itself: half the bytes of its signs as drawings
            )
            self.savefig(raw, format=kind, metadata=metadata, dpi=DPI)
        return raw.getvalue()


def _at_its_width(text: re.Match[str]) -> str:
    """Hold a text to the width it was measured at, so that in another typeface it runs over nothing."""
    style, place, words = text.groups()
    size = float(style.partition("font-size: ")[2].partition("px")[0])
    width = measure(unescape(words), size, bold="font-weight: 700" in style)
    held = f'textLength="{width:.2f}" lengthAdjust="spacingAndGlyphs"'
    return f'<text style="{style}"{place} {held}>{words}</text>'
