"""Incidents as a game: read the story, bet on the row and on who failed, then see it on the matrix."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import ipywidgets as w

from srm_data.core.incidents import Incident, as_incident, incident_ids
from srm_data.core.language import resolve_language, texts
from srm_data.learning.bets import betting
from srm_data.learning.questions import questions_about
from srm_data.views.html import tables
from srm_data.views.still import Away, Still
from srm_data.widgets.explore import Shared, View


def play_incidents(*incidents: str, lang: str | None = None) -> View:
    """Read what happened, bet, and see where it lies, what is disputed and what the other side says.

    Bets are kept with all others, so `progress` and `hand_in` know of them.

    Args:
        incidents: ids or names, see `load_incidents`; with several, or with none for all of them,
            a drop-down chooses which to play.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown incident or language, with the nearest guess.
    """
    lang = resolve_language(lang)
    words = texts(lang)["play"]
    shared = Shared()
    chosen = [as_incident(incident, lang) for incident in incidents or incident_ids()]

    def panel(i: Incident) -> w.Widget:
        told = shared.html(tables.incident(i, lang).body)
        return shared.box(betting(questions_about(i.id, lang), shared, lang, told))

    css = shared.html(f"<style>{tables.style()}</style>")
    panels = [panel(i) for i in chosen]
    ids = tuple(question.id for i in chosen for question in questions_about(i.id, lang))
    stills = partial(_stills, chosen)
    away = Away(stills, live=False, paper="questions", questions=ids)
    if len(panels) == 1:
        return View([css, *panels], words["hint"], lang, away)
    control = w.Dropdown(
        options=[(f"{i.name} ({i.year})", n) for n, i in enumerate(chosen)],
        description=words["choose"],
        style=shared.described,
        layout=shared.control,
    )
    return View([css, control, shared.linked(panels, control)], words["hint"], lang, away)


def _stills(incidents: list[Incident]) -> Iterator[Still]:
    """The story of each, to predict on; then the same figure with the place where it lies.

    The game itself is for one learner: what it reveals is several screens high.
    """
    from srm_data.views.figures import draw

    for i in incidents:
        ids = tuple(question.id for question in questions_about(i.id, i.lang))
        yield Still(draw.incident(i.id, i.lang, shown=0), asks=ids)
        yield Still(draw.incident(i.id, i.lang), answers=ids)
