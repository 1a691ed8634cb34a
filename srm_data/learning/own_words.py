"""Exercises in the learner's own words, kept with their work; these need a kernel."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from srm_data.core.frames import as_matrix
from srm_data.core.incidents import as_incident
from srm_data.core.language import texts, unknown_name
from srm_data.learning import exercise_view, progress_file
from srm_data.learning.bets import keep_and_tell
from srm_data.views.html import tables
from srm_data.views.parts import parts
from srm_data.views.still import Away, Still
from srm_data.widgets.explore import Shared, View

if TYPE_CHECKING:
    from srm_data.core.frames import MatrixLike


def both_parts(matrix: MatrixLike, area: str, column: str, lang: str | None = None) -> View:
    """Write in your own words what the customer and the provider do in a shared cell, then compare.

    Args:
        matrix: an id from `list_matrices`, or a DataFrame.
        area: label or id of the area.
        column: label or id of the column.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown area or column.
        ValueError: when that cell is not shared.
    """
    m = as_matrix(matrix, lang)
    words = texts(m.lang)["exercise"]
    shared = Shared()
    found = next((a for a in m.areas if area.casefold() in (a.id, a.label.casefold())), None)
    if found is None:
        raise unknown_name("area", area, [a.label for a in m.areas])
    chosen = m.column(column)
    cell = m.cell(found, chosen)
    if cell.party != "shared":
        raise ValueError(words["not_shared"].format(matrix=m.short, area=found.label, column=chosen.label))
    labels = {"customer": texts(m.lang)["label"]["customer_does"], "provider": m.provider_short}
    fields = _own_words(f"{m.id}.{found.id}.{chosen.id}", labels, shared, m.lang)
    model = tables.render("exercises.html", m.lang, view="model", m=m, cell=cell, area=found, column=chosen)
    intro = words["both"].format(area=found.label, column=chosen.label, matrix=m.short)
    asked = exercise_view.text(f"{intro} {words['afterwards']}", shared, m.lang)
    children = [asked, *fields, shared.html(model)]
    stills = [_task(intro, labels), Still(parts(m, cell, f"{found.label}, {chosen.label}"))]
    away = Away(lambda: stills, needs_kernel="typing")
    return exercise_view.exercise(children, "both", m.lang, shared, away)


def both_sides(incident: str, lang: str | None = None) -> View:
    """Write in your own words what each side could have done about an incident, then compare.

    Args:
        incident: an id from `load_incidents`, or its name.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown incident or language, with the nearest guess.
    """
    i = as_incident(incident, lang)
    words = texts(i.lang)["play"]
    shared = Shared()
    labels = {"customer": words["customer_could"], "other": words["other_could"]}
    fields = _own_words(f"incident.{i.id}", labels, shared, i.lang)
    model = tables.render("exercises.html", i.lang, view="sides", i=i)
    intro = words["both"].format(name=i.name)
    asked = exercise_view.text(f"{intro} {words['afterwards']}", shared, i.lang)
    children = [asked, *fields, shared.html(model)]
    away = Away(lambda: [_task(intro, labels)], needs_kernel="typing")
    return exercise_view.exercise(children, "sides", i.lang, shared, away)


def _task(intro: str, labels: dict[str, str]) -> Still:
    return Still(lines=(intro,), items=tuple(f"{label} …" for label in labels.values()))


def _own_words(name: str, labels: dict[str, str], shared: Shared, lang: str) -> list[w.Widget]:
    """A field a label for the learner's own words, kept as the work `name`, and the note that tells so."""
    kept = progress_file.load().get("work", {}).get(name, {})
    note = shared.html("")

    def keep(part: str, change: dict[str, Any]) -> None:
        # Only what was typed: the other field may have been filled in another notebook meanwhile.
        keep_and_tell(note, lang, "work", name, **{part: change["new"]})

    fields: list[w.Widget] = []
    for part, label in labels.items():
        field = w.Textarea(
            value=str(kept.get(part, "")),
            description=f"{label} …",
            placeholder=texts(lang)["exercise"]["own_words"],
            continuous_update=False,
            style={"description_width": "initial"},
            layout=w.Layout(width="min(100%, 44rem)", height="4.5em"),
        )
        field.observe(partial(keep, part), "value")
        fields.append(field)
    return [*fields, note]
