"""Every answer that a learner gave to a question, and when the question should come back.

An answer that was wrong comes back soon, one that was right later and later: after 1, 3, 7 and 14 days.
What was wrong and certain goes first, since such errors come back when they are not met again. New questions
come last: of the lessons so far, and about cells that no lesson shows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, zip_longest
from typing import Any

from srm_data.learning.new_cells import PREFIX, new_cell_questions
from srm_data.learning.progress_file import moment
from srm_data.learning.questions import Question, Unasked, find_question, question_ids, unasked

#: Days until a question comes back, by how many right answers stand in a row at the end.
DAYS = (1, 3, 7, 14)
#: How many cells in a row, each another one, an idea is mastered with.
MASTERED = 3
_SOON = timedelta(minutes=10)  # certain and wrong: not at once, when the answer is still on the screen
CERTAIN, _GUESS = 2, 0


@dataclass(frozen=True)
class Answer:
    """One answer whose outcome was seen."""

    answer: str
    sure: int | None
    when: datetime
    right: bool


@dataclass(frozen=True)
class History:
    """The answers to one question in the order in which they were given; there is at least one."""

    question: Question
    answers: tuple[Answer, ...]

    @property
    def streak(self) -> int:
        """How many days in a row, at the end, the answer was right and no guess."""
        days = set()
        for one in reversed(self.answers):
            if not one.right:
                break
            if one.sure != _GUESS:
                days.add(one.when.date())
        return len(days)

    @property
    def latest(self) -> Answer:
        """The answer that was given last."""
        return self.answers[-1]

    @property
    def urgent(self) -> bool:
        """Whether the last answer was wrong, and the learner was certain of it."""
        return not self.latest.right and self.latest.sure == CERTAIN

    @property
    def due(self) -> datetime:
        """From when on the question should be asked again."""
        last = self.latest
        if self.urgent:
            return last.when + _SOON
        days = DAYS[min(max(self.streak, 1), len(DAYS)) - 1] if last.right else DAYS[0]
        return last.when + timedelta(days=days)

    def is_due(self, now: datetime) -> bool:
        """Whether it should be asked now; also where the clock stood ahead of now when it was answered."""
        return not self.latest.when <= now < self.due


def histories(kept: Mapping[str, Mapping[str, Any]], lang: str) -> dict[str, History]:
    """What was answered to each question of this bank, as far as it makes sense today.

    Right or wrong is computed anew: a corrected cell corrects an old answer too. Estimates do not come back.

    Args:
        kept: what `progress_file.load` has under "answers".
        lang: "en" or "nl".
    """
    asked = [find_question(name, lang) for name in question_ids() if name in kept]
    if any(name.startswith(PREFIX) for name in kept):
        asked += [question for question in new_cell_questions(lang) if question.id in kept]
    found = {}
    for question in asked:
        if question.graded and (answers := tuple(_answers(question, kept[question.id].get("tries", [])))):
            found[question.id] = History(question, answers)
    return found


def due(
    found: Mapping[str, History],
    lang: str,
    now: datetime,
    lessons: Collection[int] | None = None,
    seed: str = "",
    most: int | None = None,
) -> list[Question]:
    """The questions to ask now, the most needed first.

    First what was wrong and certain, then what was due longest ago. Then questions that were never asked:
    those about an idea of which the last answer was wrong, then the others, lesson by lesson in turn, the
    newest lesson first. A second chance is asked only where its own turn has come.

    Args:
        found: see `histories`.
        lang: "en" or "nl".
        now: the time, as the learner's clock has it.
        lessons: only questions of these lessons; those up to the last one with an answer when left out.
        seed: puts questions that were never asked in an order of its own, so that neighbours differ.
        most: how many at most; all when left out. What is not asked is not made, and no table read for it.
    """
    reached = max((one.question.lesson for one in found.values()), default=0)
    wanted = range(1, reached + 1) if lessons is None else lessons
    back = [one for one in found.values() if one.is_due(now) and one.question.lesson in wanted]
    back.sort(key=lambda one: (not one.urgent, one.due))
    asked = [one.question for one in back][:most]
    if most is not None and len(asked) == most:
        return asked
    cells = {q.id: q for q in new_cell_questions(lang, wanted) if q.id not in found}
    missed = {idea for idea, answers in _by_idea(found).items() if not answers[-1][1].right}
    never = _in_turn(unasked(wanted, found), seed)
    never += _in_turn([Unasked(q.id, q.lesson, q.idea) for q in cells.values()], seed)
    never.sort(key=lambda one: one.idea not in missed)
    chosen = never if most is None else never[: most - len(asked)]
    return [*asked, *(cells.get(one.id) or find_question(one.id, lang) for one in chosen)]


def mastered(found: Mapping[str, History]) -> list[str]:
    """The ideas that the learner masters, as ids of topics: the last three cells were right, and no guesses.

    Args:
        found: see `histories`.
    """
    return [idea for idea, answers in _by_idea(found).items() if _cells_in_a_row(answers) >= MASTERED]


def _by_idea(found: Mapping[str, History]) -> dict[str, list[tuple[str, Answer]]]:
    """Every answer about a cell, with its question, by what the cell is about; the oldest first."""
    by_idea: dict[str, list[tuple[str, Answer]]] = {}
    for one in found.values():
        if one.question.idea:
            by_idea.setdefault(one.question.idea, []).extend((one.question.id, a) for a in one.answers)
    for answers in by_idea.values():
        answers.sort(key=lambda pair: pair[1].when)
    return by_idea


def _cells_in_a_row(answers: list[tuple[str, Answer]]) -> int:
    """How many different cells were right at the end, without an error between them."""
    cells = set()
    for question, answer in reversed(answers):
        if not answer.right:
            break
        if answer.sure != _GUESS:
            cells.add(question)
    return len(cells)


def _in_turn(questions: list[Unasked], seed: str) -> list[Unasked]:
    """A question of each lesson in turn, the newest lesson first; within a lesson in an own order."""
    shuffled = sorted(questions, key=lambda question: _rank(f"{seed} {question.id}"))
    lessons = sorted({question.lesson for question in questions}, reverse=True)
    by_lesson = [[question for question in shuffled if question.lesson == lesson] for lesson in lessons]
    return [question for question in chain(*zip_longest(*by_lesson)) if question]


def _rank(text: str) -> int:
    """A number for a text that looks like chance: FNV-1a of 32 bits, which a browser counts as easily."""
    number = 0x811C9DC5
    for byte in text.encode():
        number = (number ^ byte) * 0x01000193 & 0xFFFFFFFF
    return number


def next_due(found: Mapping[str, History], now: datetime) -> datetime | None:
    """When the next question comes back; None where nothing was answered."""
    return min((one.due for one in found.values() if not one.is_due(now)), default=None)


def _answers(question: Question, tries: Any) -> Iterator[Answer]:
    """What can be read of them: a file may have been edited by hand."""
    keys = [option.key for option in question.options]
    for one in tries if isinstance(tries, list) else ():
        if not isinstance(one, dict) or one.get("answer") not in keys:
            continue
        if when := moment(one.get("when")):
            answer, sure = one["answer"], one.get("sure")
            yield Answer(answer, sure if sure in (0, 1, 2) else None, when, question.accepts(answer))
