"""A drawn figure that says in every format what it shows: title, words and table go with it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from srm_data.core.extras import needing
from srm_data.core.language import unknown_name
from srm_data.files.inert_csv import as_csv
from srm_data.files.write_whole import write_own, write_whole
from srm_data.views import palette
from srm_data.views.figures.marks import Box, Mark, Text
from srm_data.views.figures.svg import drawn

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = ("svg", "png", "pdf")


@dataclass(eq=False, repr=False)
class Picture:
    """A figure that knows its words and keeps them in every format.

    Attributes:
        heading: the title, which states the point.
        alt: the alternative text, one or more sentences.
        rows: the data table behind the figure, headings first.
        foot: source and edition, a line each.
        lang: language of all words.
        about: the short name of the one matrix that it shows; "" for several.
        theme: name of the theme it wears.
        steps: in how many steps it is built up, see `draw.build`.
        again: draws it again with another `shown`, when it is whole and has steps.
        width: in slide pixels.
        height: in slide pixels.
        ground: colour behind all marks, as "#rrggbb".
        marks: what is drawn, the lowest first.
        frame: those of them that are the title and the sources.
    """

    heading: str = ""
    alt: str = ""
    rows: Sequence[Sequence[str]] = ()
    foot: Sequence[str] = ()
    lang: str = "en"
    about: str = ""
    theme: str = "light"
    steps: int = 1
    again: Callable[..., Picture] | None = None
    width: int = 1600
    height: int = 900
    ground: str = "#ffffff"
    marks: list[Mark] = field(default_factory=list)
    frame: list[Mark] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"<Picture {self.heading!r}>"

    def texts(self) -> list[Text]:
        """What is written in it, line by line."""
        return [mark for mark in self.marks if isinstance(mark, Text)]

    def figure(self) -> Figure:
        """A matplotlib figure of the same, to add to or to save in a format that the kit does not write.

        Raises:
            MissingExtraError: when matplotlib is not installed.
        """
        # Here, not above: what is only shown in a notebook or on a page needs no matplotlib.
        with needing("figures", self.lang):
            from srm_data.views.figures.paint import painted

        return painted(self.marks, self.width, self.height, self.ground)

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
        # One salt a figure: two figures on a page must not share ids, though they may say the same
        # (on-premises every edition leaves the customer everything).
        words = [self.heading, self.alt, *(text.text for text in self.texts())]
        look = [self.ground, f"{self.width} {self.height}"]
        key = hashlib.sha256("\n".join([*look, *words]).encode()).hexdigest()[:8]
        # The page decides how wide the picture is.
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" role="img"'
                f' aria-labelledby="t{key} d{key}" lang="{self.lang}"'
                ' style="width:100%;max-width:60rem;height:auto">'
                f'<title id="t{key}">{escape(self.heading)}</title>'
                f'<desc id="d{key}">{escape(description)}</desc>',
                f'<rect width="100%" height="100%" style="fill:{self.ground}"/>',
                *drawn(self.marks),
                "</svg>\n",
            ]
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
        """Save as SVG, PNG (1920 pixels for the 1600 of a slide) or PDF by the ending of `path`.

        The same figure gives the same bytes every time, and a file appears whole or not at all.
        The words travel with it: in an SVG as title and description with the table row by row; in a
        PDF as tags, with the table attached; in a PNG as text chunks, and in a text file of the same
        name beside it.

        Raises:
            UnknownNameError: for any other ending.
            MissingExtraError: for a PNG or PDF, when matplotlib is not installed.
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
        """The figure as PNG, 1920 pixels for the 1600 of a slide; its words are in its text chunks."""
        with needing("figures", self.lang):
            from srm_data.views.figures.paint import png

        return png(self.figure(), self.heading, self.alt)

    def unframed(self) -> Picture:
        """The same without its title and sources, for a slide that writes them itself."""
        return replace(self, marks=[mark for mark in self.marks if mark not in self.frame])

    def top(self) -> float:
        """Where what is drawn begins: its first line of text or its first box."""
        texts = (text.y - text.size for text in self.texts())
        boxes = (mark.y for mark in self.marks if isinstance(mark, Box))
        return min((*texts, *boxes), default=0.0)

    def _pdf_file(self) -> bytes:
        with needing("figures", self.lang):
            from srm_data.views.figures.paint import pdf
            from srm_data.views.figures.pdf_tags import tag_pdf

        page = pdf(self.figure(), self.heading, self.alt)
        return tag_pdf(page, title=self.heading, alt=self.alt, lang=self.lang, table=self.table())
