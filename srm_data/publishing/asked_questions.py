"""Which questions of the bank a lesson asks, and after how many cells: read from its code, nothing runs."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from srm_data.core.vocabulary import LANGUAGES
from srm_data.files.paths import NOTEBOOKS
from srm_data.learning.questions import find_question, questions_about
from srm_data.publishing.lessons import lessons


def asked_by(notebook: Path) -> list[tuple[int, str]]:
    """The questions that a notebook asks, in its order: the number of the cell, and the id of the question.

    Raises:
        UnknownNameError: for a question or an incident that the kit does not have.
    """
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) if cell["cell_type"] == "code" else "" for cell in cells]
    return [(n, question) for n, source in enumerate(sources) for question in _asked(source)]


def asked_anywhere(folder: Path = NOTEBOOKS) -> set[str] | None:
    """Every question that a lesson asks, or has as a second chance; None where there are no lessons."""
    found = [lesson.path for lang in LANGUAGES for lesson in lessons(lang, folder)]
    if not found:
        return None
    asked = {question for path in found for _, question in asked_by(path)}
    return asked | {find_question(one, "en").repair for one in asked} - {""}


def _asked(source: str) -> Iterator[str]:
    """The ids in ``srm.bet(...)``, and those about the incidents in ``srm.play_incidents(...)``."""
    try:
        tree = ast.parse(source)
    except SyntaxError:  # a magic of IPython, or a cell that a teacher left half
        return
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        names = [one.value for one in node.args if isinstance(one, ast.Constant)]
        if node.func.attr == "bet":
            yield from (find_question(str(name), "en").id for name in names)
        elif node.func.attr == "play_incidents":
            yield from (q.id for name in names for q in questions_about(str(name), "en"))
