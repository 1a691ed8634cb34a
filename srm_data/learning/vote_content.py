"""What a vote is given: questions with their answers and reasons as plain JSON, for a page or a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from srm_data.core.language import texts
from srm_data.core.vocabulary import PARTIES
from srm_data.learning import question_content
from srm_data.views.component_content import words_json
from srm_data.views.html import tables

if TYPE_CHECKING:
    from srm_data.learning.questions import Question

#: What stands on a button or in a sentence of the component, as keys of ``[bet]``.
_OF_PREDICTIONS = ("answers", "of", "question", "questions", "right")


def content(questions: Sequence[Question], lang: str) -> dict[str, Any]:
    """The content of ``<srm-vote>``.

    Args:
        questions: what is voted on, one after the other.
        lang: "en" or "nl".
    """
    said = texts(lang)
    of_predictions = {name: said["bet"][name] for name in _OF_PREDICTIONS}
    return {
        "lang": lang,
        "words": words_json(lang) | of_predictions | {k: v for k, v in said["vote"].items() if k != "hint"},
        "questions": [_question(question) for question in questions],
    }


def still(questions: Iterable[Question], lang: str) -> tables.Html:
    """The questions with room to write down the hands of both rounds. It holds no answer.

    Args:
        questions: what is voted on.
        lang: "en" or "nl".
    """
    asked = [(question, letters(question)) for question in questions]
    return tables.Html(tables.render("vote.html", lang, asked=asked))


def letters(question: Question) -> list[str]:
    """The letter of each answer: that of its party, or A, B, C ... where not all answers are parties."""
    if all(option.key in PARTIES for option in question.options):
        parties = texts(question.lang)["party"]
        return [parties[option.key]["letter"] for option in question.options]
    return [*ascii_uppercase[: len(question.options)]]


def _question(question: Question) -> dict[str, Any]:
    made = question_content.alone(question)
    of_parties = all(option.key in PARTIES for option in question.options)
    for n, (option, letter) in enumerate(zip(made["options"], letters(question), strict=True)):
        option |= {"letter": letter, "ink": option["key"][0] if of_parties else f"o{n}"}
    return {
        name: made[name]
        for name in ("id", "stem", "place", "story", "theirs", "options", "facts")
        if name in made
    }
