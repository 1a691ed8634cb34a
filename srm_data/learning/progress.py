"""Where a learner stands: what was bet, what was right, what was repaired, lesson by lesson."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from srm_data.core.language import resolve_language, texts
from srm_data.learning import progress_file
from srm_data.learning.answer_history import histories
from srm_data.learning.exercise_view import Told
from srm_data.learning.questions import Question, question_bank
from srm_data.views.html import tables
from srm_data.views.still import Away


@dataclass(frozen=True)
class Bet:
    """One bet that was made: the question, the answer given, and how sure the learner was (0 to 2)."""

    question: Question
    answer: str
    sure: int | None

    @property
    def right(self) -> bool:
        """Whether the answer is one that the matrix gives today."""
        return self.question.accepts(self.answer)


def bets_made(kept: dict[str, dict[str, Any]], lang: str) -> list[Bet]:
    """The bets in a progress file that are about questions of this bank, in the order of the bank.

    Right or wrong is computed anew: a corrected cell corrects an old bet too. An estimate is none of them.
    """
    found = []
    for question in (q for q in question_bank(lang) if q.graded):
        facts = kept.get(question.id, {})
        answer, sure = facts.get("answer"), facts.get("sure")
        if answer in [option.key for option in question.options]:  # a list: what is kept may be no string
            found.append(Bet(question, answer, sure if sure in (0, 1, 2) else None))
    return found


def progress(lang: str | None = None) -> tables.Html:
    """Where you stand, as a picture and in words: bets right and wrong in each lesson, and how sure you were.

    Args:
        lang: "en" or "nl"; the language in use when left out.
    """
    lang = resolve_language(lang)
    words = texts(lang)["standing"]
    kept = progress_file.load()
    made = bets_made(kept.get("bets", {}), lang)
    lessons = sorted({bet.question.lesson for bet in made})
    rows = [(lesson, [bet for bet in made if bet.question.lesson == lesson]) for lesson in lessons]
    right = sum(bet.right for bet in made)
    certain = sum(not bet.right and bet.sure == 2 for bet in made)
    say = (
        words["none"]
        if not made
        else words["sum_one" if len(made) == 1 else "sum"].format(n=len(made), right=right)
    )
    if certain:
        say += " " + words["certain_one" if certain == 1 else "certain"].format(n=certain)
    if trouble := progress_file.trouble(lang):
        say = f"{trouble} {say}" if made else trouble
    file = progress_file.progress_file().name
    sures = [[bet for bet in made if bet.sure == sure] for sure in range(3)]
    found = histories(kept.get("answers", {}), lang)
    now = datetime.now()
    waiting = sum(one.due <= now for one in found.values())
    due = words["due_one" if waiting == 1 else "due"].format(n=waiting) if waiting else ""
    body = tables.render("standing.html", lang, rows=rows, say=say, sures=sures, due=due, file=file)
    return Told(body, Away(needs_kernel="progress"))
