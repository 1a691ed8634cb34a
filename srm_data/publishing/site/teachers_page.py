"""The page for teachers: what there is to take along, and how to get what is not there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from srm_data.core.language import texts
from srm_data.publishing.teachers_files import TeachersFile, size_words, teachers_files

#: Kinds of files for each lesson, in the order of the columns.
KINDS = ("reveal", "powerpoint", "worksheet", "answers", "handout")

#: What makes each kind, typed behind ``python3 kit.py``.
COMMANDS = {
    "reveal": "slides --format reveal",
    "powerpoint": "slides --format pptx",
    "worksheet": "worksheets",
    "questions": "questions",
    "cards_heading": "cards",
}

_FOLDER = "teachers"  # in the site


def teachers_page(site: Path, lang: str, lessons: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    """What the page says, as plain data.

    Args:
        site: the folder of the site, with handouts and, in ``teachers``, the files where they were made.
        lang: "en" or "nl".
        lessons: of each its name, its title, and where its handout is, or "".
    """
    words = texts(lang)["teachers"]
    made = teachers_files(site / _FOLDER, lang)
    rows = []
    for name, title, handout in lessons:
        files = {kind: _shown(file) for kind, file in made.lessons.get(name, {}).items()}
        if handout:
            size = size_words((site / lang / handout).stat().st_size, lang)
            files["handout"] = {"address": handout, "name": words["handout"], "size": size}
        rows.append({"title": title, "files": files})
    there = {kind for row in rows for kind in row["files"]}
    return {
        "lessons": [row for row in rows if row["files"]],
        "kinds": [kind for kind in KINDS if kind in there],
        "questions": [_shown(file) for file in made.questions],
        "cards": [_shown(file) for file in made.cards],
        "commands": [
            (words[kind], words[f"{kind.removesuffix('_heading')}_why"], command)
            for kind, command in COMMANDS.items()
        ],
    }


def _shown(file: TeachersFile) -> dict[str, str]:
    return {"address": f"../{_FOLDER}/{file.path}", "name": file.name, "size": file.size}
