"""Practise: the questions that are due for this learner, a few at a time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from srm_data.core.language import resolve_language, said_day, texts
from srm_data.learning import progress_file, question_content
from srm_data.learning.answer_history import due, histories, next_due
from srm_data.learning.exercise_view import Told
from srm_data.learning.kept_answers import PracticeAnswers
from srm_data.learning.question_content import Round
from srm_data.views.html import tables
from srm_data.views.still import Away, Still
from srm_data.widgets.component import ComponentView


def practise(most: int = 5, lang: str | None = None, *, before: int | None = None) -> ComponentView | Told:
    """Ask what is due: first what you were certain of and had wrong, then what was due longest ago, then new.

    An answer that was right comes back after 1, 3, 7 and 14 days, one that was wrong the next day. The first
    answer of the lesson stays what it was; this one is added to it.

    Args:
        most: how many questions to ask at most.
        lang: "en" or "nl"; the language in use when left out.
        before: only from lessons before this one; from all lessons so far when left out.

    Returns:
        The questions; or, where nothing is due, a sentence that says when there will be.

    Raises:
        UnknownNameError: for an unknown language.
    """
    lang = resolve_language(lang)
    words, now = texts(lang)["practise"], datetime.now()
    kept = progress_file.load()
    found = histories(kept.get("answers", {}), lang)
    lessons: Collection[int] | None = None if before is None else range(1, before)
    asked = due(found, lang, now, lessons, progress_file.seed(kept), most)
    if not asked:
        day = next_due(found, now)
        said = words["later"].format(day=said_day(day, lang)) if day else words["nothing"]
        file = progress_file.progress_file().name
        body = tables.render("standing.html", lang, say=said, rows=[], sures=[], later=[], file=file)
        return Told(body, Away())
    one = Round(tuple(asked))
    ids = tuple(question.id for question in asked)
    view = ComponentView(
        "srm-bet",
        question_content.stepper([one], lang, practice={"most": most, "before": before}),
        Away(lambda: [Still(questions=ids)], live=False, paper="questions", questions=ids),
        question_content.still([one], lang),
        words["hint"],
        kept_in=lang,
    )
    PracticeAnswers(view, one.asked, lang)
    return view
