"""The lessons as a folder of plain pages: no kernel, no network, nothing to install.

``python3 kit.py site`` writes it. The folder works from a disk, on any web server, in a ZIP or in a learning
platform: every address in it is relative. It is built beside its place and moved there when it is whole, and
a folder that holds anything else than an earlier site is left alone.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from srm_data.core.language import texts
from srm_data.core.load import list_matrices
from srm_data.files.paths import DATA, FIGURES, FONTS, LICENCES, NOTEBOOKS
from srm_data.publishing.lesson_html import pieces
from srm_data.publishing.lessons import lessons
from srm_data.publishing.paper.handouts import handout
from srm_data.publishing.run_lesson import run_lessons
from srm_data.publishing.site.folder import BESIDE, SiteError, refuse_foreign, sign, swap
from srm_data.publishing.site.gallery import gallery
from srm_data.views import web
from srm_data.views.figures import draw
from srm_data.views.figures.catalogue import default_set, write_figures
from srm_data.views.html import tables

if TYPE_CHECKING:
    from nbformat import NotebookNode

    Run = Callable[[Iterable[Path]], Iterator[tuple[Path, NotebookNode]]]


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
    tell: Callable[[str, int], Any] = lambda step, steps: None,
    run: Run = lambda paths: run_lessons(paths, stills="first"),
) -> list[Path]:
    """Write the site.

    Args:
        out: the folder; it may be absent, empty, or an earlier site that nobody changed.
        languages: "en", "nl" or both; the first is the one of the messages.
        pdf: whether to make a handout for each lesson.
        extras: whether to add the figures and the tables, each with its page.
        pages: only these notebooks of `NOTEBOOKS`; all of them when left out.
        tell: is called before each step with its name and the number of all steps.
        run: gives the notebooks executed, in the order asked for; for who has run them already.

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
        _run(found, words, tell, run, printed=pdf)
        _Site(new, list(languages), found, tell, pdf=pdf, extras=extras).build()
        made = sign(new)
        refuse_foreign(out, languages[0])  # somebody may have put something there meanwhile
        if out.exists():
            swap(out, new, Path(beside) / "old")
        else:
            new.rename(out)
    return [out / name for name in made]


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


def _run(
    pages: list[SitePage], words: dict[str, str], tell: Callable[[str, int], Any], run: Run, *, printed: bool
) -> None:
    """Execute every page; the state of its widgets stays with it."""
    from nbclient.exceptions import CellExecutionError

    steps = len(pages) + (sum(bool(page.minutes) for page in pages) if printed else 0) + 1
    steps += 0 if FIGURES.is_dir() else len({page.lang for page in pages})
    runs = run(page.path for page in pages)
    for page in pages:
        name = f"{page.lang}/{page.path.name}"
        tell(words["step_run"].format(name=name), steps)
        try:
            _, page.lesson = next(runs)
        except CellExecutionError as error:
            reason = f"{error.ename}: {error.evalue}"
            raise SiteError(words["fails"].format(lesson=name, reason=reason)) from error
        page.title = page.title or page.lesson.metadata.title


