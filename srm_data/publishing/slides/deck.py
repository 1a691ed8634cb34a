"""A lesson as slides: what each shows, and what the teacher says with it.

The notebook's own slide metadata drive it (`slide_type`: slide, subslide, skip, notes), the same that
JupyterLab and nbconvert read. Text that does not fit goes on to a next slide, never below a size that
the back row can read. `powerpoint` and `reveal` write what is made here.
"""

from __future__ import annotations

import ast
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from srm_data.core.frames import as_matrix
from srm_data.core.language import resolve_language, texts, use_language
from srm_data.core.load import list_matrices
from srm_data.learning.questions import find_question, questions_about
from srm_data.publishing.slides import answers, lesson_cells, stills, teacher_notes
from srm_data.publishing.slides.find_lessons import find_lesson
from srm_data.publishing.slides.lesson_cells import (
    Themed,
    has_its_heading,
    is_task,
    last_call,
    last_name,
    slide_type,
    source_of,
)
from srm_data.publishing.slides.read_widget import read_view
from srm_data.publishing.slides.slide import Deck, Kind, Slide
from srm_data.publishing.slides.slide_fit import fit_table, split_points
from srm_data.publishing.slides.slide_tables import moves, parts_table
from srm_data.publishing.slides.slide_text import Point, Run, Section, opening, sections, title_of
from srm_data.views import sentences as say
from srm_data.views.figures import draw
from srm_data.views.figures.picture import Picture
from srm_data.views.html import tables

_STILLS, _LIST = 9, 3  # slides that PowerPoint gets of one widget, and of one table to search in
_ANSWER = 44  # signs of an answer that fits in a title


def build(lesson: str | int, lang: str | None = None, theme: str = "light") -> Deck:
    """Make the slides of a lesson.

    Args:
        lesson: its number or name.
        lang: "en" or "nl"; the language in use when left out.
        theme: of the pictures, see `palette.THEMES`.

    Raises:
        UnknownNameError: for an unknown lesson, language or theme.
    """
    lang = resolve_language(lang)
    found = find_lesson(lesson, lang)
    with _nobodys_lesson(lang):
        maker = _Maker(int(found.number), lang, theme)
        cells = teacher_notes.read(found.path)
        for cell, after in zip(cells, [*cells[1:], None], strict=True):
            maker.take(cell, after)
    return Deck(found.path.stem, lang, theme, maker.slides)


@contextmanager
def _nobodys_lesson(lang: str) -> Iterator[None]:
    """Speak the language, and read nothing of what somebody answered on this computer."""
    before, work = resolve_language(None), os.environ.get("SRM_WORK")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SRM_WORK"] = folder
        use_language(lang)
        try:
            yield
        finally:
            use_language(before)
            if work is None:
                del os.environ["SRM_WORK"]
            else:
                os.environ["SRM_WORK"] = work


