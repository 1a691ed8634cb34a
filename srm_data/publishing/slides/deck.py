"""A lesson as slides: what each shows, and what the teacher says with it.

The notebook's own slide metadata drive it (`slide_type`: slide, subslide, skip, notes), the same that
JupyterLab and nbconvert read. Text that does not fit goes on to a next slide, never below a size that
the back row can read. `powerpoint` and `reveal` write what is made here.
"""

from __future__ import annotations

import ast
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from srm_data.core.frames import as_matrix
from srm_data.core.language import resolve_language, texts, unknown_name, use_language
from srm_data.core.load import list_matrices
from srm_data.learning.questions import Question, find_question, misconception, questions_about
from srm_data.publishing.lessons import Lesson, lessons
from srm_data.publishing.slides import stills, teacher_notes
from srm_data.publishing.slides.slide_fit import Fit, fit_table, split_points
from srm_data.publishing.slides.slide_text import Point, Run, Section, opening, sections, title_of, told
from srm_data.views import sentences as say
from srm_data.views.figures import draw
from srm_data.views.figures.picture import Picture
from srm_data.views.html import tables

if TYPE_CHECKING:
    from srm_data.core.matrix import Matrix

#: The language of the text, as programs that spell and speak want it.
LANGUAGE = {"en": "en-GB", "nl": "nl-NL"}

Kind = Literal["title", "text", "table", "figure", "question", "answer", "live", "code"]

_STILLS, _LIST = 9, 3  # slides that PowerPoint gets of one widget, and of one table to search in
_ANSWER = 44  # signs of an answer that fits in a title


@dataclass
class Slide:
    """One slide. What it holds goes by its kind; `only` names the one format that shows it."""

    kind: Kind
    title: str
    sub: bool = True  # below the slide before it, in the same section
    under: str = ""  # a quiet line under the title
    about: str = ""  # the matrix, by its short name, for two slides that would have one title
    points: list[Point] = field(default_factory=list)
    size: int = 0  # of the points, in pixels
    fit: Fit | None = None
    picture: Picture | None = None
    view: Any = None  # a widget whose states are linked in the browser
    question: Question | None = None
    code: str = ""
    foot: str = ""
    notes: list[str] = field(default_factory=list)
    only: Literal["", "reveal", "pptx"] = ""


@dataclass
class Deck:
    """The slides of one lesson in one language and theme."""

    name: str
    lang: str
    theme: str
    slides: list[Slide]

    @property
    def title(self) -> str:
        """The title of the lesson."""
        return self.slides[0].title

    def shown(self, kind: Literal["reveal", "pptx"]) -> list[Slide]:
        """The slides of one format, each under a title of its own."""
        seen: set[str] = set()
        kept = [slide for slide in self.slides if slide.only in ("", kind)]
        abouts: dict[str, set[str]] = {}
        for slide in kept:
            abouts.setdefault(slide.title, set()).add(slide.about)
        shown = []
        for slide in kept:
            title = slide.title
            if slide.about and len(abouts[title]) > 1:
                title += f" · {slide.about}"
            n = 1
            while (name := title if n == 1 else f"{title} ({n})") in seen:
                n += 1
            seen.add(name)
            shown.append(replace(slide, title=name))
        return shown


def numbered(lang: str) -> dict[str, Lesson]:
    """The lessons of the course by number, in two figures: ``{"01": Lesson(...), ...}``."""
    return {one.number.zfill(2): one for one in lessons(lang) if one.number}


def find_lesson(lesson: str | int, lang: str) -> Lesson:
    """The lesson with this number ("03", "3", 3) or name.

    Raises:
        UnknownNameError: lists the lessons there are, with the nearest guess.
    """
    known = numbered(lang)
    wanted = str(lesson).removesuffix(".ipynb")
    for number, found in known.items():
        if wanted.rjust(2, "0") == number or wanted == found.path.stem:
            return found
    raise unknown_name("lesson", lesson, known)