@dataclass
class _Site:
    """Writes into `folder` what the pages, the figures and the data become."""

    folder: Path
    languages: list[str]
    pages: list[SitePage]
    tell: Callable[[str, int], Any]
    pdf: bool
    extras: bool

    def build(self) -> None:
        self._assets()
        self._data()
        self._licences()
        if self.pdf:
            self._handouts()
        for page in self.pages:
            self._lesson(page)
        for lang in self.languages:
            self._figures(lang)
            self._home(lang)
            self._tables(lang)
        door = tables.fill(
            "site/index.html",
            self.languages[0],
            languages=self.languages,
            all_words={lang: texts(lang) for lang in self.languages},
        )
        self._write("index.html", door)

    def _write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")

    def _page(self, template: str, lang: str, name: str, title: str, **context: Any) -> None:
        """One page of a language, with what every page has round it."""
        parts = [("home", "index.html"), ("figures", "figures.html"), ("data", "data.html")]
        parts[1:1] = [("glossary", "glossary.html")] if self._has(lang, "glossary.html") else []
        parts += [("guide", "guide.html")] if self._has(lang, "guide.html") else []
        made_by_hand = name in ("index.html", "figures.html", "data.html")
        other = next((one for one in self.languages if one != lang), None)
        if other and not made_by_hand and not self._has(other, name):
            other = None
        parts = [one for one in parts if self.extras or one[0] not in ("figures", "data")]
        text = tables.fill(
            f"site/{template}", lang, name=name, title=title, parts=parts, other=other, **context
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
        self._write("assets/components.js", web.script())
        for path in sorted(FONTS.iterdir()):
            shutil.copyfile(path, assets / "fonts" / path.name)
        css = tables.style() + web.styles() + "\n" + tables.style_sheet("site/site.css") + "\n"
        self._write("assets/site.css", css)

    def _data(self) -> None:
        """The tables as CSV; those that are packed in the kit are unpacked here."""
        if not self.extras:
            return
        package = json.loads((DATA / "datapackage.json").read_text("utf-8"))
        for resource in package["resources"]:
            source = DATA / resource["path"]
            content = source.read_bytes()
            if resource.pop("compression", None) == "gz":
                content = gzip.decompress(content)
                resource["path"] = resource["path"].removesuffix(".gz")
            target = self.folder / "data" / resource["path"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        self._write("data/datapackage.json", json.dumps(package, indent=2, ensure_ascii=False) + "\n")

    def _licences(self) -> None:
        for source, name in (("DATA-LICENCES.md", "LICENCES.md"), ("LICENSE", "LICENSE")):
            if (LICENCES / source).is_file():
                text = (LICENCES / source).read_text("utf-8")
                # Its links are for the kit; here they lead to what lies here.
                text = text.replace("](srm_data/fonts/OFL.txt)", "](../assets/fonts/OFL.txt)")
                text = re.sub(r"\[([^\[\]]*)\]\((?!https?:|LICENSE|\.\./assets)[^()]*\)", r"\1", text)
                self._write(f"data/{name}", text)

    def _lesson(self, page: SitePage) -> None:
        assert page.lesson is not None
        line = self._lessons(page.lang)
        here = line.index(page) if page in line else None
        self._page(
            "lesson.html",
            page.lang,
            page.name,
            page.lesson.metadata.title,
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

    def _home(self, lang: str) -> None:
        self._page(
            "home.html",
            lang,
            "index.html",
            texts(lang)["site"]["title"],
            lessons=self._lessons(lang),
            picture=Markup(draw.matrix("azure-2026", lang)._repr_html_()),
        )

    def _tables(self, lang: str) -> None:
        if not self.extras:
            return
        package = json.loads((self.folder / "data" / "datapackage.json").read_text("utf-8"))
        files = [
            {
                "path": resource["path"],
                "description": resource["description"],
                "rows": _rows(self.folder / "data" / resource["path"]),
            }
            for resource in package["resources"]
        ]
        self._page("data.html", lang, "data.html", texts(lang)["site"]["data"], files=files)

    def _figures(self, lang: str) -> None:
        """Everything in ``figures/<lang>``. An installed package has no such folder and draws them."""
        if not self.extras:
            return
        if FIGURES.is_dir():
            self._show_figures(lang, FIGURES / lang)
            return
        self.tell(texts(self.languages[0])["site"]["step_figures"], 0)
        with tempfile.TemporaryDirectory(prefix="srm-figures-") as drawn:
            folder = Path(drawn) / lang
            for _ in write_figures([(folder, job) for job in default_set(lang)], ("svg", "png", "pdf")):
                pass
            self._show_figures(lang, folder)

    def _show_figures(self, lang: str, folder: Path) -> None:
        """The page of the figures in a folder, each under the matrix its name begins with."""
        shown = gallery(folder)
        for figure in shown:
            for path in figure["paths"]:
                target = self.folder / "figures" / lang / path.relative_to(folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
        matrices = list_matrices(lang)
        groups: dict[str, list[dict[str, Any]]] = {}
        for figure in shown:
            ids = [m for m in matrices.index if PurePosixPath(figure["name"]).name.startswith(f"{m}-")]
            group = str(matrices.loc[max(ids, key=len), "title"]) if ids else texts(lang)["site"]["title"]
            groups.setdefault(group, []).append(figure)
        self._page(
            "figures.html", lang, "figures.html", texts(lang)["site"]["figures"], groups=list(groups.items())
        )

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


def _rows(path: Path) -> int:
    import csv

    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1
