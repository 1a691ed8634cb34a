"""Which lessons of the course are meant, by number or name."""

from __future__ import annotations

from collections.abc import Sequence

from srm_data.core.language import unknown_name
from srm_data.publishing.lessons import Lesson, lessons


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
