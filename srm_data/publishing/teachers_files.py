"""What a teacher takes along: slides, worksheets, questions and cards, made from one run of each lesson.

The folder that is made here is copied into a site and so into a release. What lies in it is found by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from srm_data.core.language import texts
from srm_data.publishing.lessons import lessons
from srm_data.publishing.paper.cards import write_cards
from srm_data.publishing.paper.worksheets import write_worksheets
from srm_data.publishing.questions.formats import FORMATS, write_exports
from srm_data.publishing.slides import deck, powerpoint, reveal

if TYPE_CHECKING:
    from nbformat import NotebookNode


#: Where the files of a lesson lie in the folder, by kind.
_PLACES = {
    "reveal": "slides/{lang}/{lesson}.html",
    "powerpoint": "slides/{lang}/{lesson}.pptx",
    "worksheet": "worksheets/{lang}/{lesson}-worksheet.pdf",
    "answers": "worksheets/{lang}/{lesson}-answers.pdf",
}


class TeachersFile(NamedTuple):
    """A file to download: where it lies in the folder, what it is called, and how large it is in words."""

    path: str
    name: str
    size: str


class TeachersFiles(NamedTuple):
    """All that a folder holds in one language; the files of a lesson by the name of their kind."""

    lessons: dict[str, dict[str, TeachersFile]]
    questions: list[TeachersFile]
    cards: list[TeachersFile]


def write_teachers_files(
    folder: Path,
    langs: Sequence[str],
    runs: Iterable[tuple[Path, NotebookNode]],
    tell: Callable[[str], Any] = lambda step: None,
) -> None:
    """Make everything for the lessons that were run.

    Args:
        folder: where to; a new one.
        langs: "en", "nl" or both.
        runs: what `run_lessons` gave, with all stills. Lessons without a number have no slides.
        tell: is called with the name of each step before it.

    Raises:
        OSError: when the folder cannot be written to.
    """
    words = texts(langs[0])["teachers"]
    run_of = dict(runs)
    for lang in langs:
        taught = [one for one in lessons(lang) if one.number and one.path in run_of]
        for lesson in taught:
            tell(words["step_slides"].format(name=f"{lang}/{lesson.path.stem}"))
            made = deck.build(lesson.path.stem, lang, run=run_of[lesson.path])
            for kind, write in (("reveal", reveal.write), ("powerpoint", powerpoint.write)):
                write(made, folder / _PLACES[kind].format(lang=lang, lesson=made.name))
        tell(words["step_rest"].format(lang=lang))
        if taught:
            write_worksheets(folder / "worksheets", [one.path.stem for one in taught], [lang])
        write_exports(folder / "questions", None, [lang])
        write_cards(folder / "cards", [lang])


def teachers_files(folder: Path, lang: str) -> TeachersFiles:
    """What `write_teachers_files` made in a folder, in one language; empty for a folder without them.

    Args:
        folder: the folder.
        lang: "en" or "nl".
    """
    words = texts(lang)["teachers"]

    def found(path: str, name: str) -> TeachersFile | None:
        file = folder / path
        return TeachersFile(path, name, size_words(file.stat().st_size, lang)) if file.is_file() else None

    of_lesson = {}
    for lesson in lessons(lang):
        stem = lesson.path.stem
        files = {
            kind: found(place.format(lang=lang, lesson=stem), words[kind]) for kind, place in _PLACES.items()
        }
        of_lesson[stem] = {kind: file for kind, file in files.items() if file}
    questions = [
        found(f"questions/questions-{lang}{ending}", words["format"].get(kind, kind))
        for kind, (ending, _) in FORMATS.items()
    ]
    cards = [
        found(f"cards/incident-cards-{lang}.pdf", words["cards"]),
        found(f"cards/anki-{lang}.txt", words["anki"]),
    ]
    return TeachersFiles(of_lesson, [*filter(None, questions)], [*filter(None, cards)])


def size_words(size: int, lang: str) -> str:
    """A number of bytes as a reader says it: "340 kB", "1.2 MB" and in Dutch "1,2 MB".

    >>> [size_words(n, "nl") for n in (3, 1499, 1_250_000)]
    ['1 kB', '1 kB', '1,2 MB']
    """
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    said = f"{size / 1e6:.1f} MB"
    return said.replace(".", ",") if texts(lang)["thousands"] == "." else said
