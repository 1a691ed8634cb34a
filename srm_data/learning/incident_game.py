"""Incidents as a game: read the story, predict the row and who failed, then see it on the matrix."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from srm_data.core.incidents import Incident, as_incident, incident_ids
from srm_data.core.language import resolve_language, texts
from srm_data.learning.bets import stepper
from srm_data.learning.question_content import Round
from srm_data.learning.questions import questions_about
from srm_data.views.still import Still
from srm_data.widgets.component import ComponentView


def play_incidents(*incidents: str, lang: str | None = None) -> ComponentView:
    """Read what happened, predict, and see where it lies, what is disputed and what the other side says.

    Answers are kept with all others, so `progress` and `hand_in` know of them.

    Args:
        incidents: ids or names, see `load_incidents`; with several, or with none for all of them,
            a drop-down chooses which to play.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown incident or language, with the nearest guess.
    """
    lang = resolve_language(lang)
    chosen = [as_incident(incident, lang) for incident in incidents or incident_ids()]
    rounds = [Round(tuple(questions_about(i.id, lang)), i) for i in chosen]
    return stepper(rounds, partial(_stills, chosen), texts(lang)["play"]["hint"], lang)


def _stills(incidents: list[Incident]) -> Iterator[Still]:
    """The story of each, to predict on; then the same figure with the place where it lies.

    The game itself is for one learner: what it reveals is several screens high.
    """
    from srm_data.views.figures import draw

    for i in incidents:
        ids = tuple(question.id for question in questions_about(i.id, i.lang))
        yield Still(draw.incident(i.id, i.lang, shown=0), asks=ids)
        yield Still(draw.incident(i.id, i.lang), step=True, answers=ids)
