"""A vote in two rounds for the front of the room: count hands, let the class talk, count again.

The way of peer instruction: Eric Mazur, Peer Instruction: A User's Manual (1997).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from srm_data.core.language import resolve_language, texts
from srm_data.learning import progress_file, vote_content, vote_history
from srm_data.learning.questions import find_question
from srm_data.views.still import Away, Still
from srm_data.widgets.component import ComponentView

if TYPE_CHECKING:
    from srm_data.learning.questions import Question


def vote(*questions: str, lang: str | None = None) -> ComponentView:
    """Let the class vote on questions of the bank in two rounds, with a talk between.

    You type how many hands each answer got. After round one only their number is shown; after round two
    both rounds stand beside each other, with the answer, the reason and the source. What you counted is kept
    in your own ``my_work``, with the name of the class and the day; `votes` shows it again.

    Args:
        questions: ids of questions, see `load_questions`.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown question or language, with the nearest guess.
    """
    lang = resolve_language(lang)
    asked = tuple(find_question(question, lang) for question in questions)
    ids = tuple(question.id for question in asked)
    view = ComponentView(
        "srm-vote",
        vote_content.content(asked, lang),
        Away(lambda: [Still(questions=ids)], live=False, paper="questions", questions=ids),
        vote_content.still(asked, lang),
        texts(lang)["vote"]["hint"],
        kept_in=lang,
        answers=_kept(asked),
        note=progress_file.trouble(lang),
    )
    _keep(view, {question.id: question for question in asked}, lang)
    return view


def _kept(asked: tuple[Question, ...]) -> dict[str, dict[str, str]]:
    """What is kept of the votes on some questions, by the name of the vote."""
    ids = {question.id for question in asked}
    return {
        name: {fact: told for fact in vote_history.FACTS if isinstance(told := facts.get(fact), str)}
        for name, facts in progress_file.load().get("work", {}).items()
        if vote_history.named(name)[0] in ids
    }


def _keep(view: ComponentView, asked: Mapping[str, Question], lang: str) -> None:
    """Keep what the page sends, if it is a vote on one of the questions; a page only proposes."""

    def hear(_: ComponentView, told: Any, buffers: Any) -> None:
        match told:
            case {"kind": "work", "name": str(name), "facts": dict(given)}:
                question = asked.get(vote_history.named(name)[0])
            case _:
                return
        facts = vote_history.facts_of(given, question) if question else {}
        if not facts:
            return
        try:
            said = progress_file.record("work", name, lang=lang, **facts)
        except Exception as error:
            view.tell(note=progress_file.unforeseen(error, lang))
            raise
        view.tell(answers=_kept(tuple(asked.values())), note=progress_file.outcome(said, lang))

    view.on_msg(hear)