def chosen(asked: Sequence[str] | None, lang: str) -> list[Lesson]:
    """The lessons asked for, each once, in the order of the course; all when left out.

    Raises:
        UnknownNameError: lists the lessons there are, with the nearest guess.
    """
    wanted = [find_lesson(one, lang) for one in asked or ()]
    return [one for one in numbered(lang).values() if one in wanted or not asked]


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
        kind = _slide_type(cell)
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
        task = _is_task(after)
        if task:
            self._task = opening(section)
        bare = not section.key and (self._headed or _has_its_heading(after))
        if task or bare or not section.points:
            self._waiting += _all_said(section)  # what comes next is the slide
            return
        if _last_name(after) == "bet":
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
        call, arguments = _last_call(tree)
        if not shown:
            if any(isinstance(node, ast.Import | ast.Assign) for node in tree.body):
                _run(tree, self._names)
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
            tree = _Themed(self.theme).visit(tree)
        value = _run(tree, self._names)
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
            self._table(_moves(m, self.words["from_to"]), self.words["moves"].format(matrix=m.short))

    def _incidents(self, names: list[str]) -> None:
        """The story, to predict on; then the same figure with the place where it lies.

        The game itself is for one learner: what it reveals is several screens high.
        """
        for name in names:
            asked = questions_about(name, self.lang)
            hints = [self.words["hint"].format(hint=hint) for q in asked for hint in q.hints]
            ask = [self.words["hands"], *(q.stem for q in asked), *hints]
            wrong = [said for q in asked for said in _if_wrong(q, self.words)]
            for shown, notes in ((0, ask), (None, wrong)):
                picture = draw.incident(name, self.lang, self.theme, shown=shown)
                self._add("figure", picture.heading, picture=picture, notes=[picture.alt, *notes])

    def _exercise(self, view: Any, call: str, arguments: list[Any]) -> None:
        still, points = stills.Still(), list[Point]()
        _read_view(view, still, points, texts(self.lang)["bet"])
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
            label = _right_labels(q)
            answer = label if len(label) <= _ANSWER else self.words["the_answer"]
            title = self.words["answer"].format(n=n, answer=answer)
            notes = [*self.remarks.get(q.id, ()), *_if_wrong(q, self.words)]
            rest = {"question": q, "fit": _parts(q), "foot": _source(q)}
            self._add("answer", title, under=q.place, notes=notes, **rest)


def answer_points(slide: Slide) -> list[Point]:
    """What an answer says: the right options where the title had no room for them, and why each is right."""
    assert slide.question
    label = _right_labels(slide.question)
    named = [] if label in slide.title else [Point((Run(label, bold=True),))]
    return [*named, *(Point((Run(right.feedback),)) for right in slide.question.right)]


def _right_labels(q: Question) -> str:
    return " / ".join(right.label.rstrip(".") for right in q.right)


def parts_table(m: Matrix, cell: Any, lang: str) -> stills.Table:
    """Who does which part of a shared cell, as two rows."""
    provider = cell.provider or m.provider_short
    rows = (
        (texts(lang)["label"]["customer_does"], cell.customer_part),
        (provider[0].upper() + provider[1:], cell.provider_part),
    )
    cells = [(stills.Cell(name, head=True), stills.Cell(told)) for name, told in rows]
    return stills.Table(tuple(cells), heads=0)


def _if_wrong(q: Question, words: dict[str, str]) -> list[str]:
    said = []
    for option in q.options:
        if not q.accepts(option.key):
            belief = " " + misconception(option.misconception, q.lang)[1] if option.misconception else ""
            said.append(
                words["wrong"].format(answer=option.label.rstrip("."), feedback=option.feedback) + belief
            )
    return said


def _source(q: Question) -> str:
    if q.baseline:
        return say.baselines_foot(q.baseline, q.lang)
    return say.foot(q.matrix) if q.matrix else ""


def _parts(q: Question) -> Fit | None:
    """Who does which part of the cell a question is about, small enough to stand under the reason."""
    if not (q.cell and q.matrix and q.cell.party == "shared" and q.cell.customer_part):
        return None
    fitted, *more = fit_table(parts_table(q.matrix, q.cell, q.lang), 240)
    return None if more else fitted


def _all_said(section: Section) -> Iterator[str]:
    """Everything of a section, its list too: for a cell that is a note as a whole."""
    yield from (said for said in section.said if said not in section.items)
    yield from section.items


def source_of(cell: dict[str, Any]) -> str:
    """What a cell says on slides: its `slide_words` are put in the place of words that point at its page."""
    source = "".join(cell["source"])
    for words, instead in cell["metadata"].get("slide_words", {}).items():
        source = source.replace(words, instead)
    return source


