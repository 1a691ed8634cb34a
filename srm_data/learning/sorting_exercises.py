"""Exercises that put things in their place: duties on areas, columns in order, services on a model."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from srm_data.core.baselines import PATCHING
from srm_data.core.compare import Placed, place_duties
from srm_data.core.dataset import read_table, rows_where
from srm_data.core.frames import as_matrix
from srm_data.core.language import join, resolve_language, texts, unknown_name
from srm_data.learning import exercise_view
from srm_data.views.html import tables
from srm_data.views.still import Away, Still

if TYPE_CHECKING:
    from srm_data.core.dataset import Row
    from srm_data.core.frames import MatrixLike
    from srm_data.learning.exercise_view import Verdicts
    from srm_data.widgets.component import ComponentView


def sort_duties(matrix: MatrixLike, side: str, lang: str | None = None) -> ComponentView:
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
    verdicts = exercise_view.Verdicts(m.lang)
    places = [{"label": area.label} | ({"about": area.about} if area.about else {}) for area in m.areas]
    places.append({"label": words["no_row"]})
    cards = [
        (f"{n}. {placed.duty}", [_about_duty(placed, place["label"], m.lang, verdicts) for place in places])
        for n, placed in enumerate(place_duties(m, side), 1)
    ]
    away = Away(lambda: [Still(lines=(words["sort"], *(label for label, _ in cards)))], about=m.short)
    return _sorted("sort", places, cards, verdicts, away, m.lang)


def _about_duty(placed: Placed, option: str, lang: str, verdicts: Verdicts) -> int:
    """The verdict on one place: right is each area the duty is about, and that it has no row of its own."""
    words = texts(lang)["exercise"]
    fits = [area.label for area in placed.areas]
    accepted = [*fits, *([] if placed.own else [words["no_row"]])]
    if option not in accepted:
        return verdicts.add(False, words["there_is" if option == words["no_row"] else "not_there"])
    told = [words["partly"]] if len(fits) > 1 else []
    if fits and not placed.own:
        told.append(words["no_row_too"])
    others = [place for place in accepted if place != option]
    also = words["also"].format(places=join(others, lang)) if others else ""
    return verdicts.add(True, " ".join([*told, placed.remark]), also)


def order_ladder(matrix: MatrixLike, lang: str | None = None) -> ComponentView:
    """Put the columns of a matrix in order of how much they take off the customer's hands.

    The rung of a column is the number of areas the provider is responsible for; columns with the same
    number share a rung, so either place is right.
    """
    m = as_matrix(matrix, lang)
    words = texts(m.lang)["exercise"]
    verdicts = exercise_view.Verdicts(m.lang)
    taken = {column.label: m.count(column)["provider"] for column in m.columns}
    names = list(taken)
    random.Random(m.id).shuffle(names)  # noqa: S311 - the same mix every time, so that twins and exports agree
    ladder = sorted(taken.values())
    cards = []
    for name in names:
        facts = words["takes"].format(name=name, n=taken[name], total=len(m.areas))
        said = []
        for wanted in ladder:
            right = taken[name] == wanted
            word = "" if right else words["more" if taken[name] < wanted else "less"]
            said.append(verdicts.add(right, word, facts))
        cards.append((name, said))
    places = [{"label": words["rung"].format(n=n)} for n in range(1, len(names) + 1)]
    # What is put in order says more on a slide than the empty rungs.
    still = Still(lines=(words["ladder"].format(n=len(names)),), items=tuple(taken))
    away = Away(lambda: [still], about=m.short)
    return _sorted("ladder", places, cards, verdicts, away, m.lang)


def place_services(*services: str, lang: str | None = None) -> ComponentView:
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
    taught = read_table("services")
    known = {name.casefold(): row for row in taught for name in (row["label"], row["service"])}
    models = {key: entry["word"] for key, entry in texts(lang)["service_model"].items()}
    verdicts = exercise_view.Verdicts(lang)
    cards: list[tuple[str, list[int]]] = []
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
                said.append(verdicts.add(True, "", told))
            elif abs(i - place) == 1 and not named:
                said.append(verdicts.add(None, words["place_near"], told))
            else:
                said.append(verdicts.add(False, words["place_no"]))
        cards.append((f"{n}. {service['label']}", said))
    away = Away(
        lambda: [Still(lines=(words["place"], *(label for label, _ in cards)))],
        about=texts(lang)["slides"]["services"].format(n=len(cards)),
    )
    places = [{"label": word} for word in models.values()]
    return _sorted("place", places, cards, verdicts, away, lang)


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


def _sorted(
    kind: str,
    places: list[dict[str, str]],
    cards: Sequence[tuple[str, list[int]]],
    verdicts: Verdicts,
    away: Away,
    lang: str,
) -> ComponentView:
    """Cards to put on places.

    Args:
        kind: the key of its task and of its hints in the locale; each rung of a "ladder" holds one card.
        places: where a card can go, from top to bottom.
        cards: what is put there, with the verdict on each place.
        verdicts: all of them.
        away: what it is in places without a kernel.
        lang: "en" or "nl".
    """
    task = texts(lang)["exercise"][kind].format(n=len(cards))
    made: dict[str, Any] = {
        "one": kind == "ladder",
        "places": places,
        "cards": [{"label": label, "said": said} for label, said in cards],
        "said": verdicts.all(),
    }
    names = [label for label, _ in cards]
    labels = [place["label"] for place in places]
    paper = tables.render("exercises.html", lang, view="sort", task=task, cards=names, places=labels)
    return exercise_view.exercise("srm-sort", exercise_view.content(task, kind, lang, **made), away, paper)
