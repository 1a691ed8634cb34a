"""A lesson as slides: what each shows, and what the teacher says with it.

The lesson's own metadata drive it. The place of a cell among the slides is its `slide_type` (slide, subslide,
skip, notes), the same that JupyterLab and nbconvert read; what prose shows on a slide stands in `slide`, and
`note_words` puts other words in the place of those that mean nothing in the speaker notes. What a view is on
a slide, it says itself. Text that does not fit goes on to a next slide, never below a size that the back row
can read. `powerpoint` and `reveal` write what is made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from srm_data.core.language import resolve_language, texts
from srm_data.learning.questions import find_question
from srm_data.publishing.lesson_html import components_of
from srm_data.publishing.run_lesson import run_lesson, run_lessons
from srm_data.publishing.shown import Drawing, shown_in
from srm_data.publishing.slides import answers, excerpts, teacher_notes
from srm_data.publishing.slides.find_lessons import find_lesson
from srm_data.publishing.slides.slide import Deck, Kind, Only, Slide
from srm_data.publishing.slides.slide_fit import fit_table, fit_words, for_slide, room_over, split_points
from srm_data.publishing.slides.slide_text import Point, Run, Section, plain, sections
from srm_data.views.content import Content, Table, from_words
from srm_data.views.matrix_content import marks_told
from srm_data.views.palette import theme as palette_theme

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from srm_data.publishing.lessons import Lesson
    from srm_data.views.still import Still

_STILLS, _LIST = 9, 3  # slides that PowerPoint gets of one widget, and of one table to search in
_ANSWER = 44  # signs of an answer that fits in a title


def build(
    lesson: str | int, lang: str | None = None, theme: str = "light", run: NotebookNode | None = None
) -> Deck:
    """Make the slides of a lesson.

    Args:
        lesson: its number or name.
        lang: "en" or "nl"; the language in use when left out.
        theme: of the pictures, see `palette.THEMES`.
        run: what `run_lesson` gave for this lesson in this theme; it is run here when left out.

    Raises:
        UnknownNameError: for an unknown lesson, language or theme.
        nbclient.exceptions.CellExecutionError: when the lesson is run here and a cell fails.
        LessonError: when the words of a cell ask for a picture that there is not, or that does not fit.
    """
    lang = resolve_language(lang)
    found = find_lesson(lesson, lang)
    palette_theme(theme)
    run = run or run_lesson(found.path, theme)
    maker = _Maker(int(found.number), lang)
    for n, cell in enumerate(run.cells, 1):
        try:
            maker.take(cell)
        except excerpts.PictureError as error:
            reason = maker.words["no_picture"].format(n=n, line=error.line, reason=error)
            raise LessonError(f"{lang}/{found.path.name}", reason, "no_slides") from error
    return Deck(found.path.stem, lang, theme, maker.slides)


class LessonError(Exception):
    """There are no slides of a lesson; its text is the reason, `lesson` its language and file.

    `said` is the key of what to tell: "fails" for a lesson that does not run.
    """

    def __init__(self, lesson: str, reason: str, said: str = "fails") -> None:
        super().__init__(reason)
        self.lesson, self.said = lesson, said


def build_all(asked: Sequence[tuple[str, Lesson]], theme: str = "light") -> Iterator[Deck]:
    """Make the slides of several lessons, each with its language; two are run at a time.

    Raises:
        LessonError: when the turn comes of a lesson of which there are no slides.
    """
    from nbclient.exceptions import CellExecutionError

    runs = run_lessons([lesson.path for _, lesson in asked], theme)
    for lang, lesson in asked:
        try:
            _, run = next(runs)
        except CellExecutionError as error:
            reason = f"{error.ename}: {error.evalue}"
            raise LessonError(f"{lang}/{lesson.path.name}", reason) from error
        yield build(lesson.path.stem, lang, theme, run)


class _Maker:
    """Takes the cells of an executed lesson one by one and makes slides of them."""

    def __init__(self, lesson: int, lang: str) -> None:
        self.lang = lang
        self.words = texts(lang)["slides"]
        self.remarks = teacher_notes.remarks(lesson, lang)
        self.slides: list[Slide] = []
        self._heading = ""
        self._waiting: list[str] = []  # to say with the next slide
        self._new = False  # whether the next slide begins a section
        self._asked = 0

    def take(self, cell: Any) -> None:
        """Make the slides of one cell."""
        kind = cell.metadata.get("slideshow", {}).get("slide_type", "-")
        self._new = self._new or kind == "slide"
        if cell.cell_type == "code":
            if kind != "skip":
                self._code(cell)
        elif kind == "notes":
            told = [said for section in sections(note_text(cell)) for said in _said(section)]
            if self.slides and not self._waiting:
                self.slides[-1].last.notes += told
            else:
                self._waiting += told
        else:
            self._prose(cell, shown=kind != "skip")
        if self.slides and (remarks := self.remarks.get(cell.get("id", ""))):
            self.slides[-1].last.notes += remarks

    def _add(self, kind: Kind, title: str, **rest: Any) -> Slide:
        notes = [*self._waiting, *rest.pop("notes", ())]
        slide = Slide(kind, title, sub=not self._new, notes=notes, **rest)
        self._waiting, self._new = [], False
        self.slides.append(slide)
        return slide

    # Prose

    def _prose(self, cell: Any, *, shown: bool) -> None:
        for section in sections(cell.source):
            self._heading = section.title or self._heading
            self._new = self._new or section.level == 2
        if not shown:
            return
        slides = sections(cell.metadata.get("slide", ""))
        on_them = {_bare(plain(point.line)) for section in slides for point in section.points}
        notes = [_said(section, on_them) for section in sections(note_text(cell))]
        for section, said in zip(slides, [*notes, *([[]] * len(slides))], strict=False):
            self._section(section, said)
        self._waiting += [said for more in notes[len(slides) :] for said in more]

    def _section(self, section: Section, said: list[str]) -> None:
        self._new = self._new or section.level == 2
        if section.level == 1:
            under = plain(section.points[0].line) if section.points else ""
            self._add("title", section.title, under=under, notes=[*self.remarks.get("", ())])
            self._waiting += said
            return
        if section.pictures:
            contents, beside = excerpts.read(section.pictures, self.lang)
            if not self._with_cells(section.title, section.points, contents, beside=beside, notes=said):
                raise excerpts.PictureError(section.title, self.words["too_much"])
            return
        for page, (size, points) in enumerate(split_points(section.points) if section.points else ()):
            notes = [] if page else said
            self._add("text", section.title, points=points, size=size, notes=notes)
        for rows in section.tables:
            self._table(from_words(rows), section.title, notes=said if not section.points else [])

    def _with_cells(
        self, title: str, points: list[Point], contents: Sequence[Content], *, beside: bool, notes: list[str]
    ) -> bool:
        """Words with the cells that they are about; nothing where they do not fit on one slide."""
        foot = " · ".join(dict.fromkeys(filter(None, map(marks_told, contents))))
        tables = [for_slide(table) for content in contents for table in content.tables]
        if not (fitted := fit_words(points, tables, room_over(foot), beside=beside)):
            return False
        size, cells = fitted
        rest = {"points": points, "size": size, "cells": cells, "beside": beside, "foot": foot}
        self._add("text", title, notes=notes, **rest)
        return True

    # Views

    def _code(self, cell: Any) -> None:
        shown, live = shown_in(cell), components_of(cell)
        if not (live and shown.live):
            for still in shown.stills:
                self._still(still, cell)
            return
        waiting, new = self._waiting, self._new
        self._add("live", self._heading, component=live, about=shown.about, only="reveal")
        before = len(self.slides)
        self._waiting, self._new = list(waiting), new
        for still in shown.stills:
            self._still(still, cell)
        most = {"text": _STILLS, "table": _LIST}.get(self.slides[-1].kind)
        if most and len(self.slides) - before > most:  # a list to search in is no slide
            del self.slides[before:]
        for slide in self.slides[before:]:
            slide.about = slide.about or shown.about
            for state in (slide, *slide.steps):
                state.only = "pptx"
        self._waiting = []

    def _still(self, still: Still, cell: Any) -> None:
        if still.questions:
            self._bet(still.questions)
        elif still.task:
            (size, points), *_ = split_points(sections(cell.metadata.get("slide", ""))[0].points)
            self._add("code", self._heading, code=cell.source, points=points, size=size)
        elif isinstance(still.view, Drawing):
            self._figure(still.view, still)
        elif isinstance(still.view, Content) and not still.lines:
            self._content(still.view, still)
        else:
            points = [Point((Run(line),)) for line in still.lines]
            points += [Point((Run(item),), "•") for item in still.items]
            cells = [still.view] if still.view else []
            if not (cells and self._with_cells(self._heading, points, cells, beside=False, notes=[])):
                self._points(self._heading, points)

    def _figure(self, drawing: Drawing, still: Still) -> None:
        asked = [find_question(one, self.lang) for one in still.asks]
        hints = [self.words["hint"].format(hint=hint) for q in asked for hint in q.hints]
        ask = [self.words["hands"], *(q.stem for q in asked), *hints] if asked else []
        told = [find_question(one, self.lang) for one in still.answers]
        wrong = [said for q in told for said in answers.if_wrong(q, self.words)]
        notes = [] if still.passing else [drawing.alt, *ask, *wrong, *still.notes]
        only: Only = "reveal" if still.passing else ""
        rest: dict[str, Any] = {"picture": drawing, "about": drawing.about, "notes": notes}
        if still.step:
            first = self.slides[-1]
            if first.only and not still.passing:
                # PowerPoint shows the whole alone, so what is said with the first step goes along.
                rest["notes"] = [*first.notes, *notes]
            else:
                rest["part"] = self.words["step"].format(n=len(first.steps) + 1)
            first.steps.append(Slide("figure", drawing.heading, only=only, **rest))
        else:
            self._add("figure", drawing.heading, only=only, **rest)

    def _content(self, content: Content, still: Still) -> None:
        about = {} if still.headed else {"under": content.subject, "about": content.short}
        notes = [*still.notes, *filter(None, [content.sentence])]
        for table in content.tables:
            title = "" if still.headed else table.title
            foot = " · ".join(content.feet)
            self._table(table, title or self._heading, foot, content.sentence, notes=notes, **about)

    def _table(self, table: Table, title: str, foot: str = "", alt: str = "", **rest: Any) -> None:
        notes = rest.pop("notes", ())
        count, before = _rows(table), 0
        pages = list(fit_table(for_slide(table), room_over(foot)))
        for page, fit in enumerate(pages):
            here = _rows(fit.table)
            words = self.words["rows" if len(pages) > 1 else "all_rows"]
            part = words.format(first=before + 1, last=before + here, n=count)
            before += here
            said = [] if page else notes
            self._add("table", title, fit=fit, foot=foot, alt=alt, part=part, notes=said, **rest)

    def _points(self, title: str, points: list[Point]) -> None:
        for size, part in split_points(points):
            self._add("text", title, points=part, size=size)

    # Bets

    def _bet(self, names: Iterable[str]) -> None:
        """Each question with its answer as the step after it."""
        self._waiting.append(self.words["hands"])
        for name in names:
            q = find_question(name, self.lang)
            self._asked += 1
            n = self._asked
            if q.incident and q.story:  # what to read before the question
                self._points(f"{q.incident.name}, {q.incident.year}", [Point((Run(q.story),))])
            title = self.words["question"].format(n=n)
            notes = [self.words["hint"].format(hint=hint) for hint in q.hints]
            asked = self._add("question", title, under=q.place, question=q, notes=notes)
            label = answers.right_labels(q)
            answer = label if len(label) <= _ANSWER else self.words["the_answer"]
            title = self.words["answer"].format(n=n, answer=answer)
            notes = [*self.remarks.get(q.id, ()), *answers.if_wrong(q, self.words)]
            rest: dict[str, Any] = {"question": q, "fit": answers.parts(q), "foot": answers.source(q)}
            asked.steps.append(Slide("answer", title, under=q.place, notes=notes, **rest))


def _rows(table: Table) -> int:
    """How many rows a table has under its headings."""
    return len(table.rows) - table.heads - len(table.groups)


def note_text(cell: Any) -> str:
    """The prose of a cell for the speaker notes: its `note_words` stand in the place of some of it."""
    source = str(cell.source)
    for words, instead in cell.metadata.get("note_words", {}).items():
        source = source.replace(words, instead)
    return source


def _said(section: Section, on_slide: Iterable[str] = ()) -> list[str]:
    """What there is to say: every paragraph, and each item of a list that is not whole on the slide."""
    lines = [(point, plain(point.line)) for point in section.points]
    first = section.points[:1] if section.level == 1 else []  # the quiet line under the title
    return [
        line
        for point, line in lines
        if line.strip() and point not in first and not (point.mark and _bare(line) in on_slide)
    ]


def _bare(line: str) -> str:
    """A line without the stop at its end."""
    return line.strip().rstrip(".;:")