def _slide_type(cell: dict[str, Any]) -> str:
    return str(cell["metadata"].get("slideshow", {}).get("slide_type", "-"))


def _last_name(cell: dict[str, Any] | None) -> str:
    """The function of the kit that the code of a cell ends in."""
    return _last_call(ast.parse("".join(cell["source"])))[0] if cell and cell["cell_type"] == "code" else ""


def _has_its_heading(cell: dict[str, Any] | None) -> bool:
    """Whether what a cell shows goes under the heading of the prose before it: it states no title itself."""
    if cell is None or cell["cell_type"] != "code" or _slide_type(cell) == "skip":
        return False
    titled = ("srm.figures.", "srm.tables.", "srm.bet(", "srm.play_incidents(")
    return not any(part in "".join(cell["source"]) for part in titled)


def _is_task(cell: dict[str, Any] | None) -> bool:
    """Whether a cell is a line of code that the learner has to finish."""
    if cell is None or cell["cell_type"] != "code":
        return False
    body = ast.parse("".join(cell["source"])).body
    return any(isinstance(node, ast.Assign) and ast.unparse(node.value) == "..." for node in body)


def _last_call(tree: ast.Module) -> tuple[str, list[Any]]:
    """The name of the kit's function that a cell ends in, and the words it is called with."""
    match tree.body[-1]:
        case ast.Expr(ast.Call(ast.Attribute(attr=name), arguments, [])):
            try:
                return name, [ast.literal_eval(argument) for argument in arguments]
            except ValueError:
                return name, []
    return "", []


def _run(tree: ast.Module, names: dict[str, Any]) -> Any:
    """Run the code of a cell and return the value of its last line, as Jupyter would.

    Lessons are part of the kit, reviewed and tested like its other code: nobody else's is run.
    """
    *first, last = tree.body
    if isinstance(last, ast.Expr):
        exec(compile(ast.Module(first, []), "lesson", "exec"), names)  # noqa: S102
        return eval(compile(ast.Expression(last.value), "lesson", "eval"), names)  # noqa: S307
    exec(compile(tree, "lesson", "exec"), names)  # noqa: S102
    return None


class _Themed(ast.NodeTransformer):
    """Draws the figures of a lesson in another theme."""

    def __init__(self, theme: str) -> None:
        self._theme = theme

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if ast.unparse(node.func).startswith("srm.figures."):
            node.keywords.append(ast.keyword("theme", ast.Constant(self._theme)))
            ast.fix_missing_locations(node)
        return self.generic_visit(node)


def _read_view(view: Any, still: stills.Still, points: list[Point], bet: dict[str, Any]) -> None:
    """What a widget shows before anybody touches it, in order of reading; of a question its answers."""
    kind = type(view).__name__
    if kind == "HTML" and view.value and not view.value.startswith("<style"):
        found = stills.from_html(view.value)
        still.tables += found.tables
        still.lines += found.lines
        points += [Point((Run(line),)) for line in map(told, found.lines) if line]
    elif kind == "Stack":
        if view.selected_index is not None:
            _read_view(view.children[view.selected_index], still, points, bet)
    elif hasattr(view, "children"):
        for child in view.children:
            _read_view(child, still, points, bet)
    elif kind == "RadioButtons" and view.description == bet["answer"]:
        points += [Point((Run(label),), "•") for label in view._options_labels]
    elif getattr(view, "description", "") and view.description not in (bet["sure"], bet["reveal"]):
        points.append(Point((Run(view.description),), "" if view.description[:1].isdigit() else "•"))


def _moves(m: Matrix, corner: str) -> stills.Table:
    """Every move between two columns of a matrix, in numbers."""
    cell = stills.Cell
    head = (cell(corner, head=True), *(cell(column.label, head=True) for column in m.columns))
    rows = [head]
    for before in m.columns:
        row = [cell(before.label, head=True)]
        for after in m.columns:
            points = say.what_if_title(m, before.id, after.id).partition(": ")[2]
            row.append(cell("–" if before == after else points))
        rows.append(tuple(row))
    return stills.Table(tuple(rows), foot=say.foot(m))
