"""Packages for learning platforms: the pages of a lesson or of the whole course as one SCORM 1.2 object."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srm_data.core.language import texts
from srm_data.files.paths import NOTEBOOKS
from srm_data.files.write_whole import write_own
from srm_data.files.zip_bytes import zip_bytes
from srm_data.publishing.lessons import Lesson, lessons
from srm_data.publishing.site.build import build_site
from srm_data.publishing.site.folder import MANIFEST
from srm_data.publishing.site.scorm import manifest
from srm_data.publishing.site.scorm.question_list import graded_numbers, numbered_questions
from srm_data.publishing.slides.find_lessons import chosen
from srm_data.views.html import tables

if TYPE_CHECKING:
    from srm_data.publishing.site.build import Run

#: The page that a platform opens.
START = "scorm.html"
_SCRIPT = "assets/scorm.js"
_WEB = Path(__file__).parent / "web"
_MODULES = ("bits", "state", "two_copies", "platform", "session", "start")  # each behind those that it needs
# The door to two languages, what a later site goes by, and what keeps a site for use without a network: where
# a teacher replaced a package, the old one may not come back.
_LEFT_OUT = re.compile(rf"index\.html|{re.escape(MANIFEST)}|service_worker\.js|\w+\.webmanifest")
_LINKS = re.compile(r"^import \{[^}]*\} from '\./\w+\.js';\n|^export (?=(?:class|const|function) )", re.M)


@dataclass(frozen=True)
class Package:
    """What goes into one package: a lesson, or the course where `lesson` is None."""

    lang: str
    lesson: Lesson | None

    @property
    def name(self) -> str:
        """Its file without the ending, and its name for the platform."""
        return f"srm-{self.lang}" + (f"-{self.lesson.path.stem}" if self.lesson else "")

    @property
    def title(self) -> str:
        """What the platform calls it."""
        said = texts(self.lang)
        if not self.lesson:
            return str(said["site"]["title"])
        name = self.lesson.short or self.lesson.path.stem
        return str(said["scorm"]["lesson"].format(n=self.lesson.number, name=name))

    @property
    def lessons(self) -> list[Lesson]:
        """Its lessons."""
        return [self.lesson] if self.lesson else lessons(self.lang, NOTEBOOKS)


def packages(asked: Sequence[str] | None, languages: Sequence[str]) -> list[Package]:
    """The packages asked for: one a lesson and language, or the course in each language when left out.

    Args:
        asked: lessons by number or name.
        languages: "en", "nl" or both.

    Raises:
        UnknownNameError: for an unknown lesson, with the nearest guess.
    """
    return [Package(lang, one) for lang in languages for one in (chosen(asked, lang) if asked else [None])]


def write_packages(
    out: Path,
    wanted: Sequence[Package],
    tell: Callable[[str, int], Any] = lambda step, steps: None,
) -> Iterator[tuple[Path, Path]]:
    """Write each package as a ZIP; a file that somebody changed stays as it is, see `write_own`.

    Args:
        out: the folder.
        wanted: see `packages`.
        tell: see `build_site`.

    Yields:
        For each the file that was meant, and the one that was written.

    Raises:
        SiteError: for a lesson that does not run, or a question without a number.
        OSError: when the folder cannot be written to.
    """
    for package in wanted:
        content = zip_bytes(package_files(package, tell=tell), compressed=True)
        target = out / f"{package.name}.zip"
        yield target, write_own(target, content)


def package_files(
    package: Package, *, tell: Callable[[str, int], Any] = lambda step, steps: None, run: Run | None = None
) -> dict[str, bytes]:
    """Every file of a package by its name, the manifest first.

    Args:
        package: what goes into it. The guide for teachers, handouts, figures and tables do not.
        tell: see `build_site`.
        run: see `build_site`; lessons are run when left out.

    Raises:
        SiteError: for a lesson that does not run, or a question without a number.
    """
    lang = package.lang
    pages = [NOTEBOOKS / f"glossary_{lang}.ipynb", *(one.path for one in package.lessons)]
    with tempfile.TemporaryDirectory(prefix="srm-scorm-") as folder:
        site = Path(folder) / "site"
        made = build_site(site, [lang], pdf=False, extras=False, pages=pages, tell=tell, run=run)
        root = site.resolve()
        files = {path.relative_to(root).as_posix(): path.read_bytes() for path in made}
    files = {name: content for name, content in files.items() if not _LEFT_OUT.fullmatch(name)}
    files[START] = _start_page(package, [name for name in files if name.endswith(".html")]).encode()
    files[_SCRIPT] = _script().encode()
    names = sorted(files)
    made_of = manifest.manifest(package.name, package.title, START, names)
    return {manifest.NAME: made_of} | {name: files[name] for name in names}


def _start_page(package: Package, pages: list[str]) -> str:
    """The page that holds the platform, with what its script goes by."""
    lang = package.lang
    numbered = numbered_questions(lang)
    about = {
        "id": package.name,
        "start": f"{lang}/{package.lesson.path.stem if package.lesson else 'index'}.html",
        "pages": sorted(pages),
        "questions": numbered,
        "graded": graded_numbers([one.path for one in package.lessons], numbered, lang),
        "words": texts(lang)["scorm"]["page"],
    }
    return tables.fill("site/scorm.html", lang, title=package.title, script=_SCRIPT, about=about)


def _script() -> str:
    """Its modules as one script: a platform may serve a module under a type that browsers refuse."""
    parts = [_LINKS.sub("", (_WEB / f"{name}.js").read_text("utf-8")) for name in _MODULES]
    return "(() => {\n" + "\n".join(parts) + "})();\n"
