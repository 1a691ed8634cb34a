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
from srm_data.publishing.slides import appear, shape_format, theme
from srm_data.publishing.slides.answers import reasons
from srm_data.publishing.slides.question_plan import HANGING, LEFT, PARTY_LEFT, RIGHT, Box, Card, Plan, plan
from srm_data.publishing.slides.slide import LANGUAGE, Deck, Slide
from srm_data.publishing.slides.slide_fit import (
    BLANK,
    BOTTOM,
    FOOT,
    LEADING,
    PAD_X,
    PAD_Y,
    ROOM,
    SEAM,
    TEXT_SIZES,
    TITLE_LINES,
    TITLE_SIZES,
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
from srm_data.views.palette import HATCHES, THEMES

if TYPE_CHECKING:
    from pptx.presentation import Presentation

_POINTS = 0.6  # a slide pixel in points
_SMALL_FOOT = 1100  # in hundredths of a point: of sources in two lines, under the key of a figure
_FIGURE_END = 866  # a picture leaves what is under this to the number of the slide
_CORNER = 8  # radius
_EDGE = 6  # a title begins so far from the edge of the slide
_CLOSE = 36  # size of a title of two lines, where a quiet line follows close under it
_LOWER = 26  # a title of two lines stands so much lower, where no quiet line is under it
_HANDS = 40  # size of the number of hands
_VEIL = 0.25  # how much of an option that is not right is covered
_LAYOUT = {"code": "text"}  # kinds without a layout of their own


def write(deck: Deck, path: Path, template: Path = theme.TEMPLATE) -> Path:
    """Write a deck as `path`, whole or not at all; one that a teacher changed stays, see `write_own`.

    Args:
        deck: what `deck.build` made.
        path: the file.
        template: the file with the design.

    Raises:
        OSError: when the folder cannot be written to.
    """
    return write_own(path, _same_bytes(make(deck, template)))


def make(deck: Deck, template: Path = theme.TEMPLATE) -> Presentation:
    """The deck as a presentation of python-pptx, in the design of a template."""
    return _Writer(deck, template).presentation


class _Writer:
    def __init__(self, deck: Deck, template: Path) -> None:
        self.deck, self.theme, self.lang = deck, THEMES[deck.theme], LANGUAGE[deck.lang]
        self.presentation = theme.new_presentation(
            self.theme, deck.theme == "dark", self.lang, deck.title, template
        )
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
            "code": self._code,
        }.get(slide.kind)
        if draw:
            draw(made, slide, holders)
        for holder in list(made.placeholders):  # an empty one would ask to be filled
            if not holder.text_frame.text.strip():
                holder._element.getparent().remove(holder._element)
        self._foot(made, slide)
        made.notes_slide.notes_text_frame.text = "\n".join(notes(slide))
        for run in made.notes_slide.notes_text_frame._txBody.iter("{*}rPr"):
            run.set("lang", self.lang)

    def _title(self, holder: Any, slide: Slide) -> None:
        if slide.kind == "title":
            self._fill(holder, [Point((Run(slide.title),))])
            return
        size = title_size(slide.title)
        left, top, width, height = (
            side / EMU for side in (holder.left, holder.top, holder.width, holder.height)
        )
        if slide.picture:  # begins higher or lower than text does; its title ends where it begins
            end = slide.picture.top - 8
            if size == TITLE_LINES:
                size = min(size, int((end - _EDGE) / (2 * LEADING)))
            top = max(_EDGE, end - height)
            shape_format.place(holder, (left, top, width, end - top))
        elif size == TITLE_LINES and slide.under:  # two lines over another would begin at the edge
            size = _CLOSE
        elif size == TITLE_LINES:
            shape_format.place(holder, (left, top + _LOWER, width, height))
        self._fill(holder, [Point((Run(slide.title),))], size)

    # The kinds of slides

    def _text(self, made: Any, slide: Slide, holders: dict[int, Any]) -> None:
        self._fill(holders[1], slide.points, slide.size)
        if slide.cells:
            self._cells(made, slide, holders[1])

    def _cells(self, made: Any, slide: Slide, holder: Any) -> None:
        """The cells that the words are about, under them or beside them."""
        if slide.beside:
            wide = ROOM - sum(slide.cells[0].widths)
            x, y = MARGIN + wide, float(TOP)
            shape_format.place(holder, (MARGIN, TOP, wide - BLANK, BOTTOM - TOP))
        else:
            high = points_height(slide.points, slide.size)
            x, y = MARGIN, TOP + high + BLANK
            shape_format.place(holder, (MARGIN, TOP, ROOM, high))
        for fit in slide.cells:
            self._grid(made, fit, y, fit.table.title, x)
            y += sum(fit.heights) + SEAM

    def _table(self, made: Any, slide: Slide, holders: dict[int, Any]) -> None:
        assert slide.fit
        self._grid(made, slide.fit, TOP, slide.alt or slide.title)

    def _figure(self, made: Any, slide: Slide, holders: dict[int, Any]) -> None:
        assert slide.picture
        png = io.BytesIO(slide.picture.png_bytes())
        top, bottom = slide.picture.top, _FIGURE_END
        box = shape_format.emu((0, top, WIDTH, bottom - top))
        shape = made.shapes.add_picture(png, *box)
        shape.crop_top, shape.crop_bottom = top / HEIGHT, 1 - bottom / HEIGHT
        shape.name = "Figure"
        shape._element.nvPicPr.cNvPr.set("descr", slide.picture.alt)

    def _question(self, made: Any, slide: Slide, holders: dict[int, Any]) -> None:
        """The question with its options, and what a click adds: the right one marked, and why."""
        q, planned = slide.question, plan(slide)
        assert q
        self._fill(holders[1], [Point((Run(q.stem),))], planned.size)
        shape_format.place(holders[1], planned.stem)
        for card in planned.cards:
            self._card(made, card, planned.label, q.kind == "cell")
            self._hands(made, card)
        self._fill(holders[14], reasons(q), planned.small)
        shape_format.place(holders[14], planned.reason)
        added = [self._dimmed(made, card) for card in planned.cards if not q.accepts(card.option.key)]
        for card in planned.cards:
            if q.accepts(card.option.key):
                added += [self._outline(made, card), self._check(made, card)]
        added += [self._reason_line(made, planned), holders[14]]
        fit = slide.last.fit
        if fit:
            title = texts(self.deck.lang)["label"]["who_does_what"].format(column=q.column)
            added.append(self._grid(made, fit, planned.table, title))
        appear.at_a_click(made, added)

    def _code(self, made: Any, slide: Slide, holders: dict[int, Any]) -> None:
        from pptx.enum.shapes import MSO_SHAPE
        from pptx.util import Pt

        high = points_height(slide.points, slide.size)
        self._fill(holders[1], slide.points, slide.size)
        shape_format.place(holders[1], (MARGIN, TOP, ROOM, high + 10))
        rows = slide.code.splitlines()
        box = (MARGIN, TOP + high + 50, ROOM, len(rows) * 36 * 1.3 + 40)
        shape = made.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *shape_format.emu(box))
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
        """Write lines into a placeholder: sentences, bullets, numbers.

        Args:
            holder: the placeholder.
            points: the lines.
            size: of their type; where the master says the same, only the master says it.
        """
        from pptx.enum.shapes import PP_PLACEHOLDER

        title = holder.placeholder_format.type == PP_PLACEHOLDER.TITLE
        said = 0 if size == (TITLE_SIZES if title else TEXT_SIZES)[0] else size
        frame = holder.text_frame
        for i, point in enumerate(points):
            paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
            if point.mark == "•":
                paragraph.level = 1  # a bullet in the master
            elif point.mark:
                shape_format.numbered(paragraph, point.mark)
            if i:
                paragraph.space_before = round(gap(size) * _POINTS * 12700)
            for run in point.line:
                self._run(paragraph, run, said)

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

    def _rounded(self, made: Any, box: Box, name: str) -> Any:
        from pptx.enum.shapes import MSO_SHAPE

        shape = made.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *shape_format.emu(box))
        shape.adjustments[0] = min(0.5, _CORNER / min(box[2:]))
        shape_format.bare(shape)
        shape.name = name
        return shape

    def _card(self, made: Any, card: Card, size: int, party: bool) -> None:
        """An option, as a cell of its party or with its letter."""
        from pptx.util import Pt

        shape = self._rounded(made, card.box, card.option.label)
        shape.line.width = Pt(1.5)
        if party:
            key = card.option.key
            shape_format.solid(shape.fill, theme.PARTY[key])
            shape.line.color.rgb = shape_format.rgb(self.theme.ink[key].edge)
        else:
            shape_format.solid(shape.fill, "bg1")
            shape.line.color.theme_color = shape_format.colour("tx2")
        shape_format.hanging(shape, PARTY_LEFT if party else LEFT, RIGHT, HANGING)
        paragraph = shape.text_frame.paragraphs[0]
        letter = self._run(paragraph, Run(f"{card.letter}\t", bold=True), size)
        word = self._run(paragraph, Run(card.option.label, bold=party), size)
        if party:
            for run in (letter, word):
                run.font.color.rgb = shape_format.rgb(self.theme.ink[key].text)
            self._hatch(made, card, key)
        else:
            letter.font.color.theme_color = shape_format.colour("tx2")
            word.font.color.theme_color = shape_format.colour("tx1")

    def _hatch(self, made: Any, card: Card, party: str) -> None:
        """The strip at the left of a party: a bar, stripes or dots."""
        left, top, _, high = card.box
        shape = shape_format.hatch(made.shapes, HATCHES[party], (left + 12, top + 11, 20, high - 22))
        shape.name = "Hatch"
        ink = shape_format.rgb(self.theme.ink[party].text)
        if HATCHES[party] == "stripes":
            shape_format.solid(shape.fill, None)
            shape.line.color.rgb, shape.line.width = ink, round(2.2 * EMU)
        else:
            shape.fill.solid()
            shape.fill.fore_color.rgb = ink
            shape.line.fill.background()
        shape_format.decorative(shape)

    def _hands(self, made: Any, card: Card) -> None:
        """An empty box beside an option, for the number of hands."""
        from pptx.enum.dml import MSO_LINE
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Pt

        said = texts(self.deck.lang)["slides"]["count"].format(answer=card.option.label.rstrip("."))
        shape = self._rounded(made, card.hands, said)
        shape._element.nvSpPr.cNvPr.set("descr", said)
        shape_format.solid(shape.fill, "bg1")
        shape.line.color.theme_color = shape_format.colour("tx2")
        shape.line.width, shape.line.dash_style = Pt(1.5), MSO_LINE.DASH
        shape_format.hanging(shape, 0, 0, 0)
        paragraph = shape.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.CENTER
        shape_format.typed(paragraph, self.lang, _HANDS * _POINTS)

    def _dimmed(self, made: Any, card: Card) -> Any:
        """What lies over an option that is not right."""
        shape = self._rounded(made, shape_format.around(card.box, 3), f"{card.option.label} (dim)")
        shape_format.veil(shape, "bg1", _VEIL)
        shape_format.decorative(shape)
        return shape

    def _outline(self, made: Any, card: Card) -> Any:
        from pptx.util import Pt

        shape = self._rounded(made, shape_format.around(card.box, 8), f"{card.option.label} (outline)")
        shape_format.solid(shape.fill, None)
        shape.line.color.theme_color = shape_format.colour("tx1")
        shape.line.width = Pt(3.5)
        shape_format.decorative(shape)
        return shape

    def _check(self, made: Any, card: Card) -> Any:
        """A check mark in a circle, on the right side of an option."""
        from pptx.enum.shapes import MSO_SHAPE
        from pptx.util import Pt

        left, top, wide, high = card.box
        x, y, across = left + wide - 6, top + high / 2, 48.0  # clear of the box for the hands
        circle = made.shapes.add_shape(
            MSO_SHAPE.OVAL, *shape_format.emu((x - across / 2 + 6, y - across / 2, across, across))
        )
        shape_format.bare(circle)
        shape_format.solid(circle.fill, "tx1")
        circle.line.color.theme_color = shape_format.colour("bg1")
        circle.line.width = Pt(2)
        pen = made.shapes.build_freeform(round(x - 5), round(y + 1), scale=EMU)
        pen.add_line_segments([(round(x + 3), round(y + 10)), (round(x + 17), round(y - 9))], close=False)
        tick = pen.convert_to_shape()
        shape_format.bare(tick)
        shape_format.solid(tick.fill, None)
        tick.line.color.theme_color = shape_format.colour("bg1")
        tick.line.width = Pt(4)
        both = made.shapes.add_group_shape([circle, tick])
        both.name = texts(self.deck.lang)["slides"]["right"]
        both._element.nvGrpSpPr.cNvPr.set("descr", f"{both.name}: {card.option.label}")
        return both

    def _reason_line(self, made: Any, planned: Plan) -> Any:
        """The line before the reason."""
        from pptx.enum.shapes import MSO_SHAPE

        box = (MARGIN, planned.reason[1] + 4, 7, planned.bar - 6)
        shape = made.shapes.add_shape(MSO_SHAPE.RECTANGLE, *shape_format.emu(box))
        shape_format.bare(shape)
        shape.name = "Line"
        shape_format.solid(shape.fill, "tx2")
        shape.line.fill.background()
        shape_format.decorative(shape)
        return shape

    def _grid(self, made: Any, fit: Fit, y: float, alt: str, x: float = MARGIN) -> Any:
        """A native table, its cells in the colours of the parties."""
        table = fit.table
        width, height = sum(fit.widths), sum(fit.heights)
        box = shape_format.emu((x, y, width, height))
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
        shape_format.rings(grid, table)
        return frame

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

        own = slide.picture.foot if slide.picture else slide.last.foot
        said = own or self.deck.title
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
            if slide.picture and foot_height(text) > FOOT * LEADING:
                word.getparent().rPr.set("sz", str(_SMALL_FOOT))
            made.shapes._spTree.append(element)
            shape = made.shapes[-1]
            more = max(0.0, foot_height(text) - holder.height / EMU)
            if more:  # upwards, where the table leaves it room
                left, top, width, height = (
                    side / EMU for side in (holder.left, holder.top, holder.width, holder.height)
                )
                shape_format.place(shape, (left, top - more, width, height + more))


def notes(slide: Slide) -> list[str]:
    """What there is to say with a slide and with all that a click adds to it."""
    return [*slide.notes, *(note for step in slide.steps for note in step.notes)]


def _same_bytes(presentation: Presentation) -> bytes:
    raw = io.BytesIO()
    presentation.save(raw)
    with zipfile.ZipFile(raw) as package:
        # The list of types comes first: some programs read no further to know what they have.
        names = sorted(package.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        return zip_bytes({name: package.read(name) for name in names}, compressed=True, mode=0o600)