class _Maker:
    """Takes the cells of a lesson one by one and makes slides of them."""

    def __init__(self, lesson: int, lang: str, theme: str) -> None:
        self.lang, self.theme = lang, theme
        self.words = texts(lang)["slides"]
        self.remarks = teacher_notes.remarks(lesson, lang)
        self.slides: list[Slide] = []
        self._names: dict[str, Any] = {}  # of the lesson's own code
        self._heading = ""
        self._headed = True  # whether a slide has the heading as its title
        self._waiting: list[str] = []  # to say with the next slide
        self._new = False  # whether the next slide begins a section
        self._task: list[Point] = []  # what to do with the line of code that comes next
        self._asked = 0

    def take(self, cell: dict[str, Any], after: dict[str, Any] | None) -> None:
        """Make the slides of one cell; the one after it says what its prose leads to."""
        source = source_of(cell)
        kind = slide_type(cell)
        self._new = self._new or kind == "slide"
        if cell["cell_type"] == "code":
            self._code(source, shown=kind != "skip")
        elif kind == "notes":
            self._say(said for section in sections(source) for said in _all_said(section))
        else:
            for section in sections(source):
                if section.title:
                    self._heading, self._headed = section.title, False
                    self._new = self._new or section.level == 2
                if kind != "skip":
                    self._section(section, after)
        if self.slides and (told := self.remarks.get(cell.get("id", ""))):
            self.slides[-1].notes += told

    def _add(self, kind: Kind, title: str, **rest: Any) -> Slide:
        notes = [*self._waiting, *rest.pop("notes", ())]
        slide = Slide(kind, title, sub=not self._new, notes=notes, **rest)
        self._waiting, self._new = [], False
        self._headed = self._headed or title == self._heading
        self.slides.append(slide)
        return slide

    def _say(self, said: Iterator[str] | list[str]) -> None:
        if self.slides and not self._waiting:
            self.slides[-1].notes += said
        else:
            self._waiting += said

    # Prose

    def _section(self, section: Section, after: dict[str, Any] | None) -> None:
        if section.level == 1:
            under = section.said.pop(0) if section.said else ""
            notes = [*self.remarks.get("", ())]
            self._add("title", section.title, under=under, notes=notes)
            self._waiting += section.said
            return
        task = is_task(after)
        if task:
            self._task = opening(section)
        bare = not section.key and (self._headed or has_its_heading(after))
        if task or bare or not section.points:
            self._waiting += _all_said(section)  # what comes next is the slide
            return
        if last_name(after) == "bet":
            section.points, section.said = opening(section), list(_all_said(section))
        title = section.title or (self._headed and title_of(section)) or self._heading
        for page, (size, points) in enumerate(split_points(section.points)):
            if points:
                notes = [] if page else section.said
                self._add("text", title, points=points, size=size, notes=notes)
        for rows in section.tables:
            self._table(stills.from_words(rows), title, section.said if not section.points else [])

    # Code

    def _code(self, source: str, shown: bool) -> None:
        tree = ast.parse(source)
        call, arguments = last_call(tree)
        if not shown:
            if any(isinstance(node, ast.Import | ast.Assign) for node in tree.body):
                lesson_cells.run(tree, self._names)
            return
        if call == "bet":
            self._bet(arguments)
            return
        if self._task:
            (size, points), *_ = split_points(self._task)
            self._add("code", self._heading, code=source, points=points, size=size)
            self._task = []
            return
        if call == "play_incidents":
            self._incidents(arguments)
            return
        if self.theme != "light":
            tree = Themed(self.theme).visit(tree)
        value = lesson_cells.run(tree, self._names)
        self._value(value, call, arguments)

    def _value(self, value: Any, call: str, arguments: list[Any]) -> None:
        from ipywidgets import Widget

        about = self._about(arguments)
        if isinstance(value, Picture):
            self._add("figure", value.heading, picture=value, about=about["about"], notes=[value.alt])
        elif isinstance(value, tables.Html):
            self._still(stills.from_html(value.body), **about)
        elif isinstance(value, Widget):
            self._live(value, call, arguments)

    def _about(self, arguments: list[Any]) -> dict[str, str]:
        """The title and short name of the matrix a view is made of, when it is one that ships."""
        shipped = set(list_matrices(self.lang).index)
        known = [as_matrix(one, self.lang) for one in arguments if isinstance(one, str) and one in shipped]
        only = known[0] if len(known) == 1 else None
        return {"under": only.title if only else "", "about": only.short if only else ""}

    def _still(self, still: stills.Still, **rest: Any) -> None:
        for table in still.tables:
            self._table(table, table.title or self._heading, [table.alt] if table.alt else [], **rest)

    def _table(self, table: stills.Table, title: str, notes: list[str] | None = None, **rest: Any) -> None:
        for page, fit in enumerate(fit_table(table)):
            said = [] if page else notes or []
            self._add("table", title, fit=fit, foot=table.foot, notes=said, **rest)

    def _live(self, view: Any, call: str, arguments: list[Any]) -> None:
        """The widget for the browser; for PowerPoint what can be shown of it without one."""
        waiting, new, headed = self._waiting, self._new, self._headed
        self._add("live", self._heading, view=view, only="reveal")
        before = len(self.slides)
        self._waiting, self._new = list(waiting), new
        if call in ("explore", "what_if"):
            given = arguments[0] if arguments else None
            if isinstance(given, str):  # of several, none is the one to show
                self._prepared(call, given)
        else:
            self._exercise(view, call, arguments)
            if call == "both_parts":
                self._parts(*arguments)
        most = {"text": _STILLS, "table": _LIST}.get(self.slides[-1].kind)
        if most and len(self.slides) - before > most:  # a list to search in is no slide
            del self.slides[before:]
        if len(self.slides) == before and not headed:
            said = Section(said=waiting)
            self._points(self._heading, opening(said))
            self.slides[-1].notes = waiting
        for slide in self.slides[before:]:
            slide.only = "pptx"
        self._waiting = []

    def _prepared(self, call: str, matrix: str) -> None:
        m = as_matrix(matrix, self.lang)
        if call == "explore":
            still = stills.from_html(tables.matrix(matrix, self.lang).body)
            self._still(still, under=m.title, about=m.short)
            self.slides[-1].notes = [say.model(matrix, column.id, self.lang) for column in m.columns]
        else:
            self._table(moves(m, self.words["from_to"]), self.words["moves"].format(matrix=m.short))

    def _incidents(self, names: list[str]) -> None:
        """The story, to predict on; then the same figure with the place where it lies.

        The game itself is for one learner: what it reveals is several screens high.
        """
        for name in names:
            asked = questions_about(name, self.lang)
            hints = [self.words["hint"].format(hint=hint) for q in asked for hint in q.hints]
            ask = [self.words["hands"], *(q.stem for q in asked), *hints]
            wrong = [said for q in asked for said in answers.if_wrong(q, self.words)]
            for shown, notes in ((0, ask), (None, wrong)):
                picture = draw.incident(name, self.lang, self.theme, shown=shown)
                self._add("figure", picture.heading, picture=picture, notes=[picture.alt, *notes])

    def _exercise(self, view: Any, call: str, arguments: list[Any]) -> None:
        still, points = stills.Still(), list[Point]()
        read_view(view, still, points, texts(self.lang)["bet"])
        if call == "order_ladder":  # what is put in order, instead of the empty rungs
            columns = as_matrix(arguments[0], self.lang).columns
            points = [*points[:1], *(Point((Run(column.label),), "•") for column in columns)]
        if still.tables:
            for table in still.tables:
                self._table(table, self._heading, still.lines)
            return
        group: list[Point] = []
        for point in points:  # a question with its answers is a slide of its own
            if group and group[-1].mark == "•" and not point.mark:
                self._points(self._heading, group)
                group = []
            group.append(point)
        if group:
            self._points(self._heading, group)

    def _parts(self, matrix: str, area: str, column: str) -> None:
        """The model answer to "write both parts"."""
        m = as_matrix(matrix, self.lang)
        found = next(a for a in m.areas if area.casefold() in (a.id, a.label.casefold()))
        chosen = m.column(column)
        self._table(parts_table(m, m.cell(found, chosen), self.lang), f"{found.label}, {chosen.label}")
        self.slides[-1].foot = say.foot(m)

    def _points(self, title: str, points: list[Point]) -> None:
        for size, part in split_points(points):
            self._add("text", title, points=part, size=size)

    # Bets

    def _bet(self, names: list[str]) -> None:
        """All questions first; the answers only when everybody has bet on every one."""
        asked = [find_question(name, self.lang) for name in names]
        first = self._asked + 1
        self._asked += len(asked)
        self._waiting.append(self.words["hands"])
        for n, q in enumerate(asked, first):
            if q.incident and q.story:  # what to read before the question
                self._points(f"{q.incident.name}, {q.incident.year}", [Point((Run(q.story),))])
            title = self.words["question"].format(n=n)
            notes = [self.words["hint"].format(hint=hint) for hint in q.hints]
            self._add("question", title, under=q.place, question=q, notes=notes)
        for n, q in enumerate(asked, first):
            label = answers.right_labels(q)
            answer = label if len(label) <= _ANSWER else self.words["the_answer"]
            title = self.words["answer"].format(n=n, answer=answer)
            notes = [*self.remarks.get(q.id, ()), *answers.if_wrong(q, self.words)]
            rest = {"question": q, "fit": answers.parts(q), "foot": answers.source(q)}
            self._add("answer", title, under=q.place, notes=notes, **rest)


def _all_said(section: Section) -> Iterator[str]:
    """Everything of a section, its list too: for a cell that is a note as a whole."""
    yield from (said for said in section.said if said not in section.items)
    yield from section.items
