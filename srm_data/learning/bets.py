"""Predict before the reveal: the learner commits to an answer, and then sees it beside the matrix.

Every answer travels with the outputs of an executed notebook, so that a lesson without a kernel still
reveals. One of three values cannot be hidden by hashing it, so the kit does not pretend to. The lessons
are handed out without outputs, and hold no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from srm_data.core.language import resolve_language, texts
from srm_data.learning import question_content
from srm_data.learning.kept_answers import KeptAnswers
from srm_data.learning.question_content import Round
from srm_data.learning.questions import find_question
from srm_data.views.still import Away, Still
from srm_data.widgets.component import ComponentView


def bet(*questions: str, lang: str | None = None) -> ComponentView:
    """Ask questions of the bank one by one, keep the predictions, and reveal what the matrix says.

    Args:
        questions: ids of questions, see `load_questions`.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown question or language, with the nearest guess.
    """
    lang = resolve_language(lang)
    asked = tuple(find_question(question, lang) for question in questions)
    ids = tuple(question.id for question in asked)
    return stepper([Round(asked)], lambda: [Still(questions=ids)], texts(lang)["bet"]["hint"], lang)


def stepper(
    rounds: Sequence[Round], slides: Callable[[], Iterable[Still]], hint: str, lang: str
) -> ComponentView:
    """The prediction stepper, with what is kept of its answers.

    Args:
        rounds: those to choose from.
        slides: makes its stills.
        hint: what the plain text of the output says.
        lang: "en" or "nl".
    """
    ids = tuple(question.id for one in rounds for question in one.questions)
    view = ComponentView(
        "srm-bet",
        question_content.stepper(rounds, lang),
        Away(slides, live=False, paper="questions", questions=ids),
        question_content.still(rounds, lang),
        hint,
        kept_in=lang,
    )
    KeptAnswers(view, (question for one in rounds for question in one.asked), lang)
    return view
