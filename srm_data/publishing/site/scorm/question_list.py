"""The questions as a learning platform keeps their answers: by number, and each option by its place.

A platform keeps what a learner did for months, and meanwhile a teacher may put a newer edition of the package
there. So the list in ``question_numbers.json`` only grows: a question keeps its number, an option its place,
and one that the bank has no more keeps its line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from srm_data.core.language import texts
from srm_data.files.write_whole import write_whole
from srm_data.learning.new_cells import new_cell_questions
from srm_data.learning.questions import Question, question_bank
from srm_data.publishing.asked_questions import asked_by
from srm_data.publishing.site.folder import SiteError

NUMBERS = Path(__file__).with_name("question_numbers.json")

#: What three bits can name.
MOST_OPTIONS = 8


def every_question(lang: str) -> dict[str, Question]:
    """All that can be asked, by id: the bank, and the questions about cells that practice makes."""
    return {question.id: question for question in (*question_bank(lang), *new_cell_questions(lang))}


def grown(known: list[list[str]], questions: Iterable[Question]) -> list[list[str]]:
    """The list with what it lacks behind what it has: questions at its end, options at the end of their line.

    Args:
        known: lines of an id and the keys of its options.
        questions: those that must be in it.

    Raises:
        ValueError: for a question with more options than three bits can name.
    """
    lines = {line[0]: list(line) for line in known}
    for question in questions:
        line = lines.setdefault(question.id, [question.id])
        line += [option.key for option in question.options if option.key not in line[1:]]
        if len(line) - 1 > MOST_OPTIONS:
            raise ValueError(f"{question.id} has had more than {MOST_OPTIONS} options")
    return list(lines.values())


def read_numbers() -> list[list[str]]:
    """The list as it is kept: lines of an id and the keys of its options."""
    lines: list[list[str]] = json.loads(NUMBERS.read_text("utf-8"))
    return lines


def write_numbers() -> int:
    """Let the list grow by what is new in the bank.

    Returns:
        How many questions it holds.
    """
    known = read_numbers() if NUMBERS.exists() else []
    lines = grown(known, every_question("en").values())
    text = ",\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    write_whole(NUMBERS, f"[\n{text}\n]\n".encode())
    return len(lines)


def numbered_questions(lang: str) -> list[list[Any]]:
    """For each number its question, the keys of its options, and which of them are right, by place.

    Args:
        lang: of the message where something has no number.

    Raises:
        SiteError: names a question of the bank that has no number, or an option without a place.
    """
    known = read_numbers()
    there = every_question(lang)
    if (lines := grown(known, there.values())) != known:
        new = next(line[0] for n, line in enumerate(lines) if n >= len(known) or line != known[n])
        raise SiteError(texts(lang)["scorm"]["no_number"].format(question=new))
    return [[line[0], line[1:], _right(there.get(line[0]), line[1:])] for line in known]


def _right(question: Question | None, options: list[str]) -> list[int]:
    """Which places of the options count as right; none for a question that the bank has no more."""
    return [place for place, key in enumerate(options) if question and question.accepts(key)]


def graded_numbers(notebooks: Iterable[Path], numbered: list[list[Any]], lang: str) -> list[int]:
    """The questions that count for the score, by number: those that lessons ask, estimates apart.

    Args:
        notebooks: the lessons of a package.
        numbered: what `numbered_questions` gave.
        lang: of the lessons.
    """
    there = every_question(lang)
    asked = {question for path in notebooks for _, question in asked_by(path) if there[question].graded}
    return [number for number, (question, *_) in enumerate(numbered) if question in asked]
