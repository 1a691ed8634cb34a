"""The teacher's remarks: what the guide says about a lesson, for the speaker notes of its slides."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

from srm_data.core.language import texts
from srm_data.files.paths import NOTEBOOKS
from srm_data.publishing.slides.slide_text import Section, plain, sections


@cache
def remarks(lesson: int, lang: str) -> dict[str, list[str]]:
    """What a teacher should know about a lesson, by the place where it is wanted.

    The key "" is for the start of the lesson. The others are ids of questions or of cells of the
    lesson: the metadata of a cell of the guide name them, one for each of its remarks, in order.

    Raises:
        OSError: when the guide is not there.
    """
    words = texts(lang)["slides"]
    found: dict[str, list[str]] = defaultdict(list)
    for cell in read(NOTEBOOKS / "teacher" / lang / "guide.ipynb"):
        if cell["cell_type"] != "markdown":
            continue
        for section in sections("".join(cell["source"])):
            found[""] += _timing(section, lesson, lang)
            if _is_about(section.title, lesson, lang):
                places = iter(cell["metadata"].get("remarks", ()))
                for remark in _remarks(section):
                    found[next(places, "")].append(remark)
    if len(found[""]) > 0:
        found[""].append(words["first"])
    return dict(found)


def read(path: Path) -> list[dict[str, Any]]:
    """The cells of a notebook."""
    cells: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["cells"]
    return cells


def _is_about(text: str, lesson: int, lang: str) -> bool:
    return re.search(rf"\b{texts(lang)['slides']['lesson']} {lesson}\b", text, re.I) is not None


def _timing(section: Section, lesson: int, lang: str) -> list[str]:
    """The lines of a route's timetable that are about this lesson."""
    rows = [row for table in section.tables for row in table[1:] if len(row) == 2]
    words = texts(lang)["slides"]["timing"]
    return [
        words.format(route=section.title.partition(":")[0], minutes=minutes, what=what)
        for minutes, what in rows
        if _is_about(what, lesson, lang)
    ]


def _remarks(section: Section) -> list[str]:
    """The bullets of a section, then what is said around them."""
    points = sorted(section.points, key=lambda point: not point.mark)
    return [plain(point.line) for point in points]
