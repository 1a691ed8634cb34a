"""The bets of a class: one bet of one learner, and the bets on one question that went wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from srm_data.learning.questions import Option, Question, find_question


@dataclass(frozen=True)
class Made:
    """One bet of one learner, and the file that tells of it."""

    learner: str
    question: str
    answer: str
    sure: int | None
    when: datetime
    file: str
    page: bool = False  # from a hand-in, which tells the wrong bets only

    def asked(self, lang: str) -> Question:
        """The question, in one language."""
        return find_question(self.question, lang)

    @property
    def right(self) -> bool:
        """Whether the answer is one that the matrix gives today."""
        return self.asked("en").accepts(self.answer)


@dataclass(frozen=True)
class Missed:
    """The bets on one question, or on one cell, and those of them that went wrong."""

    question: Question
    asked: int
    wrong: tuple[Made, ...]

    @property
    def right(self) -> int:
        """How many bets were right."""
        return self.asked - len(self.wrong)

    @property
    def certain(self) -> int:
        """How often somebody was certain and wrong."""
        return sum(bet.sure == 2 for bet in self.wrong)

    @property
    def answers(self) -> dict[str, int]:
        """The wrong answers, each with its count: the most frequent first, at a tie those with a belief."""
        counts = Counter(bet.answer for bet in self.wrong)
        given = [option for option in self.question.options if option.key in counts]
        given.sort(key=lambda option: (-counts[option.key], not option.misconception))
        return {option.key: counts[option.key] for option in given}

    @property
    def chosen(self) -> Option:
        """The wrong answer that was given most."""
        return self.question.option(next(iter(self.answers)))

    @property
    def where(self) -> str:
        """Area and column, or the question itself where it is about no cell."""
        return ", ".join(part for part in (self.question.area, self.question.column) if part) or (
            self.question.stem
        )
