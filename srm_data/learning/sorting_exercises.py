"""Exercises that put things in their place: duties on areas, columns in order, services on a model."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import ipywidgets as w

from srm_data.core.baselines import PATCHING
from srm_data.core.compare import Placed, place_duties
from srm_data.core.dataset import read_table, rows_where
from srm_data.core.frames import as_matrix
from srm_data.core.language import join, resolve_language, texts, unknown_name
from srm_data.learning import exercise_view
from srm_data.views.still import Away, Still
from srm_data.widgets.explore import Shared, View

if TYPE_CHECKING:
    from srm_data.core.dataset import Row
    from srm_data.core.frames import MatrixLike


def sort_duties(matrix: MatrixLike, side: str, lang: str | None = None) -> View:
    """Put each duty of the student page on an area of the matrix, or on "no row of its own".

    Args:
        matrix: an id from `list_matrices`, or a DataFrame.
        side: "customer" or "provider", whose duty the page says it is.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown matrix, side or language.
    """
    m = as_matrix(matrix, lang)
    words = texts(m.lang)["exercise"]
    shared = Shared()
    children: list[w.Widget] = [exercise_view.text(words["sort"], shared, m.lang)]
    duties = [f"{n}. {placed.duty}" for n, placed in enumerate(place_duties(m, side), 1)]
    for duty, placed in zip(duties, place_duties(m, side), strict=True):
        options = [*(area.label for area in m.areas), words["no_row"]]
        said = [_about_duty(placed, option, m.lang) for option in options]
        children += exercise_view.row(duty, options, said, shared)
    away = Away(lambda: [Still(lines=(words["sort"], *duties))])
    return exercise_view.exercise(children, "sort", m.lang, shared, away)


def _about_duty(placed: Placed, option: str, lang: str) -> str:
    """The verdict on one place: right is each area the duty is about, and that it has no row of its own."""
    words = texts(lang)["exercise"]
    fits = [area.label for area in placed.areas]
    accepted = [*fits, *([] if placed.own else [words["no_row"]])]
    if option not in accepted:
        return exercise_view.verdict(
            False, words["there_is" if option == words["no_row"] else "not_there"], lang
        )
    told = [words["partly"]] if len(fits) > 1 else []
    if fits and not placed.own:
        told.append(words["no_row_too"])
    return exercise_view.verdict(True, " ".join([*told, placed.remark]), lang, join(accepted, lang))


def order_ladder(matrix: MatrixLike, lang: str | None = None) -> View:
    """Put the columns of a matrix in order of how much they take off the customer's hands.

    The rung of a column is the number of areas the provider answers for; columns with the same
    number share a rung, so either place is right.
    """
    m = as_matrix(matrix, lang)
    words = texts(m.lang)["exercise"]
    shared = Shared()
    taken = {column.label: m.count(column)["provider"] for column in m.columns}
    ladder = sorted(taken.values())
    names = list(taken)
    random.Random(m.id).shuffle(names)  # noqa: S311 - the same mix every time, so that twins and exports agree
    intro = words["ladder"].format(n=len(names))
    children: list[w.Widget] = [exercise_view.text(intro, shared, m.lang)]
    for place, wanted in enumerate(ladder, 1):
        said = []
        for name in names:
            right = taken[name] == wanted
            word = "" if right else words["more" if taken[name] < wanted else "less"]
            facts = words["takes"].format(name=name, n=taken[name], total=len(m.areas))
            said.append(exercise_view.verdict(right, word, m.lang, facts))
        children += exercise_view.row(words["rung"].format(n=place), names, said, shared)
    # What is put in order says more on a slide than the empty rungs.
    away = Away(lambda: [Still(lines=(intro,), items=tuple(taken))])
    return exercise_view.exercise(children, "ladder", m.lang, shared, away)


def place_services(*services: str, lang: str | None = None) -> View:
    """Put each service on the service model where it belongs.

    Where Microsoft itself names the model there is one answer. Elsewhere it is our reading, and a
    neighbouring model can be defended.

    Args:
        services: names or ids from `load_services`.
        lang: "en" or "nl"; the language in use when left out.

    Raises:
        UnknownNameError: for an unknown service, with the nearest guess.
    """
    lang = resolve_language(lang)
    words = texts(lang)["exercise"]
    shared = Shared()
    taught = read_table("services")
    known = {name.casefold(): row for row in taught for name in (row["label"], row["service"])}
    models = {key: entry["word"] for key, entry in texts(lang)["service_model"].items()}
    children: list[w.Widget] = [exercise_view.text(words["place"], shared, lang)]
    labels: list[str] = []
    for n, name in enumerate(services, 1):
        if name.casefold() not in known:
            raise unknown_name("service", name, [row["label"] for row in taught])
        service = known[name.casefold()]
        place, named = [*models].index(service["model"]), service["basis"] == "named"
        basis = words["place_named" if named else "place_read"].format(model=models[service["model"]])
        told = f"{basis} {_signs(service, lang)}"
        said = []
        for i in range(len(models)):
            if i == place:
                said.append(exercise_view.verdict(True, "", lang, told))
            elif abs(i - place) == 1 and not named:
                said.append(exercise_view.verdict(None, words["place_near"], lang, told))
            else:
                said.append(exercise_view.verdict(False, words["place_no"], lang))
        labels.append(f"{n}. {service['label']}")
        children += exercise_view.row(labels[-1], [*models.values()], said, shared)
    away = Away(lambda: [Still(lines=(words["place"], *labels))])
    return exercise_view.exercise(children, "place", lang, shared, away)


def _signs(service: Row, lang: str) -> str:
    """What the baselines say of a service that helps to place it: access to the machine, and patching."""
    words = texts(lang)["exercise"]["signs"]
    signs = []
    if service["name_v3_0"]:
        access = rows_where("baselines-v3.0", service=service["name_v3_0"])[0]["host_access"]
        signs.append(words["access"].format(access=texts(lang)["host_access"][access]))
    if service["name_v1_1"]:
        (row,) = rows_where("baselines-v1.1", service=service["name_v1_1"], control_id=PATCHING)
        party = texts(lang)["party"].get(row["responsibility"])
        signs.append(words["patching"].format(answer=party["word"] if party else words["does_not_apply"]))
    return " ".join(signs)
