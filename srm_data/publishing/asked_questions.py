"""Which questions of the bank a lesson asks, and after how many cells: read from its code, nothing runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from srm_data.core.vocabulary import LANGUAGES
from srm_data.files.paths import NOTEBOOKS
from srm_data.learning.questions import find_question, questions_about
from srm_data.publishing.lesson_calls import Call, calls_in
from srm_data.publishing.lessons import lessons


def asked_by(notebook: Path) -> list[tuple[int, str]]:
    """The questions that a notebook asks, in its order: the number of the cell, and the id of the question.

    Raises:
        UnknownNameError: for a question or an incident that the kit does not have.
    """
    return [(call.cell, question) for call in calls_in(notebook) for question in _asked(call)]


def asked_anywhere(folder: Path = NOTEBOOKS) -> set[str] | None:
    """Every question that a lesson asks, or has as a second chance; None where there are no lessons."""
    found = [lesson.path for lang in LANGUAGES for lesson in lessons(lang, folder)]
    if not found:
        return None
    asked = {question for path in found for _, question in asked_by(path)}
    return asked | {find_question(one, "en").repair for one in asked} - {""}


def _asked(call: Call) -> Iterator[str]:
    """The ids in ``srm.bet(...)``, and those about the incidents in ``srm.play_incidents(...)``."""
    if call.name == "bet":
        yield from (find_question(name, "en").id for name in call.given)
    elif call.name == "play_incidents":
        yield from (question.id for name in call.given for question in questions_about(name, "en"))
