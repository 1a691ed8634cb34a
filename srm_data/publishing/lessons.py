"""The lessons in the order of the course, with what ``data/lessons.csv`` says of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from srm_data.core.dataset import Row, read_table
from srm_data.files.paths import NOTEBOOKS


@dataclass(frozen=True)
class Lesson:
    """The notebook of a lesson in one language, and what the table says of it."""

    path: Path
    number: str = ""  # a lesson to explore has none
    minutes: str = ""  # this and what follows are empty for a notebook that the table does not have
    short: str = ""
    question: str = ""


def lessons(lang: str, notebooks: Path = NOTEBOOKS) -> list[Lesson]:
    """The lessons of one language that are there, in the order of the course.

    Notebooks that a teacher put beside them come last. One whose name begins as that of a lesson,
    such as ``11_my_lesson.ipynb``, has that number, unless another one has it.

    Args:
        lang: "en" or "nl".
        notebooks: the folder that holds a folder for each language.
    """
    listed = [_from_table(row, lang, notebooks) for row in read_table("lessons")]
    there = sorted((notebooks / lang).glob("*.ipynb"))
    return [lesson for lesson in listed if lesson.path in there] + list(_own(there, listed))


def _from_table(row: Row, lang: str, notebooks: Path) -> Lesson:
    path = notebooks / lang / f"{row['lesson']}.ipynb"
    return Lesson(path, row["number"], row["minutes"], row[f"short_{lang}"], row[f"question_{lang}"])


def _own(there: list[Path], listed: list[Lesson]) -> Iterator[Lesson]:
    """The notebooks that the table does not have."""
    paths = {lesson.path for lesson in listed}
    numbers = {lesson.number for lesson in listed}
    for path in there:
        if path not in paths:
            number = str(int(path.name[:2])) if re.match("[0-9][0-9]_", path.name) else ""
            yield Lesson(path, "" if number in numbers else number)
            numbers.add(number)
