"""What a widget shows before anybody touches it."""

from __future__ import annotations

from typing import Any

from srm_data.publishing.slides import stills
from srm_data.publishing.slides.slide_text import Point, Run, told


def read_view(view: Any, still: stills.Still, points: list[Point], bet: dict[str, Any]) -> None:
    """What a widget shows before anybody touches it, in order of reading; of a question its answers."""
    kind = type(view).__name__
    if kind == "HTML" and view.value and not view.value.startswith("<style"):
        found = stills.from_html(view.value)
        still.tables += found.tables
        still.lines += found.lines
        points += [Point((Run(line),)) for line in map(told, found.lines) if line]
    elif kind == "Stack":
        if view.selected_index is not None:
            read_view(view.children[view.selected_index], still, points, bet)
    elif hasattr(view, "children"):
        for child in view.children:
            read_view(child, still, points, bet)
    elif kind == "RadioButtons" and view.description == bet["answer"]:
        points += [Point((Run(label),), "•") for label in view._options_labels]
    elif getattr(view, "description", "") and view.description not in (bet["sure"], bet["reveal"]):
        points.append(Point((Run(view.description),), "" if view.description[:1].isdigit() else "•"))
