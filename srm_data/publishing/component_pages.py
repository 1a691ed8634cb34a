"""Each component alone on a page, for whoever works on one: open it, change its module, write it again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from srm_data.core.services import load_services
from srm_data.files.write_whole import write_own
from srm_data.learning.bets import bet
from srm_data.learning.claim import write_claim
from srm_data.learning.hand_in import hand_in
from srm_data.learning.incident_game import play_incidents
from srm_data.learning.own_words import both_parts
from srm_data.learning.sorting_exercises import order_ladder, place_services, sort_duties
from srm_data.learning.vote import vote
from srm_data.learning.wrong_cell import find_wrong_cell
from srm_data.views import web
from srm_data.widgets.baseline_labs import on_by_default
from srm_data.widgets.browse import browse
from srm_data.widgets.explore import explore, explore_topics, what_if
from srm_data.widgets.figure_picker import pick_figure
from srm_data.workloads.builder import build_workload

if TYPE_CHECKING:
    from srm_data.widgets.component import ComponentView

#: A call for each component, by the name of its page.
EXAMPLES: dict[str, Callable[[str], ComponentView]] = {
    "explore": lambda lang: explore(lang=lang),
    "explore-covered": lambda lang: explore("azure-2026", lang, covered=True),
    "what-if": lambda lang: what_if(lang=lang),
    "topics": lambda lang: explore_topics(["azure-2026", "aws-rds", "gcp"], lang),
    "labs": lambda lang: on_by_default(lang=lang),
    "browse": lambda lang: browse(load_services(lang), lang),
    "bet": lambda lang: bet("vm-os-update", "accountable-to-the-law", "count-alone-in-saas", lang=lang),
    "incidents": lambda lang: play_incidents("omigod-2021", "log4shell-2021", lang=lang),
    "sort": lambda lang: sort_duties("azure-classic", "provider", lang),
    "order": lambda lang: order_ladder("aws-rds", lang),
    "place": lambda lang: place_services("Batch", "Azure SQL", lang=lang),
    "wrong-cell": lambda lang: find_wrong_cell("azure-classic", lang),
    "own-words": lambda lang: both_parts("azure-2026", "applications", "paas", lang),
    "claim": lambda lang: write_claim(4, "azure-2026", "aws-rds", lang=lang),
    "vote": lambda lang: vote("vm-os-update", "accountable-to-the-law", lang=lang),
    "hand-in": lambda lang: hand_in(lang=lang),
    "builder": lambda lang: build_workload("web-shop", lang=lang),
    "figure-picker": lambda lang: pick_figure(lang=lang),
}


def write_component_pages(folder: Path, langs: Iterable[str], theme: str = "light") -> list[Path]:
    """Write ``<folder>/<component>-<language>.html`` for each component, with all it needs in the page.

    What asks a kernel shows there what it is without one.

    Args:
        folder: where to.
        langs: "en", "nl" or both.
        theme: "light" or "dark".

    Raises:
        OSError: when the folder cannot be written to.
    """
    made = []
    for name, example in EXAMPLES.items():
        for lang in langs:
            view = example(lang)
            text = web.demo([web.element(view.tag, view.content, view.still.body)], theme)
            made.append(write_own(folder / f"{name}-{lang}.html", text.encode()))
    return made
