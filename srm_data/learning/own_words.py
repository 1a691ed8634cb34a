"""Exercises in the learner's own words, kept with their work; these need a kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srm_data.core.frames import as_matrix
from srm_data.core.incidents import as_incident
from srm_data.core.language import resolve_language, texts, unknown_name
from srm_data.learning import exercise_view, progress_file
from srm_data.learning.kept_work import HAND_IN, keep_work, kept_work
from srm_data.views.cell_facts import facts
from srm_data.views.component_content import facts_json, options_json
from srm_data.views.content import Fact
from srm_data.views.excerpt import Row, excerpt
from srm_data.views.html import tables
from srm_data.views.parts import parts
from srm_data.views.still import Away, Still

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from srm_data.core.frames import MatrixLike
    from srm_data.views.content import Content
    from srm_data.widgets.component import ComponentView


def both_parts(matrix: MatrixLike, area: str, column: str, lang: str | None = None) -> ComponentView:
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
    found = next((a for a in m.areas if area.casefold() in (a.id, a.label.casefold())), None)
    if found is None:
        raise unknown_name("area", area, [a.label for a in m.areas])
    chosen = m.column(column)
    cell = m.cell(found, chosen)
    if cell.party != "shared":
        raise ValueError(words["not_shared"].format(matrix=m.short, area=found.label, column=chosen.label))
    labels = {"customer": texts(m.lang)["label"]["customer_does"], "provider": m.provider_short}
    task = words["both"].format(area=found.label, column=chosen.label, matrix=m.short)
    about = f"{found.label}, {chosen.label}"
    more = [Still(parts(m, cell, about))]
    name = f"{m.id}.{found.id}.{chosen.id}"
    row = excerpt(m, [Row(found, lit=[chosen])])
    return _own_words(name, "both", task, labels, facts(m, cell), m.lang, about, more, row)


def both_sides(incident: str, lang: str | None = None) -> ComponentView:
    """Write in your own words what each side could have done about an incident, then compare.

    Args:
        incident: an id from `load_incidents`, or its name.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown incident or language, with the nearest guess.
    """
    i = as_incident(incident, lang)
    words = texts(i.lang)["play"]
    labels = {"customer": words["customer_could"], "other": words["other_could"]}
    model = (
        Fact(labels["customer"], i.customer_could),
        Fact(labels["other"], i.other_could),
        Fact("", words["our_model"], quiet=True),
    )
    task = words["both"].format(name=i.name)
    return _own_words(f"incident.{i.id}", "sides", task, labels, model, i.lang, i.name)


def write_definition(lang: str | None = None) -> ComponentView:
    """Write in your own words what the model is and what you conclude; both go into your `hand_in`.

    Args:
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown language, with the nearest guess.
    """
    lang = resolve_language(lang)
    words, heads = texts(lang)["exercise"], texts(lang)["hand_in"]
    labels = {part: heads[part] for part in ("definition", "conclusion")}
    model = [Fact(label, words[f"example_{part}"]) for part, label in labels.items()]
    return _own_words(HAND_IN, "definition", words["definition"], labels, model, lang)


def _own_words(
    name: str,
    hints: str,
    task: str,
    labels: dict[str, str],
    model: Iterable[Fact],
    lang: str,
    about: str = "",
    stills: Sequence[Still] = (),
    cells: Content | None = None,
) -> ComponentView:
    """A box a part for the learner's own words, and the model answer.

    Args:
        name: under which the words are kept.
        hints: which hints, as a key of ``[exercise.hints]`` in the locale.
        task: what is asked.
        labels: the label of each part.
        model: the model answer.
        lang: "en" or "nl".
        about: what it is about, see `Away`.
        stills: what a slide shows after the task.
        cells: what a slide and a handout show with the task.
    """
    afterwards = texts(lang)["exercise"]["afterwards"]
    made = exercise_view.content(
        f"{task} {afterwards}",
        hints,
        lang,
        name=name,
        parts=options_json(labels.items()),
        model=facts_json(model),
    )
    asked = Still(cells, lines=(task,), items=tuple(f"{label} …" for label in labels.values()))
    away = Away(lambda: [asked, *stills], needs_kernel="typing", about=about)
    paper = tables.render(
        "exercises.html", lang, view="own_words", task=task, labels=[f"{one} …" for one in labels.values()]
    )
    view = exercise_view.exercise(
        "srm-own-words",
        made,
        away,
        paper,
        answers=kept_work(name, labels),
        note=progress_file.trouble(lang),
    )
    keep_work(view, name, labels, lang)
    return view
