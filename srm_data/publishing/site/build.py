"""The lessons as a folder of plain pages: no kernel, no network, nothing to install.

``python3 kit.py site`` writes it. The folder works from a disk, on any web server, in a ZIP or in a learning
platform: every address in it is relative. It is built beside its place and moved there when it is whole, and
a folder that holds anything else than an earlier site is left alone.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from srm_data.core.language import texts
from srm_data.core.shipped import shipped_matrix
from srm_data.files.paths import FIGURES, FONTS, NOTEBOOKS, TEMPLATES
from srm_data.publishing.lesson_html import pieces
from srm_data.publishing.lessons import lessons
from srm_data.publishing.paper.handouts import handout
from srm_data.publishing.run_lesson import run_lessons
from srm_data.publishing.site import offline, search_index
from srm_data.publishing.site.data_files import write_data, write_licences
from srm_data.publishing.site.folder import BESIDE, SiteError, refuse_foreign, sign, swap
from srm_data.publishing.site.gallery import gallery, grouped
from srm_data.publishing.site.remembered import (
    RARE,
    asked_in,
    bundle_for,
    components_of,
    scripts,
    tags_in,
    vote_on,
)
from srm_data.publishing.site.table_sections import table_sections
from srm_data.publishing.site.teachers_page import teachers_page
from srm_data.views import web
from srm_data.views.figures.catalogue import DEFAULT_MATRIX, default_set, write_figures
from srm_data.views.html import tables
from srm_data.widgets.explore import explore

if TYPE_CHECKING:
    from nbformat import NotebookNode

    Run = Callable[[Iterable[Path]], Iterator[tuple[Path, NotebookNode]]]

#: The pages that no notebook becomes; in every language.
_MADE = (
    "index.html",
    "my_work.html",
    "tables.html",
    "figures.html",
    "data.html",
    "teachers.html",
    "vote.html",
)
_FIRST_LIT = "paas"  # the column of the live table that has all three parties


@dataclass
class SitePage:
    """A notebook that becomes a page."""

    path: Path
    lang: str
    name: str
    title: str = ""
    number: str = ""  # a lesson has these three, see `lessons.Lesson`
    minutes: str = ""
    question: str = ""
    handout: str = ""
    lesson: NotebookNode | None = field(default=None, repr=False)


def build_site(
    out: Path,
    languages: Sequence[str],
    *,
    pdf: bool = True,
    extras: bool = True,
    pages: Iterable[Path] | None = None,
    teachers: Path | None = None,
    tell: Callable[[str, int], Any] = lambda step, steps: None,
    run: Run | None = None,
) -> list[Path]:
    """Write the site.

    Args:
        out: the folder; it may be absent, empty, or an earlier site that nobody changed.
        languages: "en", "nl" or both; the first is the one of the messages.
        pdf: whether to make a handout for each lesson.
        extras: whether to add the figures, the data and what is for teachers, each with its page.
        pages: only these notebooks of `NOTEBOOKS`; all of them when left out.
        teachers: a folder of `write_teachers_files`, which is copied in; without one the site stays light,
            and its page for teachers says how to get the files.
        tell: is called before each step with its name and the number of all steps.
        run: gives the notebooks executed, in the order asked for; for who has run them already. They are
            run here when left out.

    Returns:
        Every file written, as a path in `out`.

    Raises:
        SiteError: without the program that sets a handout, for a folder that holds something else, or for
            a lesson that does not run. Nothing is half written.
        OSError: when the folder cannot be written to.
    """
    words = texts(languages[0])["site"]
    if pdf and not find_spec("typst"):
        raise SiteError(words["no_typst"])
    out = out.resolve()
    refuse_foreign(out, languages[0])
    found = [page for page in _find_pages(languages) if pages is None or page.path in set(pages)]
    if not found:
        raise SiteError(words["no_lessons"].format(folder=NOTEBOOKS))
    out.parent.mkdir(parents=True, exist_ok=True)
    # Inside a folder that is there: it may be a disk of its own, or the only place where we may write.
    with tempfile.TemporaryDirectory(dir=out if out.exists() else out.parent, prefix=BESIDE) as beside:
        new = Path(beside) / "new"
        new.mkdir()
        # A lesson is run first and may fail; only then is anything written.
        steps = _steps(found, printed=pdf)
        run = run or partial(run_lessons, stills="first")
        runs = executed([page.path for page in found], languages[0], run, lambda step: tell(step, steps))
        for page, (_, lesson) in zip(found, runs, strict=True):
            page.lesson = lesson
            page.title = page.title or page.lesson.metadata.title
        _Site(new, list(languages), found, tell, pdf=pdf, extras=extras).build(teachers)
        made = sign(new)
        refuse_foreign(out, languages[0])  # somebody may have put something there meanwhile
        if out.exists():
            swap(out, new, Path(beside) / "old")
        else:
            new.rename(out)
    return [out / name for name in made]


def site_notebooks(languages: Sequence[str]) -> list[Path]:
    """The notebooks that become pages, in the order of the site."""
    return [page.path for page in _find_pages(languages)]


def _find_pages(languages: Sequence[str]) -> Iterator[SitePage]:
    """The notebooks that become pages, lessons first."""
    for lang in languages:
        for one in lessons(lang, NOTEBOOKS):
            page = SitePage(one.path, lang, f"{one.path.stem}.html", one.short, one.number, one.minutes)
            page.question = one.question.replace("*", "")
            yield page
        for part, path in (
            ("glossary", NOTEBOOKS / f"glossary_{lang}.ipynb"),
            ("guide", NOTEBOOKS / "teacher" / lang / "guide.ipynb"),
        ):
            if path.is_file():
                yield SitePage(path, lang, f"{part}.html", title=texts(lang)["site"][part])


def executed(
    paths: Sequence[Path], lang: str, run: Run, tell: Callable[[str], Any]
) -> Iterator[tuple[Path, NotebookNode]]:
    """The notebooks executed, in order.

    Args:
        paths: the notebooks, in `NOTEBOOKS`.
        lang: of the messages.
        run: as in `build_site`.
        tell: is called with the name of each step before it.

    Raises:
        SiteError: when the turn comes of a lesson that does not run.
    """
    from nbclient.exceptions import CellExecutionError

    words = texts(lang)["site"]
    runs = run(paths)
    for path in paths:
        name = path.relative_to(NOTEBOOKS).as_posix()
        tell(words["step_run"].format(name=name))
        try:
            yield next(runs)
        except CellExecutionError as error:
            reason = f"{error.ename}: {error.evalue}"
            raise SiteError(words["fails"].format(lesson=name, reason=reason)) from error


def _steps(pages: list[SitePage], *, printed: bool) -> int:
    steps = len(pages) + (sum(bool(page.minutes) for page in pages) if printed else 0) + 1
    return steps + (0 if FIGURES.is_dir() else len({page.lang for page in pages}))


@dataclass
class _Site:
    """Writes into `folder` what the pages, the figures and the data become."""

    folder: Path
    languages: list[str]
    pages: list[SitePage]
    tell: Callable[[str, int], Any]
    pdf: bool
    extras: bool

    def build(self, teachers: Path | None) -> None:
        self._assets()
        write_licences(self.folder / "data")
        files = write_data(self.folder / "data") if self.extras else []
        if teachers:
            shutil.copytree(teachers, self.folder / "teachers")
        if self.pdf:
            self._handouts()
        for page in self.pages:
            self._lesson(page)
        for lang in self.languages:
            words = texts(lang)["site"]
            self._remembered(lang)
            shown = self._figures(lang) if self.extras else []
            self._home(lang)
            self._page("tables.html", lang, "tables.html", words["tables"], sections=table_sections(lang))
            if self.extras:
                self._page("data.html", lang, "data.html", words["data"], files=files)
                self._teachers(lang)
                self._vote(lang)
            self._write(f"assets/search-{lang}.js", self._search_index(lang, shown))
            self._write(f"{lang}.webmanifest", offline.web_manifest(lang))
        self._door()
        self._write("service_worker.js", offline.service_worker(self.folder, self.languages[0]))

    def _write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")

    def _page(
        self, template: str, lang: str, name: str, title: str, shows: Iterable[str] = (), **context: Any
    ) -> None:
        """One page of a language, with what every page has round it; `shows` names its elements."""
        parts = [("home", "index.html"), ("tables", "tables.html")]
        parts[1:1] = [("yours", "my_work.html")] if self._lessons(lang) else []
        parts += [("figures", "figures.html")] if self.extras else []
        parts += [("glossary", "glossary.html")] if self._has(lang, "glossary.html") else []
        parts += [("data", "data.html"), ("teachers", "teachers.html")] if self.extras else []
        other = next((one for one in self.languages if one != lang), None)
        if other and name not in _MADE and not self._has(other, name):
            other = None
        text = tables.fill(
            f"site/{template}",
            lang,
            name=name,
            title=title,
            parts=parts,
            other=other,
            components=bundle_for([*shows]),
            **context,
        )
        self._write(f"{lang}/{name}", text)

    def _has(self, lang: str, name: str) -> bool:
        return any(page.lang == lang and page.name == name for page in self.pages)

    def _lessons(self, lang: str) -> list[SitePage]:
        """The lessons in order; what has no number of its own is to explore, and comes last."""
        return [
            page
            for page in self.pages
            if page.lang == lang and page.path.parent.name == lang and page.path.parent.parent == NOTEBOOKS
        ]

    def _assets(self) -> None:
        assets = self.folder / "assets"
        (assets / "fonts").mkdir(parents=True)
        sources = [(TEMPLATES / "site" / name).read_text("utf-8") for name in ("search.js", "offline.js")]
        self._write("assets/site.js", "".join(sources))
        offline.write_icons(self.folder)
        for path in sorted(FONTS.iterdir()):
            shutil.copyfile(path, assets / "fonts" / path.name)
        sheets = [tables.style_sheet(f"site/{name}.css") for name in ("site", "my_work")]
        self._write("assets/site.css", "\n".join([tables.style() + web.styles(RARE), *sheets, ""]))
        rare = [path.read_text("utf-8") for name in RARE if (path := web.FOLDER / f"{name}.css").is_file()]
        self._write("assets/all-components.css", "".join(rare))

    def _lesson(self, page: SitePage) -> None:
        assert page.lesson is not None
        line = self._lessons(page.lang)
        here = line.index(page) if page in line else None
        self._page(
            "lesson.html",
            page.lang,
            page.name,
            page.lesson.metadata.title,
            tags_in(page.lesson),
            pieces=list(pieces(page.lesson, page.lang, partial(self._address, page))),
            is_lesson=here is not None,
            handout=page.handout,
            before=line[here - 1] if here else None,
            after=line[here + 1] if here is not None and here + 1 < len(line) else None,
        )

    def _address(self, page: SitePage, address: str) -> str | None:
        """The page for a notebook that another one links to; None for what is not on the site."""
        target, hash_sign, anchor = address.partition("#")
        path = (page.path.parent / target).resolve()
        if path == NOTEBOOKS / "start.ipynb":
            return "index.html"
        for other in self.pages:
            if other.path == path:
                folder = "" if other.lang == page.lang else f"../{other.lang}/"
                return f"{folder}{other.name}{hash_sign}{anchor}"
        return None

    def _remembered(self, lang: str) -> None:
        """The page of the learner, and what the scripts of every page know."""
        lessons = self._lessons(lang)
        told = [
            {"page": page.name, "title": page.title, "asked": asked_in(page.lesson)}
            for page in lessons
            if page.lesson is not None
        ]
        for name, text in (scripts(lang, told) | components_of(lang)).items():
            self._write(f"assets/{name}", text)
        if lessons:
            written = [page for page in lessons if page.lesson and "srm-hand-in" in tags_in(page.lesson)]
            self._page(
                "my_work.html",
                lang,
                "my_work.html",
                texts(lang)["site"]["yours"],
                hand_in=written[-1].name if written else "",
            )

    def _home(self, lang: str) -> None:
        live, lessons = _live(lang), self._lessons(lang)
        self._page("home.html", lang, "index.html", texts(lang)["site"]["title"], lessons=lessons, live=live)

    def _door(self) -> None:
        """The first page of all, in every language."""
        doors = [
            {"lang": lang, "words": texts(lang), "lessons": self._lessons(lang), "live": _live(lang)}
            for lang in self.languages
        ]
        titles = {lang: texts(lang)["site"]["title"] for lang in self.languages}
        door = tables.fill("site/index.html", self.languages[0], doors=doors, titles=titles)
        self._write("index.html", door)

    def _teachers(self, lang: str) -> None:
        lessons = [(page.path.stem, page.title, page.handout) for page in self._lessons(lang)]
        self._page(
            "teachers.html",
            lang,
            "teachers.html",
            texts(lang)["site"]["teachers"],
            has_guide=self._has(lang, "guide.html"),
            has_vote=any(asked_in(page.lesson) for page in self._lessons(lang) if page.lesson),
            **teachers_page(self.folder, lang, lessons),
        )

    def _vote(self, lang: str) -> None:
        """A vote on each question that a lesson asks, for the front of the room."""
        asked = [(page, asked_in(page.lesson)) for page in self._lessons(lang) if page.lesson is not None]
        lessons = [
            (f"{page.number} {page.title}".strip(), vote_on(questions, lang))
            for page, questions in asked
            if questions
        ]
        if lessons:
            self._page(
                "vote.html",
                lang,
                "vote.html",
                texts(lang)["site"]["vote"],
                lessons=lessons,
                shows=["srm-vote"],
            )

    def _search_index(self, lang: str, figures: list[dict[str, Any]]) -> str:
        """What the search finds in the pages of a language."""
        found = list(search_index.word_entries(lang)) if self._has(lang, "glossary.html") else []
        for page in self.pages:
            if page.lang == lang and page.name != "glossary.html":
                assert page.lesson is not None
                kind = "guide" if page.name == "guide.html" else "lesson"
                found += search_index.page_entries(kind, page.lesson, page.title, page.name)
        found += [*search_index.row_entries(lang), *search_index.figure_entries(figures)]
        return search_index.index_script(found, lang)

    def _figures(self, lang: str) -> list[dict[str, Any]]:
        """Everything in ``figures/<lang>``. An installed package has no such folder and draws them."""
        if FIGURES.is_dir():
            return self._show_figures(lang, FIGURES / lang)
        self.tell(texts(self.languages[0])["site"]["step_figures"], 0)
        with tempfile.TemporaryDirectory(prefix="srm-figures-") as drawn:
            folder = Path(drawn) / lang
            for _ in write_figures([(folder, job) for job in default_set(lang)], ("svg", "png", "pdf")):
                pass
            return self._show_figures(lang, folder)

    def _show_figures(self, lang: str, folder: Path) -> list[dict[str, Any]]:
        """The page of the figures in a folder, under the groups of `gallery`."""
        shown = gallery(folder)
        for figure in shown:
            for path in figure["paths"]:
                target = self.folder / "figures" / lang / path.relative_to(folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
        title = texts(lang)["site"]["figures"]
        self._page("figures.html", lang, "figures.html", title, groups=grouped(shown, lang))
        return shown

    def _handouts(self) -> None:
        """Set a handout for each lesson."""
        words = texts(self.languages[0])["site"]
        for page in self.pages:
            if page.minutes:
                assert page.lesson is not None
                self.tell(words["step_print"].format(name=f"{page.lang}/{page.path.stem}"), 0)
                page.handout = f"handouts/{page.path.stem}.pdf"
                target = self.folder / page.lang / page.handout
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(handout(page.lesson, page.lang))


def _live(lang: str) -> Markup:
    """The newest table to choose in, as a live picture of what the kit is about."""
    view = explore(DEFAULT_MATRIX, lang)
    columns = [column.id for column in shipped_matrix(DEFAULT_MATRIX, lang).columns]
    content = view.content | {"begins": columns.index(_FIRST_LIT)}
    return Markup(web.element(view.tag, content, view.still.body))
