"""The questions as the CSV that the Question Library of Brightspace imports.

The rows and columns are those of `Sample_Question_Import_UTF8.csv`, which Brightspace offers where it
imports questions: the name of a row, its value, and in an `Option` row its weight in per cent, its text, a
column that is empty for plain text, and its feedback. A row that begins with ``//`` is a comment, and a row
of commas ends a question. Plain text everywhere: there no sign is markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from srm_data.core.language import texts
from srm_data.core.matrix import one_line
from srm_data.files.inert_csv import as_csv
from srm_data.learning.questions import Question
from srm_data.publishing.questions import common
from srm_data.publishing.questions.qti_assessment import item_id

_COLUMNS = 5

#: Difficulty 1 to 3 in the bank, 1 to 5 in Brightspace.
_DIFFICULTY = {1: 1, 2: 3, 3: 5}


def brightspace(questions: Sequence[Question], lang: str) -> bytes:
    """The CSV of Brightspace, with feedback for every option, the first hint and the sources.

    It is "CSV UTF-8" as Excel saves it, mark at the start included: Brightspace asks for that, so that
    letters such as é come through.
    """
    filled = ([*row, *[""] * (_COLUMNS - len(row))] for row in _rows(questions, lang))
    return b"\xef\xbb\xbf" + as_csv(filled, end="\r\n").encode()


def _rows(questions: Sequence[Question], lang: str) -> Iterator[list[str]]:
    words = texts(lang)["export"]
    yield [f"// {words['title']}"]
    yield []
    for lesson, numbered in common.by_lesson(questions):
        yield [f"// {words['lesson'].format(n=lesson)}"]
        for number, q in numbered:
            yield from _question(number, q)
            yield []


def _question(number: str, q: Question) -> Iterator[list[str]]:
    """One that takes two answers has two options that count in full, since a learner chooses only one.

    Brightspace shows a hint whole, and the later hints of a question lead to its answer: so only the first.
    """
    yield ["NewQuestion", "MC"]
    yield ["ID", item_id(q)]
    yield ["Title", f"{number} {q.id}"]
    yield ["QuestionText", _line(q.story, q.stem, f"({q.place})" if q.place else "")]
    yield ["Points", "1"]
    yield ["Difficulty", str(_DIFFICULTY[q.difficulty])]
    for option in q.options:
        weight = "100" if q.accepts(option.key) else "0"
        yield ["Option", weight, _line(option.label), "", _line(option.feedback)]
    if q.hints:
        yield ["Hint", _line(q.hints[0])]
    yield ["Feedback", _line(common.reason(q), *common.background(q))]


def _line(*texts: str) -> str:
    return " ".join(one_line(text) for text in texts if text)
