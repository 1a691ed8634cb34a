"""Where a learner stands, lesson by lesson: first answers, latest answers, how sure, what is mastered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from srm_data.core.dataset import rows_by
from srm_data.core.language import join, resolve_language, texts
from srm_data.learning import progress_file
from srm_data.learning.answer_history import CERTAIN, MASTERED, History, histories, mastered
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


def progress(lang: str | None = None, *, lesson: int | None = None) -> tables.Html:
    """Where you stand, as a picture and in words: each first answer, the latest one, and how sure you were.

    Args:
        lang: "en" or "nl"; the language in use when left out.
        lesson: only this lesson; all of them when left out.
    """
    lang = resolve_language(lang)
    kept = progress_file.load()
    made = [b for b in bets_made(kept.get("bets", {}), lang) if lesson in (None, b.question.lesson)]
    histories_here = {
        name: one
        for name, one in histories(kept.get("answers", {}), lang).items()
        if lesson in (None, one.question.lesson)
    }
    first = {bet.question.id for bet in made}
    again = [one for name, one in histories_here.items() if len(one.answers) > 1 or name not in first]
    lessons = sorted({b.question.lesson for b in made} | {one.question.lesson for one in again})
    rows = [
        (
            number,
            [bet for bet in made if bet.question.lesson == number],
            [one for one in again if one.question.lesson == number],
        )
        for number in lessons
    ]
    sures = [[bet for bet in made if bet.sure == sure] for sure in range(3)]
    body = tables.render(
        "standing.html",
        lang,
        rows=rows,
        again=bool(again),
        say=_said(made, lang, lesson),
        sures=sures,
        later=[*_later(histories_here, lang)],
        file=progress_file.progress_file().name,
    )
    return Told(body, Away(live=False, page=("srm-standing", {"lesson": lesson})))


def _said(made: list[Bet], lang: str, lesson: int | None) -> str:
    """The first answers as a sentence or two; before them what is wrong with the file, if anything is."""
    words = texts(lang)["standing"]
    if made:
        right = sum(bet.right for bet in made)
        said = words["sum_one" if len(made) == 1 else "sum"].format(n=len(made), right=right)
    else:
        said = words["none" if lesson is None else "none_here"].format(lesson=lesson)
    if certain := sum(not bet.right and bet.sure == CERTAIN for bet in made):
        said += " " + words["certain_one" if certain == 1 else "certain"].format(n=certain)
    if trouble := progress_file.trouble(lang):
        return f"{trouble} {said}" if made else trouble
    return str(said)


def _later(found: dict[str, History], lang: str) -> Iterator[str]:
    """What came of answering again: what is right day after day, what is mastered, and what is due."""
    words, now = texts(lang)["standing"], datetime.now()
    streaks = [one.streak for one in found.values() if one.streak > 1]
    if streaks:
        said = words["streak_one" if len(streaks) == 1 else "streak"]
        yield said.format(n=len(streaks), days=max(streaks))
    if ideas := mastered(found):
        topics = rows_by("topics", "topic")
        named = join([topics[idea][f"label_{lang}"] for idea in ideas], lang)
        yield words["mastered"].format(ideas=named, n=MASTERED)
    if waiting := sum(one.is_due(now) for one in found.values()):
        yield words["due_one" if waiting == 1 else "due"].format(n=waiting)
