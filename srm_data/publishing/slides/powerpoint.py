"""A deck as an editable PowerPoint: native text and tables, figures with alternative text, speaker notes.

The same deck gives the same bytes: python-pptx writes the parts, and the package is zipped again in a
fixed order with a fixed date.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srm_data.core.language import texts
from srm_data.files.write_whole import write_own
from srm_data.files.zip_bytes import zip_bytes
from srm_data.publishing.slides import shape_format, theme
from srm_data.publishing.slides.answers import answer_points
from srm_data.publishing.slides.slide import LANGUAGE, Deck, Slide
from srm_data.publishing.slides.slide_fit import (
    BLANK,
    BOTTOM,
    PAD_X,
    PAD_Y,
    ROOM,
    SEAM,
    TOP,
    Fit,
    foot_height,
    gap,
    is_bold,
    points_height,
    shown,
    title_size,
)
from srm_data.publishing.slides.slide_text import Point, Run
from srm_data.publishing.slides.theme import EMU
from srm_data.views.content import TableCell
from srm_data.views.figures.canvas import HEIGHT, MARGIN, WIDTH
from srm_data.views.figures.text_fit import measure
from srm_data.views.palette import THEMES

if TYPE_CHECKING:
    from pptx.presentation import Presentation

_POINTS = 0.6  # a slide pixel in points
_UNDER = TOP + 30  # where text begins under a quiet line
_CHIP = 84  # height of an answer that is a party
_LAYOUT = {"code": "text", "answer": "question"}  # kinds without a layout of their own

#: A picture keeps its own key and foot; its title is the slide's, so that strip is cropped away.
_STRIP = 138
_SCALE = 0.955


def write(deck: Deck, path: Path) -> Path:
    """Write a deck as `path`, whole or not at all; one that a teacher changed stays, see `write_own`.

    Raises:
        OSError: when the folder cannot be written to.
    """
    return write_own(path, _same_bytes(make(deck)))


def make(deck: Deck) -> Presentation:
    """The deck as a presentation of python-pptx."""
    return _Writer(deck).presentation


class _Writer:
    def __init__(self, deck: Deck) -> None:
        self.deck, self.theme, self.lang = deck, THEMES[deck.theme], LANGUAGE[deck.lang]
        self.presentation = theme.new_presentation(self.theme, deck.theme == "dark", self.lang)
        names = {layout.name: layout for layout in self.presentation.slide_layouts}
        self._layouts = {kind: names[name] for kind, name in theme.LAYOUTS.items()}
        self._core()
        for slide in deck.shown("pptx"):
            self._slide(slide)

    def _core(self) -> None:
        core = self.presentation.core_properties
        core.title, core.language = self.deck.title, self.lang
        core.author = core.last_modified_by = "The cloud shared responsibility kit"
        core.subject, core.keywords, core.comments = self.deck.name, "shared responsibility", ""
        core.created = core.modified = datetime.datetime(2026, 1, 1)
        core.revision = 1

    def _slide(self, slide: Slide) -> None:
        made = self.presentation.slides.add_slide(self._layouts[_LAYOUT.get(slide.kind, slide.kind)])
        holders = {holder.placeholder_format.idx: holder for holder in made.placeholders}
        self._title(made.shapes.title, slide)
        under = holders.get(1 if slide.kind == "title" else 13)
        if under is not None:
            self._fill(under, [Point((Run(slide.under),))])
        draw = {
            "text": self._text,
            "table": self._table,
            "figure": self._figure,
            "question": self._question,
            "answer": self._answer,
            "code": self._code,
        }.get(slide.kind)
        if draw:
            draw(made, slide, holders)
        for holder in list(made.placeholders):  # an empty one would ask to be filled
            if not holder.text_frame.text.strip():
                holder._element.getparent().remove(holder._element)
        self._foot(made, slide)
        made.notes_slide.notes_text_frame.text = "\n".join(slide.notes)
        for run in made.notes_slide.notes_text_frame._txBody.iter("{*}rPr"):
            run.set("lang", self.lang)

    def _title(self, holder: Any, slide: Slide) -> None:
        if slide.kind == "title":
            self._fill(holder, [Point((Run(slide.title),))])
            return
        size = title_size(slide.title)
        self._fill(holder, [Point((Run(slide.title),))], size)

    # The kinds of slides

    def _text(self, made: Any, slide: Slide, holders: dict[int, Any]) -> None:
        self._fill(holders[1], slide.points, slide.size)
        if slide.cells:
            self._cells(made, slide, holders[1])

    def _cells(self, made: Any, slide: Slide, holder: Any) -> None:
        """The cells that the words are about, under them or beside them."""
        wide = sum(slide.cells[0].widths)
        room = ROOM - wide - BLANK if slide.beside else ROOM
        high = points_height(slide.points, slide.size, room)
        cells = [sum(fit.heights) for fit in slide.cells]
        drawn = sum(cells) + SEAM * (len(cells) - 1)
        left = BOTTOM - TOP - (drawn if slide.beside else high + BLANK + drawn)
        x, y = (
            (MARGIN + ROOM - wide, TOP + left / 2)
            if slide.beside
            else (MARGIN, TOP + left / 2 + high + BLANK)
        )
        box = (MARGIN, TOP if slide.beside else TOP + left / 2, room, BOTTOM - TOP if slide.beside else high)
        shape_format.place(holder, box)
        for fit, tall in zip(slide.cells, cells, strict=True):
            self._grid(made, fit, y, fit.table.title, x)
            y += tall + SEAM

    def _table(self, made: Any, slide: Slide, holders: dict[int, Any]) -> None:
        assert slide.fit
        self._grid(made, slide.fit, TOP, slide.alt or slide.title)

    def _figure(self, made: Any, slide: Slide, holders: dict[int, Any]) -> None:
        assert slide.picture
        png = slide.picture.png_bytes()
        width, height = WIDTH * _SCALE, (HEIGHT - _STRIP) * _SCALE
        box = [round(value * EMU) for value in ((WIDTH - width) / 2, _STRIP, width, height)]
        shape = made.shapes.add_picture(io.BytesIO(png), *box)
        shape.crop_top = _STRIP / HEIGHT
        shape.name = "Figure"
        shape._element.nvPicPr.cNvPr.set("descr", slide.picture.alt)

    def _question(self, made: Any, slide: Slide, holders: dict[int, Any]) -> None:
        q = slide.question
        assert q
        points = [Point((Run(q.stem),))]
        parties = q.kind == "cell"
        if not parties:
            marks = "ABCDEFGH"
            points += [Point((Run(o.label),), f"{m}.") for m, o in zip(marks, q.options, strict=False)]
        size = _size(points, BOTTOM - _UNDER - (2 * _CHIP if parties else 0))
        self._fill(holders[1], points, size)
        high = points_height(points, size)
        shape_format.place(holders[1], (MARGIN, _UNDER, ROOM, high + 10))
        if parties:
            x = float(MARGIN)
            for option in q.options:
                x += self._chip(made, option.key, x, _UNDER + high + 50) + 28

    def _answer(self, made: Any, slide: Slide, holders: dict[int, Any]) -> None:
        q = slide.question
        assert q
        y = float(_UNDER)
        if q.kind == "cell":
            self._chip(made, q.key, MARGIN, y)
            y += _CHIP + 30
        parts = slide.fit
        points = answer_points(slide)
        size = _size(points, BOTTOM - y - (sum(parts.heights) + 40 if parts else 0))
        high = points_height(points, size)
        self._fill(holders[1], points, size)
        shape_format.place(holders[1], (MARGIN, y, ROOM, high + 10))
        if parts:
            title = texts(self.deck.lang)["label"]["who_does_what"].format(column=q.column)
            self._grid(made, parts, y + high + 36, title)

    def _code(self, made: Any, slide: Slide, holders: dict[int, Any]) -> None:
        from pptx.enum.shapes import MSO_SHAPE
        from pptx.util import Pt

        high = points_height(slide.points, slide.size)
        self._fill(holders[1], slide.points, slide.size)
        shape_format.place(holders[1], (MARGIN, TOP, ROOM, high + 10))
        rows = slide.code.splitlines()
        box = (MARGIN, TOP + high + 50, ROOM, len(rows) * 36 * 1.3 + 40)
        shape = made.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *(round(v * EMU) for v in box))
        shape.adjustments[0] = 0.06
        shape_format.bare(shape)
        shape.name = "Code"
        shape_format.solid(shape.fill, None)
        shape.line.color.theme_color = shape_format.colour("bg2")
        shape.line.width = Pt(1.5)
        frame = shape.text_frame
        frame.word_wrap = False
        for i, row in enumerate(rows):
            paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
            paragraph.alignment = 1
            run = self._run(paragraph, Run(row, code=True), 36)
            run.font.color.theme_color = shape_format.colour("tx1")

    # The parts of a slide

    def _fill(self, holder: Any, points: list[Point], size: float = 0) -> None:
        """Write lines into a placeholder: sentences, bullets, numbers."""
        frame = holder.text_frame
        for i, point in enumerate(points):
            paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
            if point.mark:
                shape_format.bullet(paragraph, point.mark)
            if i:
                paragraph.space_before = round(gap(size) * _POINTS * 12700)
            for run in point.line:
                self._run(paragraph, run, size)

    def _run(self, paragraph: Any, run: Run, size: float = 0) -> Any:
        from pptx.util import Pt

        made = paragraph.add_run()
        made.text = run.text
        made._r.get_or_add_rPr().set("lang", self.lang)
        if size:
            made.font.size = Pt(round(size * _POINTS * 2) / 2)
        if run.bold:
            made.font.bold = True
        if run.italic:
            made.font.italic = True
        if run.code:
            made.font.name = theme.CODE_FONT
        return made

    def _chip(self, made: Any, party: str, x: float, y: float) -> float:
        """A party as a large cell, with its letter and its word; returns how wide it is."""
        from pptx.enum.shapes import MSO_SHAPE
        from pptx.util import Pt

        words = texts(self.deck.lang)["party"][party]
        text = f"{words['letter']}   {words['label']}"
        width = measure(text, 40, bold=True) * 1.2 + 60
        box = (round(value * EMU) for value in (x, y, width, _CHIP))
        shape = made.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *box)
        shape.adjustments[0] = 0.1
        shape_format.bare(shape)
        shape.name = words["label"]
        shape_format.solid(shape.fill, theme.PARTY[party])
        shape.line.color.rgb = shape_format.rgb(self.theme.ink[party].edge)
        shape.line.width = Pt(1.5)
        frame = shape.text_frame
        frame.word_wrap = False
        run = self._run(frame.paragraphs[0], Run(text, bold=True), 40)
        run.font.color.rgb = shape_format.rgb(self.theme.ink[party].text)
        return width

    def _grid(self, made: Any, fit: Fit, y: float, alt: str, x: float = MARGIN) -> None:
        """A native table, its cells in the colours of the parties."""
        table = fit.table
        width, height = sum(fit.widths), sum(fit.heights)
        box = [round(value * EMU) for value in (x, y, width, height)]
        frame = made.shapes.add_table(len(table.rows), table.columns, *box)
        frame.name = "Table"
        frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
        grid = frame.table
        properties = grid._tbl.tblPr
        properties.find(
            "{*}tableStyleId"
        ).text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style, no lines
        properties.set("bandRow", "0")
        properties.set("firstRow", str(int(table.heads > 0)))
        for column, wide in zip(grid.columns, fit.widths, strict=True):
            column.width = round(wide * EMU)
        for row, high in zip(grid.rows, fit.heights, strict=True):
            row.height = round(high * EMU)
        rules = {*table.groups, table.heads - 1}
        if not table.coloured:
            rules |= set(range(len(table.rows) - 1))
        for i, row in enumerate(table.rows):
            here = 0
            for cell in row:
                target = grid.cell(i, here)
                if cell.span > 1:
                    target.merge(grid.cell(i, here + cell.span - 1))
                self._cell(target, cell, fit, bold=is_bold(table, i, cell))
                shape_format.borders(target, cell, over=i - 1 in rules, under=i in rules)
                here += cell.span
        for i, row in enumerate(table.rows):  # last, over the edges of the cells beside it
            for column, cell in enumerate(row):
                if cell.lit and not cell.head:
                    shape_format.ring(grid, i, column)

    def _cell(self, target: Any, cell: TableCell, fit: Fit, *, bold: bool) -> None:
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

        target.margin_left = target.margin_right = round(PAD_X * EMU)
        target.margin_top = target.margin_bottom = round(PAD_Y * EMU)
        target.vertical_anchor = MSO_ANCHOR.MIDDLE
        paragraph = target.text_frame.paragraphs[0]
        party = cell.party if cell.party in theme.PARTY else ""
        if cell.open:
            paragraph.alignment = PP_ALIGN.CENTER
        run = self._run(paragraph, Run(shown(cell, fit.letters), bold=bold or cell.open), fit.size)
        end = paragraph._p.get_or_add_endParaRPr()  # an empty cell is as high as this says
        end.set("lang", self.lang)
        end.set("sz", run._r.rPr.get("sz"))
        if cell.aside:
            aside = self._run(paragraph, Run(f"  {cell.aside}"), fit.size)
            aside.font.color.theme_color = shape_format.colour("tx2")
        if party and not cell.dim:
            shape_format.solid(target.fill, theme.PARTY[party])
            run.font.color.rgb = shape_format.rgb(self.theme.ink[party].text)
        elif cell.dim:
            run.font.color.theme_color = shape_format.colour("tx2")

    def _foot(self, made: Any, slide: Slide) -> None:
        """Source and number, which python-pptx does not take over from a layout."""
        from pptx.enum.shapes import PP_PLACEHOLDER as KIND

        said = slide.foot or ("" if slide.kind in ("title", "figure") else self.deck.title)
        words = {KIND.FOOTER: said, KIND.SLIDE_NUMBER: str(len(self.presentation.slides))}
        for holder in made.slide_layout.placeholders if slide.kind != "title" else ():
            if not (text := words.get(holder.placeholder_format.type)):
                continue
            element = deepcopy(holder._element)
            element.nvSpPr.cNvPr.set("id", str(max(shape.shape_id for shape in made.shapes) + 1))
            for part in (element.spPr, element.txBody.bodyPr, element.txBody.find("{*}lstStyle")):
                part.clear()  # what is not said here, the layout says
            word = element.find(".//{*}t")
            word.text = text
            word.getparent().rPr.set("lang", self.lang)
            made.shapes._spTree.append(element)
            shape = made.shapes[-1]
            more = max(0.0, foot_height(text) - holder.height / EMU)
            if more:  # upwards, where the table leaves it room
                left, top, width, height = (
                    side / EMU for side in (holder.left, holder.top, holder.width, holder.height)
                )
                shape_format.place(shape, (left, top - more, width, height + more))


def _size(points: list[Point], room: float) -> int:
    """The largest size at which these lines fit, 30 pixels (18 points) at least."""
    return next((size for size in range(54, 30, -2) if points_height(points, size) <= room), 30)


def _same_bytes(presentation: Presentation) -> bytes:
    raw = io.BytesIO()
    presentation.save(raw)
    with zipfile.ZipFile(raw) as package:
        # The list of types comes first: some programs read no further to know what they have.
        names = sorted(package.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        return zip_bytes({name: package.read(name) for name in names}, compressed=True, mode=0o600)
