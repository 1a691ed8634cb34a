"""Every answer that a learner gave to a question, and when the question should come back.

An answer that was wrong comes back soon, one that was right later and later: after 1, 3, 7 and 14 days.
What was wrong and certain goes first, since such errors come back when they are not met again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from srm_data.learning.progress_file import moment
from srm_data.learning.questions import Question, question_bank

#: Days until a question comes back, by how many right answers stand in a row at the end.
DAYS = (1, 3, 7, 14)
_SOON = timedelta(minutes=10)  # certain and wrong: not at once, when the answer is still on the screen
_CERTAIN, _GUESS = 2, 0


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
    def urgent(self) -> bool:
        """Whether the last answer was wrong, and the learner was certain of it."""
        last = self.answers[-1]
        return not last.right and last.sure == _CERTAIN

    @property
    def due(self) -> datetime:
        """From when on the question should be asked again."""
        last = self.answers[-1]
        if self.urgent:
            return last.when + _SOON
        days = DAYS[min(max(self.streak, 1), len(DAYS)) - 1] if last.right else DAYS[0]
        return last.when + timedelta(days=days)


def histories(kept: Mapping[str, Mapping[str, Any]], lang: str) -> dict[str, History]:
    """What was answered to each question of this bank, as far as it makes sense today.

    Right or wrong is computed anew: a corrected cell corrects an old answer too. Estimates do not come back.

    Args:
        kept: what `progress_file.load` has under "answers".
        lang: "en" or "nl".
    """
    found = {}
    for question in question_bank(lang):
        tries = kept.get(question.id, {}).get("tries", [])
        if question.graded and (answers := tuple(_answers(question, tries))):
            found[question.id] = History(question, answers)
    return found


def due(
    found: Mapping[str, History], lang: str, now: datetime, lessons: Collection[int] | None = None
) -> list[Question]:
    """The questions to ask now, the most needed first.

    First what was wrong and certain, then what was due longest ago, then questions of the lessons so far that
    were never asked. A second chance is asked only where its own turn has come.

    Args:
        found: see `histories`.
        lang: "en" or "nl".
        now: the time, as the learner's clock has it.
        lessons: only questions of these lessons; those up to the last one with an answer when left out.
    """
    reached = max((one.question.lesson for one in found.values()), default=0)
    wanted = range(1, reached + 1) if lessons is None else lessons
    back = [one for one in found.values() if one.due <= now and one.question.lesson in wanted]
    back.sort(key=lambda one: (not one.urgent, one.due))
    new = (q for q in question_bank(lang) if q.graded and q.id not in found)
    fresh = [q for q in new if q.lesson in wanted and not q.incident]
    return [*(one.question for one in back), *fresh]


def next_due(found: Mapping[str, History], now: datetime) -> datetime | None:
    """When the next question comes back; None where nothing was answered."""
    return min((one.due for one in found.values() if one.due > now), default=None)


def _answers(question: Question, tries: Any) -> Iterator[Answer]:
    """What can be read of them: a file may have been edited by hand."""
    keys = [option.key for option in question.options]
    for one in tries if isinstance(tries, list) else ():
        if not isinstance(one, dict) or one.get("answer") not in keys:
            continue
        if when := moment(one.get("when")):
            answer, sure = one["answer"], one.get("sure")
            yield Answer(answer, sure if sure in (0, 1, 2) else None, when, question.accepts(answer))
