"""Everything of the kit in one ZIP: the site with the files for teachers, figures, data and licences.

It has the same bytes whenever it is made from the same kit with the same libraries.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import srm_data
from srm_data.core.language import texts
from srm_data.files.paths import LICENCES
from srm_data.files.write_whole import write_own
from srm_data.files.zip_bytes import zip_bytes
from srm_data.publishing.run_lesson import run_lessons
from srm_data.publishing.site.build import build_site, executed, site_notebooks
from srm_data.publishing.site.folder import refuse_foreign
from srm_data.publishing.teachers_files import size_words, write_teachers_files

if TYPE_CHECKING:
    from srm_data.publishing.site.build import Run


class Part(NamedTuple):
    """What one part of a release came to."""

    name: str
    files: int
    size: int  # in bytes, before packing


@dataclass
class Release:
    """A release that was made: its file, and what there is to say of it."""

    path: Path
    wanted: Path  # another than `path` where somebody changed the file that was there
    parts: list[Part]
    seconds: list[tuple[str, float]]
    size: int

    def lines(self, lang: str) -> list[str]:
        """Sizes and times as a table in words."""
        words = texts(lang)["release"]
        rows = [[words["part"], words["files"], words["size"]]]
        rows += [[words[one.name], str(one.files), size_words(one.size, lang)] for one in self.parts]
        files = sum(one.files for one in self.parts)
        rows.append([words["zip"], str(files), size_words(self.size, lang)])
        times = [[words["step"], words["time"]]]
        times += [[words[name], time_words(seconds, lang)] for name, seconds in self.seconds]
        return [*_columns(rows), "", *_columns(times)]


def write_release(
    out: Path,
    langs: Sequence[str],
    *,
    pages: Iterable[Path] | None = None,
    tell: Callable[[str], Any] = lambda step: None,
    run: Run = run_lessons,
) -> Release:
    """Write ``<out>/cloud-kit-<version>.zip``; every lesson is run once for all that is made of it.

    Args:
        out: the folder; made when it is not there.
        langs: "en", "nl" or both; the first is that of the messages.
        pages: only these notebooks of `NOTEBOOKS`; all of them when left out.
        tell: is called with the name of each step before it.
        run: gives the notebooks executed, with all stills; for who has run them already.

    Raises:
        SiteError: as `build_site`; nothing is written then.
        OSError: when the folder cannot be written to.
    """
    seconds: list[tuple[str, float]] = []
    began = time.perf_counter()

    def ended(step: str) -> None:
        nonlocal began
        seconds.append((step, time.perf_counter() - began))
        began = time.perf_counter()

    with tempfile.TemporaryDirectory(prefix="srm-release-") as beside:
        site = Path(beside) / "site"
        build_full_site(site, langs, pages=pages, tell=lambda step, _: tell(step), run=run, ended=ended)
        tell(texts(langs[0])["release"]["pack"])
        files = dict(_held(site, langs))
    content = zip_bytes(files, compressed=True)
    wanted = out / f"{_name()}.zip"
    path = write_own(wanted, content)
    ended("pack")
    return Release(path, wanted, _parts(files), seconds, len(content))


def build_full_site(
    out: Path,
    langs: Sequence[str],
    *,
    pdf: bool = True,
    pages: Iterable[Path] | None = None,
    tell: Callable[[str, int], Any] = lambda step, steps: None,
    run: Run = run_lessons,
    ended: Callable[[str], Any] = lambda step: None,
) -> list[Path]:
    """Write the site with the files for teachers in it, from one run of each lesson.

    Args:
        out: as in `build_site`, and so are `pdf`, `pages` and `tell`.
        langs: "en", "nl" or both.
        pdf: see there.
        pages: see there.
        tell: see there; it is not told how many steps there are.
        run: gives the notebooks executed, with all stills.
        ended: is called when a part is done, with its key in `[release]` of the locale.

    Returns:
        Every file written.

    Raises:
        SiteError: as `build_site`.
        OSError: when the folder cannot be written to.
    """
    refuse_foreign(out.resolve(), langs[0])
    paths = [path for path in site_notebooks(langs) if pages is None or path in set(pages)]
    with tempfile.TemporaryDirectory(prefix="srm-teachers-") as beside:
        found = dict(executed(paths, langs[0], run, lambda step: tell(step, 0)))
        ended("run")
        write_teachers_files(Path(beside) / "teachers", langs, found.items(), lambda step: tell(step, 0))
        ended("make_teachers")
        made = build_site(
            out,
            langs,
            pdf=pdf,
            pages=paths,
            teachers=Path(beside) / "teachers",
            tell=lambda step, _: tell(step, 0),
            run=lambda asked: ((path, found[path]) for path in asked),
        )
        ended("make_site")
    return made


def time_words(seconds: float, lang: str) -> str:
    """A time as a reader says it.

    >>> [time_words(n, "en") for n in (0.2, 61.7, 59.8)]
    ['1 s', '1 min 2 s', '1 min 0 s']
    """
    minutes, rest = divmod(max(1, round(seconds)), 60)
    words = texts(lang)["release"]
    return str(words["minutes"].format(m=minutes, s=rest) if minutes else words["seconds"].format(s=rest))


def _name() -> str:
    return f"cloud-kit-{srm_data.__version__}"


def _held(site: Path, langs: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The files of the ZIP by their path in it."""
    top = _name()
    said = "\n\n\n".join(texts(lang)["release"]["readme"].strip().format(lang=lang) for lang in langs)
    yield f"{top}/README.txt", f"{said}\n".encode()
    for name in ("LICENSE", "DATA-LICENCES.md"):
        if (LICENCES / name).is_file():
            yield f"{top}/{name}", (LICENCES / name).read_bytes()
    for path in sorted(site.rglob("*"), key=lambda one: one.relative_to(site).as_posix()):
        if path.is_file():
            yield f"{top}/site/{path.relative_to(site).as_posix()}", path.read_bytes()


#: Where the files of each part lie in the site; the pages are all the rest.
_FOLDERS = {
    "slides": "teachers/slides/",
    "questions": "teachers/questions/",
    "worksheets": "teachers/worksheets/",
    "cards": "teachers/cards/",
    "figures": "figures/",
    "data": "data/",
}


def _parts(files: dict[str, bytes]) -> list[Part]:
    sizes: dict[str, list[int]] = {name: [] for name in ("pages", "handouts", *_FOLDERS)}
    for name, content in files.items():
        inside = name.partition("/site/")[2]
        part = next((one for one, folder in _FOLDERS.items() if inside.startswith(folder)), "pages")
        part = "handouts" if "/handouts/" in inside else part
        sizes[part].append(len(content))
    return [Part(name, len(found), sum(found)) for name, found in sizes.items() if found]


def _columns(rows: list[list[str]]) -> list[str]:
    """Rows under each other, the first column at the left and numbers at the right."""
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            [
                row[0].ljust(wide[0]),
                *(text.rjust(width) for text, width in zip(row[1:], wide[1:], strict=True)),
            ]
        )
        for row in rows
    ]
